"""Values are added and corrected, never erased; progress follows them exactly."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from journal.conflicts import Conflict
from journal.models import Entry
from pilots.actions.base import Incomplete
from pilots.actions.figures import Value, correct_value, enter_value, finish_milestone
from pilots.models import Pilot
from pilots.stages import PilotState
from tests.factories.organisation import make_user
from tests.factories.pilots import (
    clock_rules,
    fresh,
    in_days,
    make_indicator,
    make_milestone,
    make_pilot,
    make_started,
    make_team,
)

pytestmark = pytest.mark.django_db
D = Decimal


def test_a_value_stands_on_the_indicator_and_in_the_journal():
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)

    entry = enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=team.member)

    indicator.refresh_from_db()
    assert (indicator.current, indicator.current_on) == (D("80"), in_days(-1))
    written = Entry.objects.get(action="indicator.enter")
    assert written.role == "member"
    assert written.data["content_sha256"] == entry.content.sha256
    assert entry.content.facts["value"] == "80"


def test_progress_says_since_when_the_pilot_is_behind():
    """36 % of the way is gone; of 180 days that is good for 65 days, 90 are gone."""
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)

    enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=team.leader)

    assert fresh(pilot).behind_from == in_days(-90 + 65)
    assert list(Pilot.objects.behind(in_days(0))) == [pilot]
    assert not Pilot.objects.behind(in_days(-25)).exists()


@pytest.mark.parametrize(("behind", "expected"), [(1, False), (2, True), (3, True)])
def test_a_pilot_is_behind_when_half_of_its_indicators_are(behind, expected):
    """As in mock-up b: one of four is late, the pilot is not."""
    team = make_team()
    pilot = make_pilot(team=team)
    for number in range(4):
        indicator = make_indicator(pilot, name=f"Chỉ tiêu {number}")
        value = D("72") if number < behind else D("94")
        enter_value(indicator.pk, Value(value, in_days(-1)), by=team.leader)

    assert Pilot.objects.behind(in_days(0)).exists() == expected


def test_the_newest_day_counts_not_the_last_typed():
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))
    enter_value(indicator.pk, Value(D("90"), in_days(-1)), by=team.leader)

    enter_value(indicator.pk, Value(D("75"), in_days(-40)), by=team.leader)

    indicator.refresh_from_db()
    assert indicator.current == D("90")


def test_a_correction_supersedes_and_the_old_value_stays():
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))
    wrong = enter_value(indicator.pk, Value(D("924"), in_days(-1)), by=team.member)

    right = correct_value(wrong.pk, Value(D("92.4"), in_days(-1)), by=team.leader)

    wrong.refresh_from_db()
    indicator.refresh_from_db()
    assert (wrong.is_current, wrong.value, right.supersedes) == (False, D("924"), wrong)
    assert indicator.current == D("92.4")
    assert right.content.facts["replaces"] == "924.000"


def test_a_value_is_corrected_once():
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))
    wrong = enter_value(indicator.pk, Value(D("924"), in_days(-1)), by=team.member)
    correct_value(wrong.pk, Value(D("92.4"), in_days(-1)), by=team.leader)

    with pytest.raises(Conflict):
        correct_value(wrong.pk, Value(D("93"), in_days(-1)), by=team.leader)


def test_entries_cannot_be_deleted_with_what_corrects_them():
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))
    wrong = enter_value(indicator.pk, Value(D("924"), in_days(-1)), by=team.member)
    correct_value(wrong.pk, Value(D("92.4"), in_days(-1)), by=team.leader)

    with transaction.atomic(), pytest.raises(IntegrityError):
        wrong.delete()


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (1, "Ngày của số liệu không sau hôm nay."),
        (-91, "Ngày của số liệu không trước ngày bắt đầu."),
        (-1, "Đã có số liệu đến ngày này. Sửa số liệu đã nhập thay vì nhập thêm."),
    ],
)
def test_days_that_cannot_be(days, message):
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))
    enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=team.leader)

    with pytest.raises(Incomplete) as raised:
        enter_value(indicator.pk, Value(D("81"), in_days(days)), by=team.leader)

    assert raised.value.items == [message]


def test_a_correction_must_change_something():
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))
    entry = enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=team.leader)

    with pytest.raises(Incomplete):
        correct_value(entry.pk, Value(D("80"), in_days(-1)), by=team.leader)


@pytest.mark.parametrize("role", ["monitor", "head", "focal"])
def test_those_who_watch_enter_nothing(role):
    team = make_team()
    indicator = make_indicator(make_pilot(team=team))

    with pytest.raises(PermissionDenied):
        enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=getattr(team, role))


def test_no_values_after_the_evaluation():
    team = make_team()
    indicator = make_indicator(make_pilot(PilotState.EVALUATED, team=team))

    with pytest.raises(Conflict):
        enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=team.leader)
    with pytest.raises(PermissionDenied):
        enter_value(indicator.pk, Value(D("80"), in_days(-1)), by=make_user())


def test_a_milestone_is_reached_and_its_clock_stops():
    team = make_team()
    pilot = make_started(team)
    milestone = pilot.milestones.get()

    finish_milestone(milestone.pk, by=team.member, done_on=in_days(0))

    milestone.refresh_from_db()
    assert (milestone.done_on, milestone.done_by) == (in_days(0), team.member)
    assert clock_rules(pilot) == ["PROGRESS_REPORT"]
    with pytest.raises(Conflict):
        finish_milestone(milestone.pk, by=team.member, done_on=in_days(0))


def test_a_milestone_is_not_reached_tomorrow():
    team = make_team()
    milestone = make_milestone(make_pilot(team=team))

    with pytest.raises(Incomplete):
        finish_milestone(milestone.pk, by=team.member, done_on=in_days(1))
