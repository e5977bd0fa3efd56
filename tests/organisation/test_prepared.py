"""Statements built once: other values, the same rows as Django would give; nothing left out."""

from datetime import date
from uuid import UUID

import pytest
from django.db.models import Value
from django.template import Context, Template
from django.utils.safestring import SafeString

from organisation.models import Appointment, CalendarDay
from organisation.prepared import prepared
from organisation.stages import Role
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db


@prepared
def days_of(kind: str, first: date, last: date):
    found = CalendarDay.objects.filter(kind=kind, day__range=(first, last)).order_by("day")
    return found.values_list("pk", "day", "is_confirmed")


@prepared
def posts_of(person: UUID):
    posts = Appointment.objects.filter(person__ref=person).select_related("person", "position")
    return posts.annotate(times=Value(2)).order_by("pk")


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


def test_objects_come_with_what_is_selected_and_annotated(django_assert_num_queries):
    people = [make_user(role=Role.AGENCY_HEAD) for _ in range(2)]

    for person in people:
        with django_assert_num_queries(1):
            (post,) = posts_of(person.ref)
            assert (post.person, post.position.role) == (person, Role.AGENCY_HEAD)
        assert (post.times, post.unit_id) == (2, Appointment.objects.get(pk=post.pk).unit_id)


def test_a_value_that_the_statement_forgets_is_told():
    with pytest.raises(LookupError, match="careless"):
        careless(7)


def test_a_chip_drawn_for_safe_words_is_not_the_chip_of_typed_ones():
    drawn = Template("{% load chips %}{% badge words %}")

    first = drawn.render(Context({"words": SafeString("<b>Xong</b>")}))
    second = drawn.render(Context({"words": "<b>Xong</b>"}))

    assert "<b>Xong</b>" in first
    assert "&lt;b&gt;Xong&lt;/b&gt;" in second
