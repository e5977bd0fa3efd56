"""What every test may use."""

import gc
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from xdist.scheduler import LoadScopeScheduling

from tests import template
from tests.factories.journal import flush_past_guards
from tests.roomy import with_room

ONE_WORKER = {  # each has a world, a portal or a port, made once by whoever runs its tests
    "tests/security/": "security",
    "tests/reporting/test_stories.py": "stories",
    "tests/setup/test_production.py": "production",
    "tests/setup/test_run.py": "make run",
    "tests/documents/test_paper_": "paper form",
    "tests/documents/test_typed.py": "paper form",
}
NEW_OBJECTS = 50_000  # before rubbish is looked for: at the usual 700 that takes a fifth of a run


class ByWorld(LoadScopeScheduling):
    """Tests of one world stay with one worker, which `loadgroup` does not see to under pytest 9.

    (xdist 3.8 writes the group behind a name that pytest 9 no longer reads.)
    """

    def _split_scope(self, nodeid: str) -> str:
        groups = (group for start, group in ONE_WORKER.items() if nodeid.startswith(start))
        return next(groups, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByWorld | None:
    """How tests are given out by `--dist loadgroup`; any other way stays as it is."""
    return ByWorld(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """What was imported stays for the whole run: no use looking through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """The loop over the tests as it is, with room for what they call."""
    plugins = session.config.pluginmanager
    loop = plugins.subset_hook_caller("pytest_runtestloop", [sys.modules[__name__]])
    return with_room(lambda: loop(session=session))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Each worker's database is a copy of the one that was migrated for the whole run."""
    if template.is_ready():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template.NAME


@pytest.fixture(autouse=True, scope="session")
def _tables_may_be_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        flush_past_guards(monkeypatch)
        yield
