"""The arithmetic of clocks against the table of to-chuc.md §6 and a slow day-by-day oracle."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from deadlines.counting import Pause, Period, count, due_date
from deadlines.stages import Unit
from organisation.models import CalendarDay
from organisation.seeds.calendar import load_calendar

CASES = [
    ("2021-10-20", 7, "2021-10-29"),
    ("2022-01-27", 5, "2022-02-10"),
    ("2022-04-08", 3, "2022-04-14"),
    ("2023-04-27", 7, "2023-05-11"),
    ("2024-04-26", 5, "2024-05-07"),
    ("2025-01-23", 7, "2025-02-10"),
    ("2025-04-24", 7, "2025-05-07"),
    ("2025-08-28", 3, "2025-09-04"),
    ("2025-12-30", 7, "2026-01-10"),
    ("2026-02-12", 5, "2026-02-26"),
    ("2026-04-24", 3, "2026-05-04"),
    ("2026-08-20", 7, "2026-08-28"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "amount", "due"), CASES)
def test_the_twelve_cases(start, amount, due):
    load_calendar()

    assert due_date(Period(day(start), amount)) == day(due)


@pytest.mark.django_db
def test_a_calendar_period_that_ends_on_a_day_off_ends_on_the_next_working_day():
    load_calendar()

    period = Period(day("2022-01-27"), 5, Unit.CALENDAR_DAY)  # 01/02 is Tết

    assert due_date(period) == day("2022-02-07")


@pytest.mark.django_db
def test_each_day_is_shown_with_its_reason():
    load_calendar()

    days = count(Period(day("2026-04-24"), 3))

    assert [(d.day.isoformat(), d.counts) for d in days] == [
        ("2026-04-25", False),
        ("2026-04-26", False),
        ("2026-04-27", False),
        ("2026-04-28", True),
        ("2026-04-29", True),
        ("2026-04-30", False),
        ("2026-05-01", False),
        ("2026-05-02", False),
        ("2026-05-03", False),
        ("2026-05-04", True),
    ]
    assert days[0].reason == "Nghỉ cuối tuần"
    assert "Giỗ Tổ" in days[2].reason


@pytest.mark.django_db
def test_a_pause_takes_out_the_days_after_it_began():
    # Monday 04/10/2021 + 5 = Monday 11; paused on Wednesday, resumed on Friday: two days later.
    pause = Pause(day("2021-10-06"), day("2021-10-08"), "chờ bổ sung")

    days = count(Period(day("2021-10-04"), 5, pauses=[pause]))

    assert days[-1].day == day("2021-10-13")
    assert [d.reason for d in days if "Tạm ngừng" in d.reason] == ["Tạm ngừng: chờ bổ sung"] * 2


@pytest.mark.django_db
def test_a_pause_after_the_due_date_moves_nothing():
    pause = Pause(day("2021-10-20"), day("2021-10-28"))

    assert due_date(Period(day("2021-10-04"), 5, pauses=[pause])) == day("2021-10-11")
    assert due_date(Period(day("2021-10-04"), given=day("2021-10-11"), pauses=[pause])) == day(
        "2021-10-11"
    )


@pytest.mark.django_db
def test_a_named_date_moves_by_the_working_days_of_a_pause():
    # Thursday to Tuesday: Friday, Monday and Tuesday do not count.
    pause = Pause(day("2021-10-07"), day("2021-10-12"), "tạm dừng thí điểm")

    days = count(Period(day("2021-10-01"), given=day("2021-10-15"), pauses=[pause]))

    assert days[0].day == day("2021-10-15")
    assert days[-1].day == day("2021-10-20")


@pytest.mark.django_db
def test_without_a_number_of_days_there_is_no_date():
    assert count(Period(day("2021-10-04"))) == []
    assert due_date(Period(day("2021-10-04"))) is None


def oracle(start: date, amount: int, pauses: list[tuple[date, date]], rows: dict) -> date:
    """Walk day by day with nothing but the rows, as a clerk would."""
    current, left = start, amount
    while left:
        current += timedelta(days=1)
        kind = rows.get(current)
        works = kind == "swap_work" or (kind is None and current.weekday() < 5)
        paused = any(first < current <= last for first, last in pauses)
        left -= works and not paused
    return current


class AgainstTheOracle(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_calendar()
        cls.rows = dict(CalendarDay.objects.values_list("day", "kind"))

    @settings(max_examples=300, deadline=None)
    @given(
        start=st.dates(date(2021, 1, 1), date(2026, 10, 1)),
        amount=st.integers(1, 60),
        gaps=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30)), max_size=3),
    )
    def test_working_days(self, start, amount, gaps):
        pauses, last = [], start
        for wait, length in gaps:
            first = last + timedelta(days=wait)
            last = first + timedelta(days=length)
            pauses.append((first, last))

        due = due_date(Period(start, amount, pauses=[Pause(*pause) for pause in pauses]))

        assert due == oracle(start, amount, pauses, self.rows)
