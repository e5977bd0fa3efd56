"""One anchor a day: empty days, missed days, late entries, two schedulers."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from journal.anchors import anchor_days
from journal.bulk import Deed, record_many
from journal.canonical import NOTHING_BEFORE, anchor_hash, canonical
from journal.merkle import EMPTY_ROOT, merkle_root
from journal.models import Anchor, Entry
from journal.tasks import anchor_past_days
from tests.factories.journal import make_entry, make_stream
from tests.journal.past import FIRST_DAY, LAST_DAY, make_past

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 8)


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def deed(at):
    return Deed("proposal.note", make_stream(), at)


def test_anchor_of_a_day_holds_its_entries_in_their_order():
    entries = make_past(streams=3)

    first = anchor_days(TODAY)[0]

    hashes = [entry.entry_hash for entry in entries if entry.at.date() == FIRST_DAY]
    body = {
        "v": 1,
        "date": "2026-01-05",
        "at": first.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "prev": NOTHING_BEFORE,
        "root": merkle_root(hashes),
        "size": 3,
    }
    assert json.loads(first.body) == body
    assert first.anchor_hash == anchor_hash(canonical(body))
    leaves = first.leaves.order_by("place").values_list("place", "entry__entry_hash")
    assert list(leaves) == list(enumerate(hashes))


def test_each_missed_day_is_anchored_once_empty_days_too():
    make_past(streams=2)

    made = anchor_days(TODAY)

    assert [(a.date.day, a.size) for a in made] == [(5, 2), (6, 0), (7, 2)]
    assert made[1].root == EMPTY_ROOT
    assert [a.prev_hash for a in made[1:]] == [a.anchor_hash for a in made[:-1]]
    assert anchor_days(TODAY) == []
    assert Anchor.objects.count() == 3


def test_ninety_days_down_are_caught_up():
    make_past(streams=1)

    made = anchor_days(FIRST_DAY + timedelta(days=90))

    assert [a.date for a in made] == [FIRST_DAY + timedelta(days=n) for n in range(90)]
    assert sum(a.size for a in made) == Entry.objects.count()
    assert {a.size for a in made if a.date > LAST_DAY} == {0}


def test_entry_that_came_late_enters_the_next_day():
    make_past(streams=1)
    anchor_days(date(2026, 1, 6))
    [late] = record_many([deed(datetime(2026, 1, 5, 9, tzinfo=UTC))])

    [anchor] = anchor_days(date(2026, 1, 7))

    assert (anchor.size, anchor.leaves.get().entry) == (1, late)


def test_day_ends_at_midnight_in_the_province():
    before, after = (
        datetime(2026, 1, 5, 16, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 1, 5, 17, tzinfo=UTC),
    )
    record_many([deed(before), deed(after)])

    made = anchor_days(date(2026, 1, 7))

    assert [(a.date.day, a.size) for a in made] == [(5, 1), (6, 1)]


def test_nothing_to_anchor_before_the_first_entry_and_today():
    assert anchor_days(TODAY) == []

    make_entry()

    assert anchor_past_days() is None
    assert not Anchor.objects.exists()
