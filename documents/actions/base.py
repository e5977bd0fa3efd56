"""What every deed on a paper does: lock it, ask whether it may, write it down, tell others."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django_fsm import can_proceed

from documents.actions.papers import frozen
from documents.cases import barred_from, why_not_yet
from documents.hooks import Moved, tell
from documents.models import OfficialDocument, PaperBar
from documents.papers import Gap, Misshapen, check
from documents.stages import DRAW, Drawing, PaperKind
from journal.actions import conflict_on, record
from journal.models import Content, Entry
from organisation.doorbell import ring_after_commit
from organisation.models import User


class Refused(Exception):
    """The deed is open now, but the law or a missing fact stands against it; `str()` says what."""


class Lacking(Refused):
    """Facts are missing; each is named in Vietnamese."""

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps
        names = ", ".join(dict.fromkeys(gap.label for gap in gaps))
        super().__init__(f"Chưa trình ký được. Còn thiếu: {names}.")


class Locked(Refused):
    """An edit would take away what the decision rests on."""


def locked(paper_id: int, *, version: int | None = None) -> OfficialDocument:
    """The paper, locked until the transaction ends. Raises Conflict for a stale form."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if version is not None and version != paper.version:
        raise_conflict(paper)
    return paper


def raise_conflict(paper: OfficialDocument) -> NoReturn:
    conflict = conflict_on(paper.own_stream, url=paper.get_absolute_url())
    conflict.label = paper.get_state_display()
    raise conflict


def permit(paper: OfficialDocument, step: str, may: bool) -> None:
    """Raises Conflict where the paper has moved on, PermissionDenied where this person may not."""
    if not can_proceed(getattr(paper, step)):
        raise_conflict(paper)
    if not may:
        raise PermissionDenied


def go_on(paper: OfficialDocument) -> None:
    """Raises Refused where the case still waits for something before its paper goes on."""
    if reason := why_not_yet(paper.stream, paper.pk):
        raise Refused(reason)


def say(paper: OfficialDocument, facts: Any) -> None:
    """Give the paper these facts, to be drawn anew where they differ; the deed saves it. Raises
    Refused."""
    try:
        check(facts)
    except Misshapen as failure:
        raise Refused(f"Nội dung văn bản chưa đúng cấu trúc: {failure}") from failure
    before = paper.facts_sha256
    paper.facts, paper.facts_sha256 = frozen(facts)
    paper.has_apart = any(one.get("is_apart") for one in facts.get("annexes", []))
    if paper.kind != PaperKind.COPY:  # whose facts say the title of what it copies
        paper.title = str(facts.get("title") or paper.title)[:300]
    if paper.facts_sha256 != before or paper.drawing != Drawing.DRAWN:
        redraw(paper)


def redraw(paper: OfficialDocument) -> None:
    """What was drawn before is no longer what the paper says."""
    paper.file, paper.file_sha256, paper.drawn_at = None, "", None
    paper.drawing, paper.draw_attempts, paper.draw_lease_until = Drawing.WAITING, 0, None
    paper.draw_error, paper.sealing = "", ""
    ring_after_commit(DRAW)


def move(
    paper: OfficialDocument,
    step: str,
    *,
    by: User,
    role: str = "",
    content: Content | None = None,
    told: dict[str, Any] | None = None,
    **changes: Any,
) -> Entry:
    """Make one transition of a locked paper, write it down, and tell the floors above."""
    before = paper.state
    getattr(paper, step)(**changes)
    paper.version += 1
    paper.save()
    entry = record(
        f"paper.{step}",
        stream=paper.own_stream,
        by=by,
        role=role,
        before=before,
        after=paper.state,
        content=content,
        facts_digest=paper.facts_sha256,
        **(told or {}),
    )
    tell(Moved(paper, step, entry, by))
    return entry


def bar(paper: OfficialDocument) -> None:
    """Keep the paper from those whose own case it is, as the case says now."""
    people = barred_from(paper.stream)
    PaperBar.objects.bulk_create(
        [PaperBar(paper=paper, person_id=person) for person in sorted(people)],
        ignore_conflicts=True,
    )
