"""Every route of the portal, from the resolver: a list by hand would forget one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

EXAMPLES = {
    "uuid": "00000000-0000-4000-8000-00000000dead",
    "int": "1",
    "slug": "khong-co",
    "str": "khong-co",
    "path": "khong/co",
}


@dataclass(frozen=True)
class Route:
    """One way in: its pattern, a path that fits it, its full name and its view."""

    path: str
    example: str
    name: str
    view: Callable[..., Any]


def all_routes(urlconf: str = "config.urls") -> list[Route]:
    return list(_walk(get_resolver(urlconf), "", ""))


def _walk(resolver: URLResolver, path: str, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        assert isinstance(pattern.pattern, RoutePattern), f"{pattern} is no path()"
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join(part for part in (namespace, pattern.name or "") if part)
            yield Route(f"/{here}", _example(here), name, pattern.callback)
        else:
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            yield from _walk(pattern, here, inner)


def _example(path: str) -> str:
    def value(match: re.Match[str]) -> str:
        return EXAMPLES.get(match[1] or "str", "2022-01-01")

    return "/" + re.sub(r"<(?:(\w+):)?\w+>", value, path)
