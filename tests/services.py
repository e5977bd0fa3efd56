"""The pytest plugin that starts PostgreSQL and Redis before Django reads its settings.

Loaded by `-p tests.services`, so run `python -m pytest`. A `DATABASE_URL` that is already set is
used as it is (SQLite included), which is also how the workers of xdist find the servers.
"""

import atexit
import os
from collections.abc import Generator

import pytest

from tests import template
from tests.servers import Postgres, Redis, Server, ServerFailed


def _start(server: Server) -> None:
    atexit.register(server.remove)
    server.start()


def start_services(*, for_many: bool) -> None:
    """Bring up what the environment does not name yet, and name it there."""
    if "DATABASE_URL" in os.environ:
        return
    postgres = Postgres()
    _start(postgres)
    redis = Redis()
    _start(redis)
    os.environ["DATABASE_URL"] = postgres.url
    os.environ["REDIS_URL"] = redis.url
    if for_many:
        atexit.register(template.begin(postgres).kill)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, object, object]:
    asked = early_config.known_args_namespace
    try:
        start_services(for_many=bool(getattr(asked, "numprocesses", 0)))
    except ServerFailed as failure:
        raise pytest.UsageError(str(failure)) from failure
    return (yield)
