"""Who carries out what was allowed opens the case: from the approval on, as long as they do."""

import pytest
from django.urls import reverse

from organisation.actions import units
from organisation.days import today
from organisation.stages import Role
from proposals import people, rules
from proposals.actions.participants import name_team
from proposals.models import Proposal
from proposals.rights import Sight
from proposals.stages import DecisionState, Stage
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.proposals import make_proposal
from tests.proposals.flows import make_seeded_province

pytestmark = pytest.mark.django_db
FROM_APPROVAL = {
    Stage.APPROVED_IMPLEMENT,
    Stage.APPROVED_PILOT,
    Stage.MONITORED,
    Stage.EVALUATED,
    Stage.CONCLUDED,
}


@pytest.fixture
def province():
    return make_seeded_province()


def sees(proposal, user):
    return Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()


def within_reach(proposal, user):
    return Proposal.objects.within_reach(user).filter(pk=proposal.pk).exists()


@pytest.mark.parametrize("stage", list(Stage))
def test_the_team_sees_the_dossier_from_the_approval_on(province, stage):
    proposal = make_proposal(stage, proposer=province.official, agency=province.department)
    name_team(proposal, {province.colleague.pk})

    assert sees(proposal, province.colleague) == (stage in FROM_APPROVAL)
    assert within_reach(proposal, province.colleague) == (stage in FROM_APPROVAL)
    expected = Sight.FULL if stage in FROM_APPROVAL else Sight.NONE
    assert rules.sight(proposal, province.colleague) == expected
    assert rules.actions_of(proposal, province.colleague) == frozenset()


def test_who_leaves_sees_it_no_longer_and_stays_written_down(province):
    proposal = make_proposal(
        Stage.MONITORED, proposer=province.official, agency=province.department
    )
    stays = make_user(role=Role.PROPOSER, unit=province.department)
    name_team(proposal, {province.colleague.pk, stays.pk})

    name_team(proposal, {stays.pk})

    assert not sees(proposal, province.colleague)
    assert rules.sight(proposal, province.colleague) == Sight.NONE
    assert sees(proposal, stays)
    rows = proposal.participants.values_list("person_id", "until")
    assert dict(rows) == {province.colleague.pk: today(), stays.pk: None}


def test_who_comes_back_is_named_a_second_time(province):
    proposal = make_proposal(
        Stage.MONITORED, proposer=province.official, agency=province.department
    )
    for named in ({province.colleague.pk}, set(), {province.colleague.pk}):
        name_team(proposal, named)

    assert sees(proposal, province.colleague)
    assert proposal.participants.filter(person=province.colleague).count() == 2


def test_a_deputy_in_the_team_sees_nothing_of_the_review(client, province):
    """AZ-06, AZ-07: opinions and votes stay closed to those who do the work."""
    proposal = make_proposal(
        Stage.MONITORED, proposer=province.official, agency=province.department
    )
    name_team(proposal, {province.deputy.pk})

    assert not rules.sees_inner(Proposal.objects.get(pk=proposal.pk), province.deputy)
    opinions = reverse("proposals:opinions", args=[proposal.ref])
    content = sign_in(client, province.deputy).get(
        reverse("proposals:content", args=[proposal.ref])
    )
    assert content.status_code == 200
    assert opinions not in content.content.decode()


@pytest.mark.parametrize("bond", ["implementer", "monitor"])
def test_who_was_named_by_a_revoked_decision_does_not_see_the_next_review(province, bond):
    proposal = make_proposal(
        Stage.APPROVED_PILOT, proposer=province.official, agency=province.department
    )
    proposal.decisions.update(implementer=None, monitor=province.clerk)
    proposal.decisions.update(**{bond: province.colleague})
    assert sees(proposal, province.colleague)

    proposal.decisions.update(state=DecisionState.REVOKED)
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.UNDER_REVIEW)

    again = Proposal.objects.get(pk=proposal.pk)
    assert not sees(again, province.colleague)
    assert rules.sight(again, province.colleague) == Sight.NONE


def test_after_a_merger_the_head_of_the_successor_decides(province):
    proposal = make_proposal(proposer=province.official, agency=province.department)
    assert people.deciders(proposal) == [province.head]
    merged = make_unit("Sở Nông nghiệp và Môi trường")
    head = make_user(role=Role.AGENCY_HEAD, unit=merged)

    units.close_unit(province.department, by=None, valid_to=today())
    units.succeed(
        province.department,
        merged,
        by=None,
        kind="merge",
        effective_on=today(),
        basis_document="Nghị quyết số 01",
    )

    assert people.deciders(Proposal.objects.get(pk=proposal.pk)) == [head]
