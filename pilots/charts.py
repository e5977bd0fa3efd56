"""The line of an indicator as points of a drawing: the server draws, no script is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from organisation.templatetags.portal import vn_date, vn_number, vn_quantity
from pilots.models import Indicator, IndicatorEntry, Pilot

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 32


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A word at an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    dots: list[Dot]
    line: str
    plan: str
    target_y: float
    days: list[Mark]
    values: list[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def chart_of(pilot: Pilot, indicator: Indicator, entries: Sequence[IndicatorEntry]) -> Chart | None:
    """The values in force over the time of the pilot, with plan and target; None without a plan."""
    if pilot.starts_on is None or pilot.ends_on is None:
        return None
    values = [indicator.baseline, indicator.target, *(entry.value for entry in entries)]
    across = _Across(pilot.starts_on, max([pilot.ends_on, *(entry.as_of for entry in entries)]))
    up = _Up(min(values), max(values))
    dots = [
        Dot(
            across.at(entry.as_of),
            up.at(entry.value),
            f"{vn_date(entry.as_of)}: {vn_quantity(entry.value, indicator.unit)}",
        )
        for entry in entries
    ]
    start = (across.at(pilot.starts_on), up.at(indicator.baseline))
    end = (across.at(pilot.ends_on), up.at(indicator.target))
    return Chart(
        dots=dots,
        line=_points([start, *((dot.x, dot.y) for dot in dots)]),
        plan=_points([start, end]),
        target_y=up.at(indicator.target),
        days=[Mark(across.at(day), vn_date(day)) for day in (pilot.starts_on, pilot.ends_on)],
        values=[Mark(up.at(value), vn_number(value)) for value in _marks(indicator)],
    )


class _Across:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.span = first, max((last - first).days, 1)

    def at(self, day: date) -> float:
        share = (day - self.first).days / self.span
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


class _Up:
    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low, self.span = low, (high - low) or Decimal(1)

    def at(self, value: Decimal) -> float:
        share = float((value - self.low) / self.span)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _marks(indicator: Indicator) -> list[Decimal]:
    return [indicator.baseline, indicator.target]


def _points(pairs: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
