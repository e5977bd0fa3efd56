"""What may be typed, and the words for what may not (language.md §6.2)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from freezegun import freeze_time

from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    MoneyField,
    VietnameseDateField,
    VietnameseDecimalField,
    VietnameseIntegerField,
    ends_before_start,
)


def message(field, value) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


@pytest.mark.parametrize("typed", ["5/7/2022", "05-07-2022", "05.07.2022", "5/7/22", " 5/7/2022 "])
def test_a_date_is_understood_in_every_usual_writing(typed):
    assert VietnameseDateField().clean(typed) == date(2022, 7, 5)


def test_a_date_that_is_not_understood_is_asked_for_with_an_example():
    said = message(VietnameseDateField(), "07-2022")

    assert said == "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2022."


def test_a_date_that_does_not_exist_is_named():
    said = message(VietnameseDateField(), "31/02/2022")

    assert said == "Không có ngày 31/02/2022. Kiểm tra lại ngày, tháng."


@freeze_time("2022-07-04 18:00")  # one o'clock of the next day in Ninh Thuận
def test_a_date_in_the_past_is_refused_where_only_later_ones_make_sense():
    said = message(VietnameseDateField(from_today=True), "4/7/2022")

    assert said == "Chọn ngày từ hôm nay (05/07/2022) trở đi."


@pytest.mark.django_db
def test_a_day_off_is_refused_where_people_must_work():
    said = message(VietnameseDateField(working_day=True), "9/7/2022")

    assert said == "09/07/2022 là ngày nghỉ. Chọn ngày làm việc khác."


def test_a_period_ends_after_it_starts():
    start = date(2022, 7, 5)

    assert ends_before_start(start, date(2022, 7, 6)) == ""
    assert ends_before_start(start, start) == "Ngày kết thúc phải sau ngày bắt đầu (05/07/2022)."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1 234", "1234"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
        ("-3", "-3"),
        ("12,5", "12.5"),
    ],
)
def test_a_number_is_read_as_vietnamese_write_it(typed, meant):
    assert VietnameseDecimalField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["1.5", "1,234", "1,234.5", "12.34"])
def test_a_number_with_two_readings_is_asked_for_again(typed):
    said = message(VietnameseDecimalField(), typed)

    assert said == f"Chưa rõ số {typed}. Viết 1234,5 hoặc 1.234,5."


@pytest.mark.parametrize("typed", ["mười", "1..2", "1,2,3", "12a", "1e5"])
def test_what_is_no_number_is_asked_for_with_an_example(typed):
    said = message(VietnameseDecimalField(), typed)

    assert said == "Nhập số, dùng dấu phẩy cho phần thập phân, ví dụ 1.234,5."


def test_a_number_out_of_range_names_the_range():
    field = VietnameseIntegerField(min_value=1, max_value=99)

    assert message(field, "100") == "Nhập số từ 1 đến 99."
    assert field.clean("99") == 99


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("42.000.000", 42_000_000),
        ("42000000", 42_000_000),
        ("42 triệu", 42_000_000),
        ("42 triệu đồng", 42_000_000),
        ("1,25 tỷ", 1_250_000_000),
        ("500 nghìn đồng", 500_000),
        ("84.000 đồng", 84_000),
        ("0", 0),
        ("", None),
    ],
)
def test_money_is_read_in_dong(typed, meant):
    assert MoneyField(required=False).clean(typed) == meant


def test_a_missing_text_is_asked_for_by_its_name():
    assert message(CleanTextField(label="Tên đề xuất"), "  ") == "Nhập tên đề xuất."


def test_a_missing_choice_is_asked_for_by_its_name():
    field = ChoiceField(label="Hình thức đề nghị", choices=[("a", "A")])

    assert message(field, "") == "Chọn hình thức đề nghị."


def test_a_text_that_is_too_long_says_by_how_much():
    field = CleanTextField(label="Lý do", max_length=5)

    assert message(field, "tám chữ ") == "Lý do dài quá 5 ký tự. Bớt 2 ký tự."


def test_a_text_that_is_too_short_says_how_much_there_is():
    field = CleanTextField(label="Lý do", min_words=30)

    assert message(field, "Chưa khả thi") == "Lý do cần ít nhất 30 chữ. Hiện có 3 chữ."


def test_a_text_with_too_many_words_says_how_many():
    field = CleanTextField(label="Nói ngắn gọn", max_words=60)

    assert message(field, "chữ " * 62) == "Nói ngắn gọn dài quá 60 chữ. Bớt 2 chữ."
    assert field.clean("chữ " * 60) == ("chữ " * 60).strip()


def test_decomposed_letters_are_composed_before_they_are_counted():
    field = CleanTextField(label="Tên", max_length=2)

    assert field.clean("o\u0302\u0323a\u0306") == "ộă"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\ud800"])
def test_control_characters_are_refused(sign):
    said = message(CleanTextField(label="Tên đề xuất"), f"Tên{sign}gọi")

    assert said == "Tên đề xuất có ký tự điều khiển. Xóa ký tự đó và gõ lại."


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff"])
def test_hidden_signs_leave_one_line_and_show_as_marks_in_many(sign):
    assert CleanTextField(label="Tên").clean(f"Sở{sign} Mẫu") == "Sở Mẫu"
    assert CleanTextField(label="Tên", lines=True).clean(f"a{sign}b\r\nc") == "a\u25ccb\nc"


@pytest.mark.parametrize("sign", ["\u00d0", "\u0189", "\u00f0"])
def test_a_foreign_letter_that_looks_like_d_is_pointed_out(sign):
    said = message(CleanTextField(label="Tên đề xuất"), f"{sign}ất đai")

    assert said == "Tên đề xuất có chữ Ð của tiếng nước ngoài. Gõ lại bằng chữ Đ tiếng Việt."


def test_what_is_missing_is_named_without_its_unit():
    assert message(MoneyField(label="Kinh phí (đồng)"), "") == "Nhập kinh phí."
