"""Evaluations: who is heard, in which order, what a conclusion needs, what follows from it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from deadlines.parties import Holder
from deadlines.visibility import may_see_clock
from documents.models import OfficialDocument
from journal.conflicts import Conflict
from journal.models import Content
from notifications.models import Notice
from organisation.stages import Role
from pilots import people
from pilots.actions import concluding, conclusions, evaluating, halting
from pilots.actions.base import Incomplete
from pilots.models import Evaluation, PilotMember
from pilots.stages import (
    CauseKind,
    CauseWeight,
    DamageKind,
    EvaluationState,
    PilotState,
    Recommendation,
    Result,
)
from proposals.stages import Stage
from tests.factories.organisation import make_appointment, make_user
from tests.factories.pilots import (
    clock_rules,
    fresh,
    make_started,
    make_team,
    open_clocks,
)

pytestmark = pytest.mark.django_db
LONG = "Mưa lũ làm gián đoạn hai tháng nên mức đạt thấp hơn dự kiến ban đầu."


def ended(team):
    pilot = make_started(team)
    halting.complete(pilot.pk, by=team.leader)
    return fresh(pilot), Evaluation.objects.get(pilot=pilot)


def reported(team):
    pilot, row = ended(team)
    evaluating.report_result(row.pk, by=team.leader, report="Đã trả 1.026 hồ sơ.")
    return pilot, Evaluation.objects.get(pk=row.pk)


def heard(team):
    pilot, row = reported(team)
    evaluating.record_party_opinion(row.pk, by=team.liaison, opinion="Nhất trí.")
    return pilot, Evaluation.objects.get(pk=row.pk)


def opined(team):
    pilot, row = heard(team)
    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Đạt.")
    return pilot, row


def said(pilot, value="95", **over):
    facts = {
        "result": Result.COMPLETED,
        "recommendation": Recommendation.REPLICATE,
        "lessons": "Cần đối soát hằng ngày với bưu cục.",
        "has_damage": False,
        "values": {row.pk: Decimal(value) for row in pilot.indicators.all()},
    } | over
    return conclusions.Conclusion(**facts)


LOSS = conclusions.DamageLine(DamageKind.PEOPLE, 84_000_000, "Hai hộ trồng thử")
CAUSE = conclusions.CauseLine(CauseKind.OBJECTIVE, "Mưa lũ.", CauseWeight.MAIN)


def test_the_result_report_starts_the_clock_of_the_meeting():
    team = make_team()

    pilot, row = reported(team)

    assert clock_rules(pilot) == ["EVALUATION_MEETING", "OPINION"]
    meeting = next(c for c in open_clocks(pilot) if c.rule.code == "EVALUATION_MEETING")
    assert meeting.rule.amount == 7
    assert (meeting.holder_role, meeting.holder_unit) == ("agency_head", team.agency)
    assert row.report_content.facts["text"] == "Đã trả 1.026 hồ sơ."


def test_own_people_are_barred_from_the_meeting_clock():
    team = make_team()
    make_appointment(team.member, Role.AGENCY_HEAD, team.agency)

    pilot, _ = reported(team)

    meeting = next(c for c in open_clocks(pilot) if c.rule.code == "EVALUATION_MEETING")
    assert Holder.of(meeting).role == "agency_head"
    barred = {bar.person for bar in meeting.bars.all()}
    assert barred == {team.leader, team.member}


def test_the_party_committee_is_heard_before_the_meeting():
    team = make_team()
    pilot, row = reported(team)

    with pytest.raises(Incomplete) as raised:
        concluding.conclude(row.pk, said(pilot), by=team.head)

    assert "Chưa có ý kiến của cấp ủy cùng cấp." in raised.value.items


def test_the_collective_is_seated_without_the_own_people():
    team = make_team()
    make_appointment(team.member, Role.DEPUTY_HEAD, team.agency)

    _, row = heard(team)

    seats = {seat.person: seat.seat for seat in row.evaluators.all()}
    assert seats == {team.head: "chair", team.deputy: "member"}


def test_members_speak_once_and_only_from_their_seat():
    team = make_team()
    _, row = heard(team)

    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Đạt.")

    with pytest.raises(Conflict):
        evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Đạt.")
    for person in (team.leader, team.member, team.focal, team.monitor):
        with pytest.raises(PermissionDenied):
            evaluating.give_opinion(row.pk, by=person, opinion="completed", text="Đạt.")


def test_an_opinion_needs_a_choice_and_a_reason():
    team = make_team()
    _, row = heard(team)

    with pytest.raises(Incomplete) as raised:
        evaluating.give_opinion(row.pk, by=team.deputy, opinion="", text="")

    assert raised.value.items == ["Chọn ý kiến về kết quả.", "Nêu lý do của ý kiến."]


def test_opinions_are_never_quoted_in_the_timeline():
    team = make_team()
    opined(team)

    contents = Content.objects.filter(kind__in=["evaluation_opinion", "evaluation_party_opinion"])
    assert contents.count() == 2
    assert not any("quote" in content.facts for content in contents)


def test_an_empty_conclusion_says_all_that_is_missing():
    team = make_team()
    pilot, row = heard(team)
    empty = conclusions.Conclusion(result="", recommendation="", lessons="")

    with pytest.raises(Incomplete) as raised:
        concluding.conclude(row.pk, empty, by=team.head)

    assert raised.value.items == [
        "Còn 1 thành viên chưa cho ý kiến.",
        "Nhập số cuối cùng của chỉ tiêu “Kết quả trả tại nhà đúng hẹn”.",
        "Chọn kết quả.",
        "Chọn có hay không có thiệt hại.",
        "Nhập bài học.",
        "Chọn kiến nghị.",
    ]
    assert fresh(pilot).state == PilotState.COMPLETED


def test_a_result_that_was_not_reached_needs_a_cause():
    team = make_team()
    pilot, row = opined(team)
    half = said(pilot, "80", result=Result.PARTIALLY_COMPLETED)

    with pytest.raises(Incomplete) as raised:
        concluding.conclude(row.pk, half, by=team.head)

    assert raised.value.items == ["Nêu ít nhất một nguyên nhân: khách quan trước, chủ quan sau."]


@pytest.mark.parametrize(
    ("value", "result", "figures"),
    [
        ("80", Result.COMPLETED, "Đạt một phần"),
        ("71.5", Result.PARTIALLY_COMPLETED, "Chưa đạt mục tiêu"),
        ("95", Result.NOT_COMPLETED, "Đạt mục tiêu"),
    ],
)
def test_a_conclusion_against_the_figures_needs_words(value, result, figures):
    team = make_team()
    pilot, row = opined(team)
    facts = said(pilot, value, result=result, causes=[CAUSE])

    with pytest.raises(Incomplete) as raised:
        concluding.conclude(row.pk, facts, by=team.head)

    assert raised.value.items == [
        f"Theo số liệu, kết quả là “{figures}”. Nêu nhận định, ít nhất 10 chữ, khi kết luận khác."
    ]
    facts = said(pilot, value, result=result, causes=[CAUSE], assessment=LONG)
    assert concluding.conclude(row.pk, facts, by=team.head).result == result


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ({"has_damage": True}, "Nhập loại, giá trị và bên chịu thiệt hại."),
        (
            {"damages": [conclusions.DamageLine(DamageKind.BUDGET, 5_000_000, "Sở")]},
            "Đã chọn không có thiệt hại. Bỏ các dòng thiệt hại, hoặc chọn có.",
        ),
    ],
)
def test_damage_is_said_one_way(damage, message):
    team = make_team()
    pilot, row = opined(team)

    with pytest.raises(Incomplete) as raised:
        concluding.conclude(row.pk, said(pilot, **damage), by=team.head)

    assert raised.value.items == [message]


def test_the_conclusion_moves_pilot_and_proposal_on():
    team = make_team()
    pilot, row = opined(team)
    facts = said(
        pilot,
        "80",
        result=Result.PARTIALLY_COMPLETED,
        causes=[conclusions.CauseLine(CauseKind.SUBJECTIVE, "Thiếu người.", "slight"), CAUSE],
        has_damage=True,
        damages=[conclusions.DamageLine(DamageKind.BUDGET, 5_000_000, "Sở")],
    )

    row = concluding.conclude(row.pk, facts, by=team.head)

    pilot = fresh(pilot)
    assert (pilot.state, pilot.result) == (PilotState.EVALUATED, "partially_completed")
    assert pilot.proposal.stage == Stage.EVALUATED
    assert row.final_values.get().percent == 36
    assert [cause.kind for cause in row.causes.order_by("pk")] == ["objective", "subjective"]
    assert row.content.facts["damages"][0]["amount"] == 5_000_000
    assert clock_rules(pilot) == ["EVALUATION_NOTICE", "LIABILITY_OPEN"]
    assert open_clocks(pilot)[0].rule.amount == 3
    notice = OfficialDocument.objects.get(kind="notice")
    assert notice.facts["body"][1]["children"][0]["text"] == "Đạt một phần."
    assert team.deputy.full_name not in str(notice.facts)
    told = {n.recipient for n in Notice.objects.filter(subject__contains="kết luận đánh giá")}
    assert {team.leader, team.member, team.focal} <= told


def test_the_notice_leaves_the_head_to_record_the_outcome():
    team = make_team()
    pilot, row = opined(team)
    concluding.conclude(row.pk, said(pilot), by=team.head)

    row = evaluating.issue_notice(row.pk, by=team.focal)

    assert row.notified_on is not None
    assert clock_rules(pilot) == ["CONCLUSION"]
    task = open_clocks(pilot)[0]
    assert task.url == reverse("accountability:conclude", args=[pilot.proposal.ref])
    assert list(Clock.objects.held_by(team.head).filter(pk=task.pk)) == [task]
    assert not may_see_clock(team.leader, task)  # when it runs says whether something is weighed
    shown = fresh(pilot).proposal
    assert (shown.holder, shown.due_on) == (team.head.display, None)
    with pytest.raises(Conflict):
        evaluating.issue_notice(row.pk, by=team.focal)


def weighing_task(row):
    return Clock.objects.of_subject("evaluation", row.ref).filter(rule__code="LIABILITY_OPEN")


@pytest.mark.parametrize(
    ("over", "waits"),
    [
        ({}, 0),
        ({"result": Result.PARTIALLY_COMPLETED, "causes": [CAUSE], "assessment": LONG}, 1),
        ({"has_damage": True, "damages": [LOSS]}, 1),
    ],
)
def test_what_fell_short_or_did_damage_asks_the_desk_for_a_case(over, waits):
    team = make_team()
    pilot, row = opined(team)

    concluding.conclude(row.pk, said(pilot, **over), by=team.head)

    assert weighing_task(row).held_by(team.focal).count() == waits
    if waits:
        task = weighing_task(row).get()
        assert task.url == reverse("accountability:liability_open", args=[pilot.proposal.ref])
        assert (task.verb, task.rule.amount) == ("Lập hồ sơ xem xét trách nhiệm", 5)
        of_the_case = Clock.objects.of_subject("proposal", pilot.proposal.ref)
        assert not of_the_case.filter(rule__code="LIABILITY_OPEN").exists()  # none else sees it


@pytest.mark.parametrize(
    ("taking_part", "role"), [(["focal"], "agency_head"), (["focal", "head"], "home_affairs_lead")]
)
def test_nobody_is_asked_to_open_a_case_about_themselves(taking_part, role):
    team = make_team()
    make_user(role=Role.HOME_AFFAIRS_LEAD)
    pilot = make_started(team)
    for name in taking_part:
        PilotMember.objects.create(pilot=pilot, person=getattr(team, name))

    assert people.case_opener(fresh(pilot)).role == role


def test_an_evaluation_is_concluded_once():
    team = make_team()
    pilot, row = opined(team)
    concluding.conclude(row.pk, said(pilot), by=team.head)

    with pytest.raises(Conflict):
        concluding.conclude(row.pk, said(pilot), by=team.head)


@pytest.mark.parametrize("role", ["leader", "member", "deputy", "focal", "liaison", "monitor"])
def test_only_the_head_concludes(role):
    team = make_team()
    pilot, row = opined(team)

    with pytest.raises(PermissionDenied):
        concluding.conclude(row.pk, said(pilot), by=getattr(team, role))


def test_a_member_of_the_team_who_became_head_does_not_evaluate():
    team = make_team()
    pilot, row = opined(team)
    make_appointment(team.member, Role.AGENCY_HEAD, team.agency)

    with pytest.raises(PermissionDenied):
        concluding.conclude(row.pk, said(pilot), by=team.member)


def test_an_interim_review_leaves_the_pilot_running():
    team = make_team()
    pilot = make_started(team)
    row = evaluating.open_interim(pilot.pk, by=team.head)
    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Tốt.")

    row = concluding.conclude(row.pk, said(pilot), by=team.head)

    assert row.state == EvaluationState.CONCLUDED
    assert fresh(pilot).state == PilotState.RUNNING
    assert clock_rules(pilot) == ["MILESTONE", "PROGRESS_REPORT"]


def test_one_interim_review_at_a_time():
    team = make_team()
    pilot = make_started(team)
    evaluating.open_interim(pilot.pk, by=team.head)

    with pytest.raises(Conflict):
        evaluating.open_interim(pilot.pk, by=team.head)


def test_where_nobody_speaks_for_the_committee_the_focal_point_is_asked():
    team = make_team()
    team.liaison.appointments.all().delete()

    pilot, _ = reported(team)

    opinion = next(c for c in open_clocks(pilot) if c.rule.code == "OPINION")
    assert opinion.holder_role == "agency_focal"


def test_the_evaluated_pilot_is_closed_by_the_room_above():
    team = make_team()
    pilot, row = opined(team)
    concluding.conclude(row.pk, said(pilot), by=team.head)

    halting.close(pilot.pk, by=team.head)

    assert fresh(pilot).state == PilotState.CLOSED
