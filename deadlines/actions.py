"""What can be done to clocks. Callers are inside their own transaction and write the journal."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from deadlines.counting import SLACK, Pause, Period, due_date
from deadlines.models import Clock, ClockBar, ClockPause, DeadlineRule, HolderChange
from deadlines.parties import Holder, Subject
from deadlines.stages import SNOOZE_DAYS
from organisation.days import Calendar, today
from organisation.prepared import prepared

if TYPE_CHECKING:
    from organisation.models import User


class UnknownRule(LookupError):
    """No rule with this code is valid on that day."""


class ClockStopped(Exception):
    """The clock has been stopped, or paused, or runs already: the caller looked at an old row."""


class SnoozeRefused(Exception):
    """Only a task of one's own that is not overdue may be put off, and by 1, 3 or 5 days."""


class NoTransaction(RuntimeError):
    """Clocks move only together with what moves them."""


@dataclass(frozen=True)
class Task:
    """What somebody has to do, by the rule of its clock.

    `due_on` names the date where the rule has no number of days.
    """

    rule: str
    holder: Holder
    on: date
    verb: str
    url: str
    detail: str = ""
    due_on: date | None = None
    serious: bool = False


def start(rule_code: str, *, holder: Holder, **task: Any) -> Clock:
    """Start a clock by the rule valid on that day; it is a task of its holder until it is stopped.

    Takes what `start_each` takes. Raises UnknownRule.
    """
    return start_each(rule_code, holders=[holder], **task)[0]


def start_each(
    rule_code: str, *, subject: Subject, holders: Sequence[Holder], **task: Any
) -> list[Clock]:
    """Start the same clock for each holder, in the same statements.

    Takes what `Task` takes. Raises UnknownRule.
    """
    return start_all(subject, [Task(rule_code, holder, **task) for holder in holders])


def start_all(subject: Subject, tasks: Sequence[Task]) -> list[Clock]:
    """Start the clocks of several tasks of one subject, in the same statements.

    Raises UnknownRule.
    """
    _need_transaction()
    found = _versions(*sorted({task.rule for task in tasks})) if tasks else []
    rules = [_valid(found, task.rule, task.on) for task in tasks]
    periods = [
        Period(task.on, rule.amount, rule.unit, given=task.due_on)
        for task, rule in zip(tasks, rules, strict=True)
    ]
    calendar = _calendar_of([one for one in periods if one.amount and not one.given])
    clocks = Clock.objects.bulk_create(
        _clock(subject, task, rule, due_date(period, calendar))
        for task, rule, period in zip(tasks, rules, periods, strict=True)
    )
    _bar(zip(clocks, (task.holder for task in tasks), strict=True))
    return clocks


def pause(clock: Clock, reason: str, on: date) -> Clock:
    """Stop counting after this day. Raises ClockStopped where it does not run."""
    clock = _locked(clock)
    if not clock.is_open or clock.paused_on:
        raise ClockStopped(clock.ref)
    ClockPause.objects.create(clock=clock, from_on=on, reason=reason)
    clock.paused_on = on
    clock.save(update_fields=["paused_on"])
    return clock


def resume(clock: Clock, on: date) -> Clock:
    """Count again after this day; the due date moves by the working days between.

    Raises ClockStopped where the clock is not paused.
    """
    clock = _locked(clock)
    if not clock.is_open or not clock.paused_on:
        raise ClockStopped(clock.ref)
    clock.pauses.filter(to_on=None).update(to_on=on)
    clock.paused_on = None
    clock.due_on = due_date(period_of(clock))
    clock.save(update_fields=["paused_on", "due_on"])
    return clock


def stop(clock: Clock, on: date, outcome: str = "") -> Clock:
    """Stop a clock: its task is done. A clock that was stopped before stays as it was."""
    clock = _locked(clock)
    if clock.is_open:
        _stop(clock, on, outcome)
    return clock


def stop_all(
    subject: Subject, on: date, outcome: str = "", *, rules: Collection[str] = (), **only: Any
) -> int:
    """Stop the open clocks of a subject, of some rules and with some columns where named.

    Answers how many there were. One statement for all of them.
    """
    found = _open_of(subject, rules, **only)
    _stop_each(found, on, outcome)
    return len(found)


def pause_all(
    subject: Subject, reason: str, on: date, *, rules: Collection[str] = (), **only: Any
) -> None:
    """Pause those open clocks of a subject that run."""
    found = [one for one in _open_of(subject, rules, **only) if not one.paused_on]
    ClockPause.objects.bulk_create(
        ClockPause(clock=clock, from_on=on, reason=reason) for clock in found
    )
    if found:
        Clock.objects.filter(pk__in=[clock.pk for clock in found]).update(paused_on=on)


def resume_all(
    subject: Subject, on: date, *, rules: Collection[str] = (), **only: Any
) -> list[Clock]:
    """Let those open clocks of a subject that are paused run on; answers them."""
    return _resume_each(_open_of(subject, rules, **only), on)


def take_up(subject: Subject, on: date, *, done: Collection[str]) -> list[Clock]:
    """Stop the clocks of the rules that are done with, and let the others run on; answers these."""
    found = _open_of(subject, ())
    _stop_each([clock for clock in found if clock.rule.code in done], on)
    return _resume_each([clock for clock in found if clock.rule.code not in done], on)


def hand_over(clock: Clock, holder: Holder, on: date | None = None) -> Clock:
    """Give an open clock to another holder; its dates stay. Raises ClockStopped when it is over."""
    clock = _locked(clock)
    if not clock.is_open:
        raise ClockStopped(clock.ref)
    if not clock.holder_changes.exists():  # until now the clock itself said who holds it
        _note_holder(clock)
    for column, value in _columns(holder).items():
        setattr(clock, column, value)
    clock.held_since, clock.snoozed_until = on or today(), None
    clock.save()
    clock.bars.all().delete()
    _bar([(clock, holder)])
    _note_holder(clock)
    return clock


@transaction.atomic
def snooze(clock: Clock, days: int, *, by: "User") -> Clock:
    """Hide a task for some days from its holder. Raises SnoozeRefused."""
    now = today()
    clock = _locked(clock)
    late = clock.due_on is not None and clock.due_on < now
    mine = Clock.objects.open().held_by(by).filter(pk=clock.pk).exists()
    if late or not mine or days not in SNOOZE_DAYS:
        raise SnoozeRefused(clock.ref)
    clock.snoozed_until = now + timedelta(days=days)
    clock.save(update_fields=["snoozed_until"])
    return clock


def rule_on(code: str, day: date) -> DeadlineRule:
    """The version of a rule valid on a day. Raises UnknownRule."""
    return _valid(_versions(code), code, day)


def period_of(clock: Clock) -> Period:
    """What the due date of a clock is computed from, with the pauses that are over."""
    ended = sorted(clock.pauses.all(), key=lambda row: (row.from_on, row.pk))
    pauses = [Pause(row.from_on, row.to_on, row.reason) for row in ended if row.to_on]
    rule = clock.rule
    return Period(clock.started_on, rule.amount, rule.unit, clock.given_due_on, pauses)


def _open_of(subject: Subject, rules: Collection[str], **only: Any) -> list[Clock]:
    """The open clocks of a subject, locked in the order of their keys."""
    _need_transaction()
    if not only:
        return _open(subject.kind, subject.ref, *rules)
    rows = Clock.objects.of_subject(subject.kind, subject.ref).open().filter(**only)
    rows = rows.filter(rule__code__in=rules) if rules else rows
    return list(rows.select_for_update(of=("self",)).select_related("rule").order_by("pk"))


@prepared
def _open(kind: str, ref: UUID, *rules: str) -> QuerySet:
    rows = Clock.objects.of_subject(kind, ref).open()
    rows = rows.filter(rule__code__in=rules) if rules else rows
    return rows.select_for_update(of=("self",)).select_related("rule").order_by("pk")


@prepared
def _versions(*codes: str) -> QuerySet:
    """The rules with these codes, of whatever day."""
    return DeadlineRule.objects.filter(code__in=codes)


def _valid(rules: Iterable[DeadlineRule], code: str, day: date) -> DeadlineRule:
    for rule in rules:
        if (
            rule.code == code
            and rule.valid_from <= day
            and not (rule.valid_to and rule.valid_to <= day)
        ):
            return rule
    raise UnknownRule(f"{code} on {day}")


def _calendar_of(periods: Sequence[Period]) -> Calendar:
    """The calendar over the longest time that periods without a pause can take, in one query."""
    if not periods:
        return Calendar({})
    starts = [period.start for period in periods]
    longest = timedelta(days=2 * max(period.amount or 0 for period in periods)) + SLACK
    return Calendar.between(min(starts), max(starts) + longest)


def _clock(subject: Subject, task: Task, rule: DeadlineRule, due_on: date | None) -> Clock:
    return Clock(
        rule=rule,
        subject_kind=subject.kind,
        subject_ref=subject.ref,
        code=subject.code,
        title=subject.title,
        stream=subject.stream,
        verb=task.verb,
        detail=task.detail,
        url=task.url,
        is_serious=task.serious,
        started_on=task.on,
        given_due_on=task.due_on,
        due_on=due_on,
        held_since=task.on,
        **_columns(task.holder),
    )


def _stop_each(found: Sequence[Clock], on: date, outcome: str = "") -> None:
    if any(clock.paused_on for clock in found):
        ClockPause.objects.filter(clock__in=found, to_on=None).update(to_on=on)
    if found:
        rows = Clock.objects.filter(pk__in=[clock.pk for clock in found])
        now = timezone.now()
        rows.update(paused_on=None, stopped_on=on, stopped_at=now, outcome=outcome)


def _resume_each(found: Iterable[Clock], on: date) -> list[Clock]:
    paused = [clock for clock in found if clock.paused_on]
    if paused:
        ClockPause.objects.filter(clock__in=paused, to_on=None).update(to_on=on)
        prefetch_related_objects(paused, "pauses")
    for clock in paused:
        clock.paused_on, clock.due_on = None, due_date(period_of(clock))
    Clock.objects.bulk_update(paused, ["paused_on", "due_on"])
    return paused


def _locked(clock: Clock) -> Clock:
    _need_transaction()
    rows = Clock.objects.select_for_update(of=("self",)).select_related("rule")
    return rows.get(pk=clock.pk)


def _need_transaction() -> None:
    if not connection.in_atomic_block:
        raise NoTransaction


def _stop(clock: Clock, on: date, outcome: str) -> None:
    if clock.paused_on:
        clock.pauses.filter(to_on=None).update(to_on=on)
    clock.paused_on, clock.stopped_on, clock.outcome = None, on, outcome
    clock.stopped_at = timezone.now()
    clock.save(update_fields=["paused_on", "stopped_on", "stopped_at", "outcome"])


def _columns(holder: Holder) -> dict[str, object]:
    return {
        "holder_user": holder.user,
        "holder_unit_id": holder.unit_id,
        "holder_role": holder.role,
    }


def _note_holder(clock: Clock) -> None:
    """Put down who holds the clock now, beside those who held it before."""
    holder = Holder.of(clock)
    HolderChange.objects.create(clock=clock, since=clock.held_since, **_columns(holder))


def _bar(held: Iterable[tuple[Clock, Holder]]) -> None:
    """Keep each clock from those whose own case it is."""
    ClockBar.objects.bulk_create(
        ClockBar(clock=clock, person=user) for clock, holder in held for user in holder.barred
    )
