"""The frame every page stands in, and the pages of what went wrong."""

import json
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string

from tests.ui import gallery


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_frame_has_its_landmarks():
    html = gallery.render("home")

    assert '<html lang="vi"' in html
    assert '<a class="skip" href="#noi-dung">Chuyển đến nội dung chính</a>' in html
    assert html.count("<h1") == 1
    assert [html.count(mark) for mark in ("<main", '<header class="topbar"', "<footer")] == [
        1,
        1,
        1,
    ]
    assert 'aria-label="Thông báo, 3 tin chưa đọc"' in html
    assert "Tài khoản: Nguyễn Văn Mẫu" in words(html)
    assert "Chuyên viên, Sở TN&amp;MT" in html


def test_entry_that_waits_is_counted_and_the_current_one_marked():
    side = gallery.render("home").split('aria-label="Danh mục chính"')[1].split("</nav>")[0]

    assert 'class="cnt hot">5<span class="visually-hidden"> việc</span>' in side
    assert side.count('aria-current="page"') == 1


def test_frame_stands_without_navigation_or_province():
    html = render_to_string("base.html", {"user": gallery.USER})

    assert "Cổng Đề xuất đổi mới, sáng tạo" in html
    assert "Ủy ban nhân dân" not in html
    assert 'aria-label="Thông báo"' in html


def test_htmx_is_tied_down():
    html = gallery.render("home")
    config = json.loads(re.search(r"name=\"htmx-config\"\s+content='([^']+)'", html).group(1))

    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True
    assert config["allowScriptTags"] is False
    assert config["historyCacheSize"] == 0
    assert config["includeIndicatorStyles"] is False
    assert f'hx-headers=\'{{"X-CSRFToken": "{"x" * 64}"}}\'' in html


def test_large_text_and_keys_are_the_readers_choice():
    plain = render_to_string("base.html", {"user": gallery.USER})
    chosen = render_to_string(
        "base.html", {"user": gallery.USER, "text_size": "large", "shortcuts_off": True}
    )

    assert "data-text" not in plain
    assert "data-shortcuts" not in plain
    assert 'data-text="large"' in chosen
    assert 'data-shortcuts="off"' in chosen


def test_messages_are_said():
    message = SimpleNamespace(level_tag="success")
    html = render_to_string("_messages.html", {"messages": [message]})

    assert 'role="status"' in html
    assert 'class="banner success"' in html


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("400", {}, "Không đọc được yêu cầu"),
        (
            "403",
            {"scope": "Sở Nội vụ"},
            "Không có quyền xem trang này Trang thuộc phạm vi của Sở Nội vụ."
            " Nếu cần xem để làm nhiệm vụ, đề nghị người quản trị của cơ quan cấp quyền."
            " Về Việc của tôi",
        ),
        ("403", {"scope": ""}, "Trang thuộc phạm vi của cơ quan hoặc vai trò khác."),
        ("403", {"is_stale_form": True}, "Phiên làm việc đã hết Thao tác chưa được thực hiện."),
        (
            "404",
            {},
            "Không tìm thấy trang Đường dẫn có thể đã đổi, hoặc hồ sơ đã được chuyển."
            " Kiểm tra lại mã hồ sơ. Tìm hồ sơ",
        ),
        ("413", {"limit_mb": 30}, "Tệp quá lớn Tổng dung lượng vượt 30 MB. Quay lại"),
        ("429", {"retry_seconds": 60}, "Thao tác quá nhanh Thử lại sau 60 giây. Thử lại"),
        (
            "500",
            {"request_id": "3f9a2c71d0b4"},
            "Hệ thống đang gặp sự cố Nội dung đã lưu không bị mất. Mã sự cố: 3f9a2c71d0b4 .",
        ),
        (
            "503",
            {"back_at": datetime(2022, 6, 14, 9, 5, tzinfo=UTC)},
            "Hệ thống tạm dừng để bảo trì Dự kiến hoạt động lại lúc 16:05, ngày 14/06/2022."
            " Thời hạn xử lý được tự động cộng thêm.",
        ),
        ("503", {}, "Hệ thống tạm dừng để bảo trì Thử lại sau ít phút."),
    ],
)
@pytest.mark.parametrize("user", [gallery.USER, None])
def test_pages_of_what_went_wrong(name, facts, expected, user):
    html = render_to_string(f"errors/{name}.html", facts | {"user": user})

    assert expected in words(html)
    assert html.count("<h1") == 1


def test_conflict_names_who_and_when_and_keeps_what_was_typed():
    conflict = SimpleNamespace(
        message="",
        who="Trần Thị Ví Dụ",
        at=datetime(2022, 6, 14, 9, 5, tzinfo=UTC),
        label="Cho thí điểm",
        url="/de-xuat/1/",
    )
    html = render_to_string(
        "errors/409.html",
        {
            "user": gallery.USER,
            "request": HttpRequest(),
            "conflict": conflict,
            "kept": [("Ý kiến", "<i>Đồng ý</i>")],
        },
    )

    assert (
        'Hồ sơ vừa chuyển sang trạng thái "Cho thí điểm".'
        " Trần Thị Ví Dụ đã xử lý hồ sơ này lúc 16:05, ngày 14/06/2022."
        " Thao tác chưa được thực hiện." in words(html)
    )
    assert re.search(r"<textarea[^>]*readonly[^>]*>&lt;i&gt;Đồng ý&lt;/i&gt;</textarea>", html)
    assert re.search(r'href="/de-xuat/1/"[^>]*>Tải lại hồ sơ</a>', html)


def test_conflict_may_bring_its_own_sentence():
    conflict = SimpleNamespace(message="Văn bản đã cấp số.", who="A", at=None, label="", url="")
    html = render_to_string(
        "errors/409.html", {"user": gallery.USER, "conflict": conflict, "request": HttpRequest()}
    )

    assert "Văn bản đã cấp số." in words(html)
    assert "đã xử lý" not in words(html)
    assert "Nội dung đã nhập" not in words(html)


def test_plain_error_pages_need_nothing_but_the_stylesheet():
    html = render_to_string("errors/500.html", {"request_id": "3f9a2c71d0b4"})

    assert "<script" not in html
    assert "hx-" not in html
    assert "csrf" not in html
