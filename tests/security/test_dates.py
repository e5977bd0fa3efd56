"""Every deadline on any page opens the page that says why it is this date."""

import re
from html import unescape

import pytest

from tests.security.sweeping import ask

pytestmark = pytest.mark.django_db
CHIP = re.compile(r'<span class="due[^"]*" title="Hạn (\d\d/\d\d/\d{4})')
LINK = re.compile(r'<a class="why" href="([^"]+)">(.*?)</a>', re.DOTALL)
# The page that explains; and lines of cases that whoever watches may not open (AZ-05).
BARE = {"deadlines:explain", "reporting:cases"}
DATE = re.compile(r"\d\d/\d\d/\d{4}")


def test_every_date_explains_itself(heard, clients):
    links: dict[str, tuple[str, str]] = {}
    bare = set()
    for (route, method, person), answer in heard.items():
        if method != "GET" or answer.status != 200 or b'class="due' not in answer.body:
            continue
        page = answer.body.decode()
        found = LINK.findall(page)
        links |= {unescape(url): (person, DATE.search(inside)[0]) for url, inside in found}
        if len(CHIP.findall(page)) != sum("due" in inside for _, inside in found):
            bare.add(route)

    assert bare <= BARE
    assert len(links) > 20
    for url, (person, day) in links.items():
        answer = ask(clients[person], "GET", url)
        if answer.status == 302:
            answer = ask(clients[person], "GET", answer.location)
        assert (answer.status, day in answer.body.decode()) == (200, True), url
