"""Statements that PostgreSQL keeps by name: the same rows, the same errors, other values."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.db.utils import IntegrityError
from django.utils import timezone

from journal.deeds import deed
from notifications.models import Notice
from organisation.models import CalendarDay, User
from organisation.planned import Writing
from organisation.prepared import prepared
from tests.factories.organisation import make_user
from tests.performance.counted import Statements

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time"),
]


def kept(like: str) -> list[tuple]:
    """The statements that the server keeps for us, with how often a plan for all values served."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, statement, generic_plans FROM pg_prepared_statements"
            " WHERE statement LIKE %s",
            [f"%{like}%"],
        )
        return cursor.fetchall()


def make_days(*numbers: int) -> list[CalendarDay]:
    return CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2031, 1, number), kind="holiday", name="Nghỉ") for number in numbers
    )


def tell(user: User, *keys: str, **facts: object) -> list[Notice]:
    return Notice.objects.bulk_create(
        Notice(recipient=user, key=key, subject="Một việc", text="%s ' \\", url="/", **facts)
        for key in keys
    )


def test_a_question_is_planned_once_and_asked_with_other_values():
    @prepared
    def holidays_from(first: date, kind: str):
        found = CalendarDay.objects.filter(day__gte=first, kind=kind, name="Nghỉ").order_by("day")
        return found.values_list("day", "is_confirmed")

    make_days(*range(1, 10))

    for number in range(1, 10):
        first = date(2031, 1, number)
        with Statements() as seen:
            found = holidays_from(first, "holiday")
        assert found == [(date(2031, 1, day), True) for day in range(number, 10)]
        assert [sql[:6] for sql in seen.sql] == ["SELECT"]  # as the application said it
    assert holidays_from(date(2031, 1, 1), "swap_work") == []
    ((_, statement, generic),) = kept("\"name\" = 'Nghỉ'")
    assert "$1" in statement
    assert generic > 0


def test_rows_are_written_as_django_would_write_them():
    user, at = make_user(), timezone.now()

    for unread, read in (("a", "b"), ("c", "d"), ("e", "f")):
        with Statements() as seen, deed():
            tell(user, unread, f"{unread}2")
            tell(user, read, f"{read}2", read_at=at, is_serious=True)
            Notice.objects.filter(key=read).update(subject="Việc khác")
        assert [sql[:6] for sql in seen.sql[1:-1]] == ["INSERT", "INSERT", "UPDATE"]

    rows = {row.key: row for row in Notice.objects.filter(recipient=user)}
    assert len(rows) == 12
    assert {row.text for row in rows.values()} == {"%s ' \\"}
    assert [rows[key].read_at for key in ("a", "c2", "b", "f2")] == [None, None, at, at]
    assert [rows[key].subject for key in ("d", "d2")] == ["Việc khác", "Một việc"]
    written = [sql for _, sql, _ in kept('INTO "notifications_notice"%UNNEST')]
    assert len([sql for sql in written if "CONFLICT" not in sql]) == 1


def test_what_was_planned_in_a_transaction_that_failed_is_there_or_planned_anew():
    user = make_user()
    same = uuid4()
    for _ in range(2):
        with pytest.raises(IntegrityError), transaction.atomic(), deed():
            tell(user, "a", "b", ref=same)

    with deed():
        tell(user, "c", ref=same)
    assert [row.key for row in Notice.objects.filter(recipient=user)] == ["c"]


def test_where_no_column_tells_the_type_a_statement_is_sent_as_it_is():
    user = make_user()
    tell(user, "a", "b")
    named = Case(When(key="a", then=Value("A")), default=F("subject"))

    for _ in range(2):
        with deed():
            Notice.objects.filter(recipient=user).update(subject=named)

    assert sorted(Notice.objects.values_list("subject", flat=True)) == ["A", "Một việc"]
    assert kept("CASE WHEN") == []
    assert not Writing('UPDATE "a" SET "b" = ("a"."b" + %s)').is_plain
    assert Writing('UPDATE "a" SET "b" = %s::date WHERE "a"."id" IN (%s, %s)').is_plain


def test_behind_a_pooler_nothing_is_kept(monkeypatch):
    @prepared
    def days_of(kind: str):
        return CalendarDay.objects.filter(kind=kind, name="Sau bộ gom").values_list("pk")

    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    with deed():
        make_days(1)
        assert days_of("holiday") == []

    assert kept("Sau bộ gom") == []
