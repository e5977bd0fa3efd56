"""TP-02: sixty attacks in every text of every model, and not one live tag on any page."""

from html.parser import HTMLParser

import pytest

from reporting.routes import routes
from tests.security.declared import PEOPLE, gets_in, where
from tests.security.payloads import PAYLOADS, payload
from tests.security.poison import poison
from tests.security.sweeping import ask
from tests.security.world import World

pytestmark = pytest.mark.django_db

MARK = "zxss"
LINKS = {"href", "src", "action", "formaction", "data", "xlink:href", "poster", "srcdoc"}
READERS = 2  # of each page: pages differ by what one may do


class LiveTags(HTMLParser):
    """Where a word of the attack became part of the page's own structure."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        for name, value in attributes:
            said = (value or "").strip().lower().replace("\n", "").replace("\t", "")
            is_handler = name.startswith("on") or "hx-on" in name
            leads_astray = name in LINKS and (
                said.startswith(("javascript:", "data:", "vbscript:", "//"))
                or MARK in said.partition("?")[0]  # a filter is carried on in the query
            )
            commands = name.startswith(("hx-", "data-hx")) and MARK in said
            if is_handler or leads_astray or commands or MARK in name or name == "style":
                self.found.append(f"<{tag} {name}={value!r:.60}>")
        if MARK in tag or tag in {"iframe", "object", "embed", "base", "marquee", "style"}:
            self.found.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, text: str) -> None:
        if MARK in text and self.inside and self.inside[-1] in {"script", "style"}:
            self.found.append(f"in <{self.inside[-1]}>: {text:.60}")


def readers(world: World, route, label: str) -> list[str]:
    inside = gets_in(world, route, label)
    return [name for name in PEOPLE if inside is None or name in inside][:READERS]


@pytest.mark.parametrize("turn", [0, 23])
def test_xss_every_field(world, clients, turn):
    """Each text field of each row holds an attack; every page is read by those who use it."""
    assert poison(lambda number: payload(number + turn)) > 500
    pages, shown, live = 0, 0, []
    for route in (route for route in routes() if "GET" in route.methods):
        label, path = where(world, route)
        for person in readers(world, route, label):
            answer = ask(clients[person], "GET", path)
            assert answer.status in {200, 302, 403, 404, 409, 410}, (
                route.name,
                person,
                answer.status,
            )
            page = answer.body.decode(errors="replace")
            if answer.status != 200 or "<html" not in page:
                continue
            pages += 1
            shown += MARK in page
            live += [(route.name, person, tag) for tag in LiveTags(page).found]

    assert live == []
    assert pages > 140
    assert shown > 110, "the attacks must be seen as text"


def test_xss_in_what_was_typed(world, clients):
    """Attacks in an address or a refused form come back as text, in their field."""
    live = []
    for text in PAYLOADS:
        for path in ("/tim/", "/ho-so/", "/thi-diem/"):
            query = dict.fromkeys(("q", "ten", "next", "sau", "loai", "tim"), text)
            page = clients["inspector"].get(path, query).content.decode()
            live += [(path, tag) for tag in LiveTags(page).found]
        path = f"/de-xuat/{world.objects['proposal/draft'].ref}/sua/van-de/"
        said = {"problem": text, "figures": text, "bottleneck_kind": text, "seen": text, "then": ""}
        page = clients["official"].post(path, said).content.decode()
        live += [(path, tag) for tag in LiveTags(page).found]

    assert live == []


def test_an_attack_would_be_found():
    """The control: each attack, were it put into a page as it is, is found by the same eyes."""
    in_text = {"javascript:", "data:", "&lt;", "\\u003c", "%3C", "{{", "{%", "${", "\uff1c", "]]"}
    for text in PAYLOADS:
        page = (
            f'<main><p title="{text}">{text}</p><a href="{text}">x</a><p title=\'{text}\'></main>'
        )
        if "<" in text or '"' in text or "'" in text or not any(s in text for s in in_text):
            assert LiveTags(page).found, text
