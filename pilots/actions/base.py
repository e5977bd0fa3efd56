"""What every deed on a pilot does: lock, ask the table, write down, tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django_fsm import can_proceed

from journal.actions import conflict_on, record
from journal.models import Content, Entry
from notifications.actions import notify
from organisation.days import today
from organisation.models import User
from organisation.models.units import dated
from organisation.prepared import prepared
from pilots import rights, rules
from pilots.models import CodeCounter, Pilot
from pilots.stages import PilotKind
from proposals.actions import lifecycle
from proposals.actions.lifecycle import MoveRefused

Row = TypeVar("Row", bound=models.Model)


class Incomplete(MoveRefused):
    """Something that the deed needs is missing; `items` says each thing for the person."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(" ".join(items))
        self.items = items


@dataclass
class Cause:
    """The stream of the entry that people are told about."""

    stream: str


def locked(pilot_id: int, *, version: int | None = None) -> Pilot:
    """The pilot, locked after its proposal until the transaction ends.

    Raises Conflict where it has moved on since the version that the form was made from.
    """
    pilot = _locked(*Pilot.objects.values_list("pk", "proposal_id").get(pk=pilot_id))
    if version is not None and version != pilot.version:
        raise_conflict(pilot)
    return pilot


def locked_row(model: type[Row], pk: int, *, version: int | None = None) -> Row:
    """A record of a pilot with `row.pilot` locked too; its version checked where one is given."""
    rows: Any = model
    pilot = _locked(*rows.objects.values_list("pilot_id", "pilot__proposal_id").get(pk=pk))
    row = rows.objects.select_for_update(of=("self",)).get(pk=pk)
    row.pilot = pilot
    if version is not None and version != row.version:
        raise_conflict(pilot)
    return row


def _locked(pilot_id: int, proposal_id: int) -> Pilot:
    """The pilot with its team and, of the proposal locked before it, the authors."""
    proposal, day = lifecycle.locked(proposal_id), today()
    found = _row(pilot_id, day)
    if not found:
        raise Pilot.DoesNotExist(pilot_id)
    pilot: Pilot = found[0]
    if version := getattr(pilot, "agency_version", None):
        pilot.agency.read[day] = version
    pilot.proposal = proposal
    pilot.author_ids = frozenset({proposal.proposer_id, *proposal.coauthor_ids})
    pilot.member_ids = proposal.admitted_ids - {pilot.leader_id}
    return pilot


@prepared
def _row(pilot_id: int, day: date) -> QuerySet:
    """The row with its agency as it is on that day."""
    rows = Pilot.objects.select_for_update(of=("self",)).filter(pk=pilot_id)
    rows = rows.annotate(agency_version=dated("agency__versions", day))
    return rows.select_related("agency", "agency_version__parent", "monitor", "leader")


def raise_conflict(pilot: Pilot) -> NoReturn:
    """Say who moved the case meanwhile, when, and where it stands now."""
    conflict = conflict_on(pilot.stream, url=pilot.get_absolute_url())
    conflict.label = pilot.badge()[0]
    raise conflict


def permit(pilot: Pilot, action: str, by: User) -> None:
    """Ask the table for a deed.

    Raises Conflict where the person might do it in another state, else PermissionDenied.
    """
    if action in rules.actions_of(pilot, by):
        return
    held = rules.capacities(pilot, by)
    elsewhere = (cell for capacity in held for cell in rights.TABLE[capacity].values())
    if any(action in cell.actions for cell in elsewhere):
        raise_conflict(pilot)
    raise PermissionDenied


def step(row: models.Model, name: str, pilot: Pilot) -> None:
    """Make one move of a record's own machine. Raises Conflict where it is not open."""
    move_of_row = getattr(row, name)
    if not can_proceed(move_of_row):
        raise_conflict(pilot)
    move_of_row()


def move(
    pilot: Pilot,
    name: str,
    *,
    by: User,
    content: Content | list[Content] | None = None,
    **data: Any,
) -> Entry:
    """Make one move of a locked pilot and write it down. Raises Conflict, PermissionDenied."""
    check(pilot, name, by)
    role, before = role_of(pilot, by), pilot.state
    getattr(pilot, name)()
    return _write(
        pilot, f"pilot.{name}", by, role, content, before=before, after=pilot.state, **data
    )


def check(pilot: Pilot, name: str, by: User) -> None:
    """Ask for one move without making it."""
    found = getattr(pilot, name)._django_fsm.get_transition(pilot.state)
    if found is None:
        raise_conflict(pilot)
    if not found.has_perm(pilot, by):
        raise PermissionDenied


def note(
    pilot: Pilot,
    action: str,
    *,
    by: User | None,
    content: Content | list[Content] | None = None,
    **data: Any,
) -> Entry:
    """Write down a deed that is not a move of the pilot's machine."""
    role = role_of(pilot, by) if by else ""
    return _write(pilot, action, by, role, content, **data)


def keep_text(pilot: Pilot, kind: str, /, **facts: Any) -> Content:
    """Freeze a text in the stream of the proposal; `quote` is what the timeline shows of it."""
    return lifecycle.keep_text(kind, pilot.proposal, facts)


def tell(
    pilot: Pilot,
    entry: Entry,
    recipients: Iterable[User],
    *,
    event: str,
    subject: str,
    text: str,
    url: str,
    serious: bool = False,
    outside: bool = False,
) -> None:
    """Tell people of a deed that was just written down; the subject names the code only.

    `outside` are people of an agency that was asked for help: they may not see the case itself, so
    the notice hangs on no stream.
    """
    notify(
        recipients,
        key=f"{event}-{entry.entry_hash[:32]}",
        subject=f"[{pilot.proposal.code}] {subject}",
        text=text[:600],
        url=url,
        by_entry=None if outside else Cause(pilot.stream),
        serious=serious,
    )


def role_of(pilot: Pilot, by: User) -> str:
    """In which capacity the person acts, for the journal."""
    held = rules.capacities(pilot, by)
    return next((capacity.value for capacity in rights.Capacity if capacity in held), "")


def position_of(user: User) -> str:
    """The post of today, as it is written beside a decision."""
    post = user.powers.main
    return f"{post.position}, {post.unit_short_name}"[:160] if post else ""


def next_code(prefix: str) -> str:
    """The next running code of the year: SC-2022-012."""
    year = timezone.localdate().year
    CodeCounter.objects.get_or_create(prefix=prefix, year=year)
    counter = CodeCounter.objects.select_for_update().get(prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}-{year}-{counter.last:03d}"


def show_state(pilot: Pilot) -> None:
    """Write on the proposal's row how the pilot stands today."""
    lifecycle.show_state(pilot.proposal, *pilot.badge(is_behind=pilot.is_behind(today())))


def _write(
    pilot: Pilot,
    action: str,
    by: User | None,
    role: str,
    content: Content | list[Content] | None,
    **data: Any,
) -> Entry:
    if pilot.kind != PilotKind.PILOT:
        data["form"] = pilot.kind  # the timeline words it by
    entry = record(action, stream=pilot.stream, by=by, role=role, content=content, **data)
    show_state(pilot)
    lifecycle.touch(pilot.proposal, entry)
    pilot.version += 1
    pilot.touched_at = timezone.now()
    pilot.save()
    return entry
