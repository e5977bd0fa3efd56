"""Streams with entries for tests, and the one way a test may lift the database's guards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from journal.actions import keep, record
from journal.models import Entry
from organisation.models import User


def make_stream() -> str:
    """A name for a stream that has no entries yet."""
    return f"proposal:{uuid4()}"


@transaction.atomic
def make_entry(
    *, stream: str = "", action: str = "proposal.submit", by: User | None = None, **over: Any
) -> Entry:
    """One more entry of the stream, of a new one when none is named."""
    return record(action, stream=stream or make_stream(), by=by, **over)


@transaction.atomic
def make_cited(*, stream: str = "", by: User | None = None, **facts: Any) -> Entry:
    """An entry that cites a content with these facts."""
    stream = stream or make_stream()
    content = keep("proposal_version", stream, facts or {"title": "Tên đề xuất mẫu"})
    return record("proposal.submit", stream=stream, by=by, content=content, version=1)


@contextmanager
def lifted_guards() -> Iterator[None]:
    """What only a superuser with bad intent can do, or a test that empties the tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            yield from _lifted_on_postgres(cursor)
    else:
        with connection.cursor() as cursor:
            yield from _lifted_on_sqlite(cursor)


def flush_past_guards(monkeypatch: Any) -> None:
    """Let Django empty the tables after a transactional test; the guards refuse it otherwise."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with lifted_guards():
            flush(self, sql_list)

    monkeypatch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_unguarded)


def _lifted_on_postgres(cursor: Any) -> Iterator[None]:
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
        " WHERE tgenabled = 'A' AND NOT tgisinternal"
    )
    triggers = cursor.fetchall()
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conname LIKE 'journal_%_hash_of_body'"
    )
    checks = cursor.fetchall()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET session_replication_role = replica")
    for table, name in triggers:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    for table, name, _ in checks:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    cursor.execute("SET session_replication_role = origin")
    for table, name in triggers:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    for table, name, definition in checks:
        check = definition.removesuffix(" NOT VALID")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {check} NOT VALID")


def _lifted_on_sqlite(cursor: Any) -> Iterator[None]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        cursor.execute(sql)
