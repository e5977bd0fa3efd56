"""Who sees and may do what, by hand: rows LiabilityCase and Commendation of the specification."""

from itertools import product
from uuid import uuid4

import pytest

from accountability import rules
from accountability.models import Commendation, LiabilityCase
from accountability.rights import Sight
from accountability.stages import CaseState, CommendationState
from tests.factories.accountability import make_case, make_cast, make_commendation

S, C = CaseState, CommendationState
NONE, DECISION, SERVED, FULL, INNER = (
    Sight.NONE,
    Sight.DECISION,
    Sight.SERVED,
    Sight.FULL,
    Sight.INNER,
)
BEFORE = (S.OPENED, S.FACT_FINDING, S.HEARING)
AFTER = (S.DECIDED, S.APPEALED, S.CLOSED)

# who: how much before the conclusion, and after it
SIGHT = {
    "leader": (SERVED, FULL),  # the person concerned
    "coauthor": (NONE, NONE),
    "member": (NONE, NONE),
    "monitor": (NONE, NONE),
    "colleague": (NONE, NONE),
    "clerk": (NONE, NONE),
    "liaison": (NONE, NONE),
    "head": (INNER, INNER),
    "deputy": (INNER, INNER),
    "focal": (INNER, INNER),
    "home_affairs_lead": (INNER, INNER),
    "home_affairs_officer": (NONE, FULL),
    "inspector": (INNER, INNER),
    "chairman": (NONE, INNER),
    "vice_chairman": (NONE, INNER),
    "provincial_officer": (NONE, INNER),
    "officer": (NONE, NONE),
    "admin": (NONE, NONE),
    "stranger": (NONE, NONE),
}
WEIGH = {"find_cause", "assess"}

# who, where, may do what; everything not written here is forbidden. The cast went the usual road:
# the focal point weighed, so neither votes nor confirms; the head decided, the deputy confirmed.
DEEDS = {
    ("focal", S.OPENED): {"start_facts"},
    ("deputy", S.OPENED): {"start_facts"},
    ("home_affairs_lead", S.OPENED): {"start_facts"},
    ("focal", S.FACT_FINDING): WEIGH | {"open_hearing"},
    ("deputy", S.FACT_FINDING): WEIGH | {"open_hearing"},
    ("home_affairs_lead", S.FACT_FINDING): WEIGH | {"open_hearing"},
    ("leader", S.HEARING): {"state"},
    ("head", S.HEARING): {"decide", "call_council", "vote", "close_council"},
    ("focal", S.HEARING): WEIGH | {"record_lapse"},
    ("deputy", S.HEARING): WEIGH | {"record_lapse", "vote", "confirm"},
    ("home_affairs_lead", S.HEARING): WEIGH | {"record_lapse", "vote", "confirm"},
    ("leader", S.DECIDED): {"appeal", "accept"},
    ("head", S.DECIDED): {"close"},
    ("focal", S.DECIDED): {"close"},
    ("chairman", S.APPEALED): {"decide_appeal"},
    ("vice_chairman", S.APPEALED): {"confirm_appeal"},
    ("home_affairs_lead", S.APPEALED): {"confirm_appeal"},
}


@pytest.mark.parametrize("state", list(CaseState))
def test_what_each_person_sees_and_may_do(state):
    cast = make_cast()
    case = make_case(state, cast=cast)

    for name, (before, after) in SIGHT.items():
        user = getattr(cast, name)
        expected = before if state in BEFORE else after
        assert rules.sight(case, user) == expected, name
        assert rules.actions_of(case, user) == DEEDS.get((name, state), set()), name
        known = LiabilityCase.objects.visible_to(user).filter(pk=case.pk).exists()
        assert known == (expected > NONE), name


def test_the_table_of_deeds_names_people_of_the_cast():
    assert {name for name, _ in DEEDS} <= set(SIGHT)
    assert {state for _, state in DEEDS} | {S.CLOSED} == set(CaseState)


@pytest.mark.parametrize("state", list(CaseState))
def test_unseen_is_a_page_that_is_not_there(state, client):
    cast = make_cast()
    case = make_case(state, cast=cast)

    for name, (before, after) in SIGHT.items():
        client.force_login(getattr(cast, name))
        answer = client.get(case.get_absolute_url())
        seen = (before if state in BEFORE else after) > NONE
        assert answer.status_code == (200 if seen else 404), name
        if not seen:
            other = client.get(f"/trach-nhiem/{uuid4()}/")
            assert other.status_code == 404
            strip = str(case.ref).encode()
            assert strip not in answer.content


# who: how much of a commendation; the same in every state
COMMENDATION_SIGHT = {
    "leader": FULL,
    "coauthor": FULL,
    "member": NONE,
    "monitor": NONE,
    "colleague": NONE,
    "head": FULL,
    "deputy": FULL,
    "focal": FULL,
    "officer": INNER,
    "home_affairs_lead": INNER,
    "home_affairs_officer": INNER,
    "chairman": INNER,
    "provincial_officer": INNER,
    "inspector": INNER,
    "admin": NONE,
    "stranger": NONE,
}
AT_DECIDING_UNIT = {"head": INNER, "deputy": INNER, "focal": INNER}  # once it was submitted there
COMMENDATION_DEEDS = {
    ("officer", C.NOMINATED): {"review", "decline_review"},
    ("officer", C.REVIEWED): {"submit"},
    ("head", C.SUBMITTED): {"decide", "decline"},
    ("deputy", C.SUBMITTED): {"confirm"},
    ("officer", C.DECIDED): {"award"},
    ("focal", C.DECIDED): {"award"},
}
SUBMITTED_ON = (C.SUBMITTED, C.DECIDED, C.AWARDED)


@pytest.mark.parametrize("state", list(CommendationState))
def test_what_each_person_sees_and_may_do_with_a_commendation(state):
    cast = make_cast()
    row = make_commendation(state, cast=cast)

    for name, sight in COMMENDATION_SIGHT.items():
        user = getattr(cast, name)
        expected = AT_DECIDING_UNIT.get(name, sight) if state in SUBMITTED_ON else sight
        assert rules.commendation_sight(row, user) == expected, name
        deeds = COMMENDATION_DEEDS.get((name, state), set())
        assert rules.commendation_actions(row, user) == deeds, name
        known = Commendation.objects.visible_to(user).filter(pk=row.pk).exists()
        assert known == (expected > NONE), name


@pytest.mark.parametrize(("name", "state"), list(product(["admin", "stranger"], [C.AWARDED])))
def test_an_unseen_commendation_is_not_there(name, state, client):
    cast = make_cast()
    row = make_commendation(state, cast=cast)
    client.force_login(getattr(cast, name))

    assert client.get(row.get_absolute_url()).status_code == 404
