"""What every deed on a case does: lock, ask the table, move, write down, tell, run clocks."""

import secrets
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import can_proceed

from accountability import rights, rules
from accountability.models import Commendation, LiabilityCase
from accountability.models.dossier import Dossier, SecondedDecision
from accountability.stages import DecisionState
from journal.actions import conflict_on, keep, record
from journal.models import Content, Entry
from notifications.actions import notify
from organisation.models import User
from proposals.actions import lifecycle
from proposals.actions.lifecycle import MoveRefused

File = TypeVar("File", LiabilityCase, Commendation)
NO_DECLINE = "Nêu lý do không xác nhận."  # of a second person
KINDS: dict[type[Dossier], str] = {LiabilityCase: "liability", Commendation: "commendation"}


class Incomplete(MoveRefused):
    """Something that the deed needs is missing; `items` says each thing for the person."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(" ".join(items))
        self.items = items


def locked(model: type[File], pk: int, *, version: int | None = None) -> File:
    """The case, locked after its proposal until the transaction ends.

    Raises Conflict where it has moved on since the version that the form was made from.
    """
    rows: Any = model.objects
    lifecycle.locked(rows.values_list("proposal_id", flat=True).get(pk=pk))
    row: File = rows.select_for_update(of=("self",)).for_detail().get(pk=pk)
    if version is not None and version != row.version:
        raise_conflict(row)
    return row


def raise_conflict(row: Dossier) -> NoReturn:
    """Say who moved the case meanwhile, when, and where it stands now."""
    found: Any = row
    conflict = conflict_on(row.stream, url=found.get_absolute_url())
    conflict.label = found.get_state_display()
    raise conflict


def permit(row: Dossier, action: str, by: User) -> None:
    """Ask the table for a deed.

    Raises Conflict where the person might do it in another state, else PermissionDenied.
    """
    if action in _deeds(row, by):
        return
    if any(action in cell.actions for cell in _cells(row, by)):
        raise_conflict_or_deny(row, action, by)
    raise PermissionDenied


def raise_conflict_or_deny(row: Dossier, action: str, by: User) -> NoReturn:
    """A deed of this state that separation of duties keeps from the person is denied."""
    found: Any = row
    here = (cell for state, cell in _cells_by_state(row, by) if state == found.state)
    if any(action in cell.actions for cell in here):
        raise PermissionDenied
    raise_conflict(row)


def move(
    row: Dossier, name: str, *, by: User, content: Content | None = None, **data: Any
) -> Entry:
    """Make one move of a locked case and write it down.

    Raises Conflict, PermissionDenied, MoveRefused.
    """
    found: Any = row
    step = getattr(row, name)
    way = step._django_fsm.get_transition(found.state)
    if way is None:
        raise_conflict(row)
    if not way.has_perm(row, by):
        raise PermissionDenied
    if not can_proceed(step):
        raise MoveRefused(way.custom.get("needs", ""))
    role, before = role_of(row, by), found.state
    step()
    return _write(row, name, by, role, content, before=before, after=found.state, **data)


def note(
    row: Dossier, name: str, *, by: User, content: Content | None = None, **data: Any
) -> Entry:
    """Write down a deed that is not a move; the case must be locked by the caller."""
    return _write(row, name, by, role_of(row, by), content, **data)


def keep_text(row: Dossier, kind: str, /, **facts: Any) -> Content:
    """Freeze a text in the stream of the case; `quote` is what the timeline shows of it."""
    return keep(kind, row.stream, facts)


def tell(
    row: Dossier,
    entry: Entry,
    recipients: Iterable[User],
    *,
    event: str,
    text: str,
    url: str = "",
) -> None:
    """Tell people that the case has moved; letters name nothing but its code (language.md §10)."""
    found: Any = row
    notify(
        recipients,
        key=f"{event}-{entry.entry_hash[:32]}",
        subject=f"Hồ sơ {row.code} có cập nhật. Đăng nhập để xem.",
        text=text[:600],
        url=url or found.get_absolute_url(),
        by_entry=entry_cause(row),
    )


def decline_waiting(row: Dossier, reason: str, by: User) -> SecondedDecision:
    """Write on the waiting decision that a second person does not confirm it, and why.

    Raises Conflict, Incomplete.
    """
    decision: SecondedDecision | None = row.waiting
    if decision is None:
        raise_conflict(row)
    if not reason.strip():
        raise Incomplete([NO_DECLINE])
    decision.state = DecisionState.DECLINED
    decision.second_person, decision.seconded_at = by, timezone.now()
    decision.decline_reason = reason
    decision.save()
    return decision


def position_of(user: User) -> str:
    """The post of today, as it is written beside a decision."""
    post = user.powers.main
    return f"{post.position}, {post.unit_short_name}"[:160] if post else ""


def new_code(prefix: str, model: type[File]) -> str:
    """A code that says nothing of how many cases there are."""
    year = timezone.localdate().year
    rows: Any = model.objects
    while True:
        code = f"{prefix}-{year}-{secrets.randbelow(90000) + 10000}"
        if not rows.filter(code=code).exists():
            return code


def role_of(row: Dossier, by: User) -> str:
    """In which capacity the person acts, for the journal."""
    if isinstance(row, LiabilityCase):
        held = rules.capacities(row, by)
        return next((capacity.value for capacity in rights.Capacity if capacity in held), "")
    if isinstance(row, Commendation):
        parts = rules.parts(row, by)
        return next((part.value for part in rights.Part if part in parts), "")
    return ""


def forget(row: Dossier, *names: str) -> None:
    """Let the case read its decisions and assessors anew after they were written."""
    for name in names or ("_decisions", "assessor_ids"):
        row.__dict__.pop(name, None)


class Cause:
    """The stream of the entry that people are told about."""

    def __init__(self, stream: str) -> None:
        self.stream = stream


def entry_cause(row: Dossier) -> Cause:
    return Cause(row.stream)


def _deeds(row: Dossier, by: User) -> frozenset[str]:
    if isinstance(row, LiabilityCase):
        return rules.actions_of(row, by)
    if isinstance(row, Commendation):
        return rules.commendation_actions(row, by)
    return frozenset()


def _cells_by_state(row: Dossier, by: User) -> Iterable[tuple[str, rights.Cell]]:
    if isinstance(row, LiabilityCase):
        held = [rights.TABLE[capacity] for capacity in rules.capacities(row, by)]
    elif isinstance(row, Commendation):
        held = [rights.COMMENDATIONS[part] for part in rules.parts(row, by)]
    else:
        held = []
    return [pair for cells in held for pair in cells.items()]


def _cells(row: Dossier, by: User) -> Iterable[rights.Cell]:
    return [cell for _, cell in _cells_by_state(row, by)]


def _write(
    row: Dossier, name: str, by: User, role: str, content: Content | None, **data: Any
) -> Entry:
    action = f"{KINDS[type(row)]}.{name}"
    entry = record(action, stream=row.stream, by=by, role=role, content=content, **data)
    row.version += 1
    row.touched_at = timezone.now()
    row.journal_length, row.journal_head = entry.seq, entry.entry_hash
    row.save()
    return entry
