"""AZ-04: lists, counts and search are the same whether or not others have cases."""

from dataclasses import replace

import pytest
from django.utils import timezone

from accountability.stages import CaseState, CommendationState
from documents.actions import store_upload
from organisation.models import User
from organisation.stages import Role
from pilots.stages import Result
from proposals.stages import Stage
from reporting.routes import routes
from tests.factories.accountability import make_case, make_commendation, make_evaluated
from tests.factories.documents import make_upload
from tests.factories.organisation import make_unit, make_user
from tests.factories.pilots import make_started, make_team
from tests.factories.proposals import make_draft, make_proposal, start_clock
from tests.security.sweeping import ask
from tests.security.world import World, cast_of

pytestmark = pytest.mark.django_db

# Nobody of these has anything to do with another agency.
STRANGERS = (
    *("official", "focal", "head", "member", "section_head", "home_affairs_head"),
    *("district_head", "admin", "nobody"),
)
TITLE = "Lưu trữ điện tử hồ sơ tàu cá tại cảng Cà Ná"
ASKED = {  # what is typed on a page, so that it would find the foreign case
    "reporting:search": ["q=Luu+tru+dien+tu", "q=tàu+cá", "q={code}", "q={short}"],
    "proposals:agency": ["q=tàu+cá", "tim=tàu+cá"],
    "reporting:cases": ["q=tàu+cá"],
    "pilots:index": ["q=tàu+cá"],
    "proposals:similar": ["ten=Lưu+trữ+điện+tử+hồ+sơ+tàu+cá+tại+cảng+Cà+Ná"],
}
TOLD = {"reporting:status", "reporting:health"}  # how much waits in all: figures of the machine


def pages(code: str = "DX-2022-9999") -> list[str]:
    """Every page without an object in its path, and the searches on it."""
    found = []
    for route in routes():
        if "<" in route.path or "GET" not in route.methods or route.name in TOLD:
            continue
        found.append(route.path)
        for query in ASKED.get(route.name, ()):
            found.append(f"{route.path}?{query.format(code=code, short=code[3:])}")
    return found


def looked_at(clients, names, paths) -> dict[tuple[str, str], tuple[int, bytes]]:
    found = {}
    for name in names:
        for path in paths:
            answer = ask(clients[name], "GET", path)
            found[name, path] = (answer.status, answer.body)
    return found


@pytest.fixture
def elsewhere(world: World):
    """Another agency and its people, before anything happens there."""
    agency = make_unit("Sở Khác", parent=world.province.unit)
    return make_team(agency)


def fill(world: World, team) -> str:
    """Cases of every kind at the other agency; the code of the first one."""
    who = {"proposer": team.leader, "agency": team.agency, "title": TITLE}
    sent = make_proposal(Stage.UNDER_REVIEW, **who)
    start_clock(sent)
    store_upload(make_upload(), stream=sent.stream, by=team.leader)
    make_proposal(Stage.SUBMITTED, **who)
    make_draft(**who)
    make_started(team)
    return sent.code or ""


def test_counts_invariant_to_foreign_objects(world, clients, elsewhere):
    """Home, menu counts, lists, filters and search: byte for byte what they were before."""
    code = f"DX-{timezone.now().year}-9001"
    paths = pages(code)
    before = looked_at(clients, STRANGERS, paths)

    fill(world, elsewhere)
    after = looked_at(clients, STRANGERS, paths)

    assert len(before) > 300
    moved = [key for key, page in after.items() if page != before[key]]
    assert moved == []


def test_lists_do_not_leak(world, clients, elsewhere):
    """Of liability cases and nominations nothing moves for those who may not know of them."""
    cast = replace(cast_of(world), team=elsewhere, coauthor=elsewhere.monitor)
    names = ("official", "head", "focal", "admin", "district_head")
    paths = pages()
    before = looked_at(clients, names, paths)

    make_case(CaseState.HEARING, cast=cast, pilot=make_evaluated(cast))
    rewarded = make_evaluated(cast, result=Result.COMPLETED)
    make_commendation(CommendationState.NOMINATED, cast=cast, pilot=rewarded)
    after = looked_at(clients, names, paths)

    moved = [key for key, page in after.items() if page != before[key]]
    assert moved == []


def test_drafts_and_withdrawn_ones_are_like_nothing(world, clients, elsewhere):
    path = "/de-xuat/gan-giong/?" + ASKED["proposals:similar"][0]
    before = looked_at(clients, ("official", "head"), [path])

    make_draft(proposer=elsewhere.leader, agency=elsewhere.agency, title=TITLE)
    make_proposal(Stage.WITHDRAWN, proposer=elsewhere.leader, agency=elsewhere.agency, title=TITLE)

    assert looked_at(clients, ("official", "head"), [path]) == before


@pytest.mark.parametrize("person", ["home_affairs_officer", "inspector"])
def test_those_who_follow_the_province_do_see_it(world, clients, elsewhere, person):
    """Something could have leaked: the line is there for whoever may have it."""
    fill(world, elsewhere)

    assert TITLE.encode() in ask(clients[person], "GET", "/ho-so/").body


def test_a_search_for_people_finds_no_more_than_names_and_posts(world, clients):
    """The directory for co-authors shows neither user names, e-mail nor telephone."""
    User.objects.filter(pk=world.colleague.pk).update(
        email="minh.hoa@vidu.test", phone="0912345678"
    )
    draft = world.objects["proposal/draft"]
    page = ask(clients["official"], "GET", f"/de-xuat/{draft.ref}/cung-de-xuat/?q=Minh+Hoa").body

    assert "Trần Thị Minh Họa".encode() in page
    assert b"minh.hoa@" not in page
    assert b"0912345678" not in page
    assert b'value="colleague"' not in page


def test_everybody_of_the_strangers_holds_what_their_name_says(world):
    assert world.head.powers.has(Role.AGENCY_HEAD)
    assert not any(world.people[name].powers.has(Role.INSPECTOR) for name in STRANGERS)
    assert make_user().powers.posts == ()
