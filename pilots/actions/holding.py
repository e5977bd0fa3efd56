"""Who holds a pilot: its clocks, and the words on the proposal's row that repeat them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from deadlines import actions as clocks
from deadlines.hooks import Move
from deadlines.models import Clock
from deadlines.parties import Holder, Subject
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from pilots import people
from pilots.actions.base import show_state
from pilots.models import Evaluation, Halt, Milestone, Pilot, ProgressReport
from pilots.stages import EvaluationKind, EvaluationState, PilotKind, PilotState
from proposals import people as around
from proposals.actions import lifecycle, participants

CASE, RECORD, EVALUATION = "LIABILITY_OPEN", "CONCLUSION", "evaluation"
OF_THE_WORK = ("PROGRESS_REPORT", "MILESTONE")


def give_to_person(
    pilot: Pilot,
    rule: str,
    person: User,
    *,
    verb: str,
    url: str,
    on: date | None = None,
    due_on: date | None = None,
    detail: str = "",
    serious: bool = False,
) -> Clock:
    """Start a clock of one person by name."""
    return clocks.start(
        rule,
        subject=lifecycle.subject_of(pilot.proposal),
        holder=Holder.person(person),
        on=on or today(),
        verb=verb[:160],
        url=url,
        due_on=due_on,
        detail=detail[:400],
        serious=serious,
    )


def give_to_role(
    pilot: Pilot,
    rule: str,
    role: str,
    *,
    verb: str,
    url: str,
    unit_id: int | None = None,
    due_on: date | None = None,
    detail: str = "",
    serious: bool = False,
) -> Clock:
    """Start a clock of a post at the unit that allowed the pilot, or at another one.

    Those whose own case it is are barred.
    """
    holder = Holder.post(role, unit_id or pilot.deciding_unit_id, barred=people.team(pilot))
    return clocks.start(
        rule,
        subject=lifecycle.subject_of(pilot.proposal),
        holder=holder,
        on=today(),
        verb=verb[:160],
        url=url,
        due_on=due_on,
        detail=detail[:400],
        serious=serious,
    )


def give_to_head(pilot: Pilot, rule: str, **words: object) -> Clock:
    return give_to_role(pilot, rule, Role.AGENCY_HEAD, **words)  # type: ignore[arg-type]


def give_to_desk(pilot: Pilot, rule: str, **words: object) -> Clock:
    role = around.desk_role(pilot.deciding_unit_id)
    return give_to_role(pilot, rule, role, **words)  # type: ignore[arg-type]


def stop(clock: Clock | None, outcome: str = "") -> None:
    if clock is not None:
        clocks.stop(clock, today(), outcome)


def open_clocks(pilot: Pilot, *rules: str) -> list[Clock]:
    """The clocks of the case that are not stopped, of some rules."""
    found = Clock.objects.of_subject("proposal", pilot.proposal.ref).open().select_related("rule")
    return list(found.filter(rule__code__in=rules).order_by("pk"))


def hand_over(pilot: Pilot, old: User) -> None:
    """What the leader of before had to do passes to the leader of now."""
    held = Clock.objects.of_subject("proposal", pilot.proposal.ref).open()
    for clock in held.filter(holder_user=old).order_by("pk"):
        clocks.hand_over(clock, Holder.person(pilot.leader), today())


def ask_for_case(evaluation: Evaluation) -> None:
    """What was not reached, or did damage, asks for a liability case; nobody but its holder sees
    that it waits.
    """
    pilot = evaluation.pilot
    clocks.start(
        CASE,
        subject=_weighed(evaluation),
        holder=people.case_opener(pilot),
        on=today(),
        verb="Lập hồ sơ xem xét trách nhiệm",
        url=reverse("accountability:liability_open", args=[pilot.proposal.ref]),
    )


def asks_for_case(evaluation: Evaluation, user: User) -> bool:
    """Whether a case waits to be opened by this person."""
    waiting = Clock.objects.of_subject(EVALUATION, evaluation.ref).open().held_by(user)
    return waiting.filter(rule__code=CASE).exists()


def case_opened(evaluation: Evaluation) -> None:
    """The first case that is opened ends the task."""
    clocks.stop_all(_weighed(evaluation), today(), "opened", rules=[CASE])


def ask_for_record(evaluation: Evaluation, holder: Holder) -> None:
    """Ask whoever ends the road to record the result; nobody else sees this clock (ADR 0013)."""
    ref = evaluation.pilot.proposal.ref
    clocks.start(
        RECORD,
        subject=_weighed(evaluation),
        holder=holder,
        on=today(),
        verb="Ghi nhận kết quả của đề xuất",
        url=reverse("accountability:conclude", args=[ref]),
    )


def put_off_record(evaluation: Evaluation, outcome: str) -> None:
    """Take the task back: the result was recorded, or something has to be settled before it."""
    clocks.stop_all(_weighed(evaluation), today(), outcome, rules=[RECORD])


def _weighed(evaluation: Evaluation) -> Subject:
    """The evaluation as the subject of a clock that is nobody else's business."""
    return replace(
        lifecycle.subject_of(evaluation.pilot.proposal), kind=EVALUATION, ref=evaluation.ref
    )


def stop_work(pilot: Pilot, outcome: str) -> None:
    """Stop what was asked of a pilot that is over: reports and milestones."""
    clocks.stop_all(lifecycle.subject_of(pilot.proposal), today(), outcome, rules=OF_THE_WORK)


def pause_work(pilot: Pilot, reason: str) -> None:
    clocks.pause_all(lifecycle.subject_of(pilot.proposal), reason, today(), rules=OF_THE_WORK)


def resume_work(pilot: Pilot) -> None:
    """Count again; the days on reports and milestones move with their clocks."""
    clocks.resume_all(lifecycle.subject_of(pilot.proposal), today(), rules=OF_THE_WORK)
    rows: list[Any] = [
        *pilot.reports.select_related("clock"),
        *pilot.milestones.select_related("clock"),
    ]
    for row in rows:
        if row.clock and row.clock.is_open and row.clock.due_on:
            row.due_on = row.clock.due_on
            row.save(update_fields=["due_on"])


def follow_dates(moves: Sequence[Move]) -> None:
    """Let reports and milestones follow where the calendar moved the date of their clock."""
    moved = [move.clock.pk for move in moves]
    due = Clock.objects.filter(pk=OuterRef("clock")).values("due_on")[:1]
    for rows in (ProgressReport.objects.all(), Milestone.objects.all()):
        rows.filter(clock__in=moved).update(due_on=Subquery(due))


def show(pilot: Pilot) -> None:
    """Write on the proposal's row who holds the case now and from when to when it runs."""
    clock, holder = _holding(pilot)
    if pilot.started_at:
        lifecycle.run(pilot.proposal, pilot.starts_on, pilot.ended_on or pilot.ends_on)
    show_state(pilot)
    lifecycle.hold(pilot.proposal, clock, holder=holder[:200])


def admit(pilot: Pilot) -> None:
    """Let the leader and the members of today open the case itself, and who left no longer."""
    participants.name_team(pilot.proposal, people.workers(pilot))


def group(pilot: Pilot) -> str:
    """The team on the holder line: "Nhóm thí điểm (4 người)"."""
    kind = "thí điểm" if pilot.kind == PilotKind.PILOT else "thực hiện"
    return f"Nhóm {kind} ({len(people.workers(pilot))} người)"


def _holding(pilot: Pilot) -> tuple[Clock | None, str]:
    if pilot.state == PilotState.PLANNED:
        return pilot.clock, people_in_words([pilot.leader])
    if pilot.state == PilotState.RUNNING:
        return _next_report(pilot), group(pilot)
    if pilot.state == PilotState.ADJUSTING:
        return _first(open_clocks(pilot, "ADJUSTMENT_DECISION")), _head(pilot)
    if pilot.state == PilotState.SUSPENDED:
        return _suspension(pilot), _head(pilot)
    return _evaluating(pilot)


def _evaluating(pilot: Pilot) -> tuple[Clock | None, str]:
    evaluation = (
        Evaluation.objects.filter(pilot=pilot, kind=EvaluationKind.FINAL)
        .select_related("clock", "party_clock")
        .first()
    )
    if evaluation is None:
        return None, pilot.deciding_unit_name
    if evaluation.notified_on:
        return None, _head(pilot)  # alike whether something is still weighed or not (ADR 0013)
    if evaluation.state == EvaluationState.REPORTING:
        return evaluation.clock, people_in_words([pilot.leader])
    if evaluation.state == EvaluationState.PARTY_OPINION:
        return evaluation.party_clock, people_in_words(people.liaisons(pilot)) or _head(pilot)
    if evaluation.state == EvaluationState.MEETING:
        return evaluation.clock, _head(pilot)
    return evaluation.clock, people_in_words(people.desk(pilot)) or pilot.deciding_unit_name


def _next_report(pilot: Pilot) -> Clock | None:
    return _first(sorted(open_clocks(pilot, "PROGRESS_REPORT"), key=lambda c: (c.due_on, c.pk)))


def _suspension(pilot: Pilot) -> Clock | None:
    halt = Halt.objects.filter(pilot=pilot, ended_on=None).select_related("clock").first()
    return halt.clock if halt else None


def _head(pilot: Pilot) -> str:
    return people_in_words(people.heads(pilot)) or f"Người đứng đầu {pilot.deciding_unit_name}"


def people_in_words(found: Iterable[User]) -> str:
    first = next(iter(found), None)
    return around.titled(first) if first else ""


def _first(found: list[Clock]) -> Clock | None:
    return found[0] if found else None
