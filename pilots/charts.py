"""The line of an indicator as points of a drawing: the server draws, no script is needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from organisation.templatetags.portal import vn_date, vn_number, vn_quantity
from pilots.models import Indicator, IndicatorEntry, Pilot

WIDE, NARROW, HEIGHT = 640, 330, 240  # at a desk, and on a phone: words keep their size
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 28, 32
ROOM = 44  # what a value needs beside the one before it


@dataclass(frozen=True)
class Dot:
    """A value in its place; `words` stand above it where there is room, `label` tells its day."""

    x: float
    y: float
    label: str
    words: str = ""


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
    width: int
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM

    @property
    def plan_x(self) -> float:
        """Where the plan is named: at two thirds of its line."""
        return round(self.left + (self.right - self.left) * 0.66, 1)

    @property
    def plan_y(self) -> float:
        first, last = (float(pair.partition(",")[2]) for pair in self.plan.split(" "))
        return round(first + (last - first) * 0.66, 1)

    @property
    def right(self) -> int:
        return self.width - RIGHT


def charts_of(
    pilot: Pilot, indicator: Indicator, entries: Sequence[IndicatorEntry]
) -> dict[str, Chart | None]:
    """The same drawing for a desk and for a phone."""
    return {
        "wide": chart_of(pilot, indicator, entries, WIDE),
        "narrow": chart_of(pilot, indicator, entries, NARROW),
    }


def chart_of(
    pilot: Pilot, indicator: Indicator, entries: Sequence[IndicatorEntry], width: int = WIDE
) -> Chart | None:
    """The values in force over the time of the pilot, with plan and target; None without a plan."""
    if pilot.starts_on is None or pilot.ends_on is None:
        return None
    values = [indicator.baseline, indicator.target, *(entry.value for entry in entries)]
    across = _Across(
        pilot.starts_on, max([pilot.ends_on, *(entry.as_of for entry in entries)]), width
    )
    up = _Up(min(values), max(values))
    dots = [
        Dot(
            across.at(entry.as_of),
            up.at(entry.value),
            f"{vn_date(entry.as_of)}: {vn_quantity(entry.value, indicator.unit)}",
            vn_number(entry.value),
        )
        for entry in entries
    ]
    start = (across.at(pilot.starts_on), up.at(indicator.baseline))
    end = (across.at(pilot.ends_on), up.at(indicator.target))
    return Chart(
        dots=_with_room(dots),
        width=width,
        line=_points([start, *((dot.x, dot.y) for dot in dots)]),
        plan=_points([start, end]),
        target_y=up.at(indicator.target),
        days=[Mark(across.at(day), vn_date(day)) for day in (pilot.starts_on, pilot.ends_on)],
        values=[Mark(up.at(value), vn_number(value)) for value in _marks(indicator)],
    )


class _Across:
    def __init__(self, first: date, last: date, width: int) -> None:
        self.first, self.span, self.width = first, max((last - first).days, 1), width

    def at(self, day: date) -> float:
        share = (day - self.first).days / self.span
        return round(LEFT + share * (self.width - LEFT - RIGHT), 1)


class _Up:
    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low, self.span = low, (high - low) or Decimal(1)

    def at(self, value: Decimal) -> float:
        share = float((value - self.low) / self.span)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _with_room(dots: Sequence[Dot]) -> list[Dot]:
    """The dots with their words, from the newest back; none where another stands too near."""
    shown: list[Dot] = []
    free = float("inf")
    for dot in reversed(dots):
        has_room = free - dot.x >= ROOM
        shown.append(dot if has_room else replace(dot, words=""))
        free = dot.x if has_room else free
    return shown[::-1]


def _marks(indicator: Indicator) -> list[Decimal]:
    return [indicator.baseline, indicator.target]


def _points(pairs: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
