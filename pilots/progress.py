"""The arithmetic of progress: exact, and the same on the page, in the list and in figures."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pilots.stages import Standing

WHOLE = Fraction(1)


def share(baseline: Decimal, target: Decimal, value: Decimal) -> Fraction:
    """How much of the way from baseline to target is gone; below 0 when it went backwards.

    The same whether more is good or less: from 3,2 to 1,0 the value 1,4 is 9/11 of the way.
    """
    return (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))


def elapsed(starts_on: date, ends_on: date, day: date) -> Fraction:
    """The share of the time that has passed, between 0 and 1."""
    span = (ends_on - starts_on).days
    return min(WHOLE, max(Fraction(0), Fraction((day - starts_on).days, span)))


def standing(way: Fraction | None, time: Fraction) -> Standing:
    """On track when at least as much of the way is gone as of the time."""
    if way is None:
        return Standing.NO_FIGURES
    if way > WHOLE or (way == WHOLE and time < WHOLE):
        return Standing.AHEAD
    return Standing.BEHIND if way < time else Standing.ON_TRACK


def behind_from(starts_on: date, ends_on: date, way: Fraction) -> date | None:
    """The last day on which that share of the way is enough; None when it always is.

    On each day after it the indicator stands behind, so a list can ask the database.
    """
    if way >= WHOLE:
        return None
    span = (ends_on - starts_on).days
    return starts_on + timedelta(days=(max(way, Fraction(-1, span)) * span).__floor__())


def percent(way: Fraction) -> int:
    """Rounded half up, between 0 and 999; 100 only when the whole way is gone."""
    rounded = (way * 100 + Fraction(1, 2)).__floor__()
    if rounded >= 100 and way < WHOLE:  # 99,6 % is not there yet
        return 99
    return max(0, min(rounded, 999))


def planned_value(baseline: Decimal, target: Decimal, time: Fraction) -> Decimal:
    """What the value should be by then, on a straight line."""
    wanted = Fraction(baseline) + (Fraction(target) - Fraction(baseline)) * time
    return (Decimal(wanted.numerator) / Decimal(wanted.denominator)).quantize(Decimal("0.001"))
