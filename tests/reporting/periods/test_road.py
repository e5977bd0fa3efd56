"""A period from its cut-off to the summary: rows, clocks, notices, papers."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from freezegun import freeze_time

from deadlines.models import Clock
from documents.actions import issuing, signing
from jobs.models import JobRun
from jobs.running import run_waiting
from journal.conflicts import Conflict
from journal.sql import demo_clock
from journal.verify import verify
from notifications.models import Notice
from reporting.periods.actions import collecting, sending, writing
from reporting.periods.actions.base import ReportRefused
from reporting.periods.models import PeriodicReport, ReportingPeriod
from reporting.periods.stages import Level
from reporting.tasks import open_reports
from reporting.urging.late import items_of
from tests.factories.periods import (
    TEXTS,
    make_opened,
    make_regimes,
    make_report_sent,
    make_reporting_province,
    make_request,
    make_written,
    report_of,
)
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db
CUTOFF = date(2021, 12, 14)
MORNING = "2021-12-15 02:00"


@contextmanager
def standing_at(moment: str) -> Iterator[None]:
    """Python's clock and the journal's stand there together, so that rows say what entries do."""
    with freeze_time(moment), demo_clock(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        yield


@pytest.fixture
def morning(settings) -> Iterator[None]:
    settings.DEMO = True
    with standing_at(MORNING):
        yield


@pytest.fixture
def house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with freeze_time("2021-12-10 02:00"):
        return make_reporting_province()


def clocks(report):
    return list(Clock.objects.of_subject("periodic_report", report.ref).order_by("pk"))


def test_a_cut_off_day_opens_one_report_and_one_clock_for_each_agency(house):
    make_regimes()
    with freeze_time("2021-12-13 16:59"):  # 23:59 of the day before, here
        open_reports()
    assert not ReportingPeriod.objects.exists()

    with freeze_time("2021-12-14 01:00"):
        open_reports()
        open_reports()
    owed = PeriodicReport.objects.of_agencies().order_by("agency__pk")
    assert [row.agency for row in owed] == [house.department, house.home_affairs, house.district]
    report = report_of(house.department)
    assert (report.state, report.due_on) == ("collecting", date(2021, 12, 17))
    clock = clocks(report)[0]
    assert (clock.rule.code, clock.started_on, clock.due_on) == (
        "REPORT_PERIOD",
        CUTOFF,
        date(2021, 12, 17),
    )
    assert "chế độ báo cáo đặt hạn ngày 17/12/2021." in clock.detail
    assert list(Clock.objects.open().held_by(house.focal)) == [clock]
    summary = report_of(house.home_affairs, Level.PROVINCE)
    assert summary.due_on == date(2021, 12, 20)
    assert clocks(summary)[0] in Clock.objects.open().held_by(house.home_affairs_officer)
    assert Clock.objects.filter(rule__code="REPORT_PERIOD").count() == 4

    with freeze_time(MORNING):
        open_reports()
        open_reports()
    report = report_of(house.department)
    assert report.state == "draft"
    assert report.facts["numbers"]["opening"] == 0
    assert len(report.figures_sha256) == 64
    assert [one.note for one in JobRun.objects.all()] == ["3 cơ quan"]


def test_ninety_days_down_opens_what_was_missed_once_with_the_figures_of_its_time(house):
    make_regimes()
    with freeze_time("2021-12-10 03:00"):
        make_proposal("under_review", proposer=house.official, agency=house.department)

    make_opened(date(2022, 7, 20))
    make_opened(date(2022, 7, 20))

    labels = list(ReportingPeriod.objects.order_by("pk").values_list("label", flat=True))
    assert labels == ["6 tháng đầu năm 2022", "Năm 2021"]
    rows = PeriodicReport.objects.of_agencies().filter(agency=house.department)
    assert rows.count() == 2
    late = items_of([house.department.pk], date(2022, 7, 20))[house.department.pk]
    assert {clock.subject_ref for clock in late} == {row.ref for row in rows}


@pytest.mark.usefixtures("morning")
def test_the_focal_point_writes_the_head_sends_the_paper_goes_its_road(house):
    make_request(house)
    make_opened(date(2021, 12, 15))
    report = report_of(house.department)
    with pytest.raises(PermissionDenied):
        sending.send(report.pk, by=house.focal)
    with pytest.raises(ReportRefused, match="Còn mục chưa viết: Công tác chỉ đạo"):
        sending.send(report.pk, by=house.head)
    writing.keep_words(
        report.pk, writing.Words(TEXTS, 2, 120), by=house.focal, version=report.version
    )
    with pytest.raises(Conflict):
        writing.keep_words(report.pk, writing.Words(), by=house.head, version=report.version)
    writing.lay(report.pk, by=house.focal)
    assert Clock.objects.open().held_by(house.head).filter(subject_ref=report.ref).exists()
    with pytest.raises(Conflict):
        writing.keep_words(report.pk, writing.Words(), by=house.focal)
    writing.hand_back(report.pk, by=house.head)
    writing.lay(report.pk, by=house.focal)

    sending.send(report.pk, by=house.head)

    report = report_of(house.department)
    assert (report.state, report.sent_by, report.is_late) == ("sent", house.head, False)
    assert [one.outcome for one in clocks(report)] == ["sent"]
    paper = report.paper
    assert (paper.state, paper.for_signer) == ("waiting_signature", house.head)
    words = str(paper.facts)
    assert all(text in words for text in TEXTS.values())
    assert "Tổ chức 02 hội nghị quán triệt, 120 lượt người dự" in words
    assert "Tồn đầu kỳ và nhận trong kỳ" in words
    told = Notice.objects.filter(recipient=house.home_affairs_officer)
    assert told.filter(subject__startswith="Đã gửi báo cáo").exists()

    signing.sign(paper.pk, by=house.head)
    issuing.issue(paper.pk, by=house.clerk)
    assert report_of(house.department).state == "issued"
    assert verify().exit_code == 0


@freeze_time(MORNING)
def test_given_back_it_has_a_new_clock_and_its_paper_stays_behind(house):
    make_request(house)
    make_opened(date(2021, 12, 15))
    report = make_report_sent(house)
    day = date(2021, 12, 22)
    with pytest.raises(PermissionDenied):
        sending.give_back(report.pk, "Thiếu số liệu.", by=house.head, due_on=day)
    asked = {"by": house.home_affairs_officer, "due_on": day}
    sending.give_back(report.pk, "Bổ sung phần nguyên nhân.", **asked)

    report = report_of(house.department)
    assert (report.state, report.return_reason) == ("returned", "Bổ sung phần nguyên nhân.")
    assert [one.is_open for one in clocks(report)] == [False, True]
    assert clocks(report)[1].due_on == day
    old = report.paper
    with pytest.raises(Exception, match="đã được trả lại để sửa"):
        signing.sign(old.pk, by=house.head)

    sending.send(report.pk, by=house.head)
    report = report_of(house.department)
    assert report.paper != old
    assert verify().exit_code == 0


@pytest.mark.usefixtures("morning")
def test_the_summary_adds_up_what_was_received(house):
    with standing_at("2021-12-13 03:00"):  # what is older wants an anchor
        for agency, proposer in (
            (house.department, house.official),
            (house.district, house.district_official),
        ):
            make_proposal("under_review", proposer=proposer, agency=agency)
    make_request(house)
    make_opened(date(2021, 12, 16))
    summary = report_of(house.home_affairs, Level.PROVINCE)
    officer = house.home_affairs_officer
    with pytest.raises(ReportRefused, match="Chưa có cơ quan nào"):
        collecting.collect(summary.pk, key=str(uuid.uuid4()), by=officer)
    make_report_sent(house)
    make_written(house, house.district, house.district_focal)
    sending.send(report_of(house.district).pk, by=house.district_head)

    key = str(uuid.uuid4())
    job = collecting.collect(summary.pk, key=key, by=officer)
    assert collecting.collect(summary.pk, key=key, by=officer) == job
    run_waiting(seconds=60)

    summary = report_of(house.home_affairs, Level.PROVINCE)
    assert summary.state == "draft"
    single = [report_of(one).facts["numbers"] for one in (house.department, house.district)]
    for name in ("received", "reviewing", "opening"):
        assert summary.facts["numbers"][name] == sum(one[name] for one in single)
    assert summary.facts["silent"] == ["Sở Nội vụ"]
    assert "Sở Tài nguyên và Môi trường: Nội dung mục 3." in summary.parts.get(place=3).text
    assert (summary.facts["meetings"], summary.facts["attendees"]) == (4, 240)

    sending.send(summary.pk, by=house.home_affairs_head)
    summary = report_of(house.home_affairs, Level.PROVINCE)
    titles = [annex["title"] for annex in summary.paper.facts["annexes"]]
    assert [title.split(",")[0] for title in titles] == [
        "Biểu 01 tổng hợp toàn tỉnh",
        "Biểu 01 theo cơ quan",
        "Cơ quan",
    ]
    assert summary.paper.facts["addressees"] == ["Ủy ban nhân dân tỉnh Ninh Thuận"]
    assert clocks(summary)[0].outcome == "sent"
    assert verify().exit_code == 0
