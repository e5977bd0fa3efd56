"""From the list of what is late to drafts: chosen, worded, changed, given up."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from documents.actions import compose
from documents.actions.base import locked as locked_paper
from documents.actions.base import say
from documents.actions.giving_up import give_up
from documents.described import facts_of
from documents.stages import PaperKind
from journal.actions import record
from journal.conflicts import Conflict
from journal.deeds import deed
from organisation.days import today
from organisation.models import OrgUnit, OrgUnitVersion, User
from organisation.stages import Role, UnitKind
from reporting.urging import rules
from reporting.urging.actions.base import (
    UrgingRefused,
    late_now,
    live_rows,
    locked,
    raise_conflict,
    this_minute,
    told_of,
    write,
)
from reporting.urging.ladder import BEING_WRITTEN, Standing, standings, why_never
from reporting.urging.late import tallies
from reporting.urging.models import UrgedAgency, UrgingDispatch
from reporting.urging.papers import letter, refreshed
from reporting.urging.stages import LAST, UrgingState

NOTHING_LATE = "{name} không còn việc quá hạn."
MOST_LINES = 2_000  # of the annexes of one letter to many
NO_PLACE = "Người soạn chưa có vị trí chuyên viên ở cơ quan nào."


@dataclass(frozen=True)
class Choice:
    """Whom to urge and how: one letter for each agency, or one for all of a rung."""

    agencies: Sequence[OrgUnit]
    answer_by: date
    together: bool = False
    with_unverified: bool = False
    note: str = ""


@dataclass(frozen=True)
class Planned:
    """Who stands together in each letter, on which rungs, in whose name."""

    unit: OrgUnit
    groups: list[list[OrgUnit]]
    stands: dict[int, Standing]


@deed()
def draft(choice: Choice, *, by: User, batch: uuid.UUID | None = None) -> list[UrgingDispatch]:
    """The drafts, each with its annexes; they are one batch, laid before one signer.

    Raises PermissionDenied, UrgingRefused, and Conflict where somebody else drafts to one of the
    agencies meanwhile: nobody gets a rung twice.
    """
    found, batch = planned(choice, by=by), batch or uuid.uuid4()
    return [_drafted(group, found, choice, batch, by) for group in found.groups]


def planned(choice: Choice, *, by: User) -> Planned:
    """What `draft` would draft; the agencies are locked until the transaction ends.

    Raises what `draft` raises.
    """
    if not rules.is_officer(by):
        raise PermissionDenied
    unit, on = office_of(by), today()
    agencies = _locked_agencies(choice.agencies)
    keys = [one.pk for one in agencies]
    stands = standings(keys, on)
    lines = {
        one.agency_id: one.lines(with_unverified=choice.with_unverified)
        for one in tallies(on, keys)
    }
    for agency in agencies:
        _refuse(agency, stands[agency.pk], unit, on)
        if not lines.get(agency.pk):
            raise UrgingRefused(NOTHING_LATE.format(name=agency.at(on).name))
    return Planned(unit, _letters(agencies, stands, lines, together=choice.together), stands)


@deed()
def change(
    dispatch_id: int,
    *,
    by: User,
    answer_by: date | None,
    with_unverified: bool,
    note: str,
    version: int | None = None,
) -> UrgingDispatch:
    """Change what a draft asks for; its annexes are made anew.

    Raises Conflict, PermissionDenied.
    """
    dispatch = locked(dispatch_id, version=version)
    _permit(dispatch, by, may=rules.may_write(dispatch, by))
    dispatch.answer_by = None if dispatch.is_report else answer_by
    dispatch.with_unverified, dispatch.note = with_unverified, note
    reword(dispatch, by=by)
    write(dispatch, "change", by=by)
    return dispatch


@deed()
def cancel(dispatch_id: int, *, by: User, version: int | None = None) -> UrgingDispatch:
    """Give a draft and its paper up: its agencies may be urged by another.

    Raises Conflict, PermissionDenied.
    """
    dispatch = locked(dispatch_id, version=version)
    _permit(dispatch, by, may=rules.may_cancel(dispatch, by))
    before = dispatch.state
    dispatch.cancel()
    dispatch.urged.update(is_dropped=True)
    if dispatch.paper_id:
        dispatch.paper = give_up(dispatch.paper_id, by=by)
    write(dispatch, "cancel", by=by, before=before)
    return dispatch


def reword(dispatch: UrgingDispatch, *, by: User) -> None:
    """Write into a locked draft what follows from the clocks of this minute."""
    paper = locked_paper(dispatch.paper_id or 0)
    rows, at = live_rows(dispatch), this_minute()
    told = told_of(rows, late_now(dispatch, rows, at))
    say(paper, refreshed(dict(facts_of(paper)), dispatch, told, at))
    paper.version += 1
    paper.save()
    record("paper.edit", stream=paper.own_stream, by=by, facts_digest=paper.facts_sha256)


def office_of(officer: User) -> OrgUnit:
    """The agency in whose name an officer writes: that of the post. Raises UrgingRefused."""
    posts = [post for post in officer.powers.posts if post.role == Role.HOME_AFFAIRS_OFFICER]
    unit = OrgUnit.objects.filter(pk__in=[post.unit_id for post in posts]).order_by("pk").first()
    if unit is None:
        raise UrgingRefused(NO_PLACE)
    while (version := unit.at(today())).kind == UnitKind.SUB_UNIT and version.parent:
        unit = version.parent
    return unit


def _permit(dispatch: UrgingDispatch, by: User, *, may: bool) -> None:
    """An officer whose draft was laid or given up meanwhile came too late; others never may."""
    if not may and rules.is_officer(by) and dispatch.state != UrgingState.DRAFT:
        raise_conflict(dispatch)
    if not may:
        raise PermissionDenied


def _locked_agencies(agencies: Sequence[OrgUnit]) -> list[OrgUnit]:
    """Two officers who choose the same agency come one after the other."""
    chosen = [one.pk for one in agencies]
    rows = OrgUnit.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=chosen)
    found = {one.pk: one for one in rows.order_by("pk")}
    on = today()
    for version in OrgUnitVersion.objects.valid_on(on).filter(unit__in=found):
        found[version.unit_id].read[on] = version
    return sorted(found.values(), key=lambda one: (one.order_number, one.pk))


def _refuse(agency: OrgUnit, stand: Standing, unit: OrgUnit, on: date) -> None:
    version = agency.at(on)
    if why := why_never(version.kind, agency.pk, unit):
        raise UrgingRefused(f"{version.name}: {why}")
    if stand.why_not == BEING_WRITTEN and stand.last:
        raise _taken(stand.last)
    if stand.why_not:
        raise UrgingRefused(f"{version.name}: {stand.why_not}")


def _taken(row: UrgedAgency) -> Conflict:
    dispatch = row.dispatch
    return Conflict(
        who=dispatch.created_by.full_name,
        at=dispatch.created_at,
        label=f"{dispatch.get_state_display()}: {dispatch.get_rung_display()}, {row.agency_name}",
        url=dispatch.get_absolute_url(),
        stream=dispatch.stream,
        action="urging.draft",
    )


def _letters(
    agencies: Iterable[OrgUnit],
    stands: dict[int, Standing],
    lines: dict[int, int],
    *,
    together: bool,
) -> list[list[OrgUnit]]:
    """Who stands together in a letter: the Chairman gets one report on all. One whose annexes
    would be too long to be read or drawn is split.
    """
    groups: list[list[OrgUnit]] = []
    open_at: dict[int, list[OrgUnit]] = {}
    for agency in agencies:
        rung = stands[agency.pk].rung
        group = open_at.get(rung, [])
        is_full = sum(lines[one.pk] for one in [*group, agency]) > MOST_LINES
        if not group or is_full or not (together or rung == LAST):
            group = open_at[rung] = []
            groups.append(group)
        group.append(agency)
    return groups


def _drafted(
    agencies: Sequence[OrgUnit], found: Planned, choice: Choice, batch: uuid.UUID, by: User
) -> UrgingDispatch:
    unit, stands = found.unit, found.stands
    rung = stands[agencies[0].pk].rung
    is_report = rung == LAST
    dispatch = UrgingDispatch.objects.create(
        batch=batch,
        rung=rung,
        unit=unit,
        reported_to=unit.at(today()).parent if is_report else None,
        with_unverified=choice.with_unverified,
        answer_by=None if is_report else choice.answer_by,
        note=choice.note,
        created_by=by,
    )
    UrgedAgency.objects.bulk_create(
        UrgedAgency(
            dispatch=dispatch,
            agency=agency,
            agency_name=agency.at(today()).name,
            series=stands[agency.pk].series,
            rung=rung,
        )
        for agency in agencies
    )
    _compose(dispatch, by)
    record(
        "urging.draft",
        stream=dispatch.stream,
        by=by,
        after=dispatch.state,
        rung=rung,
        agencies=len(agencies),
        paper=str(dispatch.paper.ref) if dispatch.paper else "",
    )
    return dispatch


def _compose(dispatch: UrgingDispatch, by: User) -> None:
    rows, at = live_rows(dispatch), this_minute()
    kind = PaperKind.REPORT if dispatch.is_report else PaperKind.OFFICIAL_LETTER
    facts = letter(dispatch, told_of(rows, late_now(dispatch, rows, at)), at)
    dispatch.paper = compose(kind, stream=dispatch.stream, facts=facts, by=by, unit=dispatch.unit)
    dispatch.save()
