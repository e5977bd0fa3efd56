"""Ten thousand periods over 2021–2027, counted again by a clerk who knows nothing but the table.

The days off are those of to-chuc.md §5, written down by hand, not read from our calendar.
"""

import random
from datetime import date, timedelta

import pytest

from deadlines.counting import Pause, Period, due_date
from deadlines.stages import Unit
from organisation.days import Calendar
from organisation.seeds.calendar import load_calendar

OFF = """
2021: 01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09
2022: 03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09
2023: 02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09
2024: 01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09
2025: 01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09
2026: 01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11
2027: 01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11
"""
ON = """
2024: 04/05
2025: 26/04
2026: 10/01 22/08
"""
ONE = timedelta(days=1)
CASES = 10_000


def read(table: str) -> set[date]:
    found = set()
    for line in table.strip().splitlines():
        year, days = line.split(": ")
        for day in days.split():
            number, month = day.split("/")
            found.add(date(int(year), int(month), int(number)))
    return found


HOLIDAYS, MADE_UP = read(OFF), read(ON)


def works(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


def on_or_after(day: date) -> date:
    while not works(day):
        day += ONE
    return day


def counted(period: Period) -> date:
    """The due date by tearing off one leaf of the calendar after the other."""
    paused = {
        pause.from_on + ONE * n
        for pause in period.pauses
        for n in range(1, (pause.to_on - pause.from_on).days + 1)
    }
    if period.given:
        return moved(period.given, period)
    day, left = period.start, period.amount or 0
    while left:
        day += ONE
        if day in paused:
            continue
        if works(day) or period.unit == Unit.CALENDAR_DAY:
            left -= 1
    return on_or_after(day)


def moved(due: date, period: Period) -> date:
    for pause in period.pauses:
        day = pause.from_on
        lost = 0
        while day < pause.to_on:
            day += ONE
            lost += works(day)
        if pause.from_on < due:
            for _ in range(lost):
                due = on_or_after(due + ONE)
    return due


def any_period(dice: random.Random) -> Period:
    start = date(2021, 1, 1) + ONE * dice.randrange(6 * 365 + 200)
    pauses, last = [], start
    for _ in range(dice.choice([0, 0, 1, 1, 2, 3])):
        first = last + ONE * dice.randrange(15)
        last = first + ONE * dice.randrange(20)
        pauses.append(Pause(first, last, "chờ bổ sung"))
    if dice.random() < 0.2:
        return Period(start, given=start + ONE * dice.randrange(1, 60), pauses=pauses)
    unit = Unit.CALENDAR_DAY if dice.random() < 0.25 else Unit.WORKING_DAY
    return Period(start, dice.randrange(1, 30), unit, pauses=pauses)


@pytest.mark.django_db
def test_ten_thousand_periods_end_where_the_clerk_says():
    load_calendar()
    calendar = Calendar.between(date(2020, 12, 1), date(2029, 1, 1))
    dice = random.Random(147148)  # noqa: S311

    periods = [any_period(dice) for _ in range(CASES)]
    wrong = [period for period in periods if due_date(period, calendar) != counted(period)]

    assert wrong == []
    assert {period.unit for period in periods} == {"working_day", "calendar_day"}
    assert sum(bool(period.pauses) for period in periods) > CASES / 2


def test_the_clerk_would_notice_a_day_too_many():
    """The control: an arithmetic that forgets one day off is found."""
    calendar = Calendar(dict.fromkeys(HOLIDAYS - {date(2025, 5, 2)}, ("holiday", "Nghỉ")))
    period = Period(date(2025, 4, 29), 3)

    assert due_date(period, calendar) != counted(period)
