"""Drills of minutes: 500 tamperings, 100 quiet runs, 50,000 entries (JR-06, JR-07)."""

import gc
import time
import tracemalloc
from itertools import cycle, islice

import pytest
from django.db import connection

from journal.anchors import anchor_days, exported
from journal.models import Anchor, Entry
from journal.verify import verify
from tests.journal.past import LONG_AFTER, make_past
from tests.journal.tampering import SEEN_FROM_OUTSIDE, SEEN_INSIDE
from tests.journal.test_verify import first_finding

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _like_a_worker(settings, db):
    """A past may be made, and a statement may take as long as a worker's (TX-06)."""
    settings.DEMO = True
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '120s'")


def test_five_hundred_tamperings_are_all_found_and_quiet_runs_raise_no_alarm():
    make_past(streams=8)
    anchor_days(LONG_AFTER)
    copies = list(exported(Anchor.objects.order_by("date").iterator()))
    kinds = islice(cycle([*SEEN_INSIDE, *SEEN_FROM_OUTSIDE]), 500)

    missed = [
        (seed, tamper.__name__)
        for seed, tamper in enumerate(kinds)
        if first_finding(tamper, seed, anchors=copies)[0] != 1
    ]
    alarms = [run for run in range(100) if "broken" in verify(anchors=copies).found]

    assert (missed, alarms) == ([], [])


def test_fifty_thousand_entries_are_verified_in_a_minute():
    make_past(streams=10_000)
    anchor_days(LONG_AFTER)
    begin = time.monotonic()

    report = verify()

    assert Entry.objects.count() == report.looked_at["entries"] == 50_000
    assert "broken" not in report.found
    assert time.monotonic() - begin <= 60


def test_memory_of_a_verification_does_not_grow_with_the_journal():
    peaks = []
    for _ in range(2):
        make_past(streams=1_000)
        anchor_days(LONG_AFTER)
        peaks.append(_peak_of_verify())
        make_past(streams=3_000)

    assert peaks[1] < 1.2 * peaks[0], peaks


def test_two_thousand_proposals_are_seeded_within_a_minute():
    begin = time.monotonic()

    make_past(streams=2_000)

    assert time.monotonic() - begin <= 60
    assert Entry.objects.count() == 10_000


def _peak_of_verify():
    gc.collect()
    tracemalloc.start()
    verify()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
