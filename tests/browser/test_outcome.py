"""The walk from the evaluation to the outcomes in a real browser, at both widths."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accountability.models import Commendation, LiabilityCase
from accountability.stages import CaseState, CommendationState
from pilots.models import Damage
from pilots.stages import DamageKind, Result
from tests.browser.a11y import assert_accessible, assert_no_horizontal_scroll
from tests.factories.accountability import (
    CHARGES,
    REASON,
    make_case,
    make_cast,
    make_commendation,
    make_evaluated,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")
WIDTHS = (1366, 390)
CONDITIONS = (
    "Đúng chủ trương",
    "Được cấp có thẩm quyền cho phép",
    "Động cơ trong sáng",
    "Vì lợi ích chung",
    "Đã báo cáo, khắc phục kịp thời",
    "Không vụ lợi, tham nhũng, tiêu cực",
)


def enter(page: Page, live_server, user) -> None:
    """Sign in by the cookie of a session, as the sign-in page would leave it."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
    )


def look(page: Page, name: str) -> None:
    """The page is accessible and fits; kept as a picture where PICTURES names a folder."""
    assert_accessible(page)
    assert_no_horizontal_scroll(page)
    if PICTURES:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768 if width > 400 else 844})
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1366, "height": 768})


def act(page: Page, label: str, button: str | None = None) -> None:
    """Follow the primary act of a page and confirm it on the next."""
    page.get_by_role("link", name=label, exact=True).first.click()
    page.get_by_role("button", name=button or label, exact=True).click()


def test_from_the_evaluation_to_the_outcomes(page: Page, live_server):
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED, has_damage=True)
    Damage.objects.create(
        evaluation=pilot.evaluations.get(),
        kind=DamageKind.BUDGET,
        amount=18_000_000,
        bearer="Ngân sách tỉnh",
    )
    results = live_server.url + reverse("accountability:conclude", args=[pilot.proposal.ref])

    enter(page, live_server, cast.focal)
    page.goto(results)
    look(page, "ket-qua-truoc")
    page.get_by_role("link", name="Lập hồ sơ xem xét").click()
    page.get_by_label("Người liên quan").select_option(str(cast.leader.pk))
    page.get_by_label("Nội dung xem xét").fill(CHARGES)
    look(page, "lap-ho-so")
    page.get_by_role("button", name="Lập hồ sơ xem xét").click()
    case = LiabilityCase.objects.get()
    workspace = live_server.url + case.get_absolute_url()

    weigh(page)
    look(page, "ho-so-dau-moi")
    act(page, "Gửi người liên quan cho ý kiến")

    settle(page, live_server, cast, workspace)
    commend(page, live_server, cast, results)

    enter(page, live_server, cast.head)
    page.goto(results)
    look(page, "ket-qua-ghi-nhan")
    page.get_by_role("button", name="Ghi nhận kết quả").click()
    expect(page.get_by_text("Miễn trách nhiệm").first).to_be_visible()
    expect(page.get_by_text("Biểu dương, khen thưởng").first).to_be_visible()
    look(page, "ket-qua-sau")


def settle(page: Page, live_server, cast, workspace: str) -> None:
    """The person is heard, the head concludes, the deputy confirms, the person agrees."""
    enter(page, live_server, cast.leader)
    page.goto(workspace)
    look(page, "ho-so-nguoi-lien-quan")
    page.get_by_role("link", name="Nêu ý kiến").click()
    page.get_by_label("Ý kiến", exact=True).fill("Đã báo cáo đầy đủ và khắc phục kịp thời.")
    look(page, "neu-y-kien")
    page.get_by_role("button", name="Gửi ý kiến").click()

    enter(page, live_server, cast.head)
    page.goto(workspace)
    page.get_by_role("link", name="Ghi kết luận").click()
    expect(page.get_by_role("radio")).to_have_count(3)
    expect(page.get_by_label("Loại trừ trách nhiệm")).to_have_count(0)
    page.get_by_role("radio", name="Miễn trách nhiệm").check()
    page.get_by_label("Lý do", exact=True).fill(REASON)
    look(page, "ghi-ket-luan")
    page.get_by_role("button", name="Ghi kết luận").click()
    look(page, "cho-xac-nhan")

    enter(page, live_server, cast.deputy)
    page.goto(workspace)
    page.get_by_role("link", name="Xác nhận kết luận").click()
    look(page, "xac-nhan-ket-luan")
    page.get_by_role("button", name="Xác nhận kết luận").click()

    enter(page, live_server, cast.leader)
    page.goto(workspace)
    look(page, "da-ket-luan")
    act(page, "Đồng ý với kết luận")


def weigh(page: Page) -> None:
    """A cause in each column and all six conditions, by the focal point."""
    act(page, "Bắt đầu xác định nguyên nhân")
    for kind, text in (
        ("Nguyên nhân khách quan", "Mưa lũ kéo dài hai tháng, bưu điện ngừng phát."),
        ("Nguyên nhân chủ quan", "Chậm mời bưu điện ký thỏa thuận."),
    ):
        page.locator("#h-nguyen-nhan + a").click()
        page.get_by_label(kind).check()
        page.get_by_label("Nguyên nhân", exact=True).fill(text)
        page.get_by_label("Thứ yếu").check()
        page.get_by_label("Bằng chứng").fill("Báo cáo tiến độ kỳ 2, trang 3")
        page.get_by_role("button", name="Lưu thay đổi").click()
    for condition in CONDITIONS:
        page.get_by_role("link", name=f"điều kiện {condition}").click()
        page.get_by_role("radio", name="Đủ", exact=True).check()
        page.get_by_label("Lý do").fill("Theo quyết định cho thí điểm và báo cáo của nhóm.")
        page.get_by_label("Bằng chứng").fill("Quyết định cho thí điểm, trang 2")
        page.get_by_role("button", name="Lưu thay đổi").click()


def commend(page: Page, live_server, cast, results: str) -> None:
    """A Giấy khen from the nomination to the award."""
    enter(page, live_server, cast.focal)
    page.goto(results)
    page.get_by_role("link", name="Đề nghị khen thưởng").click()
    page.get_by_label("Hình thức").select_option(index=2)
    page.locator("#id_person").select_option(str(cast.leader.pk))
    look(page, "de-nghi-khen-thuong")
    page.get_by_role("button", name="Đề nghị khen thưởng").click()
    row = Commendation.objects.get()
    url = live_server.url + row.get_absolute_url()

    enter(page, live_server, cast.officer)
    page.goto(url)
    page.get_by_role("link", name="Thẩm định").click()
    page.get_by_label("Ý kiến thẩm định").fill("Đủ điều kiện, đúng tiêu chuẩn theo quy định.")
    look(page, "tham-dinh")
    page.get_by_role("button", name="Đủ điều kiện").click()
    act(page, "Trình quyết định")

    enter(page, live_server, cast.head)
    page.goto(url)
    page.get_by_role("link", name="Ra quyết định").click()
    page.get_by_label("Ý kiến", exact=True).fill("Đồng ý khen thưởng.")
    page.get_by_role("button", name="Đồng ý khen thưởng").click()

    enter(page, live_server, cast.deputy)
    page.goto(url)
    page.get_by_role("link", name="Xác nhận quyết định").click()
    look(page, "xac-nhan-khen-thuong")
    page.get_by_role("button", name="Xác nhận quyết định").click()

    enter(page, live_server, cast.officer)
    page.goto(url)
    page.get_by_role("link", name="Ghi nhận đã trao").click()
    page.get_by_label("Số quyết định").fill("12/QĐ-SMTĐ")
    look(page, "ghi-nhan-da-trao")
    page.get_by_role("button", name="Ghi nhận đã trao").click()
    expect(page.get_by_text("Đã khen thưởng").first).to_be_visible()
    look(page, "khen-thuong")


def test_lists_and_the_appeal_look_right(page: Page, live_server):
    cast = make_cast()
    case = make_case(CaseState.APPEALED, cast=cast)
    make_case(CaseState.FACT_FINDING, cast=cast, pilot=make_evaluated(cast))
    make_case(CaseState.CLOSED, cast=cast, pilot=make_evaluated(cast), outcome="mitigated")
    completed = make_evaluated(cast, result=Result.COMPLETED)
    for state, code in (
        (CommendationState.AWARDED, "giay-khen"),
        (CommendationState.NOMINATED, "bang-khen"),
    ):
        make_commendation(state, cast=cast, pilot=completed, code=code)

    enter(page, live_server, cast.home_affairs_lead)
    for path, name in (("/trach-nhiem/", "danh-sach"), ("/khen-thuong/", "danh-sach-khen")):
        page.goto(live_server.url + path)
        look(page, name)
    enter(page, live_server, cast.chairman)
    page.goto(f"{live_server.url}{case.get_absolute_url()}ket-luan/")
    look(page, "giai-quyet-khieu-nai")
    page.goto(live_server.url + case.get_absolute_url())
    look(page, "ho-so-khieu-nai")
    enter(page, live_server, cast.leader)
    page.goto(f"{live_server.url}{case.get_absolute_url()}khieu-nai/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Không có quyền")
