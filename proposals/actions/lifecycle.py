"""Moves of the lifecycle. Every other action of this app and of those above moves through here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django_fsm import can_proceed

from deadlines.models import Clock
from deadlines.parties import Subject
from journal.actions import conflict_on, keep, record, written
from journal.deeds import deed, found_once, write_at_end
from journal.models import Content, Entry
from organisation.days import today
from organisation.models import User
from organisation.models.units import dated
from organisation.prepared import prepared
from proposals import rules
from proposals.models import Proposal
from proposals.rights import Capacity
from proposals.stages import Stage

STEPS_MISSING = "Còn bước xem xét bắt buộc chưa hoàn thành."
NEEDS = {
    rules.has_steps_done: STEPS_MISSING,
    rules.has_vote_in_favour: "Tập thể lãnh đạo không thông qua; cần người thứ hai xác nhận.",
    rules.has_vote_against: "Tập thể lãnh đạo không phản đối đề xuất này.",
    rules.is_complete: "Hoàn thành sáu phần trước khi gửi.",
    rules.has_answer: "Người đề xuất chưa phản hồi.",
    rules.has_no_answer: "Người đề xuất đã phản hồi; xem phản hồi trước.",
}
OTHER_NEEDS = "Thao tác này chưa thực hiện được ở bước hiện nay."


class MoveRefused(Exception):
    """The move is open at this stage, but something that it needs is missing.

    `needs` says so in one text, `items` each thing by itself.
    """

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs
        self.items = [needs]


@dataclass(frozen=True)
class Moved:
    """A move that was made: the proposal as it stands now, and the entry that tells of it."""

    proposal: Proposal
    entry: Entry


def locked(
    proposal_id: int | UUID, *, version: int | None = None, with_plan: bool = False
) -> Proposal:
    """The proposal, by its key or its ref, locked until the transaction ends: the same one all
    through a deed.

    Raises Conflict where it has moved on since the version that the form was made from.
    """
    find = _row_with_plan if with_plan else _row
    proposal: Proposal = found_once(
        ("proposal", proposal_id), lambda: _in_hand(find(proposal_id, today()), proposal_id)
    )
    for name in (proposal.pk, proposal.ref):
        found_once(("proposal", name), lambda: proposal)
    if version is not None and version != proposal.version:
        raise_conflict(proposal)
    return proposal


def _rows(proposal_id: int | UUID, day: date) -> Any:
    """The row, locked, with its proposer and the unit that decides as it is on that day."""
    name = "ref" if isinstance(proposal_id, UUID) else "pk"
    rows = Proposal.objects.select_for_update(of=("self",)).filter(**{name: proposal_id})
    rows = rows.annotate(unit_version=dated("deciding_unit__versions", day))
    return rows.select_related("proposer", "deciding_unit", "unit_version__parent")


@prepared
def _row(proposal_id: int | UUID, day: date) -> QuerySet:
    return _rows(proposal_id, day)


@prepared
def _row_with_plan(proposal_id: int | UUID, day: date) -> QuerySet:
    return _rows(proposal_id, day).select_related("agency", "field", "plan")


def _in_hand(rows: list[Any], proposal_id: int | UUID) -> Any:
    if not rows:
        raise Proposal.DoesNotExist(proposal_id)
    if version := getattr(rows[0], "unit_version", None):
        rows[0].deciding_unit.read[today()] = version
    return rows[0]


def raise_conflict(proposal: Proposal) -> NoReturn:
    """Say who moved the proposal meanwhile, when, and where it stands now."""
    conflict = conflict_on(proposal.stream, url=proposal.get_absolute_url())
    conflict.label = Stage(proposal.stage).label
    raise conflict


def subject_of(proposal: Proposal) -> Subject:
    """The proposal as the subject of a clock."""
    return Subject(
        kind="proposal",
        ref=proposal.ref,
        code=proposal.code or "",
        title=proposal.title,
        stream=proposal.stream,
    )


@deed()
def move(
    proposal_id: int,
    name: str,
    *,
    by: User,
    version: int | None = None,
    content: Content | list[Content] | None = None,
    **data: Any,
) -> Moved:
    """Make one move of the lifecycle and write it down.

    Raises Conflict where it is no longer open at this stage, PermissionDenied where this user
    may not make it, MoveRefused where something it needs is missing.
    """
    return make(locked(proposal_id, version=version), name, by=by, content=content, **data)


def make(
    proposal: Proposal,
    name: str,
    *,
    by: User,
    content: Content | list[Content] | None = None,
    **data: Any,
) -> Moved:
    """Make one move of a proposal that the caller has locked. Raises as `move` does."""
    check(proposal, name, by)
    before = proposal.stage
    getattr(proposal, name)()
    entry = record(
        f"proposal.{name}",
        stream=proposal.stream,
        by=by,
        role=role_of(proposal, by),
        before=before,
        after=proposal.stage,
        content=content,
        **data,
    )
    touch(proposal, entry)
    return Moved(proposal, entry)


def check(proposal: Proposal, name: str, by: User) -> None:
    """Ask for one move without making it. Raises as `move` does."""
    step = getattr(proposal, name)
    found = step._django_fsm.get_transition(proposal.stage)
    if found is None:
        raise_conflict(proposal)
    if not found.has_perm(proposal, by):
        raise PermissionDenied
    if not can_proceed(step):
        failed = next(rule for rule in found.conditions if not rule(proposal))
        raise MoveRefused(NEEDS.get(failed, OTHER_NEEDS))


def touch(proposal: Proposal, entry: Entry | None = None) -> None:
    """Write the row with its next version, and the length and head of its stream."""
    proposal.version += 1
    proposal.touched_at = timezone.now()
    if entry is not None:
        proposal.journal_length = entry.seq
        proposal.journal_head = entry.entry_hash
    save(proposal)


def save(proposal: Proposal) -> None:
    """Write the row of a locked proposal, once for all that the running deed sets on it."""
    write_at_end(("proposal", proposal.pk), proposal.save)


def note(proposal: Proposal, action: str, *, by: User, **facts: Any) -> Entry:
    """Write down a deed that is not a move; the proposal must be locked by the caller."""
    role = role_of(proposal, by)
    entry = record(action, stream=proposal.stream, by=by, role=role, **facts)
    touch(proposal, entry)
    return entry


def text_of(kind: str, proposal: Proposal, facts: dict[str, Any]) -> Content:
    """A text of a proposal that the entry which cites it keeps along: unsaved until then."""
    return written(kind, proposal.stream, facts)


def keep_text(kind: str, proposal: Proposal, facts: dict[str, Any]) -> Content:
    """Freeze a text of a locked proposal, for the entry of the same deed to cite."""
    return keep(kind, proposal.stream, facts)


def hold(proposal: Proposal, clock: Clock | None, *, holder: str) -> None:
    """Show on the row who holds the proposal now, since when and until when.

    A date by a rule whose source nobody verified stands on the page of the case alone, marked so.
    """
    proposal.holder = holder
    proposal.holder_since = clock.held_since if clock else timezone.localdate()
    proposal.due_on = clock.due_on if clock and clock.rule.may_urge else None
    proposal.is_clock_paused = bool(clock and clock.paused_on)
    save(proposal)


def run(proposal: Proposal, first: date | None, last: date | None) -> None:
    """Show on the row from when to when the work that was allowed is done; the caller locks it."""
    if (proposal.runs_from, proposal.runs_to) != (first, last):
        proposal.runs_from, proposal.runs_to = first, last
        save(proposal)


def show_state(proposal: Proposal, label: str, colour: str, icon: str) -> None:
    """Show on the row how the work that was allowed stands; the caller locks it."""
    if (proposal.shown_state, proposal.shown_tone) != (label, f"{colour} {icon}"):
        proposal.shown_state, proposal.shown_tone = label, f"{colour} {icon}"
        save(proposal)


def role_of(proposal: Proposal, user: User) -> str:
    """In which capacity the person acts, for the journal."""
    held = rules.capacities(proposal, user)
    return next((capacity.value for capacity in Capacity if capacity in held), "")
