"""A database with every table in it, migrated once per run; the workers of xdist copy it."""

import fcntl
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from tests.servers import Postgres, die_with_parent

NAME = "portal_template"
LOCK = "TEST_TEMPLATE_LOCK"  # names the file that is locked as long as the migration runs
ROOT = Path(__file__).resolve().parents[1]


def begin(postgres: Postgres) -> "subprocess.Popen[bytes]":
    """Migrate it in a process of its own, while the workers still collect their tests."""
    with closing(psycopg2.connect(postgres.url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {NAME}")
    path = postgres.folder / "template.lock"
    with path.open("w") as lock, (postgres.folder / "template.log").open("w") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.environ[LOCK] = str(path)
        return subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings_test",
                "DATABASE_URL": postgres.url.removesuffix("postgres") + NAME,
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock.fileno()],  # the lock ends with the process, however it ends
            preexec_fn=die_with_parent,
        )


def is_ready() -> bool:
    """Whether there is one to copy, once it is whole.

    Where its migration broke off, the copy is migrated further by Django, which says why.
    """
    if LOCK not in os.environ:
        return False
    with Path(os.environ[LOCK]).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    return True
