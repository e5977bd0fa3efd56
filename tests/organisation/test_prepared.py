"""Statements built once: other values, the same rows as Django would give; nothing left out."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from organisation.models import CalendarDay
from organisation.prepared import prepared

pytestmark = pytest.mark.django_db


@prepared
def days_of(kind: str, first: date, last: date):
    found = CalendarDay.objects.filter(kind=kind, day__range=(first, last)).order_by("day")
    return found.values_list("pk", "day", "is_confirmed")


@prepared
def careless(person: int):
    return CalendarDay.objects.values_list("pk")


def test_each_asking_has_its_own_values():
    for number in (1, 2, 3):
        day = date(2022, 1, number)
        CalendarDay.objects.create(day=day, kind="holiday", name="Nghỉ", is_confirmed=number > 1)
    known = list(CalendarDay.objects.order_by("day").values_list("pk", "day", "is_confirmed"))

    assert days_of("holiday", date(2022, 1, 1), date(2022, 1, 3)) == known
    assert days_of("holiday", date(2022, 1, 2), date(2022, 1, 2)) == known[1:2]
    assert days_of("swap_work", date(2022, 1, 1), date(2022, 1, 3)) == []


def test_a_value_that_the_statement_forgets_is_told():
    with pytest.raises(LookupError, match="careless"):
        careless(7)


def test_a_chip_drawn_for_safe_words_is_not_the_chip_of_typed_ones():
    drawn = Template("{% load chips %}{% badge words %}")

    first = drawn.render(Context({"words": SafeString("<b>Xong</b>")}))
    second = drawn.render(Context({"words": "<b>Xong</b>"}))

    assert "<b>Xong</b>" in first
    assert "&lt;b&gt;Xong&lt;/b&gt;" in second
