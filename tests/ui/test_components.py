"""Each component says the exact words of the language page."""

import re
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from organisation.lists import pages_shown

DUE_ON = date(2022, 6, 22)


def html_of(component, **facts):
    return re.sub(r"\s+", " ", render_to_string(f"components/{component}.html", facts))


def words_of(component, **facts):
    return " ".join(re.sub(r"<[^>]+>", " ", html_of(component, **facts)).split())


@pytest.mark.parametrize(
    ("facts", "words", "look"),
    [
        ({"state": "running", "days_left": 9}, "Còn 9 ngày làm việc", "due"),
        ({"state": "running", "days_left": 4}, "Còn 4 ngày làm việc", "due"),
        ({"state": "running", "days_left": 3}, "Còn 3 ngày làm việc", "due due-soon"),
        ({"state": "running", "days_left": 0}, "Đến hạn hôm nay", "due due-soon"),
        ({"state": "running", "days_left": -2}, "Quá 2 ngày làm việc", "due due-late"),
        ({"state": "stopped", "stopped_on": date(2022, 4, 13)}, "Đã xong 13/04/2022", "due due-ok"),
        ({"state": "paused", "days_left": 3}, "Tạm ngừng tính hạn", "due due-hold"),
        ({"state": "none"}, "Không có thời hạn", "due"),
        ({"state": "running"}, "Không có thời hạn", "due"),
    ],
)
def test_deadline_chip(facts, words, look):
    assert words_of("_due", **facts) == words
    assert f'<span class="{look}"' in html_of("_due", **facts)


def test_deadline_chip_explains_itself():
    facts = {"state": "running", "days_left": 5, "due_on": DUE_ON}

    assert 'title="Hạn 22/06/2022."' in html_of("_due", **facts)
    assert (
        'title="Hạn 22/06/2022. Tính từ 08/06/2022, 10 ngày làm việc, không kể ngày nghỉ, lễ."'
        in html_of("_due", **facts, started_on=date(2022, 6, 8), length=10)
    )


def test_dense_chip_keeps_the_whole_words_for_screen_readers():
    html = html_of("_due", state="running", days_left=-1, dense=True)

    assert 'Quá 1 ngày<span class="visually-hidden"> làm việc</span>' in html


@pytest.mark.parametrize(
    ("colour", "look", "sign"),
    [
        ("blue", "st st-blue", "hourglass-split"),
        ("amber", "st st-amber", "exclamation-triangle"),
        ("violet", "st st-violet", "box-arrow-up-right"),
        ("teal", "st st-teal", "activity"),
        ("green", "st st-green", "check-lg"),
        ("gold", "st st-gold", "award"),
        ("red", "st st-red", "exclamation-circle"),
        ("neutral", "st", "circle"),
        ("", "st", "circle"),
    ],
)
def test_badge_has_words_colour_and_sign(colour, look, sign):
    html = html_of("_badge", label="Chờ xem xét", colour=colour)

    assert f'<span class="{look}">' in html
    assert f"icons.svg#{sign}" in html
    assert words_of("_badge", label="Chờ xem xét", colour=colour) == "Chờ xem xét"


def test_badge_may_name_its_own_sign():
    assert "icons.svg#circle-half" in html_of(
        "_badge", label="x", colour="gold", icon="circle-half"
    )


def test_tracker_says_where_the_case_stands():
    steps = [
        {"label": "Soạn và gửi", "small": "21/02/2022", "state": "done"},
        {"label": "Thí điểm", "small": "", "state": "now"},
        {"label": "Đánh giá", "small": "", "state": "todo"},
    ]

    assert words_of("_tracker", steps=steps) == (
        "Soạn và gửi Đã xong 21/02/2022 Thí điểm Bước hiện tại 3 Đánh giá Chưa đến"
    )
    assert html_of("_tracker", steps=steps).count('aria-current="step"') == 1


def test_holder_strip():
    words = words_of(
        "_holder",
        holder="Giám đốc Sở",
        since=date(2022, 6, 8),
        since_small="5 ngày làm việc",
        next="Xem xét",
        state="running",
        days_left=5,
        due_on=DUE_ON,
    )

    assert words == (
        "Đang giữ hồ sơ Giám đốc Sở Từ ngày 08/06/2022 5 ngày làm việc"
        " Việc tiếp theo Xem xét Còn 5 ngày làm việc Hạn 22/06/2022"
    )


def test_holder_strip_of_a_case_nobody_holds():
    assert words_of("_holder") == "Đang giữ hồ sơ – Từ ngày – Việc tiếp theo –"


def test_timeline_escapes_what_people_wrote():
    entry = {
        "actor": "Trần Thị Ví Dụ",
        "role": "Giám đốc Sở",
        "text": "hỏi",
        "at": datetime(2022, 6, 14, 9, 5, tzinfo=UTC),
        "quote": "<b>Đã xong chưa?</b>",
    }
    html = html_of("_timeline", entries=[entry])

    assert "14/06/2022, 16:05" in html
    assert "&lt;b&gt;Đã xong chưa?&lt;/b&gt;" in html
    assert 'class="quote" hx-disable' in html


def test_bar_is_drawn_without_styles():
    html = html_of("_bar", value=34, plan=41, tone="warn", label="Đạt 34% mục tiêu")

    assert 'role="img" aria-label="Đạt 34% mục tiêu"' in html
    assert re.search(r'class="fill warn"[^>]*width="34%"', html)
    assert re.search(r'class="plan"[^>]*x="41%"', html)
    assert "style=" not in html


def test_bar_counts_in_its_own_unit():
    html = html_of("_bar", value=2, max=6, label="Đã xong 2 trên 6 phần")

    assert 'width="33.3%"' in html
    assert "plan" not in html


def test_task_has_one_button_that_names_its_act():
    task = {
        "title": "Bổ sung hồ sơ",
        "url": "/de-xuat/1/",
        "verb": "Bổ sung",
        "subject": "DX-2022-0181",
        "meta": ["Giao ngày 06/06/2022"],
        "state": "running",
        "days_left": -2,
        "due_on": DUE_ON,
    }

    assert words_of("_task", task=task, primary=True) == (
        "Quá 2 ngày làm việc Hạn 22/06/2022 Bổ sung hồ sơ DX-2022-0181 Giao ngày 06/06/2022 Bổ sung"
    )
    assert "btn-primary" in html_of("_task", task=task, primary=True)
    assert "btn-primary" not in html_of("_task", task=task)


def test_confirm_posts_with_its_token_and_repeats_the_verb():
    html = html_of(
        "_confirm",
        question="Rút đề xuất DX-2022-0147?",
        consequence="Người đứng đầu sẽ không xem xét tiếp.",
        verb="Rút đề xuất",
        back_url="/de-xuat/1/",
        danger=True,
        csrf_token="token",
    )

    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert re.search(r"<button[^>]*btn-danger[^>]*>\s*Rút đề xuất\s*</button>", html)
    assert '<a class="btn btn-quiet" href="/de-xuat/1/">Quay lại</a>' in html


def test_more_rows_follow_a_real_link():
    html = html_of("_more", url="/ho-so/?sau=50", rows="hang")

    assert 'href="/ho-so/?sau=50"' in html
    assert 'hx-select="#hang > *"' in html
    assert html.count(">Xem thêm</a>") == 1
    assert words_of("_more", url="", rows="hang") == ""


@pytest.mark.parametrize(
    ("asked", "piece", "address", "has_start"),
    [
        ("q=a", "?q=a&sau=50&trang=2", "/ho-so/?q=a&trang=2", False),
        ("q=a&trang=2", "?q=a&sau=50&trang=3", "/ho-so/?q=a&trang=3", False),
        ("q=a&sau=25&trang=2", "?q=a&sau=50&trang=3", "/ho-so/?q=a&trang=3", False),
        ("q=a&trang=10", "?q=a&sau=50&trang=10", None, False),
        ("q=a&sau=25", "?q=a&sau=50", None, True),
        ("q=a&trang=x9", "?q=a&sau=50&trang=2", "/ho-so/?q=a&trang=2", False),
    ],
)
def test_the_address_shows_all_rows_again_that_stand_on_the_screen(
    asked, piece, address, has_start
):
    request = RequestFactory().get(f"/ho-so/?{asked}")
    query = request.GET.copy()
    query["sau"] = "50"
    template = get_template("components/_more.html")

    html = template.render({"url": f"?{query.urlencode()}", "rows": "hang"}, request)

    found = re.search(r'hx-replace-url="([^"]+)"', html)
    asked_for = parse_qs(unescape(re.search(r'hx-get="\?([^"]+)"', html)[1]))
    assert asked_for == parse_qs(piece.removeprefix("?"))
    assert (found and unescape(found[1])) == address
    assert ("Về đầu danh sách" in html) is has_start


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ("", 1),
        ("trang=3", 3),
        ("trang=99", 10),
        ("trang=0", 1),
        ("trang=-1", 1),
        ("trang=٣", 1),
        ("trang=" + "9" * 5000, 1),
        ("trang=3&sau=9", 1),
        ("trang=3&truoc=9", 1),
    ],
)
def test_how_many_pages_a_list_begins_with(asked, pages):
    assert pages_shown(QueryDict(asked)) == pages


def test_files_say_number_day_kind_and_size():
    files = [
        {
            "name": "Quyết định cho phép thí điểm",
            "url": "/van-ban/1/",
            "kind": "pdf",
            "number": "512/QĐ-UBND",
            "on": date(2022, 3, 25),
            "size": 217_088,
        },
        {"name": "Ảnh", "url": "", "kind": "other", "size": 100, "note": "chờ kiểm tra"},
    ]

    assert words_of("_files", files=files) == (
        "Quyết định cho phép thí điểm Số 512/QĐ-UBND, 25/03/2022 · PDF, 212 KB"
        " Ảnh 1 KB · chờ kiểm tra"
    )


def test_progress_is_named_by_its_words():
    html = html_of("_progress", id="viec", text="Đang tổng hợp 34/60 cơ quan.", percent=57)

    assert '<p class="small mb-2" id="viec">Đang tổng hợp 34/60 cơ quan.</p>' in html
    assert re.search(
        r'<progress class="prog"\s+max="100"\s+value="57"\s+aria-labelledby="viec">', html
    )


def test_parts_that_may_not_be_opened_are_no_links():
    parts = [
        {"label": "1. Thông tin chung", "url": "/1/", "current": True, "state_label": "Đang viết"},
        {"label": "Kiểm tra và gửi", "url": "", "state_label": "Chưa mở", "icon": "lock"},
    ]
    html = html_of("_parts", parts=parts, done=0, total=6)

    assert '<a href="/1/" aria-current="step">1. Thông tin chung</a>' in html
    assert '<span class="muted">Kiểm tra và gửi</span>' in html
    assert "0/6 đã xong" in html


def test_empty_state_offers_the_next_step():
    words = words_of(
        "_empty",
        text="Không có việc nào đang chờ.",
        url="/moi/",
        label="Tạo đề xuất mới",
        second_url="/mo-hinh/",
        second_label="Xem thư viện mô hình",
    )

    assert words == "Không có việc nào đang chờ. Tạo đề xuất mới Xem thư viện mô hình"
    assert words_of("_empty", text="Không có thông báo mới.") == "Không có thông báo mới."


def test_small_pieces():
    tabs = [{"label": "Văn bản", "url": "/", "count": 6, "current": True}]
    facts = [{"label": "Kinh phí", "value": ""}]
    acts = [{"label": "Rút đề xuất", "url": "/rut/"}]

    assert words_of("_tabs", tabs=tabs) == "Văn bản 6"
    assert words_of("_facts", facts=facts) == "Kinh phí –"
    assert words_of("_actions", entries=acts) == "Thao tác khác Rút đề xuất"
    assert words_of("_actions", entries=[]) == ""
    assert words_of("_crumbs", url="/", label="Đề xuất", here="DX-1") == "Đề xuất DX-1"
    assert words_of("_check", state="miss", text="Biên bản", note="còn thiếu") == (
        "Biên bản – còn thiếu"
    )
    assert words_of("_notice", tone="amber", title="1 điểm.", text="Chưa có ý kiến.") == (
        "1 điểm. Chưa có ý kiến."
    )
