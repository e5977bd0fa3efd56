"""What every test may use."""

from collections.abc import Iterator

import pytest

from tests.factories.journal import flush_past_guards

ONE_WORKER = {  # each has a world, built once by whoever runs its tests
    "tests/security/": "security",
    "tests/reporting/test_stories.py": "stories",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests of one world together, so that `--dist loadgroup` has it built once."""
    for item in items:
        for beginning, group in ONE_WORKER.items():
            if item.nodeid.startswith(beginning):
                item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(autouse=True, scope="session")
def _tables_may_be_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        flush_past_guards(monkeypatch)
        yield
