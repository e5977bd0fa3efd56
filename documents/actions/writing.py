"""A new paper of an agency that belongs to no case: written freely, signed as all are."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from documents import rules
from documents.actions.base import Refused
from documents.actions.papers import compose
from documents.councils import body_of
from documents.letterheads import issuer_of, letterhead
from documents.models import OfficialDocument
from documents.notations import body_abbrev, notation_of
from documents.stages import PaperKind, SigningAuthority
from journal.actions import record
from organisation.days import today
from organisation.models import OrgUnit, User

WRITTEN = (  # what may be written freely
    *(PaperKind.OFFICIAL_LETTER, PaperKind.DECISION, PaperKind.REPORT, PaperKind.SUBMISSION),
    *(PaperKind.NOTICE, PaperKind.PLAN, PaperKind.MINUTES),
)
NO_BODY = "Hội đồng, ban, tổ này không còn hiệu lực. Chọn lại."
SAID: dict[str, dict[str, Any]] = {
    PaperKind.DECISION: {
        "body": [
            {"type": "article", "text": ""},
            {"type": "article", "text": "Quyết định này có hiệu lực kể từ ngày ký."},
        ]
    },
    PaperKind.MINUTES: {
        "minutes": {"place": "", "attendants": [], "chair": "", "secretary": ""},
        "second_signature": {"lines": ["THƯ KÝ"], "name": ""},
        "keeping": "VT, Hồ sơ",
    },
}


@transaction.atomic
def write(kind: str, agency: OrgUnit, title: str, *, by: User, body: str = "") -> OfficialDocument:
    """A draft with its head, its notation and who is expected to sign. Raises Refused."""
    if kind not in WRITTEN or not rules.may_write(agency.pk, by):
        raise PermissionDenied
    day = today()
    if body and body_of(agency, body, day) is None:
        raise Refused(NO_BODY)
    issuer = issuer_of(kind, agency)
    facts = letterhead(issuer, title=title, body=[], **SAID.get(kind, {}))
    if body:
        facts |= {"parent_lines": [issuer.name], "agency_lines": [body], "signature": {}}
        facts["notation"] = _of_body(kind, agency, body)
    paper = compose(
        kind,
        stream=f"office:{agency.ref}",
        facts=facts | {"locked": []},
        by=by,
        unit=agency,
        body=body,
        authority=SigningAuthority.HEAD,
    )
    record("paper.write", stream=paper.own_stream, by=by, kind=str(kind))
    return paper


def _of_body(kind: str, agency: OrgUnit, body: str) -> str:
    unsaved = OfficialDocument(kind=kind, issuing_unit=agency, body=body)
    return notation_of(unsaved, today()) or body_abbrev(agency, body, today())
