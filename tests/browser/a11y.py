"""What each page must keep to: no finding by axe-core, no sideways scrolling, few bytes."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 390, 1366)
DESK = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
SCROLL = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def findings(page: Page, also: Iterable[str] = ()) -> list[str]:
    """What axe-core finds against WCAG A and AA, one readable line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": [*LEVELS, *also]},
        "resultTypes": [
            "violations"
        ],  # what passes is neither described nor sent: a third of the time
    }
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def assert_accessible(page: Page, also: Iterable[str] = ()) -> None:
    """The page has no finding at A or AA; `also` takes more tags, such as "best-practice"."""
    found = findings(page, also)
    assert not found, "\n".join([page.url, *found])


def assert_no_horizontal_scroll(page: Page, widths: Iterable[int] = WIDTHS) -> None:
    """At each width the page fits; the window is left as it was."""
    before = page.viewport_size or DESK
    try:
        for width in widths:
            page.set_viewport_size({"width": width, "height": before["height"]})
            over = page.evaluate(SCROLL)
            assert over <= 0, f"{page.url} at {width}: {over} px over, {page.evaluate(TOO_WIDE)}"
    finally:
        page.set_viewport_size(before)


def assert_stands(page: Page, also: Iterable[str] = ()) -> None:
    """At a desk's and at a phone's width no finding, and no sideways scrolling from 320 px on."""
    before = page.viewport_size or DESK
    try:
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            assert_accessible(page, also)
        assert_no_horizontal_scroll(page)
    finally:
        page.set_viewport_size(before)


def space_text(page: Page) -> None:
    """Set the text of the page as wide as WCAG 1.4.12 lets a reader set it."""
    page.evaluate(SPACED)


def first_load_bytes(page: Page, url: str) -> int:
    """Bytes of all bodies that a first visit to `url` fetches, as they travel; nothing cached."""
    fetched: list[Request] = []

    def note(request: Request) -> None:
        fetched.append(request)

    page.on("requestfinished", note)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.remove_listener("requestfinished", note)
    return sum(request.sizes()["responseBodySize"] for request in fetched)
