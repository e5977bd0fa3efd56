"""Working days against the table of to-chuc.md §5 and §6, written out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from organisation import days
from organisation.models import CalendarDay
from organisation.seeds.calendar import load_calendar
from organisation.stages import DayKind

# Days off that fall on Monday to Friday, and Saturdays at work, as people had them.
OFF = {
    2021: "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09",
    2022: "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09",
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11",
}
AT_WORK = {2024: "04/05", 2025: "26/04", 2026: "10/01 22/08"}
DUE = [
    ("20/10/2021", 7, "29/10/2021"),
    ("27/01/2022", 5, "10/02/2022"),
    ("08/04/2022", 3, "14/04/2022"),
    ("27/04/2023", 7, "11/05/2023"),
    ("26/04/2024", 5, "07/05/2024"),
    ("23/01/2025", 7, "10/02/2025"),
    ("24/04/2025", 7, "07/05/2025"),
    ("28/08/2025", 3, "04/09/2025"),
    ("30/12/2025", 7, "10/01/2026"),
    ("12/02/2026", 5, "26/02/2026"),
    ("24/04/2026", 3, "04/05/2026"),
    ("20/08/2026", 7, "28/08/2026"),
]


def on(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@pytest.mark.django_db
@pytest.mark.parametrize("year", list(OFF))
def test_each_year_has_the_days_off_that_were_decided(year):
    load_calendar()

    every_day = (date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0)))
    odd = {day for day in every_day if days.is_working_day(day) != (day.weekday() < 5)}

    written = f"{OFF[year]} {AT_WORK.get(year, '')}".split()
    assert odd == {on(f"{text}/{year}") for text in written}


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "amount", "due"), DUE)
def test_due_dates_of_the_table(start, amount, due):
    load_calendar()

    assert days.add_working_days(on(start), amount) == on(due)
    assert days.working_days_between(on(start), on(due)) == amount


@pytest.mark.django_db
def test_seeding_twice_adds_nothing_and_keeps_what_people_changed():
    load_calendar()
    CalendarDay.objects.filter(day=date(2021, 4, 21)).update(name="Giỗ Tổ, sửa tay")

    assert load_calendar() == 0
    assert CalendarDay.objects.get(day=date(2021, 4, 21)).name == "Giỗ Tổ, sửa tay"


@pytest.mark.django_db
def test_days_not_yet_decided_are_marked():
    load_calendar()

    unconfirmed = CalendarDay.objects.filter(is_confirmed=False)
    assert {row.day.year for row in unconfirmed} == {2026, 2027}
    assert list(unconfirmed.filter(day__year=2026).values_list("day", flat=True)) == [
        date(2026, 11, 24)
    ]
    assert not CalendarDay.objects.filter(day__year=2027, is_confirmed=True).exists()


@pytest.mark.django_db
def test_every_day_has_its_basis():
    load_calendar()

    assert not CalendarDay.objects.filter(basis_document="").exists()
    assert CalendarDay.objects.get(day=date(2026, 1, 2)).basis_document.startswith(
        "Văn bản số 12729/VPCP-KGVX"
    )


@pytest.mark.django_db
def test_a_count_explains_each_day():
    load_calendar()

    counted = list(days.count_working_days(date(2024, 5, 2), 2))

    assert [(row.day.day, row.counts, row.reason) for row in counted] == [
        (3, True, "Ngày làm việc"),
        (4, True, "Làm bù cho ngày 29/04/2024"),
    ]


@pytest.mark.django_db
def test_a_calendar_day_limit_moves_to_the_next_working_day():
    load_calendar()

    assert days.next_working_day(date(2022, 1, 29)) == date(2022, 2, 7)
    assert days.next_working_day(date(2024, 5, 4)) == date(2024, 5, 4)


class Oracle(TestCase):
    """The count against a slow one, on calendars that nobody would decide."""

    @settings(max_examples=60, deadline=None)
    @given(
        start=st.dates(date(2021, 1, 1), date(2022, 12, 31)),
        amount=st.integers(0, 60),
        odd=st.dictionaries(
            st.dates(date(2021, 1, 1), date(2023, 6, 30)),
            st.sampled_from(list(DayKind)),
            max_size=40,
        ),
    )
    def test_the_count_agrees_with_a_slow_one(self, start, amount, odd):
        CalendarDay.objects.bulk_create(
            [CalendarDay(day=day, kind=kind, name="x") for day, kind in odd.items()]
        )

        def works(day: date) -> bool:
            return odd[day] == "swap_work" if day in odd else day.isoweekday() <= 5

        expected, left = start, amount
        while left:
            expected += timedelta(days=1)
            left -= works(expected)

        assert days.add_working_days(start, amount) == expected
        assert days.working_days_between(start, expected) == amount
        assert days.working_days_between(expected, start) == -amount
