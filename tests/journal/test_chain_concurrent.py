"""Many writers, few streams: no fork, no gap, nobody waits long (JR-03)."""

import random
import statistics
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from journal import actions
from journal.actions import record
from journal.models import Entry, Stream
from journal.sql import Clock
from journal.verify import verify
from tests.factories.journal import make_stream
from tests.journal.crowd import all_at_once, timed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks are proven on PostgreSQL"),
]


@transaction.atomic
def append(stream):
    record("proposal.note", stream=stream, by=None)


def writer(streams: list[str], times: int, seed: int) -> Callable[[], list[float]]:
    """Appends to streams by chance; says how long each entry took, from BEGIN to COMMIT."""

    def write():
        chance = random.Random(seed)  # noqa: S311 (repeatable)
        return [timed(lambda: append(chance.choice(streams))) for _ in range(times)]

    return write


def crowd_writes(writers: int, streams: int, entries: int) -> list[list[float]]:
    names = [make_stream() for _ in range(streams)]
    times = entries // writers
    return all_at_once([writer(names, times, seed) for seed in range(writers)])


def test_writers_never_fork_nor_leave_a_gap():
    answers = crowd_writes(writers=8, streams=4, entries=400)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Entry.objects.count() == 400
    assert verify().found == {}
    assert sum(Stream.objects.values_list("length", flat=True)) == 400


def test_control_without_the_lock_writers_are_refused(monkeypatch):
    def lock_nothing(stream):
        Stream.objects.get_or_create(pk=stream)
        return Stream.objects.annotate(now=Clock()).get(pk=stream)

    monkeypatch.setattr(actions, "lock", lock_nothing)

    answers = crowd_writes(writers=8, streams=1, entries=400)

    refused = [answer for answer in answers if isinstance(answer, IntegrityError)]
    assert refused  # the guards of the database let no fork in; it is the writers who lose
    assert Entry.objects.count() < 400


@pytest.mark.slow
def test_fifty_writers_on_twenty_streams_write_ten_thousand_entries():
    answers = crowd_writes(writers=50, streams=20, entries=10_000)

    seconds = [second for answer in answers for second in answer]
    p99 = statistics.quantiles(seconds, n=100)[98]
    assert Entry.objects.count() == 10_000
    assert verify().found == {}
    assert p99 < 0.250, f"p99 {p99:.3f} s"
