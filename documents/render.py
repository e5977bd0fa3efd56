"""Draws a paper from its frozen facts. It fetches nothing but our own bundled assets (PD-01)."""

from typing import Any


class NotDrawn(Exception):
    """The paper could not be drawn; the message says why, without its content."""


def render_pdf(template: str, facts: dict[str, Any]) -> bytes:
    raise NotDrawn


def draw_apart(template: str, facts: dict[str, Any]) -> bytes:
    raise NotDrawn
