"""The mock-ups rebuilt from our components, to be looked at and measured; no view, no database."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import Context, engines
from django.template.engine import Engine

PAGES = Path(__file__).parent / "pages"
TODAY = date(2022, 6, 15)
NOON = datetime(2022, 6, 15, 5, 5, tzinfo=UTC)
USER = SimpleNamespace(
    full_name="Nguyễn Văn Mẫu",
    ref="11111111-1111-4111-8111-111111111111",
    is_authenticated=True,
    powers=SimpleNamespace(
        main=SimpleNamespace(position="Chuyên viên", unit_short_name="Sở TN&MT", unit_name="")
    ),
)


class PartForm(forms.Form):
    """The first part of a proposal, with one field of each look."""

    title = forms.CharField(
        label="Tên đề xuất",
        help_text="Viết việc sẽ làm và cho ai, 10–25 chữ. Ví dụ: “Trả kết quả đất đai tại nhà”.",
    )
    field = forms.ChoiceField(
        label="Lĩnh vực",
        choices=[("tthc", "Cải cách thủ tục hành chính")],
        help_text="Chọn lĩnh vực gần nhất. Có thể đổi sau.",
    )
    kind = forms.ChoiceField(
        label="Hình thức đề nghị",
        choices=[("pilot", "Thí điểm"), ("now", "Thực hiện ngay")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn hình thức đề nghị."},
    )
    start_on = forms.DateField(
        label="Dự kiến bắt đầu",
        help_text="Ngày/tháng/năm, ví dụ 05/07/2022.",
        input_formats=["%d/%m/%Y"],
        error_messages={"invalid": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2022."},
    )
    problem = forms.CharField(
        label="Vấn đề cần giải quyết",
        required=False,
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    paper = forms.FileField(
        label="Tệp kèm theo",
        required=False,
        help_text="PDF, Word, Excel, ảnh; mỗi tệp dưới 20 MB.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.png", "data-max-size": "1048576"}
        ),
    )
    promise = forms.BooleanField(
        label="Tôi cam kết đề xuất xuất phát từ động cơ trong sáng, vì lợi ích chung.",
        error_messages={"required": "Đánh dấu cam kết trước khi gửi."},
    )


def _entry(label: str, icon: str, **over: Any) -> dict[str, Any]:
    return {"label": label, "url": "/", "icon": icon, **over}


NAVIGATION = [
    {
        "label": "Cá nhân",
        "entries": [
            _entry("Việc của tôi", "check2-square", count=5, hot=True, current=True),
            _entry("Đề xuất của tôi", "folder2-open", count=7),
            _entry("Tạo đề xuất", "pencil-square"),
        ],
    },
    {
        "label": "Tham khảo",
        "entries": [
            _entry("Thư viện mô hình", "collection"),
            _entry("Tuyên truyền", "megaphone"),
            _entry("Hướng dẫn", "book"),
        ],
    },
    {
        "label": "Cơ quan",
        "entries": [
            _entry("Hồ sơ của cơ quan", "building"),
            _entry("Văn bản", "file-earmark-text"),
        ],
    },
]
BOTTOM = [
    _entry("Việc của tôi", "check2-square", current=True),
    _entry("Hồ sơ", "folder2-open"),
    _entry("Tạo", "plus-lg", new=True),
    _entry("Mô hình", "collection"),
]
FRAME = {
    "user": USER,
    "province_name": "tỉnh Ninh Thuận",
    "navigation": NAVIGATION,
    "bottom_navigation": BOTTOM,
    "unread_notices": 3,
    "csrf_token": "x" * 64,
    "today": TODAY,
}


def _task(title: str, days_left: int, verb: str, **over: Any) -> dict[str, Any]:
    return {
        "title": title,
        "url": "/",
        "verb": verb,
        "subject": "DX-2022-0147 · Trả kết quả đăng ký biến động đất đai tại nhà",
        "state": "running",
        "days_left": days_left,
        "due_on": TODAY,
        **over,
    }


HOME = {
    "groups": [
        {
            "label": "Quá hạn",
            "icon": "exclamation-circle-fill",
            "late": True,
            "tasks": [
                _task(
                    "Bổ sung hồ sơ theo yêu cầu của người đứng đầu",
                    -2,
                    "Bổ sung hồ sơ",
                    primary=True,
                    text="Yêu cầu: làm rõ nguồn kinh phí, phương án khi hệ thống ngừng hoạt động",
                    meta=["Giao ngày 06/06/2022"],
                )
            ],
        },
        {
            "label": "Trong 5 ngày làm việc tới",
            "icon": "calendar-week",
            "tasks": [
                _task("Trả lời ý kiến về sự cố SC-2022-012", 2, "Trả lời"),
                _task(
                    "Lập báo cáo tiến độ thí điểm kỳ 2",
                    3,
                    "Lập báo cáo",
                    meta=["Số liệu tháng 5 đã điền sẵn", "Còn thiếu: đánh giá khó khăn"],
                ),
                _task("Cập nhật chỉ tiêu “Chi phí bình quân một hồ sơ”", 5, "Cập nhật"),
            ],
        },
    ],
    "rows": [
        {
            "title": "Khảo sát hiện trường một lần cho ba thủ tục",
            "code": "DX-2022-0166",
            "state": "Chờ xem xét",
            "colour": "blue",
            "holder": "Giám đốc Sở",
            "since": "từ 08/06 · 5 ngày làm việc",
            "days_left": 5,
        },
        {
            "title": "Dùng chung bản đồ nền số khi thẩm định dự án",
            "code": "DX-2022-0129",
            "state": "Đã chuyển cấp trên",
            "colour": "violet",
            "holder": "Văn phòng UBND tỉnh",
            "since": "từ 30/05 · 12 ngày làm việc",
            "days_left": 3,
        },
        {
            "title": "Tổ lưu động đo đạc theo lịch thôn",
            "code": "DX-2021-0058",
            "state": "Chờ đánh giá",
            "colour": "amber",
            "icon": "clipboard-check",
            "holder": "Hội đồng đánh giá",
            "since": "từ 01/06 · 10 ngày làm việc",
            "days_left": -1,
        },
    ],
}
STEPS = [
    ("Soạn và gửi", "21/02/2022", "done"),
    ("Cơ quan xem xét", "04/03/2022\n9 ngày làm việc", "done"),
    ("UBND tỉnh quyết định", "25/03/2022\n15 ngày làm việc", "done"),
    ("Thí điểm", "01/04 – 30/09/2022", "now"),
    ("Đánh giá", "Tháng 10/2022", "todo"),
    ("Ghi nhận kết quả", "", "todo"),
    ("Nhân rộng", "", "todo"),
]
CASE = {
    "acts": [{"label": "Rút đề xuất", "url": "/", "icon": "x-circle", "danger": True}],
    "steps": [{"label": label, "small": small, "state": state} for label, small, state in STEPS],
    "tabs": [
        {"label": "Theo dõi thí điểm", "url": "/", "current": True},
        {"label": "Nội dung đề xuất", "url": "/"},
        {"label": "Báo cáo", "url": "/", "count": 1},
        {"label": "Hỗ trợ", "url": "/", "count": 1},
        {"label": "Sự cố", "url": "/", "count": 1},
        {"label": "Văn bản", "url": "/", "count": 6},
        {"label": "Hồ sơ minh chứng", "url": "/", "count": "8/10"},
        {"label": "Dòng thời gian", "url": "/"},
    ],
    "facts": [
        {"label": "Phạm vi", "value": "2 huyện"},
        {"label": "Thời gian", "value": "6 tháng"},
        {"label": "Kinh phí", "value": "Không tăng"},
        {"label": "Giảm mỗi hồ sơ", "value": "12 ngày"},
    ],
    "indicators": [
        {
            "name": "Kết quả trả tại nhà đúng hẹn",
            "now": 92.4,
            "reached": 89,
            "tone": "good",
            "sentence": "Đạt 89% mục tiêu, theo kế hoạch là 41%",
            "state": "Đúng kế hoạch",
            "colour": "green",
        },
        {
            "name": "Số hồ sơ tham gia",
            "now": 1026,
            "reached": 34,
            "tone": "warn",
            "sentence": "Đạt 34% mục tiêu, theo kế hoạch là 41%",
            "state": "Chậm",
            "colour": "amber",
        },
    ],
    "entries": [
        {
            "actor": "Trần Thị Ví Dụ",
            "role": "Giám đốc Sở",
            "text": "hỏi về sự cố SC-2022-012",
            "at": NOON,
            "icon": "chat-left-text",
            "quote": "Đã có xác nhận của hai hộ nhận lại hồ sơ chưa?",
        },
        {
            "text": "Bắt đầu thí điểm theo",
            "url": "/",
            "url_label": "Quyết định số 512/QĐ-UBND",
            "at": NOON,
            "icon": "play-fill",
            "colour": "teal",
        },
    ],
    "checks": [
        {"state": "ok", "text": "Quyết định cho phép thí điểm"},
        {"state": "miss", "text": "Ý kiến người dân", "note": "còn thiếu"},
    ],
    "files": [
        {
            "name": "Quyết định cho phép thí điểm",
            "url": "/",
            "kind": "pdf",
            "number": "512/QĐ-UBND",
            "on": TODAY,
            "size": 217088,
        },
        {"name": "Bảng số liệu", "url": "/", "kind": "excel", "size": 3565158},
    ],
}
PARTS = [
    ("1. Thông tin chung", "Đang viết", "blue", "pencil"),
    ("2. Vấn đề", "Đã xong", "green", ""),
    ("3. Giải pháp", "Đã xong", "green", ""),
    ("4. Lợi ích và chỉ tiêu", "Đang viết", "blue", "pencil"),
    ("5. Nguồn lực, rủi ro", "Chưa bắt đầu", "", ""),
    ("Kiểm tra và gửi", "Chưa mở", "", "lock"),
]
BADGES = [
    ("Bản nháp", "", "file-earmark"),
    ("Chờ xem xét", "blue", ""),
    ("Cần bổ sung", "amber", ""),
    ("Đã chuyển cấp trên", "violet", ""),
    ("Đang thí điểm", "teal", ""),
    ("Đạt mục tiêu", "green", ""),
    ("Đạt một phần", "gold", "circle-half"),
    ("Chưa đạt mục tiêu", "neutral", "dash-circle"),
    ("Quá hạn", "red", ""),
]


def _form_page() -> dict[str, Any]:
    typed = {"title": "Nhắc lịch nộp thuế đất", "field": "tthc", "start_on": "07-2022"}
    return {
        "form": PartForm(typed | {"problem": "chữ " * 23}),
        "parts": [
            {
                "label": label,
                "url": "" if state == "Chưa mở" else "/",
                "current": number == 0,
                "state_label": state,
                "colour": colour,
                "icon": icon,
            }
            for number, (label, state, colour, icon) in enumerate(PARTS)
        ],
        "badges": [{"label": a, "colour": b, "icon": c} for a, b, c in BADGES],
        "dues": [
            {"state": "running", "days_left": 9},
            {"state": "running", "days_left": 2},
            {"state": "running", "days_left": 0},
            {"state": "running", "days_left": -2},
            {"state": "stopped", "days_left": 1},
            {"state": "paused", "days_left": 1},
            {"state": "none"},
        ],
    }


def _review() -> dict[str, Any]:
    choices = [
        ("carry_out", "Đồng ý cho thực hiện", "Áp dụng ngay, trong thẩm quyền cơ quan"),
        ("pilot", "Đồng ý cho thí điểm", "Có thời hạn, chỉ tiêu và người theo dõi"),
        ("forward", "Chuyển cấp có thẩm quyền", "Vượt thẩm quyền cơ quan, trình UBND tỉnh"),
        ("return", "Trả lại để bổ sung", "Nêu rõ nội dung cần bổ sung, thời hạn"),
        ("refuse", "Không đồng ý", "Nêu lý do; người đề xuất được phản hồi"),
    ]
    return {
        "form": PartForm(),
        "facts": CASE["facts"],
        "sections": ["1. Vấn đề cần giải quyết", "2. Giải pháp đề xuất", "3. Vì lợi ích chung"],
        "choices": [
            {"value": value, "label": label, "hint": hint, "checked": value == "pilot"}
            for value, label, hint in choices
        ],
    }


def _error(**facts: Any) -> dict[str, Any]:
    request = HttpRequest()
    request.path = "/de-xuat/"
    request.id = "3f9a2c71d0b4"  # type: ignore[attr-defined]
    return {"request": request, **facts}


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of each page to look at -> its template and facts."""
    conflict = SimpleNamespace(
        message="", who="Trần Thị Ví Dụ", at=NOON, label="Cho thí điểm", url="/de-xuat/"
    )
    kept = [("Ý kiến chỉ đạo", "Đồng ý thí điểm tại 2 huyện.")]
    return {
        "home": ("home.html", HOME),
        "case": ("case.html", CASE),
        "form": ("form.html", _form_page()),
        "review": ("review.html", _review()),
        "confirm": ("confirm_act.html", {}),
        "403": ("errors/403.html", _error(scope="Sở Nội vụ")),
        "404": ("errors/404.html", _error()),
        "404-signed-out": ("errors/404.html", _error(user=None)),
        "409": ("errors/409.html", _error(conflict=conflict, kept=kept)),
        "500": ("errors/500.html", _error(request_id="3f9a2c71d0b4", at=NOON)),
    }


def engine() -> Engine:
    """The portal's template engine, which also finds the pages beside this file."""
    portal = engines["django"].engine  # type: ignore[attr-defined]
    return Engine(
        dirs=[PAGES, *portal.dirs],  # type: ignore[list-item]
        app_dirs=True,
        libraries=portal.libraries,
        builtins=portal.builtins,
    )


def render(name: str) -> str:
    """The HTML of one page of the gallery."""
    template, facts = pages()[name]
    return engine().get_template(template).render(Context(FRAME | facts))
