"""From the decision to a running pilot: rows, clocks, journal, and what a start needs."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from deadlines.seeds import seed_rules
from journal.conflicts import Conflict
from journal.models import Entry
from notifications.models import Notice
from pilots.actions.base import Incomplete
from pilots.actions.planning import IndicatorLine, save_plan
from pilots.actions.starting import months_later, periods, prepare, start
from pilots.actions.sweeping import open_due_reports, prepare_approved
from pilots.models import Pilot
from pilots.stages import Direction, PilotState
from proposals.models import Proposal
from proposals.stages import Stage
from tests.factories.organisation import make_user
from tests.factories.pilots import (
    a_plan,
    clock_rules,
    fresh,
    in_days,
    make_approved,
    make_started,
    make_team,
    open_clocks,
)
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules():
    seed_rules()


def test_prepare_takes_over_what_decision_and_proposal_say():
    team = make_team()
    proposal = make_approved(team)
    decision = proposal.decisions.get()

    pilot = prepare(proposal.pk, by=team.leader)

    assert (pilot.state, pilot.leader, pilot.monitor) == ("planned", team.leader, team.monitor)
    assert (pilot.starts_on, pilot.ends_on) == (decision.starts_on, decision.ends_on)
    assert pilot.budget == proposal.plan.budget
    assert pilot.stop_conditions == proposal.plan.stop_plan
    indicator = pilot.indicators.get()
    assert (indicator.name, indicator.direction) == ("Hồ sơ trả tại nhà", Direction.UP)
    assert clock_rules(pilot) == ["PILOT_START"]
    assert open_clocks(pilot)[0].holder_user == team.leader


def test_prepare_twice_makes_one_pilot():
    team = make_team()
    proposal = make_approved(team)

    assert prepare(proposal.pk, by=team.leader) == prepare(proposal.pk, by=team.head)
    assert Pilot.objects.count() == 1


def test_prepare_is_not_for_a_stranger():
    proposal = make_approved(make_team())

    with pytest.raises(PermissionDenied):
        prepare(proposal.pk, by=make_user())
    assert not Pilot.objects.exists()


def test_prepare_needs_an_approved_proposal():
    team = make_team()
    proposal = make_proposal(Stage.UNDER_REVIEW, proposer=team.leader, agency=team.agency)

    with pytest.raises(Conflict):
        prepare(proposal.pk, by=team.leader)


def test_the_sweep_prepares_each_approved_proposal_once():
    make_approved(make_team())

    assert (prepare_approved(), prepare_approved()) == (1, 0)
    assert Entry.objects.filter(action="pilot.prepare", role="system").count() == 1


def test_a_start_says_all_that_is_missing_at_once():
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)
    empty = a_plan(
        team, starts_on=None, ends_on=None, indicators=[], milestones=[], stop_conditions=""
    )
    save_plan(pilot.pk, empty, by=team.leader)

    with pytest.raises(Incomplete) as raised:
        start(pilot.pk, by=team.leader)

    assert raised.value.items == [
        "Nhập thời gian thực hiện: từ ngày, đến ngày.",
        "Thêm ít nhất một chỉ tiêu có số ban đầu và mục tiêu.",
        "Thêm ít nhất một mốc công việc có thời hạn.",
        "Nhập điều kiện dừng.",
    ]
    assert fresh(pilot).state == PilotState.PLANNED


def test_an_indicator_must_lie_in_its_direction():
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)
    line = IndicatorLine("Số lần đi lại", "lần", Direction.DOWN, 1, 3)

    with pytest.raises(Incomplete) as raised:
        save_plan(pilot.pk, a_plan(team, indicators=[line]), by=team.leader)

    assert raised.value.items == ["Mục tiêu của “Số lần đi lại” chưa đúng chiều so với số ban đầu."]


def test_the_monitor_cannot_be_made_leader():
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)

    with pytest.raises(Incomplete):
        save_plan(pilot.pk, a_plan(team, leader=team.monitor), by=team.head)


def test_a_stale_plan_is_a_conflict():
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)
    seen = pilot.version
    save_plan(pilot.pk, a_plan(team), by=team.leader, version=seen)

    with pytest.raises(Conflict):
        save_plan(pilot.pk, a_plan(team), by=team.head, version=seen)


def test_start_moves_pilot_and_proposal_and_opens_the_clocks():
    team = make_team()

    pilot = make_started(team)

    assert pilot.state == PilotState.RUNNING
    assert pilot.proposal.stage == Stage.MONITORED
    assert clock_rules(pilot) == ["MILESTONE", "PROGRESS_REPORT"]
    assert pilot.plan_versions.get().content.facts["indicators"][0]["target"] == "95.000"
    assert pilot.reports.count() == 6
    assert pilot.proposal.holder == "Nhóm thí điểm (2 người)"
    assert pilot.proposal.due_on == pilot.reports.get(number=1).due_on


def test_start_is_written_down_and_told():
    team = make_team()

    pilot = make_started(team)

    entries = Entry.objects.of(pilot.stream).order_by("seq")
    moves = {entry.action: (entry.before, entry.after) for entry in entries}
    assert moves["pilot.start"] == ("planned", "running")
    assert moves["proposal.begin"] == ("approved_pilot", "monitored")
    told = Notice.objects.filter(subject__contains="bắt đầu thí điểm")
    assert {notice.recipient for notice in told} == {
        team.leader,
        team.member,
        team.head,
        team.monitor,
    }
    assert pilot.proposal.journal_length == entries.count()


def test_the_member_does_not_start():
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)
    save_plan(pilot.pk, a_plan(team), by=team.leader)

    with pytest.raises(PermissionDenied):
        start(pilot.pk, by=team.member)


def test_reports_open_when_their_period_begins():
    team = make_team()
    pilot = make_started(team)
    second = pilot.reports.get(number=2)

    opened = open_due_reports(second.period_from)

    assert opened == 1
    assert clock_rules(pilot) == ["MILESTONE", "PROGRESS_REPORT", "PROGRESS_REPORT"]
    assert open_due_reports(second.period_from) == 0


def test_periods_follow_the_calendar():
    assert periods(date(2022, 4, 1), date(2022, 9, 30), 1) == [
        (date(2022, 4, 1), date(2022, 4, 30)),
        (date(2022, 5, 1), date(2022, 5, 31)),
        (date(2022, 6, 1), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2022, 7, 31)),
        (date(2022, 8, 1), date(2022, 8, 31)),
        (date(2022, 9, 1), date(2022, 9, 30)),
    ]


def test_the_last_period_may_be_shorter():
    assert periods(date(2022, 1, 31), date(2022, 4, 20), 2) == [
        (date(2022, 1, 31), date(2022, 3, 30)),
        (date(2022, 3, 31), date(2022, 4, 20)),
    ]


def test_a_rest_of_some_days_belongs_to_the_period_before():
    assert periods(date(2022, 1, 31), date(2022, 4, 10), 2) == [
        (date(2022, 1, 31), date(2022, 4, 10)),
    ]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2022, 10, 31), 2, date(2022, 12, 31)),
        (date(2022, 4, 1), 12, date(2023, 4, 1)),
    ],
)
def test_months_later(day, months, expected):
    assert months_later(day, months) == expected


def test_a_plan_made_for_a_revoked_decision_goes_on_under_the_next():
    team = make_team()
    proposal = make_approved(team)
    pilot = prepare(proposal.pk, by=team.leader)
    old = proposal.decisions.get()
    proposal.decisions.update(state="revoked", revoked_at=timezone.now())
    old.pk, old.ref, old.state = None, "11111111-1111-4111-8111-111111111111", "in_force"
    old.ends_on = in_days(365)
    old.save()

    again = prepare(proposal.pk, by=team.leader)

    assert (again.pk, again.decision_id, again.ends_on) == (pilot.pk, old.pk, in_days(365))


def test_a_milestone_after_the_end_is_named():
    team = make_team()
    pilot = prepare(make_approved(team).pk, by=team.leader)
    save_plan(pilot.pk, a_plan(team, ends_on=in_days(10)), by=team.leader)

    with pytest.raises(Incomplete) as raised:
        start(pilot.pk, by=team.leader)

    assert raised.value.items == ["Mốc “Ký thỏa thuận bưu chính” có thời hạn sau ngày kết thúc."]
    assert Proposal.objects.get(pk=pilot.proposal_id).stage == Stage.APPROVED_PILOT
    assert pilot.ends_on != timezone.localdate() + timedelta(days=10)
