from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def client_factory() -> Callable[..., Client]:
    """Another visitor, with an own cookie jar; keywords are of the environment."""
    return Client
