"""What a change of the working calendar does to clocks that still run (to-chuc.md §6).

Due dates that have passed stay as they were.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Prefetch

from deadlines.counting import SLACK, Pause, Period, due_date
from deadlines.models import Clock, ClockPause, ClockQuerySet
from journal.actions import record
from organisation.days import Calendar, today
from organisation.hooks import Effect
from organisation.models import CalendarDay

Rows = Mapping[date, tuple[str, str] | None]
BATCH = 1_000


@dataclass(frozen=True)
class Move:
    """A due date that a change of the calendar moves."""

    clock: Clock
    before: date
    after: date


def preview(rows: Rows) -> list[Move]:
    """What would move if these days became (kind, name), or ordinary days where None."""
    return list(_moves(rows, saved=False))


def effects(day: date, row: CalendarDay | None) -> Iterator[Effect]:
    """The preview in words, for the calendar page."""
    moves = preview({day: (row.kind, row.name) if row else None})
    later = sum(move.after > move.before for move in moves)
    if later:
        yield Effect(f"{later} thời hạn lùi lại", later)
    if sooner := len(moves) - later:
        yield Effect(f"{sooner} thời hạn sớm hơn", sooner)


def move_due_dates(day: date) -> None:
    """Count anew after a day has been changed, in the transaction of the change."""
    moves = list(_moves({day: None}, saved=True))
    for move in moves:
        move.clock.due_on = move.after
    Clock.objects.bulk_update([move.clock for move in moves], ["due_on"], batch_size=BATCH)
    if moves:
        record("deadline.recount", stream="settings", by=None, day=str(day), moved=len(moves))


def touched(days: Rows) -> ClockQuerySet:
    """Open clocks that count one of these days and are not due yet."""
    return (
        Clock.objects.open()
        .filter(started_on__lt=max(days), due_on__gte=max(min(days), today()))
        .select_related("rule")
        .prefetch_related(
            Prefetch("pauses", ClockPause.objects.exclude(to_on=None).order_by("from_on", "pk"))
        )
        .order_by("pk")
    )


def _moves(rows: Rows, *, saved: bool) -> Iterator[Move]:
    clocks = touched(rows)
    first, last = clocks.aggregate(first=Min("started_on"), last=Max("due_on")).values()
    if not first:
        return
    calendar = Calendar.between(first, last + (last - first) + SLACK + timedelta(days=30))
    if not saved:
        calendar = _with(calendar, rows)
    for clock in clocks.iterator(chunk_size=BATCH):
        after = due_date(_period(clock), calendar)
        if after and clock.due_on and after != clock.due_on:
            yield Move(clock, clock.due_on, after)


def _with(calendar: Calendar, rows: Rows) -> Calendar:
    changed = {day: row for day, row in calendar.rows.items() if day not in rows}
    return Calendar(changed | {day: row for day, row in rows.items() if row})


def _period(clock: Clock) -> Period:
    pauses = [Pause(row.from_on, row.to_on, row.reason) for row in clock.pauses.all() if row.to_on]
    rule = clock.rule
    return Period(clock.started_on, rule.amount, rule.unit, clock.given_due_on, pauses)
