"""From the decision to a running pilot."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from journal.deeds import deed
from organisation.days import add_working_days, today
from organisation.models import User
from pilots import people, rules
from pilots.actions import holding
from pilots.actions.base import Incomplete, locked, move, note, tell
from pilots.actions.planning import freeze, missing, refresh_progress
from pilots.models import Indicator, Pilot, ProgressReport
from pilots.stages import Direction, PilotKind, PilotState
from proposals.actions import lifecycle
from proposals.models import Decision, Proposal
from proposals.stages import APPROVED, DecisionKind, DecisionState

REPORT_WITHIN = 5  # working days after the end of a period
FORTNIGHT = 14
KINDS = {
    DecisionKind.PILOT: PilotKind.PILOT,
    DecisionKind.IMPLEMENT: PilotKind.IMPLEMENT,
}


@deed()
def prepare(proposal_id: int, *, by: User | None) -> Pilot:
    """The pilot of an approved proposal, made from its decision when there is none yet.

    `by` None is the daily sweep. Raises Conflict, PermissionDenied.
    """
    proposal = lifecycle.locked(proposal_id)
    found = Pilot.objects.filter(proposal=proposal).first()
    decision = allowing(proposal)
    if found:
        return _renewed(found, proposal, decision)
    if proposal.stage not in APPROVED or decision is None:
        lifecycle.raise_conflict(proposal)
    pilot = _from_decision(proposal, decision)
    if by is not None and not rules.may("edit_plan")(pilot, by):
        raise PermissionDenied
    return _create(pilot, by)


@deed()
def create_for(decision: Decision, *, by: User | None = None) -> Pilot:
    """The pilot that a decision in force allows; the same one when asked again."""
    return prepare(decision.proposal_id, by=by)


def draft_of(proposal: Proposal) -> Pilot | None:
    """The pilot that the decision allows, unsaved; None where nothing is allowed."""
    decision = allowing(proposal)
    if proposal.stage not in APPROVED or decision is None:
        return None
    return _from_decision(proposal, decision)


def allowing(proposal: Proposal) -> Decision | None:
    """The decision in force that allowed the proposal to be carried out."""
    return (
        proposal.decisions.filter(state=DecisionState.IN_FORCE, kind__in=KINDS)
        .order_by("-decided_at", "-pk")
        .first()
    )


@deed()
def start(pilot_id: int, *, by: User, version: int | None = None) -> Pilot:
    """Start the pilot: freeze its plan, open its reports and clocks, move the proposal on.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id, version=version)
    lacking = missing(pilot)
    if lacking:
        raise Incomplete(lacking)
    frozen = freeze(pilot, by=by)
    entry = move(pilot, "start", by=by, content=frozen.content, number=frozen.number)
    pilot.proposal = lifecycle.move(pilot.proposal_id, "begin", by=by).proposal
    holding.stop(pilot.clock, "started")
    _plan_reports(pilot)
    open_milestones(pilot)
    open_reports(pilot, today())
    refresh_progress(pilot)
    pilot.save()
    holding.show(pilot)
    tell(
        pilot,
        entry,
        {*people.team(pilot), *people.heads(pilot), *_monitor(pilot)},
        event="pilot-started",
        subject=pilot.worded("Đã bắt đầu thí điểm"),
        text=f'Đề xuất "{pilot.proposal.title}" bắt đầu được thực hiện.',
        url=pilot.get_absolute_url(),
    )
    return pilot


def open_reports(pilot: Pilot, day: date) -> list[Clock]:
    """Start the clock of each report whose period has begun; what runs already is left alone."""
    started = []
    waiting = pilot.reports.filter(clock=None, period_from__lte=day).order_by("number")
    for report in waiting:
        report.clock = holding.give_to_person(
            pilot,
            "PROGRESS_REPORT",
            pilot.leader,
            verb=f"Lập báo cáo tiến độ kỳ {report.number}",
            url=reverse("pilots:report", args=[pilot.proposal.ref, report.number]),
            on=report.period_from,
            due_on=report.due_on,
        )
        report.save(update_fields=["clock"])
        started.append(report.clock)
    return started


def periods(starts_on: date, ends_on: date, months: int) -> list[tuple[date, date]]:
    """The report periods from the first day to the last; the last may be shorter.

    A rest of less than a fortnight belongs to the period before it.
    """
    found, first, number = [], starts_on, 0
    while first <= ends_on:
        number += 1
        following = months_later(starts_on, months * number)
        found.append((first, min(following - timedelta(days=1), ends_on)))
        first = following
    if len(found) > 1 and (found[-1][1] - found[-1][0]).days < FORTNIGHT:
        found[-2:] = [(found[-2][0], found[-1][1])]
    return found


def periods_of(pilot: Pilot) -> list[tuple[date, date]]:
    if pilot.starts_on is None or pilot.ends_on is None:
        return []
    return periods(pilot.starts_on, pilot.ends_on, pilot.report_every_months)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _from_decision(proposal: Proposal, decision: Decision) -> Pilot:
    """The pilot as the decision and the proposal's own plan give it, unsaved."""
    plan = proposal.plan
    starts_on = decision.starts_on or plan.starts_on
    ends_on = decision.ends_on
    if starts_on and not ends_on and plan.duration_months:
        ends_on = months_later(starts_on, plan.duration_months)
    leader = decision.implementer or proposal.proposer
    monitor = decision.monitor if decision.monitor_id != leader.pk else None
    pilot = Pilot(
        proposal=proposal,
        decision=decision,
        kind=KINDS[DecisionKind(decision.kind)],
        agency_id=proposal.agency_id,
        agency_name=proposal.agency_name,
        deciding_unit_id=proposal.deciding_unit_id,
        deciding_unit_name=proposal.deciding_unit_name,
        leader=leader,
        monitor=monitor,
        starts_on=starts_on,
        ends_on=ends_on,
        scope=plan.scope,
        report_every_months=decision.report_every_months,
        budget=plan.budget or 0,
        stop_conditions=plan.stop_plan[:4000],
    )
    pilot.__dict__["member_ids"] = frozenset()
    return pilot


def _renewed(pilot: Pilot, proposal: Proposal, decision: Decision | None) -> Pilot:
    """A plan that was made for a decision that was revoked goes on under the next one."""
    if pilot.state == PilotState.PLANNED and decision and decision.pk != pilot.decision_id:
        fresh = _from_decision(proposal, decision)
        for name in ("decision", "kind", "deciding_unit_id", "deciding_unit_name", "monitor"):
            setattr(pilot, name, getattr(fresh, name))
        pilot.starts_on, pilot.ends_on = fresh.starts_on, fresh.ends_on
        if pilot.monitor_id == pilot.leader_id:
            pilot.monitor = None
        pilot.clock = _starting_clock(pilot)
        pilot.save()
    return pilot


def _create(pilot: Pilot, by: User | None) -> Pilot:
    proposal = pilot.proposal
    pilot.save()
    for place, expected in enumerate(proposal.expected_results.order_by("pk")):
        if expected.target is None or expected.baseline is None:
            continue
        if expected.target == expected.baseline:
            continue  # not a thing to reach: the leader writes a better one
        upward = expected.target > expected.baseline
        Indicator.objects.create(
            pilot=pilot,
            expected=expected,
            name=expected.name,
            unit=expected.unit,
            direction=Direction.UP if upward else Direction.DOWN,
            baseline=expected.baseline,
            target=expected.target,
            place=place,
        )
    pilot.clock = _starting_clock(pilot)
    holding.admit(pilot)
    note(pilot, "pilot.prepare", by=by, after=pilot.state)
    holding.show(pilot)
    return pilot


def _starting_clock(pilot: Pilot) -> Clock:
    """The clock that the decision started, or one of our own."""
    known = holding.open_clocks(pilot, "PILOT_START")
    if known:
        return known[0]
    return holding.give_to_person(
        pilot,
        "PILOT_START",
        pilot.leader,
        verb=pilot.worded("Lập kế hoạch thí điểm"),
        url=reverse("pilots:plan", args=[pilot.proposal.ref]),
    )


def _plan_reports(pilot: Pilot) -> None:
    for number, (first, last) in enumerate(periods_of(pilot), start=1):
        ProgressReport.objects.create(
            pilot=pilot,
            number=number,
            period_from=first,
            period_to=last,
            due_on=add_working_days(last, REPORT_WITHIN),
        )


def open_milestones(pilot: Pilot) -> None:
    """Start the clock of each milestone that has none yet and is still to be reached."""
    waiting = pilot.milestones.in_plan().filter(done_on=None, clock=None)
    for milestone in waiting.order_by("due_on", "pk"):
        milestone.clock = holding.give_to_person(
            pilot,
            "MILESTONE",
            pilot.leader,
            verb=f"Hoàn thành mốc: {milestone.name}",
            url=pilot.get_absolute_url(),
            due_on=milestone.due_on,
        )
        milestone.save(update_fields=["clock"])


def _monitor(pilot: Pilot) -> list[User]:
    return [pilot.monitor] if pilot.monitor else []
