"""Appending to a stream: what is written, what is refused."""

import json
import re
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction

from journal.actions import (
    NotForTheJournal,
    OutsideTransaction,
    conflict_on,
    entries_of,
    keep,
    record,
)
from journal.canonical import NOTHING_BEFORE, canonical, content_hash, entry_hash
from journal.models import (
    AlreadyWritten,
    Anchor,
    AnchorLeaf,
    Content,
    Entry,
    OnceKey,
    Stream,
)
from organisation.stages import Role
from tests.factories.journal import make_cited, make_entry, make_stream
from tests.factories.organisation import make_unit, make_user

pytestmark = pytest.mark.django_db


def test_first_entry_holds_what_was_done():
    stream, person = make_stream(), make_user(role=Role.PROPOSER)

    entry = record(
        "proposal.submit",
        stream=stream,
        by=person,
        role="proposer",
        before="draft",
        after="submitted",
        version=1,
    )

    body = json.loads(entry.body)
    signature = Content.objects.get(stream=stream, kind="actor")
    assert body == {
        "v": 1,
        "stream": stream,
        "seq": 1,
        "prev": NOTHING_BEFORE,
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "action": "proposal.submit",
        "actor": str(person.ref),
        "role": "proposer",
        "from": "draft",
        "to": "submitted",
        "data": {"version": 1, "actor_sha256": signature.sha256},
    }
    assert entry.body == canonical(body)
    assert entry.entry_hash == entry_hash(entry.body)


def test_each_entry_links_to_the_one_before_and_moves_the_stream_on():
    stream = make_stream()

    first, second = make_entry(stream=stream), make_entry(stream=stream)

    assert (second.seq, second.prev_hash) == (2, first.entry_hash)
    row = Stream.objects.get(name=stream)
    assert (row.length, row.head_hash) == (2, second.entry_hash)
    assert list(entries_of(stream).for_timeline()) == [second, first]
    assert list(entries_of(stream).for_timeline(before=2)) == [first]


def test_system_is_an_actor_without_a_name():
    entry = make_entry(action="deadline.expire")

    assert (entry.actor, entry.role, entry.data) == (None, "system", {})
    assert not Content.objects.exists()


def test_columns_survive_the_database_as_they_stand_in_the_body():
    person = make_user(role=Role.AGENCY_HEAD)

    entry = Entry.objects.get(pk=make_entry(by=person, before="draft", after="submitted").pk)

    body = json.loads(entry.body)
    assert body["at"] == entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert UUID(body["actor"]) == entry.actor == person.ref
    assert (body["from"], body["to"]) == (entry.before, entry.after) == ("draft", "submitted")


def test_signature_is_the_name_and_post_of_that_day_and_is_kept_once():
    unit = make_unit("Sở Mẫu")
    person = make_user(role=Role.AGENCY_HEAD, unit=unit, full_name="Trần Thị Ví Dụ")
    stream = make_stream()

    for _ in range(2):
        make_entry(stream=stream, by=person, role=Role.AGENCY_HEAD)

    signature = Content.objects.get(stream=stream, kind="actor")
    assert signature.facts == {
        "ref": str(person.ref),
        "full_name": "Trần Thị Ví Dụ",
        "position": "Giám đốc Sở",
        "unit": "Sở Mẫu",
        "unit_ref": str(unit.ref),
    }


def test_new_name_is_a_new_signature_and_the_old_one_stays():
    person, stream = make_user(full_name="Trần Thị Ví Dụ"), make_stream()
    make_entry(stream=stream, by=person)

    person.full_name = "Trần Thị Ví Dụ Mới"
    make_entry(stream=stream, by=person)

    names = [c.facts["full_name"] for c in Content.objects.filter(stream=stream).order_by("pk")]
    assert names == ["Trần Thị Ví Dụ", "Trần Thị Ví Dụ Mới"]


def test_content_is_salted_canonical_and_cited():
    stream = make_stream()

    entry = make_cited(stream=stream, title="Một cửa tại nhà")

    content = Content.objects.get(sha256=entry.data["content_sha256"])
    body = json.loads(content.body)
    assert content.sha256 == content_hash(canonical(body)) == content_hash(content.body)
    assert re.fullmatch("[0-9a-f]{32}", body.pop("salt"))
    assert body == {"v": 1, "kind": "proposal_version", "facts": {"title": "Một cửa tại nhà"}}
    assert content.facts == {"title": "Một cửa tại nhà"}


def test_same_facts_twice_have_two_digests():
    stream = make_stream()

    first, second = keep("note", stream, {"text": "Có"}), keep("note", stream, {"text": "Có"})

    assert first.sha256 != second.sha256
    record("note.add", stream=stream, by=None, content=[first, second])
    assert entries_of(stream).get().data == {"content_sha256": [first.sha256, second.sha256]}


@pytest.mark.parametrize(
    "data",
    [
        {"reason": "Chưa đủ căn cứ " * 9},
        {"reason": "hai\ndòng"},
        {"deep": [{"reason": "x" * 121}]},
    ],
)
def test_free_text_is_refused(data):
    with pytest.raises(NotForTheJournal):
        make_entry(**data)


@pytest.mark.parametrize("action", ["submit", "Proposal.submit", "proposal.", "đề.xuất", ""])
def test_action_without_a_kind_is_refused(action):
    with pytest.raises(NotForTheJournal):
        make_entry(action=action)


@pytest.mark.parametrize("stream", ["proposal:12", "Proposal", "proposal:", "proposal: x"])
def test_malformed_stream_is_refused(stream):
    with pytest.raises(NotForTheJournal):
        make_entry(stream=stream)


@pytest.mark.parametrize(
    "stream", ["settings", "jobs", "case:00000000-0000-4000-8000-000000000001"]
)
def test_named_streams_are_taken(stream):
    assert make_entry(stream=stream).stream_id == stream


def test_rows_name_themselves():
    entry = make_cited()
    content = Content.objects.get(sha256=entry.data["content_sha256"])
    anchor = Anchor(date=date(2026, 1, 5), anchor_hash="ab")

    names = [str(row) for row in (entry, entry.stream, content, anchor)]

    stream = entry.stream_id
    assert names == [
        f"{stream} #1",
        stream,
        f"proposal_version {content.sha256[:8]}",
        "2026-01-05: ab",
    ]
    assert str(AnchorLeaf(anchor_id=3, place=7)) == "3 @7"
    assert str(OnceKey(key=UUID(int=1))) == str(UUID(int=1))


def test_rows_refuse_to_be_changed():
    entry = make_entry()

    with pytest.raises(AlreadyWritten):
        entry.save()
    with pytest.raises(AlreadyWritten):
        entry.delete()
    with pytest.raises(AlreadyWritten):
        Entry.objects.update(action="proposal.approve")
    with pytest.raises(AlreadyWritten):
        Entry.objects.all().delete()


def test_conflict_names_who_acted_last_and_when():
    stream, person = make_stream(), make_user(full_name="Trần Thị Ví Dụ")
    make_entry(stream=stream)
    entry = make_entry(stream=stream, by=person)

    conflict = conflict_on(stream, url="/de-xuat/")

    assert (conflict.who, conflict.at, conflict.url) == ("Trần Thị Ví Dụ", entry.at, "/de-xuat/")


def test_conflict_on_an_empty_stream_names_nobody():
    assert (conflict_on(make_stream()).who, conflict_on(make_stream()).at) == ("", None)


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction):
        record("proposal.submit", stream=make_stream(), by=None)


@pytest.mark.django_db(transaction=True)
def test_entry_goes_with_the_transaction_that_fails():
    stream = make_stream()

    with pytest.raises(ZeroDivisionError):
        _write_then_fail(stream)

    assert not Entry.objects.exists()
    assert not Content.objects.exists()
    assert not Stream.objects.exists()


@transaction.atomic
def _write_then_fail(stream):
    record("proposal.submit", stream=stream, by=None, content=keep("note", stream, {}))
    raise ZeroDivisionError


def test_statements_per_entry_stay_few(django_assert_num_queries):
    person, stream = make_user(role=Role.PROPOSER), make_stream()
    make_entry(stream=stream, by=person)

    with django_assert_num_queries(2):  # lock with clock and signatures, entry
        record("proposal.note", stream=stream, by=person)
