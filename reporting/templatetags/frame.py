"""The pieces of the frame around each page, drawn once for all who are shown the same."""

from functools import cache, lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

Frozen = tuple[tuple[str, Any], ...]
Groups = tuple[tuple[str, tuple[Frozen, ...]], ...]


@register.simple_tag
@cache
def fixed(name: str) -> SafeString:
    """A template that says the same on every page."""
    return render_to_string(name)


@register.simple_tag(takes_context=True)
def menu(context: Context, name: str) -> SafeString:
    """A template of the menu. It stands in three places, and is the same for most people."""
    groups = tuple(
        (group["label"], tuple(_frozen(entry) for entry in group["entries"]))
        for group in context.get("navigation") or ()
    )
    phone = tuple(_frozen(entry) for entry in context.get("bottom_navigation") or ())
    crumb = context.get("crumb") or {}
    return _drawn(name, groups, phone, crumb.get("url", ""))


def _frozen(entry: dict[str, Any]) -> Frozen:
    return tuple(entry.items())


@lru_cache(maxsize=1000)
def _drawn(
    name: str,
    groups: tuple[tuple[str, tuple[Frozen, ...]], ...],
    phone: tuple[Frozen, ...],
    up: str,
) -> SafeString:
    shown = {
        "navigation": [
            {"label": label, "entries": [dict(entry) for entry in entries]}
            for label, entries in groups
        ],
        "bottom_navigation": [dict(entry) for entry in phone],
        "crumb": {"url": up},
    }
    return render_to_string(name, shown)
