"""The few statements the ORM has no words for: the database's clock, and a still picture of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

_told: ContextVar[datetime | None] = ContextVar("journal_demo_clock", default=None)


def database_now() -> datetime:
    """The time by the database's clock, in UTC: of this moment, not of the transaction's start."""
    if told := _told.get():
        return told
    on_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if on_postgres:
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)


@contextmanager
def demo_clock(at: datetime) -> Iterator[None]:
    """Let the demo province have a past: entries inside are dated `at`. Only with DEMO."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Only the demo may tell the journal what time it is.")
    token = _told.set(at)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one state of the whole database, however long it takes and whoever writes meanwhile.

    Inside a running transaction it changes nothing.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # our atomic() is IMMEDIATE and would keep writers out
            try:
                yield
            finally:
                cursor.execute("COMMIT")
