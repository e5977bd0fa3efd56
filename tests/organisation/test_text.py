"""Vietnamese text: searching, sorting, cleaning (security TP-01)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.text import (
    UncleanText,
    fold,
    many_lines,
    nfc,
    one_line,
    person_sort_key,
    sort_key,
    words,
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Đổi mới, Sáng Tạo", "doi moi, sang tao"),
        ("Phan Rang-Tháp Chàm", "phan rang-thap cham"),
        ("Phan Rang - Tháp Chàm", "phan rang-thap cham"),
        ("Phan Rang – Tháp Chàm", "phan rang-thap cham"),
        ("  ƯỚC\tmơ ", "uoc mo"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Đượm"), "nguyen thi duom"),
    ],
)
def test_folding(written, key):
    assert fold(written) == key


def test_the_order_of_the_alphabet():
    written = ["zê", "đa", "da", "ăn", "an", "ân", "áo", "ào", "ảo", "ão", "ạo", "ư", "u", "ơ", "ô"]

    assert sorted(written, key=sort_key) == [
        *("an", "ào", "ảo", "ão", "áo", "ạo", "ăn", "ân"),
        *("da", "đa", "ô", "ơ", "u", "ư", "zê"),
    ]


def test_people_sort_by_given_name():
    names = ["Trần Văn Bình", "Nguyễn Thị Ánh", "Lê Văn An", "Bùi Thị An"]

    assert sorted(names, key=person_sort_key) == [
        *("Bùi Thị An", "Lê Văn An", "Nguyễn Thị Ánh", "Trần Văn Bình"),
    ]


def test_one_line_is_cleaned():
    assert one_line("  a\u202eb\u200b \r\n c\ufeff  ") == "ab c"
    assert one_line(unicodedata.normalize("NFD", "Mẫu")) == "Mẫu"


def test_running_text_shows_what_hides():
    assert many_lines("a\u202eb\r\nc\u200bd\re") == "a\u25ccb\nc\u25ccd\ne"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ud800"])
def test_control_signs_are_refused(sign):
    for clean in (one_line, many_lines):
        with pytest.raises(UncleanText):
            clean(f"a{sign}b")


@given(st.text())
def test_keys_never_fail_and_are_steady(text):
    assert fold(fold(text)) == fold(text)
    assert isinstance(sort_key(text), str)
    assert nfc(nfc(text)) == nfc(text)


def test_words_are_counted_by_spaces():
    assert words(" Trả kết quả  tại nhà\n") == 5
