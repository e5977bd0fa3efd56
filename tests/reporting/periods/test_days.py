"""The days of reports: each agency on its own, and as the working calendar has them."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from freezegun import freeze_time

from deadlines.calendar_changes import effects, move_due_dates, preview
from deadlines.models import Clock
from journal.actions import record
from journal.sql import demo_clock
from organisation.models import CalendarDay
from organisation.stages import Role
from reporting.health import health
from reporting.periods.actions import sending
from reporting.periods.models import PeriodicReport, ReportingPeriod
from reporting.periods.spans import due_days
from reporting.periods.stages import Level
from reporting.tasks import open_reports
from tests.factories.organisation import make_user, sign_in
from tests.factories.periods import (
    make_opened,
    make_regimes,
    make_report_sent,
    make_reporting_province,
    make_request,
    report_of,
)
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db
MORNING = "2021-12-15 02:00"
FRIDAY, MONDAY, TUESDAY = date(2021, 12, 17), date(2021, 12, 20), date(2021, 12, 21)


@pytest.fixture
def house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with freeze_time("2021-12-10 02:00"):
        return make_reporting_province()


def spoil(house):
    """A case of the department whose stream tells a state that there is not."""
    moment = datetime(2021, 12, 10, 3, tzinfo=UTC)
    with freeze_time(moment), demo_clock(moment), transaction.atomic():
        case = make_proposal("under_review", proposer=house.official, agency=house.department)
        record("proposal.begin", stream=case.stream, by=None, after="monitored")
        record("pilot.start", stream=case.stream, by=None, after="nowhere")


def day_off(day):
    row = CalendarDay(day=day, kind="holiday", name="Nghỉ bão", basis_document="Công điện 01")
    row.save()
    return row


def test_an_agency_whose_figures_fail_holds_up_no_other_and_is_told_of(
    house, client, caplog, settings
):
    settings.DEMO = True  # for a clock of its own
    make_regimes()
    spoil(house)

    with freeze_time(MORNING):
        open_reports()

    states = dict(PeriodicReport.objects.of_agencies().values_list("agency", "state"))
    others = (house.home_affairs.pk, house.district.pk)
    assert states == {house.department.pk: "collecting"} | dict.fromkeys(others, "draft")
    assert "'nowhere' is not a valid PilotState" in caplog.text
    with freeze_time("2021-12-15 02:59"):
        assert health()["unfrozen_reports"] == 0
    with freeze_time("2021-12-15 03:01"):
        assert health()["unfrozen_reports"] == 1
        page = sign_in(client, make_user(role=Role.ADMIN)).get("/quan-tri/tinh-trang/")
    assert f"Chốt số liệu báo cáo, {report_of(house.department).agency_name}" in page.text


@freeze_time(MORNING)
def test_days_of_a_regime_follow_the_calendar_and_days_that_were_named_stay(house):
    make_regimes()
    make_request(house, label="Chuyên đề")
    make_opened(date(2021, 12, 15))
    regular = PeriodicReport.objects.filter(period__kind="year")
    asked = PeriodicReport.objects.filter(period__kind="thematic")

    rows = {FRIDAY: ("holiday", "Nghỉ bão")}
    assert {(move.before, move.after) for move in preview(rows)} == {(FRIDAY, MONDAY)}
    assert {move.clock for move in preview(rows)} == {
        report.clock for report in regular.filter(level=Level.AGENCY)
    }
    [effect] = effects({FRIDAY: CalendarDay(day=FRIDAY, kind="holiday", name="Nghỉ bão")})
    assert effect.label == "3 thời hạn lùi lại"
    move_due_dates(day_off(FRIDAY).day)
    move_due_dates(day_off(MONDAY).day)

    days = {(row.level, row.due_on, row.clock.due_on, row.clock.given_due_on) for row in regular}
    assert days == {(level, TUESDAY, TUESDAY, TUESDAY) for level in Level}
    assert {row.due_on for row in asked.filter(level=Level.AGENCY)} == {FRIDAY}
    period = ReportingPeriod.objects.get(kind="year")
    assert (period.due_on, period.summary_due_on) == (TUESDAY, TUESDAY)
    told = regular.get(agency=house.department).clock.detail
    assert "hạn ngày 17/12/2021 (nghỉ bão), lùi đến ngày làm việc tiếp theo 21/12/2021." in told

    CalendarDay.objects.filter(day__in=(FRIDAY, MONDAY)).delete()
    move_due_dates(FRIDAY)
    assert {row.due_on for row in regular.filter(level=Level.AGENCY)} == {FRIDAY}
    assert regular.get(level=Level.PROVINCE).due_on == MONDAY


@freeze_time(MORNING)
def test_the_day_for_sending_again_stays_as_the_officer_named_it(house):
    make_regimes()
    make_opened(date(2021, 12, 15))
    make_report_sent(house)
    report = report_of(house.department)
    sending.give_back(report.pk, "Thiếu.", by=house.home_affairs_officer, due_on=TUESDAY)
    move_due_dates(day_off(TUESDAY).day)

    assert report_of(house.department).due_on == TUESDAY
    assert Clock.objects.get(pk=report_of(house.department).clock_id).due_on == TUESDAY


@pytest.mark.parametrize(
    ("cutoff_on", "days", "due"),
    [
        (date(2021, 12, 14), (17, 20), (FRIDAY, MONDAY)),
        (date(2023, 6, 14), (17, 20), (date(2023, 6, 19), date(2023, 6, 20))),  # a Saturday
        (date(2021, 12, 14), (15, 15), (date(2021, 12, 15), date(2021, 12, 15))),
        (date(2021, 1, 29), (30, 30), (date(2021, 2, 1), date(2021, 2, 1))),  # a Saturday
    ],
)
def test_a_day_of_the_month_or_the_next_working_day(cutoff_on, days, due):
    assert due_days(cutoff_on, days) == due
