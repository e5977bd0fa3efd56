"""The world of the security tests, committed, and its pages as each person opens them."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext

from reporting.routes import routes
from tests.security.declared import PEOPLE, gets_in, where
from tests.security.sweeping import Browser
from tests.security.world import World, build


@dataclass(frozen=True)
class Visit:
    """One page, and somebody who uses it."""

    name: str
    person: str
    path: str


def settle() -> World:
    """Build the world; what its deeds would wake (mail, drawing) stays asleep."""
    with transaction.atomic():
        world = build()
        connection.run_on_commit.clear()
    return world


def visits(world: World, among: Container[str] = ()) -> list[Visit]:
    """Every route that is a page (or is `among` these), with the first person who gets it."""
    return [visit for visit in _visits(world, among) if visit]


def _visits(world: World, among: Container[str]) -> Iterator[Visit | None]:
    browsers: dict[str, Browser] = {}
    asked = (route for route in routes() if not among or route.name in among)
    for route in (route for route in asked if "GET" in route.methods):
        label, path = where(world, route)
        inside = gets_in(world, route, label)
        for person in (name for name in PEOPLE if inside is None or name in inside):
            if person not in browsers:
                browsers[person] = Browser()
                browsers[person].force_login(world.people[person])
            response = browsers[person].get(path)
            if response.status_code == 200:
                is_page = b"<html" in response.getvalue()
                yield Visit(route.name, person, path) if is_page else None
                break


def desk(chromium: Chromium, world: World, person: str, url: str, **over: object) -> BrowserContext:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(world.people[person])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = chromium.new_context(**over)  # type: ignore[arg-type]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": url}])
    return context
