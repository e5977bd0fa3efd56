"""From which day to which a period runs: the days of Nghị định 09/2019/NĐ-CP, as data.

A period ends on the cut-off day of one of its months and begins the day after the cut-off before:
with the 14th, the first half of a year runs from 15 December to 14 June.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organisation.days import add_working_days, next_working_day
from reporting.periods.stages import MONTHS, PeriodKind

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Span:
    from_on: date
    cutoff_on: date


def spans(
    kind: str, months: Sequence[int], cutoff_day: int, first: date, last: date
) -> Iterator[Span]:
    """The periods of a kind whose cut-off lies between two days, the earliest first."""
    length = MONTHS[PeriodKind(kind)]
    for year in range(first.year, last.year + 1):
        for month in sorted(months):
            cutoff = date(year, month, cutoff_day)
            if first <= cutoff <= last:
                yield Span(_months_before(cutoff, length) + timedelta(days=1), cutoff)


def due_after(cutoff_on: date, day: int) -> date:
    """That day of the month of the cut-off, or the next working day; one at least after it."""
    return max(next_working_day(cutoff_on.replace(day=day)), add_working_days(cutoff_on, 1))


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


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1)
