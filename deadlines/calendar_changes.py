"""What a change of the working calendar does to clocks that still run (to-chuc.md §6).

Due dates that have passed stay as they were.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from django.db.models import Max, Min, Prefetch

from deadlines.counting import SLACK, Pause, Period, due_date
from deadlines.hooks import Move, dates_moved, given_dates
from deadlines.models import Clock, ClockPause, ClockQuerySet
from deadlines.showing import with_keepers
from deadlines.stages import is_confidential
from journal.actions import keep, record
from organisation.days import Calendar, today
from organisation.hooks import Changes, Effect, Shift

Rows = Mapping[date, tuple[str, str] | None]
BATCH = 1_000
SHOWN = 50
MOST_KEPT = 5_000  # of which the journal keeps each date before and after
SETTINGS = "settings"


def preview(rows: Rows) -> list[Move]:
    """What would move if these days became (kind, name), or ordinary days where None."""
    return list(_moves(rows, saved=False))


def effects(changes: Changes) -> Iterator[Effect]:
    """The preview in words, for the calendar page: how many, and the first of them by date."""
    moves = preview({day: (row.kind, row.name) if row else None for day, row in changes.items()})
    later = [move for move in moves if move.after > move.before]
    sooner = [move for move in moves if move.after < move.before]
    if later:
        yield Effect(f"{len(later)} thời hạn lùi lại", len(later), shifts=_shifts(later))
    if sooner:
        yield Effect(f"{len(sooner)} thời hạn sớm hơn", len(sooner), shifts=_shifts(sooner))


def move_due_dates(day: date) -> None:
    """Count anew after a day has been changed, in the transaction of the change."""
    moves = list(_moves({day: None}, saved=True))
    if not moves:
        return
    for move in moves:
        move.clock.due_on, move.clock.given_due_on = move.after, move.given
    clocks = [move.clock for move in moves]
    Clock.objects.bulk_update(clocks, ["due_on", "given_due_on"], batch_size=BATCH)
    for follow in dates_moved:
        follow(moves)
    told = [[str(move.clock.ref), str(move.before), str(move.after)] for move in moves[:MOST_KEPT]]
    content = keep("deadline_recount", SETTINGS, {"day": str(day), "moves": told})
    record(
        "deadline.recount",
        stream=SETTINGS,
        by=None,
        content=content,
        day=str(day),
        moved=len(moves),
    )


def touched(days: Rows) -> ClockQuerySet:
    """Open clocks that count one of these days and are not due yet."""
    return (
        Clock.objects.open()
        .filter(started_on__lt=max(days), due_on__gte=max(min(days), today()))
        .select_related("rule", "holder_user")
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
    waiting = clocks.iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        given = _given(batch, calendar)
        for clock in batch:
            named = given.get(clock.pk, clock.given_due_on)
            after = due_date(_period(clock, named), calendar)
            if after and clock.due_on and after != clock.due_on:
                yield Move(clock, clock.due_on, after, named)


def _given(clocks: Sequence[Clock], calendar: Calendar) -> dict[int, date]:
    """The dates that floors above count by the calendar for these clocks, by their keys."""
    by_rule: dict[str, list[Clock]] = defaultdict(list)
    for clock in clocks:
        if clock.given_due_on and clock.rule.code in given_dates:
            by_rule[clock.rule.code].append(clock)
    found: dict[int, date] = {}
    for code, of_rule in by_rule.items():
        found |= given_dates[code](of_rule, calendar)
    return found


def _with(calendar: Calendar, rows: Rows) -> Calendar:
    changed = {day: row for day, row in calendar.rows.items() if day not in rows}
    return Calendar(changed | {day: row for day, row in rows.items() if row})


def _period(clock: Clock, given: date | None) -> Period:
    pauses = [Pause(row.from_on, row.to_on, row.reason) for row in clock.pauses.all() if row.to_on]
    rule = clock.rule
    return Period(clock.started_on, rule.amount, rule.unit, given, pauses)


def _shifts(moves: list[Move]) -> list[Shift]:
    shown = sorted(moves, key=lambda move: (move.before, move.clock.pk))[:SHOWN]
    with_keepers([move.clock for move in shown], today())
    return [_shift(move) for move in shown]


def _shift(move: Move) -> Shift:
    """What is confidential is counted, not named, to whoever keeps the calendar."""
    clock = move.clock
    if is_confidential(clock.rule.code):
        return Shift("Việc khác", "", move.before, move.after)
    what = " · ".join(part for part in (clock.code, clock.rule.label) if part)
    keeper = clock.keeper
    who = ", ".join(dict.fromkeys(part for part in (keeper.name, keeper.unit) if part))
    return Shift(what, who, move.before, move.after)
