"""One world for all tests of the folder, and what a sweep of every route heard in it."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from reporting.routes import routes
from tests.security.declared import PEOPLE, SENDERS, takes_part, where
from tests.security.sweeping import Answer, Browser, ask
from tests.security.world import World, build


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        built = build()
        with connection.cursor() as cursor:  # else the sweep is planned for empty tables
            for table in connection.introspection.django_table_names(only_existing=True):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world) -> Iterator[None]:
    """What the mark `django_db` gives here: the world, and what a test writes is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def clients(world) -> dict[str, Browser]:
    """A browser for each person, signed in once, and one for nobody."""
    found = {"": Browser()}
    for name, user in world.people.items():
        found[name] = Browser()
        found[name].force_login(user)
    return found


RANDOM = "11111111-2222-4333-8444-555555555555"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="package")
def heard(world, clients) -> dict[tuple[str, str, str], Answer]:
    """Every route asked by everybody: (route, method, person) and what came back."""
    found = {}
    asked = [(route, where(world, route)[1]) for route in routes()]
    for route, path in asked:
        for method in takes_part(route):
            if route.name == "organisation:sign_out" and method == "POST":
                continue  # a test of its own: it ends the session of the sweep
            for person in PEOPLE if method == "GET" else SENDERS:
                found[route.name, method, person] = ask(clients[person], method, path)
    return found


@pytest.fixture(scope="package")
def nowhere(world, clients) -> dict[tuple[str, str], Answer]:
    """For each person and first word of a path: what an address that nobody has answers."""
    found = {}
    cases = [route for route in routes() if route.access.kind == "case" and "GET" in route.methods]
    for path in (where(world, route)[1] for route in cases):
        word = path.split("/")[1]
        for person in PEOPLE:
            if (word, person) not in found:
                found[word, person] = ask(clients[person], "GET", UUID.sub(RANDOM, path))
    return found
