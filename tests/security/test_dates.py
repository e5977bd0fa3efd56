"""Every deadline on any page opens the page that says why it is this date."""

import re
from html import unescape

import pytest

from reporting.routes import routes
from tests.security.declared import where

pytestmark = pytest.mark.django_db
CHIP = re.compile(r'<span class="due[^"]*" title="Hạn (\d\d/\d\d/\d{4})')
LINK = re.compile(r'<a class="why" href="([^"]+)">(.*?)</a>', re.DOTALL)
DATE = re.compile(r"\d\d/\d\d/\d{4}")
# The page that explains, and lines of cases that whoever watches may not open (AZ-05).
BARE = {"deadlines:explain", "reporting:cases"}
BARE |= {"pilots:help_answer", "pilots:help_inbox"}  # a head sees it, the desk holds the clock


def test_every_date_explains_itself(world, heard, clients):
    dated: dict[str, str] = {}
    bare = set()
    for (route, method, person), answer in heard.items():
        if method == "GET" and answer.status == 200 and b'class="due' in answer.body:
            page = answer.body.decode()
            dated |= {route: person} if LINK.search(page) else {}
            if len(CHIP.findall(page)) != sum("due" in inside for _, inside in LINK.findall(page)):
                bare.add(route)

    assert bare <= BARE
    assert len(dated) > 10
    paths = {route.name: where(world, route)[1] for route in routes() if route.name in dated}
    for route, person in dated.items():
        page = clients[person].get(paths[route]).getvalue().decode()
        for url, inside in LINK.findall(page)[:3]:
            told = clients[person].get(unescape(url))
            told = clients[person].get(told["Location"]) if told.status_code == 302 else told
            day = DATE.search(inside)
            assert told.status_code == 200, (route, url)
            assert day, (route, inside)
            assert day[0] in told.getvalue().decode(), (route, url)
