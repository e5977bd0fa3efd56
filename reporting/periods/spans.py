"""From which day to which a period runs: the days of Nghị định 09/2019/NĐ-CP, as data.

A period ends on the cut-off day of one of its months and begins the day after the cut-off before:
with the 14th, the first half of a year runs from 15 December to 14 June.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organisation.days import ONE_DAY, Calendar
from reporting.periods.stages import MONTHS, PeriodKind

SLACK = timedelta(days=60)
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Span:
    from_on: date
    cutoff_on: date


def spans(
    kind: str, months: Sequence[int], cutoff_day: int, first: date, last: date
) -> Iterator[Span]:
    """The periods of a kind whose cut-off lies between two days, the earliest first."""
    for year in range(first.year, last.year + 1):
        for month in sorted(months):
            cutoff = date(year, month, cutoff_day)
            if first <= cutoff <= last:
                yield span_to(kind, cutoff)


def span_to(kind: str, cutoff_on: date) -> Span:
    """The period of a kind that is cut off on this day."""
    before = _months_before(cutoff_on, MONTHS[PeriodKind(kind)])
    return Span(before + timedelta(days=1), cutoff_on)


def due_after(cutoff_on: date, day: int, calendar: Calendar | None = None) -> date:
    """That day of the month of the cut-off, or the next working day; one at least after it."""
    named = cutoff_on.replace(day=day)
    calendar = calendar or Calendar.between(cutoff_on, named + SLACK)
    return max(_working(named, calendar), _working(cutoff_on + ONE_DAY, calendar))


def due_days(
    cutoff_on: date, days: tuple[int, int], calendar: Calendar | None = None
) -> tuple[date, date]:
    """By which day agencies report and by which Sở Nội vụ, which is never before."""
    first, second = (due_after(cutoff_on, day, calendar) for day in days)
    return first, max(first, second)


def label(kind: str, span: Span) -> str:
    """What a period is called: "Quý II/2022", "6 tháng đầu năm 2022", "Năm 2022"."""
    month, year = span.cutoff_on.month, span.cutoff_on.year
    half = "đầu" if month <= 6 else "cuối"
    return {
        PeriodKind.MONTH: f"Tháng {month:02d}/{year}",
        PeriodKind.QUARTER: f"Quý {ROMAN[(month - 1) // 3]}/{year}",
        PeriodKind.HALF_YEAR: f"6 tháng {half} năm {year}",
        PeriodKind.YEAR: f"Năm {year}",
    }[PeriodKind(kind)]


def _working(day: date, calendar: Calendar) -> date:
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1)
