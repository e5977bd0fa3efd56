"""TP-02 in a real browser: attacks in every text of the province, and nothing runs."""

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request

from tests.browser.province import Visit, desk, settle, visits
from tests.security.payloads import payload
from tests.security.poison import poison

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MAIN = (
    *("reporting:home", "reporting:search", "reporting:cases", "notifications:list"),
    *("proposals:list", "proposals:edit", "proposals:check", "proposals:content"),
    *("proposals:opinions", "proposals:papers", "proposals:timeline", "proposals:queue"),
    *("proposals:decide", "proposals:receive", "proposals:vote", "proposals:council"),
    *("proposals:supplement", "proposals:answer", "proposals:give_opinion", "proposals:agency"),
    *("pilots:detail", "pilots:index", "pilots:report", "pilots:incident", "pilots:finding"),
    *("pilots:help_answer", "pilots:evaluation", "pilots:plan", "pilots:adjustment"),
    *("accountability:liability", "accountability:conclude", "accountability:commendation"),
    *("organisation:people", "organisation:units", "organisation:unit", "organisation:profile"),
)
STIR = """() => document.querySelectorAll('main *').forEach((e) => {
  for (const name of ['mouseover', 'focus', 'toggle', 'load', 'error', 'begin', 'start'])
    e.dispatchEvent(new Event(name));
  if (e.tagName === 'DETAILS') e.open = true;
})"""


def watch(context: BrowserContext, ran: list[str], url: str) -> None:
    """Write down whatever runs, is blocked, breaks, or goes to another host."""
    context.expose_function("zxss", lambda *said: ran.append(f"ran {said}"))

    def on_dialog(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    def on_console(line: ConsoleMessage) -> None:
        ran.extend([line.text] if line.type == "error" else [])

    def on_request(request: Request) -> None:
        ran.extend([] if request.url.startswith(url) else [request.url])

    context.on("dialog", on_dialog)
    context.on("weberror", lambda error: ran.append(str(error.error)))
    context.on("console", on_console)
    context.on("request", on_request)


def read(context: BrowserContext, url: str, visit: Visit) -> bool:
    """Open the page, stir it, and tell whether an attack stood there as text."""
    page = context.new_page()
    page.goto(url + visit.path)
    page.evaluate(STIR)
    page.wait_for_timeout(30)
    shown = "zxss" in page.content()
    page.close()
    return shown


def test_nothing_of_the_attacks_runs(live_server, browser, browser_context_args):
    world = settle()
    chosen = visits(world, among=MAIN)
    poison(payload)
    ran: list[str] = []
    shown = 0
    for person in sorted({visit.person for visit in chosen}):
        context = desk(browser, world, person, live_server.url, **browser_context_args)
        watch(context, ran, live_server.url)
        for visit in (visit for visit in chosen if visit.person == person):
            shown += read(context, live_server.url, visit)
        context.close()

    assert ran == []
    assert shown > 25, "the attacks must be seen as text"


def test_an_attack_would_be_seen(browser):
    """The control: the same eyes see it, where a page lets it run."""
    ran: list[str] = []
    context = browser.new_context()
    watch(context, ran, "data:")
    page = context.new_page()
    page.set_content("<img src=x onerror=zxss(4)><p>x</p>")
    page.wait_for_timeout(300)
    context.close()

    assert "ran (4,)" in ran
