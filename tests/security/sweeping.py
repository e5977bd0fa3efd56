"""How a sweep asks: every route with the pieces of its path filled in, and what came back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from reporting.routes import Route
from tests.security.world import World

# What differs in each rendering of one page, and tells nothing: tokens, keys, names of requests.
FRESH = re.compile(
    rb'value="[A-Za-z0-9]{64}"'
    rb"|X-CSRFToken&quot;: &quot;[A-Za-z0-9]{64}"
    rb'|X-CSRFToken": "[A-Za-z0-9]{64}'
    rb'|name="key" value="[0-9a-f-]{36}"'
    rb'|nonce="[^"]*"'
    rb"|\b[0-9a-f]{12}\b"  # the name of the request
    rb"|\b\d\d:\d\d, \d\d/\d\d/\d{4}\b"  # when it was answered
    rb"|(?<=>)[^<>]*(?=</time>)"  # how long ago something was
    rb"|\b\d+ tin |(?<=aria-hidden=\"true\">)\d+(?=</span>)"  # how much of one's own is unread
)
UNSAID_HEADERS = {"X-Request-Id", "Set-Cookie", "Content-Length"}
NONCE = re.compile(r"'nonce-[^']*'")
WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"(\w+)\"")
KEYS = {  # what <key> or <number> names, by the word before it in the path
    "bao-cao": "report",
    "su-co": "incident",
    "phat-hien": "finding",
    "dieu-chinh": "adjustment",
    "danh-gia": "evaluation",
}
OTHERWISE = {"proposals:stored": {"file": "stored"}}  # pieces that mean another object here
WORDS = {  # pieces of paths that are words, not objects
    "proposals:edit": {"part": "van-de"},
    "accountability:liability_deed": {"name": "bat-dau"},
    "accountability:assess": {"name": "right_policy"},
    "reporting:report_figure": {"key": "received"},
}


class Browser(Client):
    """The test client without its record of templates, which costs a quarter of a request.

    It keeps the cookie it signed in with and takes no other: what happened in a test that was
    rolled back is forgotten here too.
    """

    def request(self, **request: Any) -> Any:
        response: Any = self.handler(self._base_environ(**request))  # type: ignore[attr-defined]
        if response.streaming:  # read at once, which closes the file behind it
            response.streaming_content = [response.getvalue()]
        return response


@dataclass(frozen=True)
class Answer:
    """What one person got for one request; `body` is free of what differs each time."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]
    written: frozenset[str]
    location: str = ""


def ask(browser: Client, method: str, path: str, **said: Any) -> Answer:
    """Make the request; whatever it writes is noted and rolled back."""
    with transaction.atomic(), noting_writes() as written:
        response = browser.generic(method, path) if not said else browser.post(path, **said)
        body = response.getvalue()  # the test client closes what is read to its end
        transaction.set_rollback(True)
    return Answer(
        response.status_code,
        FRESH.sub(b"", body),
        _plain(response),
        frozenset(written),
        response.headers.get("Location", ""),
    )


@contextmanager
def noting_writes() -> Iterator[set[str]]:
    """The tables that were written to meanwhile."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield tables


def path_of(route: Route, pieces: dict[str, Any]) -> str | None:
    """The address of a route at an object; None where the object has not all its pieces."""
    known = pieces | WORDS.get(route.name, {})
    other = OTHERWISE.get(route.name, {})
    wanted: dict[str, Any] = {}
    for before, name in re.findall(r"(?:([\w-]+)/)?[\w.]*<(?:\w+:)?(\w+)>", route.path):
        piece = KEYS.get(before, name) if name in ("key", "number") else other.get(name, name)
        found = known.get(piece)
        if found is None:
            return None
        wanted[name] = found
    return reverse(route.name, kwargs=wanted)


def object_of(world: World, route: Route, best: str = "") -> tuple[str, str] | None:
    """The best object for a route, else the first of its subject that has all pieces of its path;
    and the address."""
    labels = [best] if best else world.paths
    for label in labels:
        fits = best or label.startswith(f"{route.access.subject}/")
        if fits and (path := path_of(route, world.paths[label])):
            return label, path
    return None


def _plain(response: HttpResponseBase) -> tuple[tuple[str, str], ...]:
    said = {
        name: NONCE.sub("", value)
        for name, value in response.headers.items()
        if name not in UNSAID_HEADERS
    }
    return tuple(sorted(said.items()))
