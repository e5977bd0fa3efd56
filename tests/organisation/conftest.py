from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def client_factory() -> Callable[..., Client]:
    """Another visitor, with an own cookie jar; keywords are of the environment."""
    return Client


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries a page costs, the second time it is asked for."""

    def count(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return count
