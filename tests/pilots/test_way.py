"""The way of the case on its proposal's page: the time of the work as adjusted and ended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from organisation.days import today
from organisation.stages import Role
from organisation.templatetags.portal import vn_date, vn_period
from pilots.actions import concluding, evaluating, halting, helping, incidents
from pilots.actions.adjusting import Change, ask_adjustment, decide_adjustment
from pilots.actions.starting import prepare
from pilots.actions.sweeping import show_late
from pilots.models import Pilot
from pilots.stages import HelpKind
from proposals.case import case_context
from proposals.models import Proposal
from proposals.stages import DecisionKind, Seat, StepKind
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.pilots import in_days, make_approved, make_started, make_team
from tests.pilots.test_evaluating import LOSS, ended, heard, opined, reported, said
from tests.pilots.test_following import told

pytestmark = pytest.mark.django_db


def tracked(pilot, user):
    """The small words of each step on the way of the case, as the person finds them."""
    proposal = Proposal.objects.for_detail().get(pk=pilot.proposal_id)
    return {step.label: step.small for step in case_context(proposal, user, "content")["tracker"]}


def test_the_way_of_the_case_shows_the_time_as_it_was_adjusted_and_ended():
    team = make_team()
    pilot = make_started(team)
    first = vn_period(pilot.starts_on, pilot.ends_on)
    assert tracked(pilot, team.leader)["Thí điểm"] == first

    later = Change("Mưa lũ làm chậm hai tháng.", ends_on=pilot.ends_on + timedelta(days=60))
    asked = ask_adjustment(pilot.pk, later, by=team.leader)
    decide_adjustment(asked.pk, by=team.head, is_approved=True)
    assert tracked(pilot, team.leader)["Thí điểm"] == vn_period(pilot.starts_on, later.ends_on)

    halting.complete(pilot.pk, by=team.head)
    assert tracked(pilot, team.leader)["Thí điểm"] == vn_period(pilot.starts_on, today())
    assert tracked(pilot, team.leader)["Đánh giá"] == ""


def test_the_way_of_the_case_says_when_it_was_evaluated():
    team = make_team()
    pilot, row = opined(team)
    assert tracked(pilot, team.leader)["Đánh giá"] == ""

    concluding.conclude(row.pk, said(pilot), by=team.head)

    assert tracked(pilot, team.leader)["Đánh giá"] == vn_date(today())


def test_lists_say_the_word_of_the_case():
    """The row of the proposal repeats the badge of its pilot, also when a day has made it late."""
    team = make_team()
    pilot = make_started(team)

    def shown():
        return Proposal.objects.get(pk=pilot.proposal_id).state_label

    assert shown() == "Đang thí điểm"
    halting.suspend(pilot.pk, by=team.head, reason="Bão.")
    assert shown() == "Tạm dừng"
    halting.resume(pilot.pk, by=team.head, reason="Hết bão.")

    Pilot.objects.filter(pk=pilot.pk).update(behind_from=in_days(-2))
    assert (show_late(today()), shown()) == (1, "Chậm tiến độ")
    Pilot.objects.filter(pk=pilot.pk).update(behind_from=None)
    assert (show_late(today()), shown()) == (1, "Đang thí điểm")
    assert show_late(today()) == 0

    halting.complete(pilot.pk, by=team.leader)
    assert shown() == "Chờ đánh giá"


@pytest.mark.parametrize(
    ("kind", "tab", "step"),
    [
        (DecisionKind.PILOT, "Theo dõi thí điểm", "Thí điểm"),
        (DecisionKind.IMPLEMENT, "Theo dõi thực hiện", "Thực hiện"),
    ],
)
def test_plain_implementation_is_followed_by_its_own_name(client, kind, tab, step):
    team = make_team()
    pilot = make_started(team)
    pilot.proposal.decisions.update(kind=kind)

    page = sign_in(client, team.leader).get(pilot.get_absolute_url()).context

    assert page["tabs"][0].label == tab
    assert step in [row.label for row in page["tracker"]]


@pytest.mark.parametrize("tab", ["content", "papers", "timeline"])
def test_every_tab_of_the_case_shows_how_far_the_pilot_is(client, tab):
    team = make_team()
    pilot = make_started(team)
    incidents.report_incident(pilot.pk, told(), by=team.member)

    address = reverse(f"proposals:{tab}", args=[pilot.proposal.ref])
    page = sign_in(client, team.leader).get(address).context

    assert page["state_label"] == "Đang thí điểm"
    assert page["primary"].label == "Lập báo cáo tiến độ"
    counts = {row.label: row.count for row in page["tabs"] if row.count}
    assert counts == {"Sự cố": 1, "Hồ sơ minh chứng": "6/10"}


def test_the_holder_line_names_the_leader_and_never_what_another_agency_was_asked(client):
    """The milestone in a fortnight and the request due tomorrow are not the next thing."""
    team = make_team()
    pilot = make_started(team)
    team.leader.phone = "0912 345 678"
    team.leader.save()
    sooner = helping.Asked(HelpKind.MONEY, "Hỗ trợ 18 triệu đồng.", make_unit(), in_days(1), "")
    helping.ask_help(pilot.pk, sooner, by=team.leader)

    answer = sign_in(client, team.leader).get(pilot.get_absolute_url())

    assert answer.context["clock"].verb == "Lập báo cáo tiến độ kỳ 1"
    assert f"Trưởng nhóm: {team.leader.full_name}" in answer.content.decode()
    assert 'href="tel:0912 345 678"' in answer.content.decode()


WAY = {  # what an evaluation waits for: who finds which page behind their first button
    ended: {"leader": "result_report", "head": None},
    reported: {"liaison": "party_opinion", "leader": None},
    heard: {"deputy": "opinion", "head": "evaluation"},
    opined: {"head": "conclude", "deputy": None},
}


@pytest.mark.parametrize("step", WAY)
def test_the_first_button_leads_to_what_the_evaluation_waits_for(client, step):
    team = make_team()
    pilot, row = step(team)

    for name, route in WAY[step].items():
        act = sign_in(client, getattr(team, name)).get(pilot.get_absolute_url()).context["primary"]
        args = [pilot.proposal.ref] + [row.ref] * (route != "evaluation")
        assert (act and act.url) == (route and reverse(f"pilots:{route}", args=args)), name


def test_after_the_conclusion_it_is_told_then_weighed_then_recorded(client):
    team = make_team()
    pilot, row = opined(team)
    concluding.conclude(row.pk, said(pilot, has_damage=True, damages=[LOSS]), by=team.head)

    def first(person):
        return sign_in(client, person).get(pilot.get_absolute_url()).context["primary"].label

    assert first(team.focal) == first(team.head) == "Ghi nhận đã thông báo"
    evaluating.issue_notice(row.pk, by=team.focal)
    assert first(team.focal) == "Lập hồ sơ xem xét"
    page = sign_in(client, team.head).get(pilot.get_absolute_url()).context
    assert page["primary"] is None  # what cannot be done yet is no first button, but says why
    assert "lập hồ sơ xem xét trách nhiệm trước" in page["why_not"]
    assert "Ghi nhận kết quả" in [act.label for act in page["others"]]


def test_who_does_not_see_the_pilot_finds_the_case_without_it(client):
    """Somebody who sat in the council sees the dossier, and nothing of how it is carried out."""
    team = make_team()
    pilot = make_started(team)
    person = make_user(role=Role.PROPOSER)
    step = pilot.proposal.steps.create(kind=StepKind.APPRAISAL_COUNCIL, unit=team.agency)
    step.members.create(person=person, seat=Seat.MEMBER)

    address = reverse("proposals:content", args=[pilot.proposal.ref])
    page = sign_in(client, person).get(address).context

    assert "state_label" not in page
    assert page["primary"] is None


def test_the_head_may_still_revoke_before_the_start(client):
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)

    page = sign_in(client, team.head).get(pilot.get_absolute_url()).context

    acts = [page["primary"], *page["others"]]
    assert "Thu hồi quyết định" in [act.label for act in acts]
    assert len({act.url for act in acts}) == len(acts)
