"""The head's screen, the case and what lies around them, in a real browser at both widths."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from proposals.actions import consulting, supplement, votes
from proposals.models import Decision
from proposals.stages import DecisionKind, Part, Stage
from tests.browser.a11y import DESK, PHONE, assert_accessible, assert_stands
from tests.factories.organisation import make_unit
from tests.proposals.flows import (
    LONG,
    decide_pilot,
    make_checked,
    make_received,
    make_seeded_province,
    make_sent,
    make_voted_down,
    refuse,
    reread,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def province(settings):
    settings.WHITENOISE_AUTOREFRESH = True
    return make_seeded_province()


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


def pages(province):
    """Every page of the review with somebody who has business there."""
    sent = make_sent(province)
    received = make_received(province)
    waiting = make_checked(province)
    asked = consulting.ask(
        received.pk, make_unit("Sở Xây dựng"), "Có vướng gì không?", by=province.head
    )
    own = consulting.ask(received.pk, province.district, "Có vướng gì không?", by=province.head)
    votes.open_vote(received.pk, by=province.head)
    returned = make_checked(province)
    items = [supplement.Item(Part.PROBLEM, "Nêu số liệu năm trước.", "figures")]
    supplement.send_back(returned.pk, items, by=province.head)
    refused = make_checked(province)
    refuse(refused, province)
    down = make_voted_down(province)
    decide_pilot(down, province, why_necessary=LONG, why_feasible=LONG)
    piloted = make_checked(province)
    decide_pilot(piloted, province)
    assert asked.pk != own.pk
    return {
        "intake": (province.focal, "intake", []),
        "receive": (province.focal, "receive", [sent.ref]),
        "send_back": (province.focal, "send_back", [received.ref]),
        "legal_check": (province.focal, "legal_check", [received.ref]),
        "queue": (province.head, "queue", []),
        "decide": (province.head, "decide", [waiting.ref]),
        "agency": (province.head, "agency", []),
        "consult": (province.head, "consult", [waiting.ref]),
        "vote": (province.deputy, "vote", [received.ref]),
        "opinions": (province.head, "opinions", [received.ref]),
        "give_opinion": (province.district_focal, "give_opinion", [own.ref]),
        "supplement": (province.official, "supplement", [returned.ref]),
        "answer": (province.official, "answer", [refused.ref]),
        "second": (province.deputy, "second", [down.ref]),
        "case": (province.official, "detail", [piloted.ref]),
        "timeline": (province.head, "timeline", [piloted.ref]),
        "papers": (province.head, "papers", [piloted.ref]),
    }


def test_pages_are_accessible_and_fit(live_server, page: Page, province):
    for name, (user, route, args) in pages(province).items():
        enter(page, live_server, user)
        page.goto(live_server.url + reverse(f"proposals:{route}", args=args))
        expect(page.locator("h1")).to_have_count(1)
        picture(page, name)

        assert_stands(page)


def test_option_one_takes_three_keys(live_server, page: Page, province):
    """From the open screen to the decision: 1, Ctrl+Enter, Enter (pages.md §20.6: at most 12)."""
    proposal = make_checked(province)
    enter(page, live_server, province.head)
    page.goto(live_server.url + reverse("proposals:decide", args=[proposal.ref]))
    page.wait_for_load_state("networkidle")

    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/xem-xet/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác nhận quyết định")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de-xuat/*/")

    assert reread(proposal).stage == Stage.APPROVED_IMPLEMENT


def test_a_pilot_takes_three_clicks_and_a_choice(live_server, page: Page, province):
    proposal = make_checked(province)
    enter(page, live_server, province.head)
    page.goto(live_server.url + reverse("proposals:decide", args=[proposal.ref]))

    page.get_by_text("Đồng ý cho thí điểm").click()
    page.locator("#id_monitor").select_option(label="Trần Phó Giám Đốc Mẫu, Phó Giám đốc Sở")
    picture(page, "decide-pilot")
    page.get_by_role("button", name="Xem lại quyết định").click()
    expect(page.get_by_text("Đồng chí quyết định cho thí điểm đề xuất này từ ngày")).to_be_visible()
    picture(page, "confirm")
    assert_accessible(page)
    page.get_by_role("button", name="Xác nhận quyết định").click()

    expect(page.get_by_text("Đã ghi quyết định cho đề xuất")).to_be_visible()
    assert Decision.objects.get().monitor == province.deputy


def test_only_the_fields_of_the_chosen_option_are_shown(live_server, page: Page, province):
    proposal = make_checked(province)
    enter(page, live_server, province.head)
    page.goto(live_server.url + reverse("proposals:decide", args=[proposal.ref]))

    expect(page.locator("#id_monitor")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.locator("#id_monitor")).to_be_visible()
    page.keyboard.press("5")
    expect(page.locator("#id_monitor")).to_be_hidden()
    expect(page.locator("#id_ground")).to_be_visible()


def test_a_refusal_without_enough_words_comes_back_with_the_reason(
    live_server, page: Page, province
):
    proposal = make_checked(province)
    enter(page, live_server, province.head)
    page.goto(live_server.url + reverse("proposals:decide", args=[proposal.ref]))

    page.get_by_text("Không đồng ý", exact=True).click()
    page.locator("#id_reason").fill("Chưa khả thi.")
    page.get_by_role("button", name="Xem lại quyết định").click()

    expect(page.get_by_role("alert")).to_contain_text("Nêu lý do, ít nhất 30 chữ.")
    expect(page.locator("#id_reason")).to_have_value("Chưa khả thi.")
    assert_accessible(page)


def test_a_return_works_without_script(live_server, browser, province):
    """Each option works on plain pages: fields, ticks, the way back, the confirming page."""
    proposal = make_checked(province)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server, province.head)
    page.goto(live_server.url + reverse("proposals:decide", args=[proposal.ref]))

    page.get_by_text("Trả lại để bổ sung", exact=True).click()
    page.locator("label.form-check", has_text="Vấn đề").click()
    page.locator("#id_need_2").fill("Nêu số liệu năm trước.")
    page.get_by_role("button", name="Xem lại quyết định").click()
    page.get_by_role("button", name="Quay lại").click()
    expect(page.locator("#id_need_2")).to_have_value("Nêu số liệu năm trước.")
    page.get_by_role("button", name="Xem lại quyết định").click()
    page.get_by_role("button", name="Xác nhận quyết định").click()

    expect(page.get_by_text("Người đề xuất có 5 ngày làm việc để bổ sung.")).to_be_visible()
    assert reread(proposal).stage == Stage.RETURNED
    assert Decision.objects.get().kind == DecisionKind.RETURN
    context.close()
