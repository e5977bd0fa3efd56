"""The mock-ups rebuilt from our components, under our content policy, in a real browser."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.a11y import (
    assert_accessible,
    assert_no_horizontal_scroll,
    first_load_bytes,
    space_text,
)
from tests.ui import gallery

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["home", "case", "form", "review", "confirm", "403", "404", "404-signed-out", "409", "500"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'"
)


class Gallery(SimpleHTTPRequestHandler):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, directory=str(ROOT), **options)

    def log_message(self, *arguments):
        """Tests are read by people: no line for each request."""

    def do_POST(self):
        self.do_GET()

    def do_GET(self):
        name = self.path.strip("/").partition("?")[0]
        if name not in NAMES:
            super().do_GET()
            return
        body = gallery.render(name).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gallery)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_page_of_the_gallery_is_looked_at():
    assert list(gallery.pages()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_accessible_fit_and_keep_the_policy(site, page: Page, name):
    complaints: list[str] = []
    page.on("console", lambda line: complaints.extend([line.text] * (line.type == "error")))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}/{name}")
    page.wait_for_load_state("networkidle")

    for width in (1366, 820, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert_accessible(page, also=["best-practice"])
    assert_no_horizontal_scroll(page, widths=[320, 390, 820, 1366, 1920])
    assert complaints == []

    space_text(page)
    assert_no_horizontal_scroll(page, widths=[390, 1366])


@pytest.mark.parametrize("name", ["home", "case", "form"])
def test_first_load_is_small_even_uncompressed(site, page: Page, name):
    assert first_load_bytes(page, f"{site}/{name}") <= 350_000


def test_open_menus_are_accessible_and_close_with_escape(site, page: Page):
    page.goto(f"{site}/case")
    menu = page.get_by_text("Thao tác khác")

    menu.click()
    assert_accessible(page)
    expect(page.get_by_role("link", name="Rút đề xuất")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Rút đề xuất")).to_be_hidden()
    expect(menu).to_be_focused()


def test_phone_menu_holds_the_whole_navigation(site, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/home")

    page.get_by_text("Thêm", exact=True).click()

    expect(page.get_by_role("link", name="Tuyên truyền")).to_be_visible()
    assert_accessible(page)


def test_the_window_of_shortcuts_opens_with_a_key(site, page: Page):
    page.goto(f"{site}/home")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    assert_accessible(page)


def test_slash_goes_to_search_but_not_while_typing(site, page: Page):
    page.goto(f"{site}/form")
    search = page.get_by_role("searchbox")

    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.get_by_label("Tên đề xuất").fill("")
    page.get_by_label("Tên đề xuất").press_sequentially("a/b")

    expect(page.get_by_label("Tên đề xuất")).to_have_value("a/b")


def test_errors_take_the_focus_and_lead_to_their_field(site, page: Page):
    page.goto(f"{site}/form")
    expect(page.get_by_role("alert").filter(has_text="Chưa tiếp tục được")).to_be_focused()

    page.get_by_role("link", name="Nhập ngày theo dạng ngày/tháng/năm").click()

    assert page.evaluate("location.hash") == "#id_start_on"
    field = page.get_by_label("Dự kiến bắt đầu")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "id_start_on_helptext id_start_on_error")


def test_counter_shows_what_is_left_and_what_is_over(site, page: Page):
    page.goto(f"{site}/form")
    field = page.get_by_label("Vấn đề cần giải quyết")

    field.fill("x" * 79)
    expect(page.locator(".counter")).to_be_hidden()
    field.fill("x" * 80)
    expect(page.locator(".counter")).to_have_text("Còn 20 ký tự")
    field.fill("x" * 103)

    expect(page.locator(".counter")).to_have_text("Bớt 3 ký tự")


def test_a_file_that_is_too_large_is_told_before_it_travels(site, page: Page):
    page.goto(f"{site}/form")
    field = page.get_by_label("Tệp kèm theo")

    field.set_input_files(
        {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": b"x" * (1536 * 1024)}
    )

    expect(page.get_by_text("Tệp anh.jpg nặng 1,5 MB. Chọn tệp dưới 1 MB.")).to_be_visible()
    expect(field).to_have_value("")


def test_a_file_of_another_kind_is_told_before_it_travels(site, page: Page):
    page.goto(f"{site}/form")

    page.get_by_label("Tệp kèm theo").set_input_files(
        {"name": "ma.exe", "mimeType": "application/octet-stream", "buffer": b"x"}
    )

    expect(page.get_by_text("Chọn tệp PDF, Word, Excel hoặc ảnh (JPG, PNG).")).to_be_visible()


def test_the_calendar_writes_day_month_year(site, page: Page):
    page.goto(f"{site}/form")
    expect(page.get_by_role("button", name="Mở lịch")).to_be_visible()

    page.locator(".picker").evaluate(
        "(picker) => { picker.value = '2022-07-05'; picker.dispatchEvent(new Event('change')); }"
    )

    expect(page.get_by_label("Dự kiến bắt đầu")).to_have_value("05/07/2022")


def test_typed_text_outlives_a_lost_session(site, page: Page):
    page.goto(f"{site}/form")
    page.get_by_label("Tên đề xuất").fill("Chữ vừa viết")
    page.once("dialog", lambda dialog: dialog.accept())

    page.goto(f"{site}/404-signed-out")
    page.goto(f"{site}/form")
    page.get_by_role("button", name="Giữ bản của tôi").click()

    expect(page.get_by_label("Tên đề xuất")).to_have_value("Chữ vừa viết")


def test_sent_text_that_arrived_is_forgotten(site, page: Page):
    page.goto(f"{site}/form")
    page.get_by_label("Tên đề xuất").fill("Chữ vừa viết")
    page.evaluate("document.querySelector('form[data-unsaved]').action = '/home'")

    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/home")

    assert (
        page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('viet:'))") == []
    )


def test_a_number_key_chooses_and_shows_what_belongs_to_the_choice(site, page: Page):
    page.goto(f"{site}/review")
    page.get_by_role("radio", name="Đồng ý cho thí điểm").focus()
    expect(page.get_by_label("Tên đề xuất")).to_be_hidden()

    page.keyboard.press("4")

    expect(page.get_by_role("radio", name="Trả lại để bổ sung")).to_be_checked()
    expect(page.get_by_label("Tên đề xuất")).to_be_visible()
    expect(page.get_by_label("Lĩnh vực")).to_be_hidden()


def test_control_enter_presses_the_primary_button_once(site, page: Page):
    posts: list[str] = []
    page.on("request", lambda asked: posts.extend([asked.url] * (asked.method == "POST")))
    page.goto(f"{site}/review")
    page.get_by_label("Ý kiến chỉ đạo").fill("Đồng ý.")

    page.keyboard.press("Control+Enter")
    page.wait_for_load_state("networkidle")

    assert posts == [f"{site}/review"]


def test_the_end_of_a_session_is_told_and_can_be_put_off(site, page: Page):
    page.clock.install()
    page.goto(f"{site}/home")

    page.clock.fast_forward((settings.SESSION_IDLE_SECONDS - 130) * 1000)
    expect(page.get_by_text("Phiên làm việc hết sau 2 phút.")).to_be_hidden()
    page.clock.fast_forward(15_000)
    assert_accessible(page)
    page.get_by_role("button", name="Tiếp tục làm việc").click()

    expect(page.get_by_text("Phiên làm việc hết sau 2 phút.")).to_be_hidden()


def test_pages_read_well_without_javascript(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/form")

    page.locator("summary.me").click()

    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    expect(page.get_by_role("button", name="Mở lịch")).to_be_hidden()
    context.close()


def test_no_page_names_a_foreign_host(site, page: Page):
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    for name in NAMES:
        page.goto(f"{site}/{name}")

    assert hosts == {site.removeprefix("http://")}
    assert settings.STATIC_URL == "/static/"
