"""The collective and the council speak once of a text, and nothing is asked while a decision waits
for its second person (quy-trinh.md §5, TX-05, AZ-08)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from documents.models import OfficialDocument
from organisation.days import today
from proposals import checks, digest
from proposals.actions import deciding, overriding, steps, supplement, votes
from proposals.actions.lifecycle import MoveRefused
from proposals.models import Proposal, ProposalPlan
from proposals.screen import steps_of
from proposals.stages import Ballot, DecisionKind, Stage, StepConclusion, StepKind
from tests.factories.organisation import make_user, sign_in
from tests.proposals.flows import (
    LONG,
    decide_pilot,
    make_checked,
    make_received,
    make_seeded_province,
    make_voted_down,
    refuse,
    reread,
)
from tests.proposals.test_supplement import ASKED

pytestmark = pytest.mark.django_db
WHY = {"why_necessary": LONG, "why_feasible": LONG}
HIDDEN = r'name="(key|version)" value="([^"]+)"'


@pytest.fixture
def province():
    return make_seeded_province()


def url_of(route, proposal):
    return reverse(f"proposals:{route}", args=[proposal.ref])


def resubmit(proposal, province):
    """The text is returned and comes back mended."""
    supplement.send_back(proposal.pk, ASKED, by=province.head)
    ProposalPlan.objects.filter(proposal=proposal).update(figures="1.204 hồ sơ năm 2025.")
    supplement.resubmit(proposal.pk, by=province.official)


def test_a_lost_vote_is_not_held_again_by_the_pages(client, province):
    proposal = make_checked(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    page = sign_in(client, province.head).get(url_of("vote", proposal)).content.decode()
    for person in (province.head, province.deputy):
        votes.cast(step.pk, Ballot.AGAINST, by=person)
    page = client.get(url_of("vote", proposal)).content.decode()
    client.post(url_of("close_vote", proposal), dict(re.findall(HIDDEN, page)))
    assert reread(proposal).vote_passed is False

    again = client.get(url_of("vote", proposal), follow=True).content.decode()
    assert "Bước này đã có kết luận đối với bản hiện nay" in again
    case = client.get(proposal.get_absolute_url()).content.decode()
    assert url_of("vote", proposal) not in case
    asked = client.get(url_of("open_step", proposal))
    assert "collective_vote" not in asked.content.decode()
    hidden = dict(re.findall(HIDDEN, asked.content.decode()))
    sent = client.post(url_of("vote", proposal), hidden | {"meeting_on": ""})
    opened = client.post(url_of("open_step", proposal), hidden | {"kind": "collective_vote"})

    assert "Bước này đã có kết luận" in sent.content.decode()
    assert opened.status_code == 200
    assert proposal.steps.filter(kind=StepKind.COLLECTIVE_VOTE).count() == 1
    assert reread(proposal).vote_passed is False


def test_nothing_is_asked_while_a_decision_waits(client, province):
    proposal = make_voted_down(province)
    decision = decide_pilot(proposal, province, **WHY)
    tries = (
        lambda: votes.open_vote(proposal.pk, by=province.head),
        lambda: steps.open_step(proposal.pk, StepKind.APPRAISAL_COUNCIL, by=province.head),
        lambda: steps.open_step(proposal.pk, StepKind.PARTY_OPINION, by=province.head),
        lambda: steps.request_party_opinion(proposal.pk, "Ý kiến?", by=province.head),
        lambda: supplement.send_back(proposal.pk, ASKED, by=province.focal),
    )
    for attempt in tries:
        with pytest.raises(MoveRefused, match="chờ người thứ hai xác nhận"):
            attempt()

    case = sign_in(client, province.head).get(proposal.get_absolute_url()).content.decode()
    for route in ("vote", "open_step", "party_question", "send_back"):
        assert url_of(route, proposal) not in case, route
    assert client.get(url_of("open_step", proposal)).url == proposal.get_absolute_url()

    overriding.decline(decision.pk, "Chưa đủ căn cứ để làm.", by=province.deputy)
    resubmit(proposal, province)
    assert votes.open_vote(proposal.pk, by=province.head).members.count() == 2


def test_a_council_concludes_once_of_a_text(province):
    proposal = make_checked(province)
    seats = [(province.head, "chair"), *((make_user(), "member") for _ in range(4))]
    step = votes.form_council(proposal.pk, seats, by=province.head)
    votes.conclude_council(
        step.pk, by=province.head, conclusion=StepConclusion.FAVOURABLE, text="Khả thi."
    )

    with pytest.raises(MoveRefused, match="đã có kết luận"):
        votes.form_council(proposal.pk, seats, by=province.head)
    resubmit(proposal, province)

    assert votes.form_council(proposal.pk, seats, by=province.head).members.count() == 5


def test_a_vote_not_all_have_cast_ends_on_its_day_and_knowingly(client, province):
    proposal = make_received(province)
    tomorrow = today() + timedelta(days=1)
    step = votes.open_vote(proposal.pk, by=province.head, meeting_on=tomorrow)
    votes.cast(step.pk, Ballot.FOR, by=province.head)
    silent = f"Còn 1 thành viên chưa biểu quyết: {province.deputy.full_name}."
    with pytest.raises(MoveRefused, match="Chưa đến ngày họp"):
        votes.close_vote(step.pk, by=province.head, without_silent=True)
    step.meeting_on = today()
    step.save()

    page = sign_in(client, province.head).get(url_of("vote", proposal)).content.decode()
    hidden = dict(re.findall(HIDDEN, page))
    asked = client.post(url_of("close_vote", proposal), hidden, follow=True).content.decode()
    assert silent in page
    assert asked.count(silent) == 2  # as the reason, and beside the tick
    assert reread(proposal).vote_passed is None
    hidden = dict(re.findall(HIDDEN, asked))
    client.post(url_of("close_vote", proposal), hidden | {"without_silent": "on"})

    assert reread(proposal).vote_passed is True
    alone = "Tập thể chỉ có một người biểu quyết."
    step.refresh_from_db()
    assert alone in step.content.facts["quote"]
    papers = proposal_papers(proposal)
    assert any(alone in str(facts) for facts in papers)
    found = checks.checks(
        reread(proposal),
        digest.facts_of(digest.latest_version(proposal)),
        steps_of(proposal.pk),
        province.head,
    )
    assert alone in [check.text for check in found if not check.passed]


def proposal_papers(proposal):
    return [paper.facts for paper in OfficialDocument.objects.of_stream(proposal.stream)]


def kinds_offered(client, user, proposal):
    page = sign_in(client, user).get(url_of("decide", proposal)).content.decode()
    return re.findall(r'name="kind"\s+value="(\w+)"', page)


def test_a_refusal_asks_for_the_required_steps(province):
    proposal = make_received(province)

    with pytest.raises(MoveRefused, match="bắt buộc chưa hoàn thành"):
        refuse(proposal, province)

    assert reread(proposal).stage == Stage.UNDER_REVIEW


def test_what_the_collective_passed_is_not_refused(client, province):
    """Nghị định 73/2023, Điều 8.1 lets the head go against a lost vote alone (ADR 0015)."""
    proposal = make_checked(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    for person in (province.head, province.deputy):
        votes.cast(step.pk, Ballot.FOR, by=person)
    votes.close_vote(step.pk, by=province.head)

    with pytest.raises(MoveRefused, match="Tập thể lãnh đạo đã thông qua"):
        refuse(proposal, province)

    assert reread(proposal).stage == Stage.UNDER_REVIEW
    offered = kinds_offered(client, province.head, proposal)
    assert offered == ["implement", "pilot", "escalate", "return"]


def test_a_case_goes_up_as_often_as_there_is_somebody_above(client, province):
    """A department that was given the case of its section hands it to the province in turn."""
    proposal = make_checked(province, deciding_unit=province.department)
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.ESCALATED)
    reason = {"reason": "Vượt thẩm quyền của Sở theo phân cấp."}
    assert "escalate" in kinds_offered(client, province.head, proposal)

    deciding.decide(proposal.pk, DecisionKind.ESCALATE, by=province.head, **reason)

    now = reread(proposal)
    assert (now.stage, now.deciding_unit) == (Stage.ESCALATED, province.unit)
    assert kinds_offered(client, province.chairman, now) == [
        "implement",
        "pilot",
        "return",
        "refuse",
    ]
    with pytest.raises(MoveRefused, match="không có cấp trên"):
        deciding.decide(proposal.pk, DecisionKind.ESCALATE, by=province.chairman, **reason)
