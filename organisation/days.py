"""Working days, from the calendar's rows (to-chuc.md §5 and §6)."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from organisation.models import CalendarDay
from organisation.prepared import prepared
from organisation.stages import DayKind

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class CountedDay:
    """One day of a count: whether it counts, and why not (or why it does)."""

    day: date
    counts: bool
    reason: str


class Calendar:
    """The days that differ from their weekday between two dates, read once."""

    def __init__(self, rows: dict[date, tuple[str, str]]) -> None:
        self.rows = rows

    @classmethod
    def between(cls, first: date, last: date) -> "Calendar":
        return cls({day: (kind, name) for day, kind, name in _odd_days(first, last)})

    def is_working_day(self, day: date) -> bool:
        kind = self.rows.get(day, ("", ""))[0]
        return kind == DayKind.SWAP_WORK if kind else _is_weekday(day)

    def reason(self, day: date) -> str:
        """Why a day counts or not, in the words of the explanation page."""
        kind, name = self.rows.get(day, ("", ""))
        if kind:
            return name
        return "Ngày làm việc" if _is_weekday(day) else "Nghỉ cuối tuần"


@prepared
def _odd_days(first: date, last: date) -> QuerySet:
    found = CalendarDay.objects.filter(day__range=(first, last))
    return found.values_list("day", "kind", "name")


def today() -> date:
    """The date in Asia/Ho_Chi_Minh."""
    return timezone.localdate()


def is_working_day(day: date) -> bool:
    return Calendar.between(day, day).is_working_day(day)


def count_working_days(start: date, amount: int) -> Iterator[CountedDay]:
    """Each day after the start until `amount` working days are counted; the last is the due date.

    The day of the event itself is not counted (Bộ luật Dân sự 2015, Điều 147).
    """
    calendar = Calendar.between(start, start + timedelta(days=amount * 2 + 60))
    day, counted = start, 0
    while counted < amount:
        day += ONE_DAY
        counts = calendar.is_working_day(day)
        counted += counts
        yield CountedDay(day, counts, calendar.reason(day))


def add_working_days(start: date, amount: int) -> date:
    """The last day of a period of working days that begins the day after `start`."""
    last = start
    for counted in count_working_days(start, amount):
        last = counted.day
    return last


def next_working_day(day: date) -> date:
    """The day itself when people work, else the next on which they do (BLDS 2015, Điều 148)."""
    calendar = Calendar.between(day, day + timedelta(days=60))
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` lies before."""
    return WorkingDays(min(start, end), max(start, end)).between(start, end)


class WorkingDays:
    """Counts between many pairs of dates with one query: for lists."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.calendar = Calendar.between(first, last)
        odd = {day: self.calendar.is_working_day(day) for day in self.calendar.rows}
        self.off = sorted(day for day, works in odd.items() if _is_weekday(day) and not works)
        self.on = sorted(day for day, works in odd.items() if works and not _is_weekday(day))

    @property
    def working(self) -> list[date]:
        days = (self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1))
        return [day for day in days if self.calendar.is_working_day(day)]

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`, both inside the span.

        Negative when `end` lies before, also where only days off lie between: Friday's deadline
        is missed on Saturday.
        """
        found = self._until(end) - self._until(start)
        return min(found, -1) if end < start else found

    def _until(self, day: date) -> int:
        """Working days of the era up to and with that day; its first was a Monday."""
        weeks, rest = divmod(day.toordinal(), 7)
        weekdays = weeks * SATURDAY + min(rest, SATURDAY)
        return weekdays - bisect_right(self.off, day) + bisect_right(self.on, day)


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY
