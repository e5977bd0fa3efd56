"""Every address of the portal, and what it declares of itself."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from organisation.access import Access

UNDECLARED = Access("undeclared")


@dataclass(frozen=True)
class Route:
    """One address: who gets what there, and with which methods."""

    path: str
    name: str
    methods: tuple[str, ...]
    access: Access

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "name": self.name,
            "methods": list(self.methods),
            **asdict(self.access),
            "answer": self.answer,
        }

    @property
    def answer(self) -> str:
        """Who gets the page, in words; everybody else gets the sign-in page or the 404."""
        return {
            "public": "anybody",
            "signed_in": "whoever has an account",
            "roles": "holders of: " + ", ".join(self.access.roles),
            "case": f"whoever may see this {self.access.subject}",
        }.get(self.access.kind, "undeclared")


def routes() -> list[Route]:
    """Every address, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def methods_of(view: Callable[..., Any] | None) -> tuple[str, ...]:
    """The methods that `require_http_methods` lets through to a view; none when it has none."""
    while view is not None:
        closure = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))
        if "request_method_list" in closure:
            return tuple(closure["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return ()


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, path, inner)
        elif isinstance(pattern, URLPattern):
            yield _route(pattern, path, namespace)


def _route(pattern: URLPattern, path: str, namespace: str) -> Route:
    view = pattern.callback
    return Route(
        path=path,
        name=namespace + (pattern.name or ""),
        methods=methods_of(view),
        access=getattr(view, "access", UNDECLARED),
    )
