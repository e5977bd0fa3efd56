"""The demo's past is written in bulk and is as sound as any journal."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from journal.anchors import anchor_days
from journal.models import Content, Entry, Stream
from journal.sql import database_now, demo_clock
from journal.verify import verify
from tests.factories.journal import make_entry, make_stream
from tests.journal.past import BEGIN, LONG_AFTER, SIGNATURE, make_past

pytestmark = pytest.mark.django_db


def test_past_is_linked_signed_and_verified(settings):
    settings.DEMO = True
    stream = make_stream()

    entries = make_past(names=[stream])
    make_entry(stream=stream)
    anchor_days(LONG_AFTER)

    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert Stream.objects.get(name=stream).length == 6
    assert Content.objects.get(stream=stream, kind="actor").facts == SIGNATURE
    assert Entry.objects.of(stream).filter(actor=SIGNATURE["ref"]).count() == 5
    assert "broken" not in verify().found


def test_past_continues_a_stream_that_is_there(settings):
    settings.DEMO = True
    first = make_entry()

    entries = make_past(names=[first.stream_id])

    assert (entries[0].seq, entries[0].prev_hash) == (2, first.entry_hash)


def test_thousands_take_a_few_statements(settings, django_assert_max_num_queries):
    settings.DEMO = True

    with django_assert_max_num_queries(20):
        make_past(streams=100)


def test_past_is_refused_outside_the_demo():
    with pytest.raises(ImproperlyConfigured):
        make_past()


def test_demo_clock_dates_the_entries_inside_it(settings):
    settings.DEMO = True

    with demo_clock(BEGIN):
        entry = make_entry()
        assert database_now() == BEGIN

    assert entry.at == BEGIN
    assert make_entry().at > BEGIN


def test_demo_clock_is_refused_outside_the_demo():
    with pytest.raises(ImproperlyConfigured), demo_clock(BEGIN):
        pass


def test_database_clock_runs_on_inside_a_transaction():
    with transaction.atomic():
        first, second = database_now(), database_now()

    assert first.tzinfo is not None
    assert first <= second
