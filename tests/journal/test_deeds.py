"""A deed: one transaction, each row found once and written once."""

from contextlib import suppress

import pytest
from django.db import IntegrityError
from django.db.transaction import TransactionManagementError

from journal.actions import entries_of, record
from journal.deeds import deed, found_once, write_at_end
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
STREAM = "proposal:0b5e4f4e-6f5c-4f6e-9a63-2f1f0c7f4a11"


def note(action: str) -> None:
    record(f"test.{action}", stream=STREAM, by=make_user())


@deed()
def note_twice() -> int:
    note("one")
    note("two")
    return entries_of(STREAM).count()


@deed()
def fail() -> None:
    note("three")
    raise ZeroDivisionError


@deed()
def note_and_fail() -> None:
    note_twice()
    fail()


@deed()
def note_past_a_failure() -> None:
    with suppress(ZeroDivisionError):
        fail()
    note("four")


@deed()
def note_and_write_what_is_there() -> None:
    note_twice()
    known = make_user().username
    write_at_end("row", lambda: make_user(username=known))


def test_what_an_action_records_is_written_when_it_ends_in_its_order():
    assert note_twice() == 0

    told = entries_of(STREAM).order_by("seq").values_list("action", "seq")
    assert list(told) == [("test.one", 1), ("test.two", 2)]


def test_a_caller_finds_what_the_action_inside_has_written():
    with deed():
        note_twice()
        assert entries_of(STREAM).count() == 2


def test_an_action_that_fails_inside_another_takes_all_with_it():
    with pytest.raises(ZeroDivisionError):
        note_and_fail()

    assert not entries_of(STREAM).exists()


def test_a_failure_inside_cannot_be_passed_over():
    with pytest.raises(TransactionManagementError):
        note_past_a_failure()

    assert not entries_of(STREAM).exists()


def test_each_thing_is_written_once_and_outside_of_a_deed_at_once():
    written: list[str] = []
    with deed():
        for _ in range(3):
            write_at_end("row", lambda: written.append("row"))
        assert written == []
    assert written == ["row"]

    write_at_end("row", lambda: written.append("at once"))
    assert written == ["row", "at once"]


def test_what_fails_to_be_written_at_the_end_undoes_the_deed():
    with pytest.raises(IntegrityError):
        note_and_write_what_is_there()

    assert not entries_of(STREAM).exists()


def test_a_row_is_found_once_a_deed_and_anew_in_the_next():
    asked: list[int] = []

    def find() -> int:
        asked.append(1)
        return len(asked)

    for _ in range(2):
        with deed():
            assert found_once("row", find) == found_once("row", find)
    assert len(asked) == 2
    assert found_once("row", find) != found_once("row", find)
