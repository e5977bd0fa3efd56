"""The arithmetic of progress, by hand and exact: the figures are those of mock-up b."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pilots import progress
from pilots.stages import Standing

START, END = date(2022, 4, 1), date(2022, 9, 30)
MID_JUNE = date(2022, 6, 15)
D = Decimal


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        (D("71.5"), D("95"), D("92.4"), 89),
        (D("3.2"), D("1.0"), D("1.4"), 82),  # less is better
        (D("84000"), D("60000"), D("71500"), 52),
        (D("0"), D("3000"), D("1026"), 34),
        (D("0"), D("100"), D("0"), 0),
        (D("0"), D("100"), D("100"), 100),
        (D("10"), D("0"), D("0"), 100),
        (D("0"), D("100"), D("130"), 130),
        (D("0"), D("100"), D("-20"), 0),  # went backwards: shown as nothing
        (D("0"), D("1000"), D("996"), 99),  # 99,6 % is not there yet
        (D("0"), D("200"), D("1"), 1),  # half a percent is rounded up
    ],
)
def test_percent_of_the_way(baseline, target, value, expected):
    assert progress.percent(progress.share(baseline, target, value)) == expected


def test_share_is_exact():
    assert progress.share(D("3.2"), D("1.0"), D("1.4")) == Fraction(9, 11)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 3, 1), Fraction(0)),
        (START, Fraction(0)),
        (MID_JUNE, Fraction(75, 182)),
        (END, Fraction(1)),
        (date(2022, 12, 1), Fraction(1)),
    ],
)
def test_elapsed_time(day, expected):
    assert progress.elapsed(START, END, day) == expected


def test_mock_up_shows_41_percent_on_15_june():
    assert progress.percent(progress.elapsed(START, END, MID_JUNE)) == 41


@pytest.mark.parametrize(
    ("way", "time", "expected"),
    [
        (None, Fraction(1, 2), Standing.NO_FIGURES),
        (Fraction(89, 100), Fraction(41, 100), Standing.ON_TRACK),
        (Fraction(41, 100), Fraction(41, 100), Standing.ON_TRACK),
        (Fraction(34, 100), Fraction(41, 100), Standing.BEHIND),
        (Fraction(1), Fraction(41, 100), Standing.AHEAD),
        (Fraction(1), Fraction(1), Standing.ON_TRACK),
        (Fraction(11, 10), Fraction(1), Standing.AHEAD),
        (Fraction(-1, 10), Fraction(0), Standing.BEHIND),
    ],
)
def test_standing(way, time, expected):
    assert progress.standing(way, time) == expected


def test_behind_from_is_the_last_day_that_is_good_enough():
    way = progress.share(D("0"), D("3000"), D("1026"))

    last_good = progress.behind_from(START, END, way)

    assert last_good == date(2022, 6, 2)
    after = date(2022, 6, 3)
    assert progress.standing(way, progress.elapsed(START, END, last_good)) == Standing.ON_TRACK
    assert progress.standing(way, progress.elapsed(START, END, after)) == Standing.BEHIND


def test_behind_from_never_when_the_target_is_reached():
    assert progress.behind_from(START, END, Fraction(1)) is None


def test_behind_from_before_the_start_when_it_went_backwards():
    assert progress.behind_from(START, END, Fraction(-3)) == date(2022, 3, 31)


def test_planned_value_lies_on_a_straight_line():
    assert progress.planned_value(D("84000"), D("60000"), Fraction(1, 2)) == D("72000.000")
