"""Every test of this room has a database."""

import pytest


@pytest.fixture(autouse=True)
def _database(db):
    """Rows are needed everywhere."""
