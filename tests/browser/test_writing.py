"""From the first word to the receipt in Chromium, with script and without, and two tabs."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from deadlines.seeds import seed_rules
from proposals import similarity
from proposals.models import Proposal
from proposals.seeds import seed_fields
from proposals.stages import Stage
from tests.factories.organisation import PASSWORD, Province, make_province
from tests.factories.proposals import make_draft, make_proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Nhắc lịch nộp thuế đất bằng tin nhắn cho hộ gia đình"
SHOTS = Path(os.environ.get("SHOTS", ""))


@pytest.fixture
def province() -> Province:
    seed_rules()
    seed_fields()
    return make_province()


def sign_in(page: Page, base: str, username: str) -> None:
    page.goto(base + reverse("organisation:sign_in"))
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def shoot(page: Page, name: str) -> None:
    """A picture at both widths, when SHOTS names a folder."""
    if not os.environ.get("SHOTS"):
        return
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1366, "height": 768})


def go_on(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def write_all(page: Page, base: str) -> None:
    """The whole form by its labels, from the start page to the receipt."""
    page.goto(base + reverse("proposals:create"))
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_label("Tên đề xuất").fill(TITLE)
    page.get_by_label("Lĩnh vực").select_option(label="Cải cách thủ tục hành chính")
    page.get_by_label("Thí điểm").check()
    page.get_by_label("Dự kiến bắt đầu").fill("5/7/2027")
    go_on(page, "Vấn đề")
    page.get_by_label("Vấn đề cần giải quyết").fill("Hộ gia đình quên ngày nộp thuế đất.")
    page.get_by_label("Chưa được quy định").check()
    page.get_by_label("Vướng ở quy định nào").fill("Chưa có quy định về nhắc bằng tin nhắn.")
    go_on(page, "Giải pháp")
    page.get_by_label("Giải pháp", exact=True).fill("Gửi tin nhắn trước hạn mười ngày.")
    page.get_by_label("Khác gì cách làm hiện nay").fill("Hiện nay chỉ niêm yết tại xã.")
    page.get_by_label("Phạm vi", exact=True).fill("Ba xã của huyện Ninh Sơn")
    page.get_by_label("Thời gian thực hiện (tháng)").fill("6")
    go_on(page, "Lợi ích và chỉ tiêu")
    page.get_by_label("Lợi ích chung").fill("Hộ gia đình không bị phạt chậm nộp.")
    page.get_by_label("Ai được lợi").fill("Khoảng 4.000 hộ gia đình.")
    page.get_by_label("Tên chỉ tiêu").fill("Tỷ lệ nộp đúng hạn")
    page.get_by_label("Đơn vị tính").fill("%")
    page.get_by_label("Số ban đầu").fill("61,5")
    page.get_by_label("Mục tiêu").fill("90")
    go_on(page, "Nguồn lực, rủi ro")
    page.get_by_label("Kinh phí (đồng)").fill("42 triệu")
    page.get_by_label("Rủi ro", exact=True).fill("Tin nhắn gửi nhầm số.")
    page.get_by_label("Phương án dừng").fill("Dừng khi trên 2% tin nhắn gửi nhầm.")
    go_on(page, "Cam kết, tệp kèm theo")
    page.get_by_label("Không có").check()
    page.get_by_label("Tôi cam kết đề xuất").check()
    go_on(page, "Kiểm tra trước khi gửi")


def check_and_send(page: Page) -> None:
    expect(page.get_by_text("Nguyễn Giám Đốc Mẫu, Giám đốc Sở").first).to_be_visible()
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_role("heading", level=1, name="Đã gửi đề xuất DX-")).to_be_visible()


def test_a_proposal_goes_from_the_first_word_to_the_receipt(page, live_server, province):
    sign_in(page, live_server.url, "official")
    write_all(page, live_server.url)
    shoot(page, "kiem-tra")

    check_and_send(page)
    shoot(page, "bien-nhan")

    proposal = Proposal.objects.get()
    assert proposal.stage == Stage.SUBMITTED
    assert proposal.plan.budget == 42_000_000


def test_the_same_road_works_without_script(new_context, live_server, province):
    context: BrowserContext = new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, "official")
    write_all(page, live_server.url)

    check_and_send(page)

    assert Proposal.objects.get().stage == Stage.SUBMITTED


def test_text_is_saved_while_it_is_typed(page, live_server, province):
    draft = make_draft(proposer=province.official, agency=province.department)
    sign_in(page, live_server.url, "official")
    page.goto(live_server.url + reverse("proposals:edit", args=[draft.ref, "van-de"]))

    page.get_by_label("Vấn đề cần giải quyết").fill("Viết xong rồi đi ra ngoài.")
    with page.expect_response("**/sua/van-de/"):
        page.get_by_label("Số liệu").focus()

    expect(page.get_by_role("status").filter(has_text="Đã lưu lúc")).to_be_visible()
    expect(page.locator("#id_seen")).to_have_value("2")
    draft.plan.refresh_from_db()
    assert draft.plan.problem == "Viết xong rồi đi ra ngoài."


def test_two_tabs_end_in_a_choice(page, context, live_server, province):
    draft = make_draft(proposer=province.official, agency=province.department)
    sign_in(page, live_server.url, "official")
    url = live_server.url + reverse("proposals:edit", args=[draft.ref, "van-de"])
    page.goto(url)
    other = context.new_page()
    other.goto(url)
    other.get_by_label("Vấn đề cần giải quyết").fill("Bản ở thẻ kia.")
    other.get_by_role("button", name="Lưu bản nháp").click()

    page.get_by_label("Vấn đề cần giải quyết").fill("Bản ở thẻ này.")
    page.get_by_label("Số liệu").focus()

    expect(page.get_by_role("heading", name="Phần này vừa được sửa")).to_be_visible()
    shoot(page, "hai-ban")
    page.get_by_role("button", name="Giữ bản của tôi").click()
    expect(page.get_by_label("Vấn đề cần giải quyết")).to_have_value("Bản ở thẻ này.")


def test_like_titles_show_while_the_title_is_typed(page, live_server, province):
    for title, stage in (
        ("Nhắc hạn nộp phí bằng tin nhắn", Stage.CONCLUDED),
        (f"{TITLE} huyện Ninh Hải", Stage.MONITORED),
    ):
        similarity.index_title(make_proposal(stage, agency=province.department, title=title))
    draft = make_draft(
        proposer=province.official,
        agency=province.department,
        title="",
        requested_form="",
        plan={"starts_on": None},
    )
    sign_in(page, live_server.url, "official")
    page.goto(live_server.url + reverse("proposals:edit", args=[draft.ref, "thong-tin"]))

    page.get_by_label("Tên đề xuất").press_sequentially("nhac lich nop thue dat bang tin nhan")

    expect(page.get_by_role("heading", name="Có 2 đề xuất gần giống")).to_be_visible()
    page.get_by_label("Dự kiến bắt đầu").fill("07-2022")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa tiếp tục được: còn 2 nội dung cần sửa")
    shoot(page, "thong-tin")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("p2", "van-de"),
        ("p3", "giai-phap"),
        ("p4", "loi-ich"),
        ("p5", "nguon-luc-rui-ro"),
        ("p6", "cam-ket"),
    ],
)
def test_no_part_scrolls_sideways_on_a_phone(page, live_server, province, name, part):
    draft = make_draft(proposer=province.official, agency=province.department)
    sign_in(page, live_server.url, "official")
    page.goto(live_server.url + reverse("proposals:edit", args=[draft.ref, part]))
    shoot(page, name)

    page.set_viewport_size({"width": 320, "height": 700})

    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_my_list_fits_a_phone(page, live_server, province):
    mine = {"proposer": province.official, "agency": province.department}
    for stage in (Stage.UNDER_REVIEW, Stage.RETURNED, Stage.MONITORED, Stage.SUBMITTED):
        make_proposal(stage, **mine)
    sign_in(page, live_server.url, "official")
    page.goto(live_server.url + reverse("proposals:list"))
    shoot(page, "de-xuat-cua-toi")
    page.goto(live_server.url + reverse("proposals:create"))
    shoot(page, "bat-dau")
    page.goto(live_server.url + reverse("proposals:list"))

    page.set_viewport_size({"width": 320, "height": 700})

    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
