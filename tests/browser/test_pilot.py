"""The walk of a pilot in a real browser, at both widths, and what its pages look like."""

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from organisation.stages import Role
from pilots.actions import (
    adjusting,
    concluding,
    conclusions,
    evaluating,
    figures,
    findings,
    halting,
    helping,
)
from pilots.actions import incidents as deeds
from pilots.models import Evaluation, Milestone, Pilot
from pilots.stages import CauseKind, CauseWeight, PilotState
from tests.browser.a11y import DESK, PHONE, assert_stands
from tests.factories.organisation import make_unit, make_user
from tests.factories.pilots import (
    fresh,
    in_days,
    make_approved,
    make_indicator,
    make_milestone,
    make_pilot,
    make_report,
    make_started,
    make_team,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")


def enter(page: Page, live_server, user) -> None:
    """Sign in by the cookie of a session, as the sign-in page would leave it."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
    )


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like at both widths, where PICTURES names a folder."""
    for size in (PHONE, DESK) if PICTURES else ():
        page.set_viewport_size(size)
        page.wait_for_load_state("networkidle")
        path = Path(PICTURES) / f"{name}-{size['width']}.png"
        page.screenshot(path=str(path), full_page=True)


def address(live_server, name: str, pilot: Pilot, *args: object) -> str:
    return live_server.url + reverse(f"pilots:{name}", args=[pilot.proposal.ref, *args])


def as_in_the_mock_up(team) -> Pilot:
    """The pilot of mock-up b: four indicators, five milestones, an incident, a request."""
    pilot = make_pilot(team=team, starts_on=in_days(-75), ends_on=in_days(107), spent=42_000_000)
    rows = (
        ("Kết quả trả tại nhà đúng hẹn", "% số hồ sơ", "up", "71.5", "95", "92.4"),
        ("Số lần người dân phải đi lại", "lần/hồ sơ", "down", "3.2", "1", "1.4"),
        ("Chi phí bình quân một hồ sơ", "đồng", "down", "84000", "60000", "71500"),
        ("Số hồ sơ tham gia", "hồ sơ", "up", "0", "3000", "1026"),
    )
    for place, (name, unit, direction, baseline, target, value) in enumerate(rows):
        row = make_indicator(
            pilot,
            name=name,
            unit=unit,
            direction=direction,
            baseline=Decimal(baseline),
            target=Decimal(target),
            place=place,
        )
        half_way = (row.baseline + Decimal(value)) / 2
        figures.enter_value(row.pk, figures.Value(half_way, in_days(-45)), by=team.member)
        figures.enter_value(row.pk, figures.Value(Decimal(value), in_days(-15)), by=team.member)
    make_milestone(
        pilot,
        name="Ký thỏa thuận với đơn vị bưu chính",
        due_on=in_days(-60),
        done_on=in_days(-62),
        done_by=team.leader,
    )
    make_milestone(pilot, name="Mở rộng sang huyện Ninh Phước, Ninh Hải", due_on=in_days(0))
    make_milestone(pilot, name="Sơ kết giữa kỳ", due_on=in_days(15))
    make_milestone(pilot, name="Kết thúc thí điểm, lập báo cáo tổng kết", due_on=in_days(107))
    make_report(pilot, 1, due_on=in_days(5))
    told = deeds.Told(
        "Thất lạc 02 bì hồ sơ tại huyện Ninh Phước; đã tìm lại và trả đủ.",
        timezone.now() - timedelta(days=8),
        "minor",
        has_harm=False,
    )
    incident = deeds.report_incident(pilot.pk, told, by=team.member)
    said = deeds.Measures(
        description="Bưu tá ghi nhầm địa chỉ.",
        measures="Tìm lại và trả đủ hai bì hồ sơ; đối soát hằng ngày.",
        objective_cause="Mưa lớn, đường sạt lở.",
    )
    deeds.write_measures(incident.pk, said, by=team.leader, is_fixed=True)
    finance = make_unit("Sở Tài chính", short_name="Sở Tài chính")
    focal = make_user(role=Role.AGENCY_FOCAL, unit=finance, full_name="Phan Tài Chính Mẫu")
    asked = helping.Asked("equipment", "02 máy quét cho bưu cục huyện", finance, in_days(10))
    request = helping.ask_help(pilot.pk, asked, by=team.leader)
    helping.receive_help(request.pk, by=focal, promised_on=in_days(6))
    findings.open_finding(
        pilot.pk,
        by=team.monitor,
        what="Chưa có sổ giao nhận tại bưu cục.",
        details="Lập sổ giao nhận, có chữ ký hai bên.",
        due_on=in_days(7),
    )
    return fresh(pilot)


@pytest.fixture
def team():
    return make_team(make_unit("Sở Tài nguyên và Môi trường", short_name="Sở TN&MT"))


def test_pages_of_a_running_pilot(live_server, page, team):
    """Every page stands at both widths, without a scroll bar and without a finding."""
    pilot = as_in_the_mock_up(team)
    request, incident = pilot.help_requests.get(), pilot.incidents.get()
    milestone = Milestone.objects.filter(done_on=None).order_by("due_on").first()
    visits = (
        ("detail", team.leader, ()),
        ("indicator", team.member, (pilot.indicators.order_by("place")[3].ref,)),
        ("report", team.leader, (1,)),
        ("reports", team.leader, ()),
        ("help", team.leader, ()),
        ("help_request", team.leader, (request.ref,)),
        ("ask_help", team.leader, ()),
        ("incidents", team.leader, ()),
        ("new_incident", team.leader, ()),
        ("incident", team.head, (incident.ref,)),
        ("findings", team.monitor, ()),
        ("finding", team.leader, (pilot.findings.get().ref,)),
        ("milestone", team.leader, (milestone.ref,)),
        ("ask_adjustment", team.leader, ()),
        ("team", team.head, ()),
        ("suspend", team.head, ()),
        ("complete", team.leader, ()),
        ("terminate", team.head, ()),
    )
    for name, person, args in visits:
        enter(page, live_server, person)
        page.goto(address(live_server, name, pilot, *args))
        expect(page.locator("h1")).to_be_visible()
        picture(page, name)
        assert_stands(page)


def test_lists_and_the_asked_agency(live_server, page, team):
    pilot = as_in_the_mock_up(team)
    request = pilot.help_requests.get()
    focal = make_user(role=Role.AGENCY_FOCAL, unit=request.unit)
    visits = (
        ("list", reverse("pilots:index"), team.head),
        ("help_inbox", reverse("pilots:help_inbox"), focal),
        ("help_answer", reverse("pilots:help_answer", args=[request.ref]), focal),
        ("forward_help", reverse("pilots:forward_help", args=[request.ref]), focal),
    )
    for name, path, person in visits:
        enter(page, live_server, person)
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_be_visible()
        picture(page, name)
        assert_stands(page)


def test_plan_adjustment_and_evaluation_pages(live_server, page, team):
    proposal = make_approved(team)
    enter(page, live_server, team.leader)
    page.goto(live_server.url + reverse("pilots:plan", args=[proposal.ref]))
    expect(page.get_by_role("heading", name="Kế hoạch thí điểm", level=1)).to_be_visible()
    page.get_by_label("Phạm vi").fill("Ba xã")
    page.get_by_role("button", name="Thêm chỉ tiêu").click()
    expect(page.get_by_role("group", name="Chỉ tiêu 2")).to_be_visible()
    expect(page.get_by_label("Phạm vi")).to_have_value("Ba xã")
    expect(page.get_by_role("alert")).to_have_count(0)
    picture(page, "plan")
    assert_stands(page)

    pilot = make_started(team)
    change = adjusting.Change("Mưa lũ kéo dài.", ends_on=in_days(240), budget=150_000_000)
    adjustment = adjusting.ask_adjustment(pilot.pk, change, by=team.leader)
    enter(page, live_server, team.head)
    visit(page, live_server, pilot, "adjustment", 1)
    adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=True)
    visit(page, live_server, pilot, "compare")
    visit(page, live_server, pilot, "adjustments")

    halting.complete(pilot.pk, by=team.leader)
    row = Evaluation.objects.get(pilot=pilot)
    evaluating.report_result(row.pk, by=team.leader, report="Đã trả 1.026 hồ sơ tại nhà.")
    evaluating.record_party_opinion(row.pk, by=team.liaison, opinion="Cấp ủy nhất trí.")
    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Đạt.")
    visit(page, live_server, pilot, "conclude", row.ref)
    said = conclusions.Conclusion(
        result="partially_completed",
        recommendation="continue",
        lessons="Đối soát hằng ngày với bưu cục.",
        has_damage=False,
        values={pilot.indicators.get().pk: Decimal("80")},
        causes=[
            conclusions.CauseLine(CauseKind.OBJECTIVE, "Mưa lũ kéo dài.", CauseWeight.MAIN),
            conclusions.CauseLine(CauseKind.SUBJECTIVE, "Thiếu người.", CauseWeight.SLIGHT),
        ],
    )
    concluding.conclude(row.pk, said, by=team.head)
    visit(page, live_server, pilot, "evaluation")


def visit(page: Page, live_server, pilot: Pilot, name: str, *args: object) -> None:
    page.goto(address(live_server, name, pilot, *args))
    expect(page.locator("h1")).to_be_visible()
    picture(page, name)
    assert_stands(page)


def test_the_walk_of_a_pilot_without_script(live_server, browser, team, browser_context_args):
    """Plan, start, figure, report, acceptance: by labels and roles, JavaScript off."""
    proposal = make_approved(team)
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = context.new_page()
    enter(page, live_server, team.leader)
    page.goto(live_server.url + reverse("pilots:plan", args=[proposal.ref]))
    page.get_by_label("Điều kiện dừng").fill("Dừng khi có trên 2% hồ sơ thất lạc.")
    page.locator("#id_moc-0-name").fill("Ký thỏa thuận bưu chính")
    page.locator("#id_moc-0-due_on").fill(f"{in_days(20):%d/%m/%Y}")
    page.get_by_role("button", name="Lưu kế hoạch").click()
    page.get_by_role("link", name="Bắt đầu thí điểm").click()
    page.get_by_role("button", name="Bắt đầu thí điểm").click()
    expect(page.get_by_text("Đã bắt đầu thí điểm.")).to_be_visible()

    page.get_by_role("link", name="Hồ sơ trả tại nhà").click()
    page.get_by_label("Giá trị", exact=True).fill("30")
    page.get_by_role("button", name="Cập nhật chỉ tiêu").click()
    expect(page.get_by_text("Đã cập nhật chỉ tiêu.")).to_be_visible()

    page.get_by_role("link", name="Về trang theo dõi").click()
    page.get_by_role("link", name="Lập báo cáo tiến độ").click()
    page.get_by_label("Việc đã làm").fill("Đã trả 30 hồ sơ tại nhà.")
    page.get_by_label("Việc tiếp theo").fill("Mở rộng sang xã thứ hai.")
    page.get_by_role("button", name="Gửi báo cáo tiến độ").click()
    expect(page.get_by_text("Đã gửi báo cáo tiến độ kỳ 1.")).to_be_visible()

    enter(page, live_server, team.head)
    page.goto(live_server.url + reverse("pilots:report", args=[proposal.ref, 1]))
    page.get_by_role("link", name="Chấp nhận báo cáo").click()
    page.get_by_role("button", name="Chấp nhận báo cáo").click()
    expect(page.get_by_text("Đã chấp nhận báo cáo.")).to_be_visible()
    context.close()
    assert Pilot.objects.get().state == PilotState.RUNNING
