"""The table of rights on pilots against security/requirements.md §2, cell by cell, by hand."""

from itertools import product

import pytest

from organisation.stages import Role, UnitKind
from pilots import rules
from pilots.models import Pilot
from pilots.rights import TABLE, Capacity, Sight
from pilots.stages import PilotState
from tests.factories.organisation import make_appointment, make_unit, make_user
from tests.factories.pilots import make_pilot, make_team
from tests.factories.proposals import make_coauthor

S, C = PilotState, Capacity
pytestmark = pytest.mark.django_db

RUN, ADJ, SUS = {S.RUNNING}, {S.ADJUSTING}, {S.SUSPENDED}
PLAN, END = {S.PLANNED}, {S.COMPLETED, S.TERMINATED}
WORK = RUN | ADJ
WAY = RUN | ADJ | SUS
OPEN = WAY | END
KEPT = OPEN | {S.EVALUATED, S.CLOSED}

TEAM = {
    "add_proof": KEPT,
    "enter_value": OPEN,
    "write_report": WORK,
    "finish_milestone": WORK,
    "ask_help": WORK,
    "report_incident": WAY,
    "measure_incident": OPEN,
    "remedy_finding": OPEN,
}
EXPECTED = {  # capacity: sight, and in which states each deed is open
    C.LEADER: (
        Sight.FULL,
        TEAM
        | {
            "edit_plan": PLAN,
            "start": PLAN,
            "submit_report": WORK,
            "ask_adjustment": RUN,
            "edit_team": WAY,
            "complete": RUN,
            "submit_result": END,
        },
    ),
    C.MEMBER: (Sight.FULL, TEAM),
    C.IMPLEMENTER: (Sight.FULL, TEAM | {"edit_plan": PLAN, "submit_result": END}),
    C.HEAD: (
        Sight.INNER,
        {
            "edit_plan": PLAN,
            "start": PLAN,
            "suspend": RUN,
            "terminate": RUN | SUS,
            "complete": RUN,
            "open_interim": RUN,
            "edit_team": OPEN,
            "decide_adjustment": ADJ,
            "resume": SUS,
            "accept_report": OPEN,
            "confirm_incident": OPEN,
            "open_finding": WAY,
            "accept_remedy": OPEN,
            "evaluate": OPEN,
            "conclude": OPEN,
            "record_party_opinion": OPEN,
            "issue_notice": {S.EVALUATED},
            "add_proof": KEPT,
        },
    ),
    C.DEPUTY: (Sight.INNER, {"evaluate": OPEN, "add_proof": KEPT}),
    C.FOCAL: (
        Sight.INNER,
        {
            "edit_plan": PLAN,
            "record_party_opinion": OPEN,
            "issue_notice": {S.EVALUATED},
            "add_proof": KEPT,
        },
    ),
    C.PARTY: (Sight.INNER, {"record_party_opinion": OPEN}),
    C.MONITOR: (
        Sight.FULL,
        {"open_finding": WAY, "accept_remedy": OPEN, "report_incident": WAY},
    ),
    C.AGENCY: (Sight.INNER, {}),
    C.HOME_AFFAIRS: (Sight.FULL, {"forward_help": WAY, "add_proof": KEPT}),
    C.PROVINCE: (Sight.FULL, {}),
    C.INSPECTOR: (Sight.INNER, {"open_finding": OPEN, "accept_remedy": OPEN}),
}


@pytest.mark.parametrize(("capacity", "state"), list(product(C, S)))
def test_matrix_every_cell(capacity, state):
    sight, deeds = EXPECTED[capacity]

    cell = TABLE[capacity][state]

    assert cell.sight == sight
    assert cell.actions == {deed for deed, states in deeds.items() if state in states}


def everybody() -> tuple[Pilot, dict]:
    """A pilot and one person for each capacity, with strangers."""
    team = make_team()
    pilot = make_pilot(team=team)
    coauthor = make_coauthor(pilot.proposal).person
    province = make_unit("Ủy ban nhân dân tỉnh", kind=UnitKind.PROVINCE)
    people = team.all | {
        "coauthor": coauthor,
        "officer": make_user(role=Role.HOME_AFFAIRS_OFFICER),
        "chairman": make_user(role=Role.AGENCY_HEAD, unit=province, position="chu-tich-ubnd-tinh"),
        "provincial_officer": make_user(role=Role.PROVINCIAL_OFFICE, unit=province),
        "inspector": make_user(role=Role.INSPECTOR),
        "colleague": make_user(role=Role.PROPOSER, unit=team.agency),
        "other_head": make_user(role=Role.AGENCY_HEAD),
        "other_focal": make_user(role=Role.AGENCY_FOCAL),
        "admin": make_user(role=Role.ADMIN),
        "observer": make_user(role=Role.OBSERVER),
        "communications": make_user(role=Role.COMMUNICATIONS_LEAD),
    }
    return pilot, people


SEES = {
    "leader": Sight.FULL,
    "member": Sight.FULL,
    "coauthor": Sight.FULL,
    "monitor": Sight.FULL,
    "head": Sight.INNER,
    "deputy": Sight.INNER,
    "focal": Sight.INNER,
    "clerk": Sight.INNER,
    "liaison": Sight.INNER,
    "officer": Sight.FULL,
    "chairman": Sight.FULL,
    "provincial_officer": Sight.FULL,
    "inspector": Sight.INNER,
    "colleague": Sight.NONE,
    "other_head": Sight.NONE,
    "other_focal": Sight.NONE,
    "admin": Sight.NONE,
    "observer": Sight.NONE,
    "communications": Sight.NONE,
}


def test_rule_and_query_set_see_the_same():
    pilot, people = everybody()

    by_rule = {name: rules.sight(pilot, user) for name, user in people.items()}
    by_query = {
        name: Pilot.objects.visible_to(user).filter(pk=pilot.pk).exists()
        for name, user in people.items()
    }

    assert by_rule == SEES
    assert by_query == {name: sight > Sight.NONE for name, sight in SEES.items()}


def test_a_head_who_takes_part_judges_nothing():
    """AZ-07: nobody is implementer and evaluator of one case, whatever post they hold."""
    team = make_team()
    make_appointment(team.member, Role.AGENCY_HEAD, team.agency)
    pilot = make_pilot(team=team)

    deeds = rules.actions_of(pilot, team.member)

    assert not deeds & {"conclude", "evaluate", "accept_report", "suspend", "confirm_incident"}
    assert not rules.sees_inner(pilot, team.member)


def test_the_proposer_who_became_inspector_finds_nothing_in_the_own_case():
    team = make_team()
    make_appointment(team.leader, Role.INSPECTOR, make_unit())
    pilot = make_pilot(team=team)

    assert "open_finding" not in rules.actions_of(pilot, team.leader)


def test_who_left_the_team_no_longer_sees_the_pilot():
    team = make_team()
    pilot = make_pilot(team=team)
    pilot.members.update(left_on=pilot.starts_on)

    assert not Pilot.objects.visible_to(team.member).exists()
    assert rules.sight(Pilot.objects.get(pk=pilot.pk), team.member) == Sight.NONE
