"""Adjustments, suspension, early stop and end: clocks, versions, papers."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import OfficialDocument
from journal.conflicts import Conflict
from notifications.models import Notice
from organisation.stages import Role
from pilots.actions import adjusting, halting
from pilots.actions.base import Incomplete
from pilots.comparing import compare
from pilots.models import Evaluation
from pilots.stages import AdjustmentState, PilotState
from tests.factories.organisation import make_user
from tests.factories.pilots import (
    clock_rules,
    fresh,
    in_days,
    make_started,
    make_team,
    open_clocks,
)

pytestmark = pytest.mark.django_db
S = PilotState


def ask(pilot, team, **over):
    facts = {"reason": "Mưa lũ kéo dài nên cần thêm thời gian."} | over
    return adjusting.ask_adjustment(pilot.pk, adjusting.Change(**facts), by=team.leader)


def test_an_adjustment_waits_for_the_head():
    team = make_team()
    pilot = make_started(team)

    adjustment = ask(pilot, team, ends_on=in_days(240))

    assert (adjustment.number, adjustment.state) == (1, AdjustmentState.WAITING)
    pilot = fresh(pilot)
    assert pilot.state == S.ADJUSTING
    assert "ADJUSTMENT_DECISION" in clock_rules(pilot)
    assert pilot.proposal.holder.startswith(team.head.full_name)


def test_approval_changes_the_plan_and_keeps_both_versions():
    team = make_team()
    pilot = make_started(team)
    indicator = pilot.indicators.get()
    adjustment = ask(
        pilot,
        team,
        ends_on=in_days(240),
        budget=150_000_000,
        targets={indicator.pk: Decimal("90")},
    )

    adjustment = adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=True)

    pilot = fresh(pilot)
    assert (pilot.state, pilot.ends_on, pilot.budget) == (S.RUNNING, in_days(240), 150_000_000)
    assert pilot.indicators.get().target == Decimal("90")
    assert (adjustment.before.number, adjustment.after.number) == (1, 2)
    rows = compare(adjustment.before.content.facts, adjustment.after.content.facts)
    changed = {row.label: (row.old, row.new) for row in rows if row.kind}
    assert changed["Kinh phí"] == ("120,0 triệu đồng", "150,0 triệu đồng")
    assert changed["Chỉ tiêu: Kết quả trả tại nhà đúng hẹn"] == (
        "từ 71,5 đến 95% số hồ sơ",
        "từ 71,5 đến 90% số hồ sơ",
    )
    assert set(changed) == {"Đến ngày", "Kinh phí", "Chỉ tiêu: Kết quả trả tại nhà đúng hẹn"}
    assert OfficialDocument.objects.get().kind == "decision"
    assert "ADJUSTMENT_DECISION" not in clock_rules(pilot)


def test_reports_follow_a_later_end():
    team = make_team()
    pilot = make_started(team, ends_on=in_days(100))
    before = pilot.reports.count()
    adjustment = ask(pilot, team, ends_on=in_days(190))

    adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=True)

    last = pilot.reports.order_by("-number").first()
    assert pilot.reports.count() > before
    assert last.period_to == in_days(190)
    assert clock_rules(pilot).count("PROGRESS_REPORT") == 1


def test_refusal_keeps_the_plan_and_says_why():
    team = make_team()
    pilot = make_started(team)
    adjustment = ask(pilot, team, ends_on=in_days(240))

    with pytest.raises(Incomplete):
        adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=False)
    adjusting.decide_adjustment(
        adjustment.pk, by=team.head, is_approved=False, answer="Chưa đủ căn cứ."
    )

    assert (fresh(pilot).state, fresh(pilot).ends_on) == (S.RUNNING, pilot.ends_on)
    assert pilot.plan_versions.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "Nhập ít nhất một nội dung cần điều chỉnh."),
        ({"scope": "Hai xã của huyện Ninh Sơn"}, "Nhập ít nhất một nội dung cần điều chỉnh."),
        ({"ends_on": in_days(0)}, "Thời hạn mới phải sau hôm nay."),
        ({"ends_on": in_days(240), "reason": " "}, "Nêu lý do điều chỉnh."),
    ],
)
def test_what_an_adjustment_needs(change, message):
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete) as raised:
        ask(pilot, team, **change)

    assert raised.value.items == [message]


def test_a_target_must_stay_in_its_direction():
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete):
        ask(pilot, team, targets={pilot.indicators.get().pk: Decimal("50")})


def test_an_adjustment_is_decided_once_and_by_another():
    team = make_team()
    adjustment = ask(make_started(team), team, ends_on=in_days(240))

    with pytest.raises(PermissionDenied):
        adjusting.decide_adjustment(adjustment.pk, by=team.leader, is_approved=True)
    adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=True)
    with pytest.raises(Conflict):
        adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=True)


def test_suspension_pauses_the_work_and_tells_home_affairs():
    team = make_team()
    pilot = make_started(team)
    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)

    halt = halting.suspend(pilot.pk, by=team.head, reason="Dịch bệnh.")

    clocks = {clock.rule.code: clock.state for clock in open_clocks(pilot)}
    assert clocks == {
        "MILESTONE": "paused",
        "PROGRESS_REPORT": "paused",
        "SUSPENSION_REVIEW": "running",
    }
    assert fresh(pilot).state == S.SUSPENDED
    assert halt.document.kind == "decision"
    assert Notice.objects.filter(recipient=officer, subject__contains="tạm dừng").exists()


def test_resumption_counts_again():
    team = make_team()
    pilot = make_started(team)
    halting.suspend(pilot.pk, by=team.head, reason="Dịch bệnh.")

    halting.resume(pilot.pk, by=team.head, reason="Hết dịch.")

    clocks = {clock.rule.code: clock.state for clock in open_clocks(pilot)}
    assert clocks == {"MILESTONE": "running", "PROGRESS_REPORT": "running"}
    assert fresh(pilot).state == S.RUNNING
    assert pilot.halts.get().ended_by == team.head


def test_a_suspension_needs_a_reason():
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete):
        halting.suspend(pilot.pk, by=team.head, reason="  ")
    assert fresh(pilot).state == S.RUNNING


@pytest.mark.parametrize("suspended", [True, False])
def test_an_early_stop_opens_the_evaluation(suspended):
    team = make_team()
    pilot = make_started(team)
    if suspended:
        halting.suspend(pilot.pk, by=team.head, reason="Dịch bệnh.")

    halting.terminate(
        pilot.pk, by=team.head, reason="Không còn khả thi.", hand_back="Trả kết quả như cũ."
    )

    pilot = fresh(pilot)
    assert (pilot.state, pilot.ended_on) == (S.TERMINATED, in_days(0))
    assert clock_rules(pilot) == ["RESULT_REPORT"]
    assert Evaluation.objects.get().state == "reporting"


def test_an_early_stop_needs_a_way_back():
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete) as raised:
        halting.terminate(pilot.pk, by=team.head, reason="Không còn khả thi.", hand_back="")

    assert raised.value.items == ["Nhập phương án trả lại như cũ."]


def test_the_end_asks_the_leader_for_the_result():
    team = make_team()
    pilot = make_started(team)

    halting.complete(pilot.pk, by=team.leader)

    clock = open_clocks(pilot)[0]
    assert (clock.rule.code, clock.holder_user) == ("RESULT_REPORT", team.leader)
    assert clock.rule.amount == 5
    pilot = fresh(pilot)
    assert pilot.state == S.COMPLETED
    assert pilot.proposal.holder.startswith(team.leader.full_name)
    assert pilot.proposal.due_on == clock.due_on


def test_a_pilot_does_not_close_itself():
    """Past its end it is overdue, not over (quy-trinh.md §3.2)."""
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Conflict):
        halting.close(pilot.pk, by=team.head)
