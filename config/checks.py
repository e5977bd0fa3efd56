"""What production refuses to start with, as Django checks (HT-01, HT-05, CR-03).

`manage.py check --deploy --database default` shows them; `config.start` runs them before the
first request is taken. What needs no database is refused by `config.settings` itself.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from journal.sql import GROWING, KEPT

SECRETS = ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "BROKER_URL", "EMAIL_URL")
SECRET_FILES = tuple(f"{name}_FILE" for name in SECRETS)
DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")

Apps = Sequence[AppConfig] | None


@register(Tags.security, deploy=True)
def check_no_demo(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """The demo province has known passwords and shows everybody's mail."""
    if settings.DEMO and not settings.EMBEDDED:
        return [Error("DEMO=true opens the portal to everyone.", id="portal.E001")]
    return []


@register(Tags.security, deploy=True)
def check_secret_files(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A secret named by `…_FILE` is for its owner's eyes."""
    files = [Path(os.environ[name]) for name in SECRET_FILES if name in os.environ]
    return [
        Error(f"{path.name} is readable by others: chmod 600.", id="portal.E002")
        for path in files
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


@register(Tags.staticfiles, deploy=True)
def check_files_collected(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Without the list of collected files every page would break, error pages included."""
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        return []
    return [Error("Run manage.py collectstatic first.", id="portal.E008")]


@register(Tags.database, deploy=True)
def check_database_role(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The portal's role must not be able to undo what the journal's triggers forbid (JR-02)."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        if connections[alias].vendor == "postgresql":
            found += _excess_of_power(alias) + _undurable(alias)
    return found


def _excess_of_power(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            return [Error("The database role is a superuser.", id="portal.E003")]
        cursor.execute(
            "SELECT relname, pg_has_role(current_user, relowner, 'MEMBER'),"
            " has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE') OR EXISTS ("
            "  SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0"
            "  AND NOT (relname = 'journal_stream' AND attname = ANY(%s))"
            "  AND has_column_privilege(pg_class.oid, attnum, 'UPDATE'))"
            " FROM pg_class WHERE relkind IN ('r', 'p') AND relname = ANY(%s)"
            " AND relnamespace = current_schema()::regnamespace",
            [list(GROWING), list(KEPT)],
        )
        rows = cursor.fetchall()
    owned = [name for name, is_owner, _ in rows if is_owner]
    writable = [name for name, is_owner, may_change in rows if may_change and not is_owner]
    return [
        *(Error(f"The database role owns {name}.", id="portal.E004") for name in owned),
        *(Error(f"The database role may change {name}.", id="portal.E005") for name in writable),
    ]


def _undurable(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)]
        )
        rows = cursor.fetchall()
    return [
        Error(f"PostgreSQL runs with {name}={value}: a crash can lose data.", id="portal.E006")
        for name, value in sorted(rows)
        if value == "off"
    ]
