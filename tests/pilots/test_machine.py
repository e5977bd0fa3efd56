"""Every state of a pilot and the moves that leave it, written by hand (quy-trinh.md §3.2)."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from journal.conflicts import Conflict
from pilots.actions.base import check
from pilots.models import Pilot
from pilots.stages import PilotState
from tests.factories.pilots import make_pilot, make_team

S = PilotState
pytestmark = pytest.mark.django_db

ROADS = {
    S.PLANNED: {"start": S.RUNNING},
    S.RUNNING: {
        "ask_adjustment": S.ADJUSTING,
        "suspend": S.SUSPENDED,
        "terminate": S.TERMINATED,
        "complete": S.COMPLETED,
    },
    S.ADJUSTING: {"adjust": S.RUNNING, "keep_plan": S.RUNNING},
    S.SUSPENDED: {"resume": S.RUNNING, "terminate": S.TERMINATED},
    S.COMPLETED: {"evaluate": S.EVALUATED},
    S.TERMINATED: {"evaluate": S.EVALUATED},
    S.EVALUATED: {"close": S.CLOSED},
    S.CLOSED: {},
}
ALLOWED = {  # who may make which move where; what is not written here is forbidden
    ("leader", S.PLANNED): {"start"},
    ("head", S.PLANNED): {"start"},
    ("leader", S.RUNNING): {"ask_adjustment", "complete"},
    ("head", S.RUNNING): {"suspend", "terminate", "complete"},
    ("head", S.ADJUSTING): {"adjust", "keep_plan"},
    ("head", S.SUSPENDED): {"resume", "terminate"},
    ("head", S.COMPLETED): {"evaluate"},
    ("head", S.TERMINATED): {"evaluate"},
}
ROLES = ("leader", "member", "monitor", "head", "deputy", "focal", "clerk", "liaison")


@pytest.mark.parametrize("state", list(S))
def test_roads_out_of_each_state(state):
    pilot = Pilot(state=state)

    roads = {move.name: move.target for move in pilot.get_available_state_transitions()}

    assert roads == ROADS[state]


@pytest.mark.parametrize(("role", "state"), list(product(ROLES, S)))
def test_moves_open_to_each_role(role, state):
    team = make_team()
    pilot = make_pilot(state, team=team)

    moves = {m.name for m in pilot.get_available_user_state_transitions(getattr(team, role))}

    closing = {"close"} if state == S.EVALUATED else set()  # the room above makes it
    assert moves == ALLOWED.get((role, state), set()) | closing


def test_a_move_from_another_state_says_where_the_pilot_stands():
    team = make_team()
    pilot = make_pilot(S.SUSPENDED, team=team)

    with transaction.atomic(), pytest.raises(Conflict) as raised:
        check(pilot, "complete", team.head)

    assert raised.value.label == "Tạm dừng"


def test_a_move_by_somebody_else_is_forbidden():
    team = make_team()
    pilot = make_pilot(S.RUNNING, team=team)

    with pytest.raises(PermissionDenied):
        check(pilot, "suspend", team.leader)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stop_conditions": ""},
        {"starts_on": None},
        {"ended_on": None, "state": S.COMPLETED},
        {"result": "", "state": S.EVALUATED},
        {"budget": -1},
        {"report_every_months": 13},
    ],
)
def test_the_database_keeps_the_promise_too(wrong):
    state = wrong.pop("state", S.RUNNING)

    with transaction.atomic(), pytest.raises(IntegrityError):
        make_pilot(state, **wrong)


def test_the_monitor_is_not_the_leader():
    team = make_team()

    with transaction.atomic(), pytest.raises(IntegrityError):
        make_pilot(team=team, monitor=team.leader)


def test_every_move_has_a_label():
    moves = Pilot(state=S.RUNNING).get_all_state_transitions()

    assert all(move.custom["label"] for move in moves)
