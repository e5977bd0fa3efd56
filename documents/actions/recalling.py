"""After it is issued a paper is not changed: it is recalled, replaced, or corrected by another."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from documents import rules
from documents.actions.base import Refused, locked, move, permit, raise_conflict
from documents.actions.base import say as put
from documents.actions.papers import compose
from documents.described import facts_of
from documents.models import OfficialDocument
from documents.notations import notation_of
from documents.papers.words import day_text
from documents.stages import IN_FORCE, OUT, PaperKind
from journal.actions import keep, record
from organisation.days import today
from organisation.models import User

NO_REASON = "Nêu lý do thu hồi."
LONGEST_REASON = 500
OPEN_AGAIN: dict[str, Any] = {"number": None, "dated": "", "is_draft": True, "signature": {}}
OF_ISSUE = ("check_code", "check_url")


@transaction.atomic
def recall(paper_id: int, reason: str, *, by: User, version: int | None = None) -> OfficialDocument:
    """Take an issued paper back; it stays as it was, and says that it was recalled and why."""
    if not reason.strip():
        raise Refused(NO_REASON)
    paper = locked(paper_id, version=version)
    permit(paper, "recall", rules.may_recall(paper, by))
    move(
        paper,
        "recall",
        by=by,
        role="clerk" if rules.is_clerk(paper, by) else "",
        content=keep("paper_recall", paper.own_stream, {"quote": reason}),
        recalled_at=timezone.now(),
        recalled_by=by,
        recall_reason=reason[:LONGEST_REASON],
    )
    return paper


@transaction.atomic
def draft_replacement(paper_id: int, *, by: User) -> OfficialDocument:
    """A draft of the same form, for where the content was wrong; issued, it replaces this one."""
    paper = _followed_up(paper_id, by, "replaces")
    kept = {name: value for name, value in facts_of(paper).items() if name not in OF_ISSUE}
    facts: dict[str, Any] = kept | OPEN_AGAIN
    return _drafted(paper, paper.kind, facts, by, replaces=paper)


@transaction.atomic
def draft_correction(paper_id: int, *, by: User) -> OfficialDocument:
    """A draft công văn, for where form, technique or procedure were wrong; issued, it corrects."""
    paper = _followed_up(paper_id, by, "corrects")
    said: Any = facts_of(paper)
    name = f"{paper.get_kind_display()} số {paper.full_number}"
    dated = day_text(paper.issued_on.isoformat()) if paper.issued_on else ""
    facts: dict[str, Any] = {
        "kind": PaperKind.OFFICIAL_LETTER,
        "title": f"đính chính {name}",
        "parent_lines": said.get("parent_lines", []),
        "agency_lines": said.get("agency_lines", []),
        "place": said.get("place", ""),
        "addressees": [copy.name for copy in paper.sent_copies.order_by("place")],
        "body": [
            {
                "type": "paragraph",
                "key": "corrected",
                "text": f"{name} {dated} được đính chính như sau:",
            },
            {"type": "paragraph", "text": ""},
        ],
        "recipients": [],
        "keeping": said.get("keeping", "VT"),
        "drafter": said.get("drafter", ""),
        "locked": ["title", "#corrected"],
    } | OPEN_AGAIN
    return _drafted(paper, PaperKind.OFFICIAL_LETTER, facts, by, corrects=paper)


def _followed_up(paper_id: int, by: User, link: str) -> OfficialDocument:
    paper = locked(paper_id)
    if paper.state not in IN_FORCE:
        raise_conflict(paper)
    if not rules.may_follow_up(paper, by):
        raise PermissionDenied
    begun = OfficialDocument.objects.filter(**{link: paper}).exclude(state__in=OUT)
    if begun.exists():
        raise Refused("Đã có dự thảo thay thế hoặc đính chính cho văn bản này.")
    return paper


def _drafted(
    paper: OfficialDocument, kind: str, facts: dict[str, Any], by: User, **link: Any
) -> OfficialDocument:
    draft = compose(
        kind,
        stream=paper.stream,
        facts=facts | {"notation": ""},
        by=by,
        unit=paper.issuing_unit,
        authority=paper.signing_authority,
        drafting_unit=paper.drafting_unit,
        body=paper.body,
    )
    put(draft, draft.facts | {"notation": notation_of(draft, today())})
    for name, value in link.items():
        setattr(draft, name, value)
    draft.save()
    record("paper.follow_up", stream=paper.own_stream, by=by, draft=str(draft.ref))
    return draft
