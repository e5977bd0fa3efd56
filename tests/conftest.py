"""What every test may use."""

from collections.abc import Iterator

import pytest

from tests.factories.journal import flush_past_guards


@pytest.fixture(autouse=True, scope="session")
def _tables_may_be_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        flush_past_guards(monkeypatch)
        yield
