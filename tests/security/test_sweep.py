"""AZ-02, AZ-03, HT-02, TP-04 to TP-06: every route, every role, every kind of object.

`heard` is what everybody got for every route; who should get what is declared in declared.py.
"""

from collections import defaultdict

import pytest

from reporting.routes import routes
from tests.security.declared import (
    DOERS,
    MAY_BE_EMPTY,
    PEOPLE,
    PUBLIC,
    SENDERS,
    gets_in,
    takes_part,
    where,
)
from tests.security.sweeping import ask, path_of
from tests.security.world import SEEN_BY

pytestmark = pytest.mark.django_db

READS_ARE_NOTED = {
    "journal_entry",
    "journal_stream",
    "journal_content",
}  # who looked at a liability case (JR-13)
# One was here and has read of it; what is counted again each minute.
PASSING = {"organisation_session", "notifications_notice", "reporting_keptfigures"}
FINE = {200, 302, 403, 409, 410, 422}  # 410: a link that is over


@pytest.mark.parametrize("kind", ["public", "signed_in", "roles", "case"])
def test_url_sweep_from_resolver(world, heard, kind):
    wrong = []
    for route in (route for route in routes() if route.access.kind == kind):
        label, _ = where(world, route)
        inside = gets_in(world, route, label)
        for method in takes_part(route):
            for person in PEOPLE:
                answer = heard.get((route.name, method, person))
                if answer is None:
                    continue
                allowed = {404} if inside is not None and person not in inside else FINE
                allowed = PUBLIC.get(route.name, {}).get(method, allowed)
                if inside and person in inside and route.name in MAY_BE_EMPTY:
                    allowed = allowed | {404}
                if answer.status not in allowed:
                    wrong.append((route.name, label, method, person, answer.status))

    assert wrong == []


def test_every_route_is_asked(world):
    assert {route.access.kind for route in routes()} == {"public", "signed_in", "roles", "case"}
    assert {route.name for route in routes() if route.access.kind == "public"} == set(PUBLIC)
    for route in routes():
        where(world, route)
        assert takes_part(route), f"{route.path} takes neither GET nor POST"


def test_404_not_403_indistinguishable(world, heard, nowhere):
    """AZ-02: byte for byte the page, and header for header, of an address that nobody has."""
    differing = []
    for route in (route for route in routes() if route.access.kind == "case"):
        label, path = where(world, route)
        for method in takes_part(route):
            for person in PEOPLE:
                answer = heard.get((route.name, method, person))
                blank = nowhere[path.split("/")[1], person]
                if answer is None or answer.status != 404:
                    continue
                if (answer.body, answer.headers) != (blank.body, blank.headers):
                    differing.append((route.name, label, method, person))

    assert len([a for a in heard.values() if a.status == 404]) > 1000  # there was much to compare
    assert differing == []


def test_403_only_on_what_is_seen(world, heard):
    for route in routes():
        label, _ = where(world, route)
        for method in takes_part(route):
            for person in PEOPLE:
                answer = heard.get((route.name, method, person))
                if answer and answer.status == 403 and route.access.kind == "case":
                    assert person in SEEN_BY[label], (route.name, person)


def test_a_deed_is_asked_of_those_alone_who_have_the_right(world, heard):
    """Every form, sent empty: 403 for whoever sees the case without the right to the deed, 409
    where it is theirs at another stage; nobody else is ever answered with the form."""
    deeds = [r for r in routes() if r.access.kind == "case" and "POST" in r.methods]
    wrong = []
    for route in deeds:
        for person in SENDERS:
            status = heard[route.name, "POST", person].status
            fits = {200, 302, 409, 422} if person in DOERS[route.name] else {403, 404, 409}
            if status not in fits:
                wrong.append((route.name, person, status))

    assert wrong == []
    assert {route.name for route in deeds} == set(DOERS)


def test_get_is_safe(heard):
    """TP-04: reading writes nothing, but the line of who read a liability case."""
    written = defaultdict(set)
    for (route, method, _), answer in heard.items():
        if method == "GET":
            written[route] |= answer.written - PASSING
    loud = {route: tables for route, tables in written.items() if tables}

    assert all(route.startswith("accountability:") for route in loud), loud
    assert set().union(*loud.values()) <= READS_ARE_NOTED, loud


def test_an_empty_form_changes_nothing(heard):
    """Without its key no form has an effect, whoever sends it."""
    without_form = {  # buttons that ask for nothing: they change what is one's own
        *("notifications:read_all", "notifications:read", "organisation:end_session"),
        *("organisation:revoke_delegation", "proposals:remove_file", "organisation:end_sessions"),
        *("deadlines:snooze", "proposals:edit", "organisation:sessions", "proposals:later"),
        *("deadlines:calendar", "deadlines:drop_calendar"),
        *("jobs:stop", "jobs:again", "jobs:background"),
    }
    loud = {
        (route, person): answer.written - PASSING
        for (route, method, person), answer in heard.items()
        if method == "POST" and route not in without_form and answer.written - PASSING
    }

    assert loud == {}


def test_headers_all_routes(heard):
    """HT-02, TP-06 on every answer that somebody got; nothing is kept when signed in."""
    for key, answer in heard.items():
        said = dict(answer.headers)
        assert said["X-Content-Type-Options"] == "nosniff", key
        assert said["Referrer-Policy"] == "same-origin", key
        assert said["Cross-Origin-Opener-Policy"] == "same-origin", key
        assert said["Cross-Origin-Resource-Policy"] == "same-origin", key
        assert said["X-Frame-Options"] == "DENY", key
        assert said["Cache-Control"] == "no-store", key
        assert "HX-Request" in said["Vary"], key
        assert "Access-Control-Allow-Origin" not in said, key
        assert "Server" not in said, key


def test_csp_all_routes(heard):
    wanted = {
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    }
    for key, answer in heard.items():
        policy = dict(answer.headers)["Content-Security-Policy"]
        if policy == "sandbox; default-src 'none'":  # a file of a case
            continue
        parts = {part.strip() for part in policy.split(";")}
        assert wanted <= parts, (key, policy)
        assert "unsafe-" not in policy, key
        assert "http" not in policy, key


def test_nobody_gets_in_without_signing_in(world, clients):
    """Anonymous, and whoever was switched off after signing in: to the sign-in page."""
    gone = clients["nobody"].__class__()
    gone.force_login(world.deactivated)
    type(world.deactivated).objects.filter(pk=world.deactivated.pk).update(is_active=False)
    for route in (route for route in routes() if route.access.kind != "public"):
        _, path = where(world, route)
        for method in takes_part(route):
            for browser in (clients[""], gone):
                answer = ask(browser, method, path)
                assert answer.status == 302, (route.name, method)
                assert answer.location.startswith("/dang-nhap/?next="), (route.name, method)
                assert answer.body == b""


@pytest.mark.parametrize("person", ["official", "admin", "nobody"])
def test_nobody_ends_the_session_of_somebody_else(world, clients, person):
    session = world.objects["own/session"]
    clients[person].post(f"/tai-khoan/phien/{session.ref}/ket-thuc/")

    assert type(session).objects.filter(pk=session.pk).exists()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_everywhere(world, clients, method):
    for route in routes():
        _, path = where(world, route)
        for person in ("", "head"):
            assert ask(clients[person], method, path).status == 405, (route.name, person)


def test_a_method_that_a_route_does_not_take(world, clients):
    for route in routes():
        _, path = where(world, route)
        for method in {"GET", "POST"} - set(route.methods):
            answer = ask(clients["official"], method, path)
            assert answer.status in {404, 405}, (route.name, method, answer.status)


@pytest.mark.parametrize("label", list(SEEN_BY))
def test_each_object_is_there_for_those_who_may_see_it(world, clients, label):
    """The page of each object, asked by everybody of the province."""
    pages = {
        "proposal": "proposals:content",
        "pilot": "pilots:detail",
        "help": "pilots:help_answer",
        "liability": "accountability:liability",
        "commendation": "accountability:commendation",
        "clock": "deadlines:explain",
        "opinion": "proposals:give_opinion",
        "question": "proposals:legal_question",
        "paper": "documents:paper",
        "urging": "reporting:urging_dispatch",
        "periodic": "reporting:report",
    }
    by_name = {route.name: route for route in routes()}
    path = path_of(by_name[pages[label.partition("/")[0]]], world.paths[label])
    assert path

    seen = {name for name in world.people if ask(clients[name], "GET", path).status != 404}

    assert seen == SEEN_BY[label]


def test_fragment_authz(world, clients):
    """TP-05: a piece of a page has the checks of the page; HX headers grant nothing."""
    said = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "x", "HTTP_HX_BOOSTED": "true"}
    for route in (route for route in routes() if route.access.kind == "case"):
        label, path = where(world, route)
        for person in ("nobody", "district_official", "admin"):
            for method in takes_part(route):
                response = clients[person].generic(method, path, **said)
                assert response.status_code == 404, (route.name, label, person)
        response = clients[""].get(path, **said) if "GET" in route.methods else None
        if response:
            assert response.status_code == 200, route.name
            assert response["HX-Redirect"].startswith("/dang-nhap/"), route.name
            assert response.content == b""
