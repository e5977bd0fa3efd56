"""AZ-07, AZ-08: whose case it is judges nothing, whatever else they are; and it takes two."""

import pytest
from django.test import Client

from accountability import rules as weighing
from accountability.models import Commendation, LiabilityCase
from organisation.models import User
from organisation.stages import Role
from pilots import rules as piloting
from pilots.models import Pilot
from proposals import rules as reviewing
from proposals.models import Proposal
from reporting.routes import routes
from tests.factories.organisation import make_appointment
from tests.proposals.flows import delegate
from tests.security.sweeping import Browser, path_of
from tests.security.test_forms import form_of
from tests.security.world import World

pytestmark = pytest.mark.django_db

# What a person may become besides being the author of the case.
BESIDES = [
    *(Role.AGENCY_HEAD, Role.DEPUTY_HEAD, Role.AGENCY_FOCAL, Role.PARTY_LIAISON, Role.CLERK),
    *(Role.INSPECTOR, Role.HOME_AFFAIRS_LEAD, Role.COMMENDATION_OFFICER, Role.PROVINCIAL_OFFICE),
]
JUDGING = {  # pages on which somebody judges; those whose case it is never get one of them
    "proposal/review": (
        *("proposals:decide", "proposals:vote", "proposals:council", "proposals:opinions"),
        *("proposals:send_back", "proposals:redirect", "proposals:open_step", "proposals:consult"),
        *("proposals:party_question", "proposals:party_opinion", "proposals:legal_check"),
    ),
    "proposal/overridden": ("proposals:second", "proposals:decide", "proposals:opinions"),
    "proposal/sent": ("proposals:receive", "proposals:send_back", "proposals:redirect"),
    "pilot/judged": (
        *("pilots:conclude", "pilots:opinion", "pilots:party_opinion", "pilots:issue_notice"),
    ),
    "pilot/running": (
        *("pilots:accept_report", "pilots:confirm_incident", "pilots:accept_remedy"),
        *("pilots:open_finding", "pilots:suspend", "pilots:terminate"),
    ),
    "pilot/adjusting": ("pilots:approve_adjustment", "pilots:refuse_adjustment"),
    "liability/heard": (
        *("accountability:decide", "accountability:confirm", "accountability:cause"),
        *("accountability:assess", "accountability:drop_cause"),
    ),
    "liability/waiting": ("accountability:confirm", "accountability:decide"),
    "commendation/submitted": (
        "accountability:commendation_decide",
        "accountability:commendation_review",
    ),
    "commendation/waiting": ("accountability:commendation_confirm",),
}
OWN = {  # all that those whose case it is may do with it
    "proposal/review": {"withdraw"},
    "proposal/overridden": {"withdraw"},
    "proposal/sent": {"withdraw"},
}


def become(world: World, role: Role) -> User:
    """The author of the cases, with one more post in the house."""
    at_home_affairs = role in (Role.HOME_AFFAIRS_LEAD, Role.COMMENDATION_OFFICER)
    house = world.province.home_affairs if at_home_affairs else world.province.department
    unit = world.province.unit if role == Role.PROVINCIAL_OFFICE else house
    make_appointment(world.official, role, unit)
    return User.objects.get(pk=world.official.pk)


def shown(browser: Client, world: World, label: str) -> list[str]:
    """The judging pages of an object that the browser is shown."""
    by_name = {route.name: route for route in routes()}
    found = []
    for name in JUDGING[label]:
        path = path_of(by_name[name], world.paths[label])
        assert path, name
        if browser.get(path).status_code == 200:
            found.append(name)
    return found


@pytest.mark.parametrize("role", BESIDES)
def test_no_self_decision(world, clients, role):
    """AZ-07: a second post, even a head's, opens no judging page of one's own case."""
    user = become(world, role)

    for label in JUDGING:
        assert shown(clients["official"], world, label) == [], label
    for label, may in OWN.items():
        row = Proposal.objects.get(pk=world.objects[label].pk)
        assert reviewing.actions_of(row, user) <= may, label
        assert not reviewing.sees_inner(row, user), label


@pytest.mark.parametrize("role", BESIDES)
def test_two_roles_one_person(world, role):
    """The same by the tables: no deed of a judge for whose case it is."""
    user = become(world, role)
    pilot = Pilot.objects.get(pk=world.objects["pilot/judged"].pk)
    case = LiabilityCase.objects.get(pk=world.objects["liability/heard"].pk)
    row = Commendation.objects.get(pk=world.objects["commendation/submitted"].pk)

    judging = {"evaluate", "conclude", "record_party_opinion", "open_finding", "accept_report"}
    assert not judging & piloting.actions_of(pilot, user)
    assert not piloting.sees_inner(pilot, user)
    assert weighing.actions_of(case, user) <= {"state"}
    assert weighing.commendation_actions(row, user) == frozenset()


def test_a_head_lends_no_power_over_ones_own_case(world, clients):
    """The head delegates to the author, who decides others' proposals and not their own."""
    delegate(world.province, world.official)
    others = world.objects["proposal/of the section"]

    assert clients["official"].get(f"/xem-xet/{others.ref}/").status_code == 200
    for label in ("proposal/review", "proposal/overridden", "pilot/judged", "liability/heard"):
        assert shown(clients["official"], world, label) == [], label


@pytest.mark.parametrize("person", ["coauthor", "colleague"])
def test_those_beside_the_author_judge_no_more(world, clients, person):
    """A co-author of the proposal, a member of the team, made heads overnight."""
    make_appointment(world.people[person], Role.AGENCY_HEAD, world.province.department)
    label = {"coauthor": "proposal/review", "colleague": "pilot/judged"}[person]

    assert shown(clients[person], world, label) == []


def test_who_judges_is_shown_the_pages(world, clients):
    """The control: to those who may, the same pages do open."""
    judges = {
        "proposal/review": ("head", "proposals:decide"),
        "proposal/sent": ("focal", "proposals:receive"),
        "pilot/judged": ("head", "pilots:conclude"),
        "pilot/running": ("head", "pilots:accept_report"),
        "liability/heard": ("head", "accountability:decide"),
        "liability/waiting": ("deputy", "accountability:confirm"),
        "commendation/waiting": ("deputy", "accountability:commendation_confirm"),
    }
    for label, (person, name) in judges.items():
        assert name in shown(clients[person], world, label), (label, person)


@pytest.mark.parametrize("person", ["member", "deputy", "head"])
def test_who_sits_in_a_vote_does_not_speak_for_the_party_committee(world, clients, person):
    """Its liaison does, and the liaison neither votes nor appraises."""
    paths = {
        name: path_of(
            next(route for route in routes() if route.name == name),
            world.paths["proposal/review"],
        )
        for name in ("proposals:party_opinion", "proposals:vote", "proposals:council")
    }

    assert clients[person].get(paths["proposals:party_opinion"]).status_code == 403
    assert clients["liaison"].get(paths["proposals:party_opinion"]).status_code == 200
    assert clients["liaison"].get(paths["proposals:vote"]).status_code == 302
    assert clients["liaison"].get(paths["proposals:council"]).status_code == 302


# label, page of the second person, who decided or prepared it, who may confirm it
SECONDED = [
    ("proposal/overridden", "proposals:second", ("head", "delegate"), "deputy"),
    ("liability/waiting", "accountability:confirm", ("head", "focal"), "deputy"),
    (
        "commendation/waiting",
        "accountability:commendation_confirm",
        ("head", "focal", "officer"),
        "deputy",
    ),
]


@pytest.mark.parametrize(("label", "name", "first", "second"), SECONDED)
def test_four_eyes(world, clients, label, name, first, second):
    """AZ-08: whoever decided or prepared it cannot confirm it, with the very form of the second."""
    path = path_of(next(route for route in routes() if route.name == name), world.paths[label])
    assert path
    form = form_of(clients[second], path)["fields"]

    for person in first:
        refused = _send(clients[person], path, form)
        assert refused == 403, person
    assert _send(clients[second], path, form) == 302


def _send(browser: Browser, path: str, form: dict[str, str]) -> int:
    return browser.post(path, form).status_code
