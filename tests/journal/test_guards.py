"""The database itself refuses to change what is written (JR-02), on PostgreSQL and on SQLite."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from journal.anchors import anchor_days
from journal.canonical import NOTHING_BEFORE, entry_hash
from journal.models import Entry
from tests.factories.journal import lifted_guards, make_cited, make_entry, make_stream
from tests.journal.past import LONG_AFTER, make_past

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no TRUNCATE, no roles and no sha256"
)

CHANGES = [
    "UPDATE journal_entry SET action = 'x.y'",
    "UPDATE journal_entry SET body = body",
    "DELETE FROM journal_entry",
    "UPDATE journal_content SET body = ''",
    "DELETE FROM journal_content",
    "UPDATE journal_anchor SET size = 0",
    "DELETE FROM journal_anchor",
    "UPDATE journal_anchorleaf SET place = place + 9",
    "DELETE FROM journal_anchorleaf",
    "DELETE FROM journal_stream",
    "UPDATE journal_stream SET length = 0",
    "UPDATE journal_stream SET length = length + 1",
    "UPDATE journal_stream SET name = 'jobs'",
]
INSERT = (
    "INSERT INTO journal_entry (stream, seq, body, prev_hash, entry_hash, at, action, role)"
    " VALUES (%s, %s, %s, %s, %s, '2026-01-05 01:02:03', 'x.y', '')"
)


def run(sql, params=None):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def anchored(settings):
    settings.DEMO = True
    make_past()
    make_cited()
    anchor_days(LONG_AFTER)


@pytest.mark.usefixtures("anchored")
@pytest.mark.parametrize("sql", CHANGES)
def test_change_is_refused(sql):
    with pytest.raises(DatabaseError, match="journal: "):
        run(sql)


@pytest.mark.usefixtures("anchored")
@pytest.mark.parametrize("sql", CHANGES)
def test_control_the_same_change_works_without_the_guards(sql):
    with lifted_guards(), transaction.atomic():
        run(sql.replace("SET name = 'jobs'", "SET name = name"))
        transaction.set_rollback(True)


@on_postgres
@pytest.mark.parametrize(
    "table",
    ["journal_entry", "journal_content", "journal_anchor", "journal_anchorleaf", "journal_stream"],
)
def test_truncate_is_refused(table):
    with pytest.raises(IntegrityError, match="journal: TRUNCATE"):
        run(f"TRUNCATE {table} CASCADE")


@on_postgres
def test_guards_hold_in_a_replication_session():
    make_entry()

    with pytest.raises(IntegrityError, match="journal: "):
        run("SET LOCAL session_replication_role = replica; DELETE FROM journal_entry")


@pytest.mark.parametrize(
    ("seq", "prev"),
    [
        (1, NOTHING_BEFORE),  # a second beginning
        (3, "head"),  # leaves one out
        (2, NOTHING_BEFORE),  # links to nothing
        (2, "a" * 64),  # links to what is not there
    ],
)
def test_entry_that_does_not_continue_its_stream_is_refused(seq, prev):
    first = make_entry()
    prev = first.entry_hash if prev == "head" else prev

    with pytest.raises(IntegrityError):
        run(INSERT, [first.stream_id, seq, "{}", prev, entry_hash("{}")])


def test_entry_that_continues_its_stream_is_taken():
    first = make_entry()

    run(INSERT, [first.stream_id, 2, "{}", first.entry_hash, entry_hash("{}")])

    assert Entry.objects.of(first.stream_id).count() == 2


@on_postgres
def test_hash_that_is_not_of_the_body_is_refused():
    first = make_entry()

    with pytest.raises(IntegrityError, match="hash_of_body"):
        run(INSERT, [first.stream_id, 2, "{}", first.entry_hash, entry_hash("{ }")])


@on_postgres
def test_database_and_python_hash_alike():
    body = '{"a":"Đề xuất \\\\ \\" 😀"}'
    with connection.cursor() as cursor:
        cursor.execute(
            r"SELECT encode(sha256('\x00'::bytea || convert_to(%s, 'UTF8')), 'hex')", [body]
        )
        assert cursor.fetchone()[0] == entry_hash(body)


@pytest.mark.usefixtures("anchored")
def test_anchor_that_leaves_a_day_out_is_refused():
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO journal_anchor (date, body, prev_hash, root, size, anchor_hash, at)"
            " SELECT '2031-01-01', body, anchor_hash, root, size, 'x', at FROM journal_anchor"
            " ORDER BY date DESC LIMIT 1"
        )


def test_stream_is_never_orphaned():
    entry = make_entry(stream=make_stream())

    with pytest.raises(DatabaseError):
        run("DELETE FROM journal_stream WHERE name = %s", [entry.stream_id])
