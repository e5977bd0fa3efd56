"""Who sees how much and may do what, at each stage: the specification copied by hand (AZ-01).

security/requirements.md §2. M = a line in lists, F = the dossier, I = what is inner as well, - =
a page that is not there. What stands in no row is forbidden.
"""

from itertools import product

import pytest
from django.utils import timezone

from organisation.stages import Role
from proposals import rules
from proposals.models import Proposal
from proposals.rights import TABLE, Capacity, Sight, cell
from proposals.stages import Stage
from tests.factories.organisation import make_appointment, make_province, make_user
from tests.factories.proposals import make_coauthor, make_proposal

C, S = Capacity, Stage
SIGHTS = {"-": Sight.NONE, "M": Sight.LINE, "F": Sight.FULL, "I": Sight.INNER}
HEAD_DEEDS = (
    "send_back escalate redirect approve_implement approve_pilot refuse override_implement "
    "override_pilot open_vote vote close_vote form_council conclude_council open_step consult "
    "request_party_opinion"
)
DESK_DEEDS = "check_legal send_back consult request_party_opinion minute confirm_decision"
# By stage, in the order of Stage: draft, submitted, under_review, returned, escalated,
# approved_implement, approved_pilot, monitored, evaluated, concluded, refused, withdrawn,
# redirected.
SEES = {
    C.PROPOSER: "F F F F F F F F F F F F F",
    C.COAUTHOR: "F F F F F F F F F F F F F",
    C.FOCAL: "- I I I I I I I I I I I I",
    C.HEAD: "- I I I I I I I I I I I I",
    C.DEPUTY: "- I I I I I I I I I I I I",
    C.AGENCY: "- I I I I I I I I I I I I",
    C.ASSIGNED: "- - I - I F F F F F F F F",
    C.TEAM: "- - - - - F F F F F - - -",
    C.CONSULTED: "- - F - F - - - - - - - -",
    C.HOME_AFFAIRS: "- M M M M F F F F F F M F",
    C.PROVINCE: "- - - - - F F F F F F - -",
    C.INSPECTOR: "- F F F F F F F F F F F F",
}
MAY = {
    (C.PROPOSER, S.DRAFT): "edit submit discard invite",
    (C.PROPOSER, S.SUBMITTED): "withdraw",
    (C.PROPOSER, S.UNDER_REVIEW): "withdraw",
    (C.PROPOSER, S.RETURNED): "edit resubmit withdraw",
    (C.PROPOSER, S.ESCALATED): "withdraw",
    (C.PROPOSER, S.REFUSED): "answer_refusal copy",
    (C.PROPOSER, S.WITHDRAWN): "copy",
    (C.COAUTHOR, S.DRAFT): "edit confirm_share",
    (C.COAUTHOR, S.RETURNED): "edit",
    (C.FOCAL, S.SUBMITTED): "receive send_back",
    (C.FOCAL, S.UNDER_REVIEW): DESK_DEEDS,
    (C.FOCAL, S.ESCALATED): DESK_DEEDS,
    (C.HEAD, S.SUBMITTED): "receive send_back redirect",
    (C.HEAD, S.UNDER_REVIEW): HEAD_DEEDS,
    (C.HEAD, S.ESCALATED): HEAD_DEEDS,
    (C.HEAD, S.APPROVED_IMPLEMENT): "revoke_decision",
    (C.HEAD, S.APPROVED_PILOT): "revoke_decision",
    (C.HEAD, S.REFUSED): "revoke_decision reopen forward_answer",
    (C.DEPUTY, S.UNDER_REVIEW): "vote confirm_decision",
    (C.DEPUTY, S.ESCALATED): "vote confirm_decision",
    (C.ASSIGNED, S.UNDER_REVIEW): "vote give_party_opinion give_appraisal",
    (C.ASSIGNED, S.ESCALATED): "vote give_party_opinion give_appraisal",
    (C.CONSULTED, S.UNDER_REVIEW): "give_opinion",
    (C.CONSULTED, S.ESCALATED): "give_opinion",
}


def test_every_capacity_and_stage_is_specified():
    assert set(SEES) == set(Capacity) == set(TABLE)
    assert all(len(row.split()) == len(Stage) for row in SEES.values())


@pytest.mark.parametrize(("capacity", "stage"), list(product(Capacity, Stage)))
def test_matrix_every_cell(capacity, stage):
    sees = SEES[capacity].split()[list(Stage).index(stage)]
    may = MAY.get((capacity, stage), "")

    assert cell(capacity, stage).sight == SIGHTS[sees]
    assert cell(capacity, stage).actions == set(may.split())


# Who the people of the small province are to a proposal of its department's official.
CAPACITIES = {
    "official": {C.PROPOSER},
    "colleague": set(),
    "head": {C.HEAD, C.AGENCY},
    "deputy": {C.DEPUTY, C.AGENCY},
    "focal": {C.FOCAL, C.AGENCY},
    "clerk": {C.AGENCY},
    "chairman": {C.PROVINCE},
    "vice_chairman": {C.PROVINCE},
    "provincial_officer": {C.PROVINCE},
    "provincial_clerk": set(),
    "section_head": set(),
    "section_official": set(),
    "home_affairs_head": set(),
    "home_affairs_lead": {C.HOME_AFFAIRS},
    "home_affairs_officer": {C.HOME_AFFAIRS},
    "home_affairs_clerk": set(),
    "district_head": set(),
    "district_deputy": set(),
    "district_focal": set(),
    "district_clerk": set(),
    "district_official": set(),
    "inspector": {C.INSPECTOR},
    "admin": set(),
}


@pytest.mark.django_db
def test_what_each_person_is_to_a_proposal():
    province = make_province()
    proposal = make_proposal(
        Stage.UNDER_REVIEW, proposer=province.official, agency=province.department
    )

    found = {name: rules.capacities(proposal, user) for name, user in province.people.items()}

    assert found == {name: frozenset(held) for name, held in CAPACITIES.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(Stage))
def test_lists_and_pages_show_what_the_table_says(stage):
    """The query sets are the table in SQL: each person finds what the rule lets them see."""
    province = make_province()
    proposal = make_proposal(stage, proposer=province.official, agency=province.department)
    order = list(Stage).index(stage)
    Proposal.objects.filter(stage=S.REFUSED).update(answered_at=timezone.now())
    proposal = Proposal.objects.get(pk=proposal.pk)

    for name, user in province.people.items():
        sees = max((SIGHTS[SEES[c].split()[order]] for c in CAPACITIES[name]), default=Sight.NONE)
        assert rules.sight(proposal, user) == sees, name
        pages = Proposal.objects.visible_to(user)
        lines = Proposal.objects.listed_to(user)
        assert pages.filter(pk=proposal.pk).exists() == (sees >= Sight.FULL), name
        assert lines.filter(pk=proposal.pk).exists() == (sees >= Sight.LINE), name


@pytest.mark.django_db
def test_what_went_up_is_decided_above_and_still_seen_below():
    province = make_province()
    proposal = make_proposal(
        Stage.ESCALATED,
        proposer=province.official,
        agency=province.department,
        deciding_unit=province.unit,
    )

    assert rules.capacities(proposal, province.head) == {C.AGENCY}
    assert rules.capacities(proposal, province.chairman) == {C.HEAD, C.AGENCY, C.PROVINCE}
    assert rules.capacities(proposal, province.provincial_officer) == {
        C.FOCAL,
        C.AGENCY,
        C.PROVINCE,
    }
    assert "approve_pilot" in rules.actions_of(proposal, province.chairman)
    assert "approve_pilot" not in rules.actions_of(proposal, province.head)


@pytest.mark.django_db
def test_an_author_is_nothing_else():
    """Head, deputy or focal point: whoever takes part acts as an author alone (AZ-07)."""
    province = make_province()
    proposal = make_proposal(
        Stage.UNDER_REVIEW, proposer=province.deputy, agency=province.department
    )
    make_coauthor(proposal, province.focal)
    proposal = Proposal.objects.get(pk=proposal.pk)

    assert C.DEPUTY not in rules.capacities(proposal, province.deputy)
    assert C.FOCAL not in rules.capacities(proposal, province.focal)
    assert "vote" not in rules.actions_of(proposal, province.deputy)
    assert rules.sees_inner(proposal, province.deputy) is False


@pytest.mark.django_db
def test_whoever_declined_to_take_part_is_no_author():
    province = make_province()
    proposal = make_proposal(
        Stage.UNDER_REVIEW, proposer=province.official, agency=province.department
    )
    make_coauthor(proposal, province.deputy, declined_at=proposal.created_at)

    assert "vote" in rules.actions_of(proposal, province.deputy)


@pytest.mark.django_db
def test_two_posts_give_both_capacities():
    province = make_province()
    person = make_user(role=Role.DEPUTY_HEAD, unit=province.department)
    make_appointment(person, Role.INSPECTOR, province.unit)
    proposal = make_proposal(
        Stage.UNDER_REVIEW, proposer=province.official, agency=province.department
    )

    assert rules.capacities(proposal, person) == {C.DEPUTY, C.AGENCY, C.INSPECTOR}


def deeds_at(stage):
    return frozenset().union(*(cell(capacity, stage).actions for capacity in Capacity))


def test_every_move_has_a_cell_and_every_cell_of_a_move_its_move():
    """The machine and the table are one: a move that nobody may make, or a right to a move that is
    not there, is a mistake in one of them."""
    moves = list(Proposal.stage.field.get_all_transitions(Proposal))
    asked = {
        (move.permission.__name__.removeprefix("may_"), move.source)
        for move in moves
        if move.permission
    }
    sources = {move.name: {m.source for m in moves if m.name == move.name} for move in moves}

    assert [pair for pair in asked if pair[0] not in deeds_at(pair[1])] == []
    given = [(deed, stage) for stage in Stage for deed in deeds_at(stage) if deed in sources]
    several = {"resubmit"}  # three moves by where it was returned from, one deed
    assert [(d, s) for d, s in given if s not in sources[d] and d not in several] == []


@pytest.mark.django_db
def test_the_province_sees_a_refusal_once_it_was_answered():
    province = make_province()
    proposal = make_proposal(
        S.REFUSED, proposer=province.official, agency=province.department, answered_at=None
    )
    for user in (province.chairman, province.provincial_officer):
        assert rules.sight(proposal, user) == Sight.NONE
        assert not Proposal.objects.listed_to(user).filter(pk=proposal.pk).exists()

    Proposal.objects.update(answered_at=timezone.now())
    again = Proposal.objects.get(pk=proposal.pk)

    for user in (province.chairman, province.provincial_officer):
        assert rules.sight(again, user) == Sight.FULL
        assert Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()
