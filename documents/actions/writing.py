"""A new paper of an agency that belongs to no case: written freely, signed as all are."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from documents import rules
from documents.actions.base import Refused, locked, raise_conflict
from documents.actions.base import say as put
from documents.actions.papers import compose
from documents.councils import body_of
from documents.described import facts_of
from documents.letterheads import issuer_of, letterhead
from documents.models import OfficialDocument
from documents.notations import body_abbrev, notation_of
from documents.papers.words import day_text
from documents.stages import IN_FORCE, PaperKind, PaperState, SigningAuthority
from journal.actions import record
from organisation.days import today
from organisation.models import OrgUnit, User

WRITTEN = (  # what may be written freely
    *(PaperKind.OFFICIAL_LETTER, PaperKind.DECISION, PaperKind.REPORT, PaperKind.SUBMISSION),
    *(PaperKind.NOTICE, PaperKind.PLAN, PaperKind.MINUTES),
)
NO_BODY = "Hội đồng, ban, tổ này không còn hiệu lực. Chọn lại."
COPIED_ALREADY = "Đã có dự thảo bản sao của văn bản này."
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


@transaction.atomic
def draft_copy(paper_id: int, *, by: User) -> OfficialDocument:
    """A draft "sao y" of what was issued: the whole paper with the copying agency's block below it.

    The copy has a number, a day, a signature and recipients of its own (NĐ 30/2020, Điều 25, 26).
    """
    paper = locked(paper_id)
    if paper.state not in IN_FORCE:
        raise_conflict(paper)
    agency = paper.issuing_unit
    if agency is None or not rules.may_copy(paper, by):
        raise PermissionDenied
    begun = OfficialDocument.objects.filter(copy_of=paper, state=PaperState.DRAFT)
    if begun.exists():
        raise Refused(COPIED_ALREADY)
    draft = _copied(paper, agency, by)
    record("paper.copy", stream=paper.own_stream, by=by, draft=str(draft.ref))
    return draft


@transaction.atomic
def edit_copy(
    paper_id: int,
    recipients: list[Any],
    keeping: str,
    *,
    by: User,
    version: int | None = None,
) -> OfficialDocument:
    """Say where a copy goes; of the paper that it copies nothing can be changed."""
    paper = locked(paper_id, version=version)
    if paper.state != PaperState.DRAFT or paper.kind != PaperKind.COPY:
        raise_conflict(paper)
    if not rules.may_edit(paper, by):
        raise PermissionDenied
    facts: Any = facts_of(paper)
    put(paper, facts | {"copy": facts["copy"] | {"recipients": recipients, "keeping": keeping}})
    paper.version += 1
    paper.save()
    record("paper.edit", stream=paper.own_stream, by=by, version=paper.version)
    return paper


def _copied(paper: OfficialDocument, agency: OrgUnit, by: User) -> OfficialDocument:
    issuer = issuer_of(PaperKind.COPY, agency)
    version = agency.at(issuer.day)
    dated = day_text(paper.issued_on.isoformat()) if paper.issued_on else ""
    title = f"sao y {paper.get_kind_display()} số {paper.full_number} {dated}"
    copy: dict[str, Any] = {
        "form": "SAO Y",
        "parent_lines": [issuer.above] if issuer.above else [],
        "agency_lines": [version.name],
        "number": None,
        "notation": issuer.notation,
        "place": version.place_name,
        "dated": "",
        "recipients": [],
        "keeping": "VT",
        "signature": {},
    }
    facts: Any = facts_of(paper)
    return compose(
        PaperKind.COPY,
        stream=f"office:{agency.ref}",
        facts=facts | {"copy": copy, "is_draft": True, "check_code": "", "check_url": ""},
        by=by,
        title=title,
        unit=agency,
        template=paper.template,
        copy_of=paper,
    )


def _of_body(kind: str, agency: OrgUnit, body: str) -> str:
    unsaved = OfficialDocument(kind=kind, issuing_unit=agency, body=body)
    return notation_of(unsaved, today()) or body_abbrev(agency, body, today())
