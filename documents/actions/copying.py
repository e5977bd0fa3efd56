"""Certified copies of what was issued (NĐ 30/2020, Điều 25): sao y, sao lục, trích sao."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from documents import rules
from documents.actions.base import Refused, locked, raise_conflict
from documents.actions.base import say as put
from documents.actions.papers import compose
from documents.described import facts_of
from documents.letterheads import issuer_of
from documents.models import OfficialDocument
from documents.papers.words import day_text
from documents.stages import IN_FORCE, CopyForm, PaperKind, PaperState
from journal.actions import record
from organisation.models import OrgUnit, User

COPIED_ALREADY = "Đã có dự thảo bản sao của văn bản này."
NOTATIONS = {CopyForm.WHOLE: "SY", CopyForm.OF_COPY: "SL", CopyForm.EXTRACT: "TrS"}
OPEN_AGAIN: dict[str, Any] = {"is_draft": True, "check_code": "", "check_url": ""}


@transaction.atomic
def draft_copy(paper_id: int, *, by: User, form: str = CopyForm.WHOLE) -> OfficialDocument:
    """A draft copy: what is copied with the copying agency's block below it.

    Sao y gives the whole paper, sao lục the whole of a sao y with its block, trích sao the parts
    that are chosen on the next page. Each has a number, a day, a signature and recipients of its
    own. Raises Conflict, PermissionDenied, Refused.
    """
    paper = locked(paper_id)
    if paper.state not in IN_FORCE:
        raise_conflict(paper)
    agency = paper.issuing_unit
    if agency is None or not rules.may_copy_as(form, paper, by):
        raise PermissionDenied
    begun = OfficialDocument.objects.filter(copy_of=paper, state=PaperState.DRAFT)
    if begun.exists():
        raise Refused(COPIED_ALREADY)
    draft = _copied(paper, agency, by, CopyForm(form))
    record("paper.copy", stream=paper.own_stream, by=by, draft=str(draft.ref))
    return draft


@transaction.atomic
def edit_copy(
    paper_id: int,
    recipients: list[Any],
    keeping: str,
    *,
    by: User,
    parts: list[int] | None = None,
    version: int | None = None,
) -> OfficialDocument:
    """Say where a copy goes, and which parts an extract gives; no word of them can be changed."""
    paper = locked(paper_id, version=version)
    if paper.state != PaperState.DRAFT or paper.kind != PaperKind.COPY:
        raise_conflict(paper)
    if not rules.may_edit(paper, by):
        raise PermissionDenied
    facts: Any = facts_of(paper)
    said: dict[str, Any] = {"recipients": recipients, "keeping": keeping}
    if facts["copy"]["form"] == CopyForm.EXTRACT:
        said["parts"] = sorted(parts or [])
    put(paper, facts | {"copy": facts["copy"] | said})
    paper.version += 1
    paper.save()
    record("paper.edit", stream=paper.own_stream, by=by, version=paper.version)
    return paper


def _copied(paper: OfficialDocument, agency: OrgUnit, by: User, form: CopyForm) -> OfficialDocument:
    issuer = issuer_of(PaperKind.COPY, agency)
    version = agency.at(issuer.day)
    dated = day_text(paper.issued_on.isoformat()) if paper.issued_on else ""
    short = issuer.notation.partition("-")[2] or issuer.notation
    own: dict[str, Any] = {
        "form": str(form),
        "parent_lines": [issuer.above] if issuer.above else [],
        "agency_lines": [version.name],
        "number": None,
        "notation": f"{NOTATIONS[form]}-{short}",
        "place": version.place_name,
        "dated": "",
        "recipients": [],
        "keeping": "VT",
        "signature": {},
    }
    return compose(
        PaperKind.COPY,
        stream=f"office:{agency.ref}",
        facts=_whole(paper) | {"copy": own} | OPEN_AGAIN,
        by=by,
        title=f"{form.lower()} {paper.get_kind_display()} số {paper.full_number} {dated}",
        unit=agency,
        template=paper.template,
        copy_of=paper,
    )


def _whole(paper: OfficialDocument) -> dict[str, Any]:
    """All that the paper says: annexes of files of their own among it, copies with their block."""
    facts: Any = facts_of(paper)
    annexes = [annex | {"is_apart": False} for annex in facts.get("annexes", [])]
    copied = [*facts.get("copied", []), facts["copy"]] if facts.get("copy") else []
    return dict(facts) | {"annexes": annexes, "copied": copied}
