"""Fifty papers issued at once: no number twice, none left out (TX-09); one issued while the
register of its day is closed."""

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from documents.actions import issuing, registering
from documents.models import OfficialDocument, RegisterPeriod, SeriesYear
from organisation import doorbell
from organisation.days import today
from tests.factories.documents import make_signed
from tests.factories.organisation import make_province
from tests.journal.crowd import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks are proven on PostgreSQL"),
]

PAPERS, PEOPLE = 50, 8


@pytest.fixture(autouse=True)
def _nobody_draws(monkeypatch):
    """The rows stay to be drawn; in tests a ring would draw each at once."""
    monkeypatch.setattr(doorbell, "ring", lambda tasks: None)


def issue_all() -> list:
    """Fifty signed papers, issued by eight processes at once."""
    house = make_province()
    papers = [make_signed(house).pk for _ in range(PAPERS)]

    def some(first):
        return lambda: [issuing.issue(pk, by=house.clerk).number for pk in papers[first::PEOPLE]]

    return all_at_once([some(first) for first in range(PEOPLE)])


def test_fifty_at_once_give_no_gap_and_no_double():
    answers = issue_all()

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert sorted(number for answer in answers for number in answer) == list(range(1, PAPERS + 1))
    assert SeriesYear.objects.get().last == PAPERS
    numbers = OfficialDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, PAPERS + 1))


def test_control_without_the_lock_writers_are_refused(monkeypatch):
    monkeypatch.setattr(issuing, "_hold_register", lambda paper: None)

    def lock_nothing(series, year):
        SeriesYear.objects.bulk_create(
            [SeriesYear(series=series, year=year)], ignore_conflicts=True
        )
        return SeriesYear.objects.get(series=series, year=year)

    monkeypatch.setattr(issuing, "lock_year", lock_nothing)

    answers = issue_all()

    assert [answer for answer in answers if isinstance(answer, Exception)]  # the guards said no
    assert OfficialDocument.objects.exclude(number=None).count() < PAPERS


def close_while_one_is_issued(monkeypatch):
    """What was counted when the register was closed just after midnight, while a paper that is
    dated before was still being issued; and the day of that paper."""
    house, yesterday = make_province(), today() - timedelta(days=1)
    paper = make_signed(house).pk
    monkeypatch.setattr(issuing, "today", lambda: yesterday)

    def issue():
        with transaction.atomic():
            issuing.issue(paper, by=house.clerk)
            time.sleep(1)

    def close():
        time.sleep(0.5)
        registering.close_period(house.department, yesterday, by=house.clerk)

    answers = all_at_once([issue, close])
    assert answers == [None, None]
    day = OfficialDocument.objects.get(pk=paper).issued_on
    return RegisterPeriod.objects.get().count, day == yesterday


def test_a_period_that_is_closed_counts_what_is_being_issued(monkeypatch):
    assert close_while_one_is_issued(monkeypatch) == (1, True)


def test_control_without_the_register_held_a_paper_is_left_out(monkeypatch):
    monkeypatch.setattr(issuing, "_hold_register", lambda paper: None)

    assert close_while_one_is_issued(monkeypatch) == (0, True)
