"""Schedulers that run twice or are killed tell everybody once; a province of clocks is swept."""

import multiprocessing
import random
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django.db.models import Count

from deadlines import digests
from deadlines.digests import JOB
from deadlines.reminding import note, reached
from deadlines.seeds import seed_ladder
from deadlines.tasks import remind_at
from jobs import periods
from jobs.models import JobRun
from notifications.models import Notice, OutboxMessage
from tests.deadlines.crowded import many_clocks, spent
from tests.journal.crowd import all_at_once

MORNING = datetime(2021, 11, 1, 0, 31, tzinfo=UTC)  # 07:31 on a Monday
LATER = datetime(2022, 1, 27, 0, 31, tzinfo=UTC)  # ninety days after the due date
FORK = multiprocessing.get_context("fork")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="processes need its locks"),
]


def told_more_than_once() -> int:
    """How many people have more than one notice or letter."""
    return sum(
        rows.values("recipient").annotate(n=Count("pk")).filter(n__gt=1).count()
        for rows in (Notice.objects.all(), OutboxMessage.objects.all())
    )


def test_schedulers_at_once_tell_everybody_once():
    people = many_clocks(40, people=40)
    seed_ladder()

    answers = all_at_once([partial(remind_at, MORNING)] * 4)

    assert answers == [None] * 4
    assert Notice.objects.filter(recipient__in=people).count() == 40
    assert told_more_than_once() == 0
    assert JobRun.objects.get(job=JOB).attempts == 1


def careless() -> None:
    """The control: looks whether somebody was told, and then tells."""
    for one in reached(date(2021, 11, 1), serious=False):
        for person in one.people:
            if not Notice.objects.filter(recipient=person).exists():
                time.sleep(0.01)
                key = f"careless-{random.random()}"  # noqa: S311
                Notice.objects.create(
                    recipient_id=person, key=key, subject="Việc", text="", url="/"
                )


def test_looking_before_telling_is_not_enough():
    many_clocks(40, people=40)
    seed_ladder()

    all_at_once([careless] * 4)

    assert told_more_than_once() > 0


@pytest.mark.parametrize(
    ("number", "kills"), [(150, 4), pytest.param(2_000, 30, marks=pytest.mark.slow)]
)
def test_a_killed_scheduler_is_followed_by_one_that_tells_the_rest(number, kills, monkeypatch):
    """SJ-03: whoever had the letter has it, the others get it, nobody gets two."""
    monkeypatch.setattr(periods, "LEASE", timedelta(seconds=0.2))
    monkeypatch.setattr(digests, "CHUNK", 10)
    people = many_clocks(number, people=number)
    seed_ladder()
    killed = 0
    while killed < kills and not JobRun.objects.filter(job=JOB, finished__isnull=False).exists():
        killed += _killed_in_the_middle()
        time.sleep(0.25)
    remind_at(MORNING)

    assert killed >= 1
    assert JobRun.objects.get(job=JOB).finished is not None
    assert Notice.objects.filter(recipient__in=people).count() == number
    assert told_more_than_once() == 0


def _killed_in_the_middle() -> bool:
    connections.close_all()  # a forked child must not share the socket
    worker = FORK.Process(target=remind_at, args=(MORNING,))
    worker.start()
    worker.join(random.uniform(0.1, 0.5))  # noqa: S311
    worker.kill()
    worker.join()
    return worker.exitcode == -9


@pytest.mark.slow
def test_a_hundred_thousand_clocks_are_swept_within_five_seconds_of_the_database():
    many_clocks(100_000, people=5_000, agencies=60)
    seed_ladder()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    day = date(2021, 11, 1)

    with spent() as first:
        found = list(reached(day, serious=False))
    note(found, day)
    with spent() as again:
        nothing = list(reached(day, serious=False))

    print(f"all new: {first.seconds:.2f} s, {first.statements} statements")  # noqa: T201
    print(f"none new: {again.seconds:.2f} s, {again.statements} statements")  # noqa: T201
    assert (len(found), len(nothing)) == (100_000, 0)
    assert first.seconds <= 5
    assert again.seconds <= 5
    assert first.statements <= 12


@pytest.mark.slow
def test_ninety_days_down_with_a_hundred_thousand_clocks_take_ten_minutes_at_most():
    people = many_clocks(100_000, people=5_000, agencies=60)
    seed_ladder()
    begin = time.monotonic()

    remind_at(LATER)

    took = time.monotonic() - begin
    print(f"caught up in {took:.0f} s")  # noqa: T201
    assert took <= 600
    assert Notice.objects.filter(recipient__in=people).count() == 5_000
    assert told_more_than_once() == 0
    remind_at(LATER)
    assert told_more_than_once() == 0
