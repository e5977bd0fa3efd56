"""TP-07, TP-08, LM-04: an address is data, never a query, never a page elsewhere, never a 500."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.forms import Form
from django.urls import get_resolver

from config.middleware import SEARCH_LIMIT
from reporting.routes import Route, routes
from tests.factories.organisation import PASSWORD
from tests.security.declared import where
from tests.security.sweeping import Browser, ask
from tests.security.test_sources import code_of
from tests.security.world import World

pytestmark = pytest.mark.django_db

STRANGE = (
    "' OR '1'='1",
    '" OR ""="',
    "1; DROP TABLE proposals_proposal--",
    "%' OR 1=1 --",
    "') UNION SELECT password FROM organisation_user --",
    "\\",
    "%_%",
    "((((((((((a+)+)+)+)+)+)+)+)+)",
    "{{7*7}}{% debug %}%s%(x)s{0.__class__}",
    "-1",
    "99999999999999999999999999",
    "1e309",
    "NaN",
    "\u0000",
    "\ud7ff\uffff\u202e\u200b",
    "0001-01-01",
    "9999-99-99",
    "[]",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "ộ" * SEARCH_LIMIT,
)
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@evil.example/",
    "https://testserver.evil.example/",
    " https://evil.example",
    "\thttps://evil.example",
    "%2f%2fevil.example",
    "/\t/evil.example",
    "///evil.example",
)


def names_asked() -> list[str]:
    """Every word that the code reads out of an address, and every field of a form that filters."""
    found = set(re.findall(r"request\.GET(?:\.get\(|\[)\"([\w-]+)\"", code_of()))
    found |= set(re.findall(r"\"([\w-]+)\" in request\.GET", code_of()))

    def subclasses(kind: type[Form]) -> list[type[Form]]:
        return [kind, *(one for sub in kind.__subclasses__() for one in subclasses(sub))]

    for form in subclasses(Form):
        if re.search(r"Filter|Search|Similar", form.__name__) and "django" not in form.__module__:
            found |= set(form.base_fields)
    return sorted(found)


def reader_of(route: Route) -> str:
    """Somebody who gets a page there."""
    if route.access.kind != "roles":
        return "head"
    return (
        "admin"
        if "admin" in route.access.roles
        else "focal"
        if "agency_focal" in (route.access.roles)
        else "inspector"
    )


def test_sql_injection_all_params(world: World, clients):
    """TP-08: every parameter of every page takes strange texts without a 500."""
    names = names_asked()
    assert {"q", "sau", "truoc", "loai", "muc"} <= set(names)
    numbered = list(enumerate(names))
    for route in (route for route in routes() if "GET" in route.methods):
        _, path = where(world, route)
        for turn in range(0, len(STRANGE) if "<" not in route.path else 1, 3):
            query = {name: STRANGE[(turn + place) % len(STRANGE)] for place, name in numbered}
            answer = clients[reader_of(route)].get(path, query)
            assert answer.status_code in {200, 302, 400, 403, 404, 410, 422}, (route.name, query)


def test_a_strange_search_finds_nothing_more(world, clients):
    """A condition that is always true, typed as a search, is looked for as a text."""
    plain = ask(clients["inspector"], "GET", "/ho-so/?q=khongcochuoinay")
    for text in ("' OR '1'='1", "%' OR 1=1 --", "%", "_", "%%", "\\%"):
        response = clients["inspector"].get("/ho-so/", {"q": text})
        page = response.content.decode()
        for label in ("proposal/foreign", "proposal/of a sibling"):
            assert world.objects[label].code not in page, text
    assert plain.status == 200
    assert (
        world.objects["proposal/foreign"].code.encode()
        in ask(clients["inspector"], "GET", "/ho-so/?q=dat+dai").body
    )  # blind to tone marks


@pytest.mark.parametrize("name", ["order", "sort", "o", "ordering", "fields", "_popup", "all"])
def test_no_parameter_orders_by_a_column(world, clients, name):
    one = ask(clients["inspector"], "GET", "/ho-so/")
    other = ask(clients["inspector"], "GET", f"/ho-so/?{name}=proposer__password")

    assert (one.status, one.body) == (other.status, other.body)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_open_redirect(world, target):
    """TP-07: after signing in one lands on a page of this host, whatever `next` says."""
    type(world.official).objects.filter(pk=world.official.pk).update(
        password=make_password(PASSWORD)
    )
    for sent in ({"next": target}, {}):
        browser = Browser()
        said = {"username": "official", "password": PASSWORD} | sent
        query = "" if sent else f"?next={target}"
        answer = browser.post(f"/dang-nhap/{query}", said)
        assert answer.status_code == 302
        assert answer["Location"] == "/"


def test_a_page_of_ours_is_gone_on_to(world):
    browser = Browser()
    said = {"username": "official", "password": PASSWORD, "next": "/de-xuat/?muc=ban-nhap"}

    assert browser.post("/dang-nhap/", said)["Location"] == "/de-xuat/?muc=ban-nhap"


@pytest.mark.parametrize("target", ["https://evil.example/x", "//evil.example"])
def test_a_referer_or_the_address_of_htmx_leads_nowhere(world, clients, target):
    said = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": target, "HTTP_REFERER": target}
    for route in (route for route in routes() if route.access.kind != "public"):
        _, path = where(world, route)
        for browser in (clients[""], clients["nobody"]):
            for method in ("GET", "POST"):
                response = browser.generic(method, path, **said)
                for header in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url"):
                    assert "evil" not in response.headers.get(header, ""), route.name


@pytest.mark.parametrize("name", ["q", "tim", "tu_khoa"])
def test_a_search_is_at_most_200_characters_long(clients, name):
    """LM-04, on every page, also beyond those that search."""
    for path in ("/tim/", "/ho-so/", "/de-xuat/gan-giong/", "/quan-tri/tai-khoan/"):
        assert clients["admin"].get(path, {name: "x" * 201}).status_code == 400


def test_a_form_of_more_than_1000_fields_is_refused(world, clients):
    path = where(world, next(route for route in routes() if route.name == "proposals:edit"))[1]
    fields = {f"f{number}": "" for number in range(1001)}

    assert clients["official"].post(path, fields).status_code == 400


def test_a_body_beyond_30_mb_is_refused_unread_everywhere(world, clients):
    for route in (route for route in routes() if "POST" in route.methods):
        _, path = where(world, route)
        answer = clients["official"].generic("POST", path, b"", CONTENT_LENGTH=str(31 * 2**20))
        assert answer.status_code == 413, route.name


def test_lists_show_at_most_100_rows(world, clients):
    """No parameter makes a page longer."""
    for path in ("/ho-so/", "/de-xuat/", "/thong-bao/", "/tim/?q=dat"):
        mark = "&" if "?" in path else "?"
        plain = ask(clients["inspector"], "GET", path)
        for name in ("page_size", "limit", "per_page", "size", "so_dong"):
            asked = ask(clients["inspector"], "GET", f"{path}{mark}{name}=100000")
            assert asked.body == plain.body, (path, name)


def test_addresses_take_no_expression_of_a_visitor():
    """No route is a regular expression, so none can be made slow."""
    assert all(
        pattern.pattern.__class__.__name__ == "RoutePattern"
        for pattern in get_resolver().url_patterns
    )


@pytest.mark.parametrize("target", ["abc", "1e309", "a b", "", "?", "#x", ".", "profile"])
def test_a_page_ahead_that_is_none_leads_home(clients, target):
    """A word for `next` was taken for the name of a route, and broke the page."""
    answer = clients["official"].get("/dang-nhap/", {"next": target})

    assert (answer.status_code, answer["Location"]) == (302, "/")
