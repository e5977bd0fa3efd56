"""The arithmetic of clocks: pure, and every day of it can be shown.

The day of the event is not counted (BLDS 2015, Điều 147). A period in calendar days that would end
on a day off ends on the next working day (Điều 148). A pause from one day to another takes out the
days after the first up to and with the last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.stages import Unit
from organisation.days import ONE_DAY, Calendar, CountedDay

# A holiday of Tết is nine days at most, so a working day comes within a fortnight.
SLACK = timedelta(days=60)


@dataclass(frozen=True)
class Pause:
    from_on: date
    to_on: date
    reason: str = ""

    def takes_out(self, day: date) -> bool:
        return self.from_on < day <= self.to_on

    @property
    def days(self) -> int:
        return (self.to_on - self.from_on).days


@dataclass(frozen=True)
class Period:
    """What a due date is computed from: days to count from a start, or a date somebody named."""

    start: date
    amount: int | None = None
    unit: str = Unit.WORKING_DAY
    given: date | None = None
    pauses: Sequence[Pause] = ()

    def calendar(self) -> Calendar:
        """The calendar over the longest time this period can take, in one query."""
        paused = sum(pause.days for pause in self.pauses)
        longest = timedelta(days=(self.amount or 0) * 2 + paused * 2) + SLACK
        return Calendar.between(self.start, max(self.given or self.start, self.start) + longest)


def count(period: Period, calendar: Calendar | None = None) -> list[CountedDay]:
    """Each day that leads to the due date, which is the last; empty when there is none."""
    calendar = calendar or period.calendar()
    if period.given:
        return list(_moved(period, calendar))
    if period.amount is None:
        return []
    days = _counted(period, calendar)
    return [*days, *_to_next_working_day(days[-1].day, calendar)]


def due_date(period: Period, calendar: Calendar | None = None) -> date | None:
    days = count(period, calendar)
    return days[-1].day if days else None


def _counted(period: Period, calendar: Calendar) -> list[CountedDay]:
    day, counted, days = period.start, 0, []
    while counted < (period.amount or 0):
        day += ONE_DAY
        shown = _judge(day, period, calendar)
        counted += shown.counts
        days.append(shown)
    return days


def _judge(day: date, period: Period, calendar: Calendar) -> CountedDay:
    pause = next((pause for pause in period.pauses if pause.takes_out(day)), None)
    if pause:
        return CountedDay(day, False, f"Tạm ngừng: {pause.reason}")
    working = calendar.is_working_day(day)
    return CountedDay(day, working or period.unit == Unit.CALENDAR_DAY, calendar.reason(day))


def _to_next_working_day(day: date, calendar: Calendar) -> Iterator[CountedDay]:
    while not calendar.is_working_day(day):
        day += ONE_DAY
        reason = "Hạn rơi vào ngày nghỉ nên lùi đến ngày làm việc tiếp theo"
        yield CountedDay(day, calendar.is_working_day(day), reason)


def _moved(period: Period, calendar: Calendar) -> Iterator[CountedDay]:
    """A date that somebody named, then one working day more for each that a pause took out."""
    due = period.given or period.start
    yield CountedDay(due, True, "Hạn được ấn định")
    for pause in period.pauses:
        if pause.from_on >= due:
            continue
        for _ in range(_working_days(pause, calendar)):
            due = _next(due, calendar)
            yield CountedDay(due, True, f"Lùi một ngày làm việc: {pause.reason}")


def _working_days(pause: Pause, calendar: Calendar) -> int:
    days = (pause.from_on + ONE_DAY * n for n in range(1, pause.days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def _next(day: date, calendar: Calendar) -> date:
    day += ONE_DAY
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day
