from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone

from organisation.templatetags import portal

AFTERNOON = datetime(2022, 6, 14, 9, 5, tzinfo=UTC)  # 16:05 in Việt Nam


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (portal.vn_date(date(2022, 7, 5)), "05/07/2022"),
        (portal.vn_date(datetime(2022, 6, 14, 18, 0, tzinfo=UTC)), "15/06/2022"),
        (portal.vn_time(AFTERNOON), "16:05"),
        (portal.vn_datetime(AFTERNOON), "14/06/2022, 16:05"),
        (portal.vn_weekday_date(date(2022, 6, 15)), "Thứ Tư, 15/06/2022"),
        (portal.vn_weekday_date(date(2022, 6, 19)), "Chủ nhật, 19/06/2022"),
        (portal.vn_document_date(date(2022, 7, 5)), "ngày 05 tháng 7 năm 2022"),
        (portal.vn_document_date(date(2022, 2, 21)), "ngày 21 tháng 02 năm 2022"),
        (portal.vn_document_date(date(2022, 12, 1)), "ngày 01 tháng 12 năm 2022"),
        (portal.vn_period(date(2022, 4, 1), date(2022, 9, 30)), "01/04 – 30/09/2022"),
        (portal.vn_period(date(2021, 12, 1), date(2022, 3, 1)), "01/12/2021 – 01/03/2022"),
        (portal.vn_period(date(2022, 4, 1), None), "01/04/2022"),
    ],
)
def test_days_and_times(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (portal.vn_number(1234), "1.234"),
        (portal.vn_number(Decimal("1234.500")), "1.234,5"),
        (portal.vn_number(0), "0"),
        (portal.vn_number(100), "100"),
        (portal.vn_number(-1.5), "-1,5"),
        (portal.vn_number(95, 1), "95,0"),
        (portal.vn_number(Decimal("2.25"), 1), "2,3"),
        (portal.vn_percent(92.4), "92,4%"),
        (portal.vn_percent(Decimal("92.00")), "92%"),
        (portal.vn_percent(100), "100%"),
        (portal.vn_percent(0), "0%"),
        (portal.vn_size(217_088), "212 KB"),
        (portal.vn_size(3_565_158), "3,4 MB"),
        (portal.vn_size(10), "1 KB"),
    ],
)
def test_numbers_and_sizes(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "0 đồng"),
        (84_000, "84.000 đồng"),
        (999_999, "999.999 đồng"),
        (1_000_000, "1,0 triệu đồng"),
        (42_000_000, "42,0 triệu đồng"),
        (999_960_000, "1,00 tỷ đồng"),
        (1_250_000_000, "1,25 tỷ đồng"),
        (1_234_500_000_000, "1.234,50 tỷ đồng"),
    ],
)
def test_money(amount, expected):
    assert portal.vn_money(amount) == expected


def test_money_to_the_last_dong():
    assert portal.vn_money(42_350_000, "full") == "42.350.000 đồng"


@pytest.mark.parametrize(
    "written",
    [
        portal.vn_date(None),
        portal.vn_time(None),
        portal.vn_datetime(None),
        portal.vn_weekday_date(None),
        portal.vn_document_date(None),
        portal.vn_period(None, None),
        portal.relative_time(None),
        portal.moment(None),
        portal.vn_number(None),
        portal.vn_percent(None),
        portal.vn_money(None),
        portal.vn_size(None),
        portal.initials(None),
        portal.icon(""),
    ],
)
def test_nothing_is_shown_for_what_is_missing(written):
    assert written == ""


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=5), "1 phút trước"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=3), "3 giờ trước"),
        (timedelta(hours=17), "hôm qua, 16:05"),
        (timedelta(hours=24), "14/06/2022"),
        (timedelta(minutes=-5), "14/06/2022"),
    ],
)
def test_relative_time_within_a_day(monkeypatch, passed, expected):
    monkeypatch.setattr(timezone, "now", lambda: AFTERNOON + passed)

    assert portal.relative_time(AFTERNOON) == expected


def test_moment_carries_the_whole_time(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AFTERNOON + timedelta(minutes=5))

    assert portal.moment(AFTERNOON) == (
        '<time datetime="2022-06-14T16:05+07:00" title="14/06/2022, 16:05">5 phút trước</time>'
    )


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [
        (41, 100, "41%"),
        (1, 3, "33.3%"),
        (5, 4, "100%"),
        (-1, 4, "0%"),
        (None, 4, "0%"),
        (1, 0, "0%"),
    ],
)
def test_share_stays_between_nothing_and_all(value, whole, expected):
    assert portal.share(value, whole) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nguyễn Văn Mẫu", "NM"),
        ("Trần Thị Ví Dụ", "VD"),
        ("Ánh", "Á"),
        ("lê hoa", "LH"),
        ("", ""),
    ],
)
def test_initials(name, expected):
    assert portal.initials(name) == expected


def test_icon_is_drawn_from_the_sprite_and_silent():
    assert portal.icon("clock", "me-1") == (
        '<svg class="bi bi-clock me-1" aria-hidden="true" focusable="false">'
        '<use href="/static/vendor/icons.svg#clock"></use></svg>'
    )


class TwoFields(forms.Form):
    secret = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Thiếu khóa."})
    name = forms.CharField(error_messages={"required": "Nhập tên."})

    def clean(self):
        raise forms.ValidationError("Hai ngày không khớp.")


def test_all_errors_in_the_order_of_the_fields():
    expected = [
        {"id": "", "message": "Hai ngày không khớp."},
        {"id": "", "message": "Thiếu khóa."},
        {"id": "id_name", "message": "Nhập tên."},
    ]

    assert portal.all_errors(TwoFields({})) == expected
    assert portal.all_errors([TwoFields({}), TwoFields({})]) == expected * 2


def test_all_errors_of_a_formset_begin_with_its_own():
    rows = forms.formset_factory(TwoFields, min_num=2, validate_min=True, extra=0)
    posted = rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})

    assert [one["id"] for one in portal.all_errors(posted)] == [
        "id_form-0-name",
        "",
        "",
        "id_form-0-name",
    ]


def test_no_errors_of_nothing():
    assert portal.all_errors(None) == []
    assert portal.all_errors(TwoFields()) == []


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [("95", "% số hồ sơ", "95% số hồ sơ"), ("1234.5", "đồng", "1.234,5 đồng")],
)
def test_a_per_cent_sign_stands_at_its_number(value, unit, words):
    assert portal.vn_quantity(Decimal(value), unit) == words


def test_codes_stay_on_one_line_and_the_rest_is_escaped():
    said = portal.codes("Đã gửi <DX-2026-0147>.")

    assert said == 'Đã gửi &lt;<span class="nb">DX-2026-0147</span>&gt;.'
