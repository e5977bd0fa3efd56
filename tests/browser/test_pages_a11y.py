"""Every page of the portal in a real browser: no finding of axe-core, no sideways scrolling."""

from itertools import groupby

import pytest
from playwright.sync_api import Page

from tests.browser.a11y import SCROLL, TOO_WIDE, findings, first_load_bytes
from tests.browser.province import Visit, desk, settle, visits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEIGHT = 844
MAIN = (
    *("reporting:home", "proposals:list", "proposals:content", "proposals:edit"),
    *("proposals:queue", "proposals:decide", "proposals:intake", "pilots:detail", "pilots:index"),
    *("accountability:liability", "reporting:search", "reporting:cases", "organisation:people"),
)
HEAVIEST = 350_000
NEEDED = 110  # pages that there are at least; fewer means that the world has lost some


def by_person(found: list[Visit]) -> list[tuple[str, list[Visit]]]:
    ordered = sorted(found, key=lambda visit: visit.person)
    return [(name, list(group)) for name, group in groupby(ordered, lambda visit: visit.person)]


def wrong_with(page: Page, visit: Visit) -> list[str]:
    """What is to be found fault with at a desk's and at a phone's width."""
    found = [f"1366 {line}" for line in findings(page)]
    page.set_viewport_size({"width": 390, "height": HEIGHT})
    found += [f"390 {line}" for line in findings(page)]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        over = page.evaluate(SCROLL)
        if over > 0:
            found.append(f"{width} scrolls by {over}: {page.evaluate(TOO_WIDE)}")
    return [f"{visit.name} ({visit.person}) {line}" for line in found]


def test_every_page_is_accessible(live_server, browser, browser_context_args):
    world = settle()
    found = visits(world)
    wrong, complaints = [], []
    for person, group in by_person(found):
        context = desk(browser, world, person, live_server.url, **browser_context_args)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
        for visit in group:
            page.set_viewport_size({"width": 1366, "height": HEIGHT})
            page.goto(live_server.url + visit.path)
            wrong += wrong_with(page, visit)
        context.close()

    assert len(found) >= NEEDED
    assert not wrong, "\n".join(wrong)
    assert complaints == []


def test_main_pages_are_light(live_server, browser, browser_context_args):
    world = settle()
    heavy = {}
    for visit in visits(world, among=MAIN):
        context = desk(browser, world, visit.person, live_server.url, **browser_context_args)
        size = first_load_bytes(context.new_page(), live_server.url + visit.path)
        context.close()
        if size > HEAVIEST:
            heavy[visit.name] = size

    assert heavy == {}
