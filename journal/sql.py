"""The few statements the ORM has no words for: the database's clock, and a still picture of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import DateTimeField, Func, Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.utils import timezone

WRITE_ONCE = ("journal_entry", "journal_content", "journal_anchor", "journal_anchorleaf")
KEPT = (*WRITE_ONCE, "journal_stream")
GROWING = ("length", "head_hash")  # what the portal may change in a stream: a trigger says how
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {app}, {verifier}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {app}, {verifier}",
    "GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}",
    f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(KEPT)} FROM {{app}}",
    f"GRANT UPDATE ({', '.join(GROWING)}) ON journal_stream TO {{app}}",
    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public FROM {verifier}",
    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {app}",
)

CLOCKS = {
    "postgresql": "clock_timestamp()",
    "sqlite": "strftime('%%Y-%%m-%%dT%%H:%%M:%%f', 'now')",
}
LAST_ENTRY = "SELECT at FROM journal_entry ORDER BY id DESC LIMIT 1"
TOLERATED = timedelta(seconds=2)
_told: ContextVar[datetime | None] = ContextVar("journal_demo_clock", default=None)


class Clock(Func):
    """The database's clock inside a query, as `now` of each row."""

    function = "clock_timestamp"
    output_field = DateTimeField()

    def as_sqlite(  # pragma: no cover (coverage is taken on PostgreSQL)
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, Any]:
        return "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')", []


def now(read: datetime) -> datetime:
    """The time that was read with `Clock`, or what the demo says it is."""
    return _told.get() or read


def seconds_behind(read: datetime, last: datetime | None) -> int:
    """How far the clock lies before the last entry, where that is more than the two seconds that
    machines may differ by (SJ-04); nothing in a demo that tells its past.
    """
    if last is None or _told.get() or last - read <= TOLERATED:
        return 0
    return int((last - read).total_seconds())


def database_now() -> datetime:
    """The time by the database's clock, in UTC: of this moment, not of the transaction's start."""
    if told := _told.get():
        return told
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CLOCKS[connection.vendor]}", [])
        return _in_utc(cursor.fetchone()[0])


def _in_utc(told: datetime | str) -> datetime:
    """SQLite tells the time as text."""
    if isinstance(told, str):  # pragma: no cover (coverage is taken on PostgreSQL)
        return datetime.fromisoformat(told).replace(tzinfo=UTC)
    return told.astimezone(UTC)


def local_today() -> date:
    """The date in Asia/Ho_Chi_Minh by the database's clock."""
    return timezone.localdate(database_now(), timezone.get_default_timezone())


def insert_new(row: Model) -> datetime | None:
    """Insert the row and answer the database's time; None where one with its key is there.

    Whoever comes with a key that a running transaction has inserted waits for its end.
    """
    times = insert_and_ask(row)
    return times[0] if times else None


def insert_and_ask(row: Model, *also: str) -> list[datetime | None]:
    """The same, with further times that statements answer; nothing where the key is there."""
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    fields = [one for one in row._meta.local_concrete_fields if row.pk or not one.primary_key]
    query.insert_values(fields, [row])
    [(statement, values)] = query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        asked = ", ".join([CLOCKS[connection.vendor], *(f"({one})" for one in also)])
        cursor.execute(f"{statement} RETURNING {asked}", values)
        inserted = cursor.fetchone() or ()
    return [_in_utc(one) if one else None for one in inserted]


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
    else:  # pragma: no cover (coverage is taken on PostgreSQL)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # our atomic() is IMMEDIATE and would keep writers out
            try:
                yield
            finally:
                cursor.execute("COMMIT")


def grant_roles(*, app: str, verifier: str) -> None:
    """Give the portal's role all it needs and no way to change the journal; repeatable (JR-02)."""
    names = {"app": connection.ops.quote_name(app), "verifier": connection.ops.quote_name(verifier)}
    with transaction.atomic(), connection.cursor() as cursor:
        for role in (app, verifier):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {connection.ops.quote_name(role)} LOGIN")
        for statement in GRANTS:
            cursor.execute(statement.format(**names))
