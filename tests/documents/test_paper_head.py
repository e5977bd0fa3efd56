"""van-ban-nd30.md §9, assertions 1 to 9, 24 and 25: page, head, number, day, stamps."""

import re
import unicodedata

import pytest
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from documents.papers import printed
from documents.papers.description import Paper
from documents.papers.words import day_text, number_text, point_letter
from documents.render import render_pdf
from documents.samples import order
from documents.samples.texts import (
    DECISION,
    LETTER,
    LONG_LETTER,
    MINUTES,
    NOTICE,
    PLAN,
    REPORT,
    SLIP,
    SUBMISSION,
)
from tests.documents.measuring import BOTTOM, LEFT, MM, RIGHT, TOP, measured, paper

pytestmark = pytest.mark.xdist_group("paper form")
KINDS = {
    "order": order(),
    "letter": LETTER,
    "long letter": LONG_LETTER,
    "decision": DECISION,
    "report": REPORT,
    "submission": SUBMISSION,
    "notice": NOTICE,
    "plan": PLAN,
    "minutes": MINUTES,
    "slip": SLIP,
}
NAMED = {name: KINDS[name] for name in KINDS if "letter" not in name and name != "order"}
LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)


def close(value: float, wanted: float, by: float) -> bool:
    return abs(value - wanted) <= by


@pytest.mark.parametrize("name", list(KINDS))
def test_1_the_text_stands_within_the_margins_of_a_black_a4(name):
    drawn = paper(name, KINDS[name])

    for row in (row for row in drawn.body if drawn.pages[row.page - 1][0] < 600):
        assert row.x0 >= LEFT - 1
        assert row.x1 <= RIGHT + 1
    assert all(close(w, 595.3, 0.5) and close(h, 841.9, 0.5) for w, h in drawn.pages if w < h)
    assert min(row.base for row in drawn.body) > TOP
    assert max(row.base for row in drawn.body) < BOTTOM
    assert {row.colour for row in drawn.rows} <= {(0.0, 0.0, 0.0), (1.0, 0.0, 0.0)}


def test_1_the_default_area_is_165_by_257_millimetres():
    long = [row for row in paper("order", order()).body if row.page == 1]

    assert close(min(row.x0 for row in long), 30 * MM, 0.5)
    assert close(max(row.x1 for row in long), 195 * MM, 0.5)


def test_2_pages_are_numbered_from_the_second_in_the_middle_of_the_margin():
    drawn = paper("long letter", LONG_LETTER)

    numbers = drawn.at(lambda row: row.base < TOP and row.text.isdigit())
    main = [row for row in numbers if row.page <= 3]
    assert [(row.text, row.page) for row in main] == [("2", 2), ("3", 3)]
    for row in main:
        assert close(row.middle, 112.5 * MM, 1)
        assert 13 <= row.size <= 14
        assert (row.is_bold, row.is_italic) == (False, False)


@pytest.mark.parametrize("name", list(KINDS))
def test_3_and_4_nation_and_motto_with_a_rule_as_long_as_the_motto(name):
    drawn = paper(name, KINDS[name])
    nation = drawn.row("CỘNG HÒA")
    motto = drawn.row("Độc lập")

    assert nation.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert motto.text == "Độc lập - Tự do - Hạnh phúc"
    assert nation.is_bold
    assert motto.is_bold
    assert (12 <= nation.size <= 13, 13 <= motto.size <= 14) == (True, True)
    assert close(nation.middle, motto.middle, 1)
    assert 0.98 <= drawn.below(motto).width / motto.width <= 1.02


@pytest.mark.parametrize("name", list(KINDS))
def test_5_the_agency_and_the_title_have_a_shorter_rule_in_their_middle(name):
    drawn = paper(name, KINDS[name])
    left = drawn.at(lambda row: row.x1 < 98 * MM and row.base < 60 * MM and row.page == 1)
    agency = [row for row in left if row.is_bold and row.size == 13][-1]
    above = [agency]
    if name in NAMED:
        titles = drawn.at(lambda row: row.is_bold and row.size == 14 and row.base > agency.base)
        abstract = [row for row in titles if close(row.middle, 112.5 * MM, 1.5) and row.page == 1]
        above.append(next(row for row in reversed(abstract[:4]) if _is_ruled(drawn, row)))

    for row in above:
        rule = drawn.below(row)
        assert 0.333 <= rule.width / row.width <= 0.5
        assert close((rule.x0 + rule.x1) / 2, row.middle, MM)


def _is_ruled(drawn, row) -> bool:
    return any(0 < rule.top - row.base < 8 and rule.width < 300 for rule in drawn.rules)


@pytest.mark.parametrize("name", list(KINDS))
def test_6_only_a_letter_says_v_v_and_only_others_have_a_name(name):
    drawn = paper(name, KINDS[name])
    named = {
        "QUYẾT ĐỊNH",
        "BÁO CÁO",
        "TỜ TRÌNH",
        "THÔNG BÁO",
        "KẾ HOẠCH",
        "BIÊN BẢN",
        "PHIẾU TRÌNH",
    }

    names = [row for row in drawn.rows if row.text in named]
    abouts = [row for row in drawn.rows if row.text.startswith("V/v ")]
    if name in NAMED:
        assert (len(names), abouts) == (1, [])
        assert names[0].is_bold
        assert close(names[0].middle, 112.5 * MM, 1)
    else:
        assert (names, len(abouts)) == ([], 1)
        assert 12 <= abouts[0].size <= 13
        assert abouts[0].base - drawn.row("Số:").base >= 12 + 6


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("minutes", "slip")])
def test_7_number_and_day_stand_on_one_line(name):
    drawn = paper(name, KINDS[name])
    number, day = drawn.row("Số:"), drawn.row("Ninh Thuận, ngày")

    assert close(number.base, day.base, 1)
    assert number.size == 13
    assert (13 <= day.size <= 14, day.is_italic) == (True, True)
    assert close(day.middle, drawn.row("Độc lập").middle, 1.5)
    assert not number.is_italic


def test_8_numbers_below_ten_have_a_nought():
    assert [number_text(n) for n in (1, 9, 10, 1608)] == ["01", "09", "10", "1608"]
    assert paper("letter", LETTER).row("Số:").text == "Số: 05/UBND-VXNV"
    assert paper("long letter", LONG_LETTER).row("Số:").text == "Số: 1608/UBND-VXNV"
    assert re.fullmatch(r"Số: {5,}/UBND-VXNV", paper("order", order()).row("Số:").text)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2020-01-05", "ngày 05 tháng 01 năm 2020"),
        ("2019-06-29", "ngày 29 tháng 6 năm 2019"),
        ("2021-09-02", "ngày 02 tháng 9 năm 2021"),
        ("2022-02-10", "ngày 10 tháng 02 năm 2022"),
        ("2021-12-31", "ngày 31 tháng 12 năm 2021"),
        ("2021", "ngày      tháng      năm 2021"),
    ],
)
def test_9_days_are_written_as_the_decree_does(day, words):
    assert day_text(day) == words
    assert printed(Paper(kind="report", place="Ninh Thuận", dated=day)).head.dated == (
        f"Ninh Thuận, {words}"
    )


def test_24_every_vietnamese_letter_is_read_back():
    told = f"{LETTERS} {LETTERS.upper()}"
    body = [{"type": "paragraph", "text": unicodedata.normalize("NFD", told)}]
    drawn = paper("all letters", LETTER | Paper(body=body))

    assert told.replace(" ", "") in drawn.text.replace(" ", "")


def test_24_all_of_the_order_is_read_back_word_for_word():
    drawn = paper("order", order())
    said = " ".join(block["text"] for block in order()["body"] if "text" in block)

    assert len(said.split()) > 500
    assert _words(drawn.text) >= _words(said)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize(("urgency", "width"), [("HOẢ TỐC", 30), ("THƯỢNG KHẨN", 40), ("KHẨN", 20)])
def test_25_urgency_stamps_have_their_size_in_red(urgency, width):
    drawn = paper(urgency, LETTER | Paper(urgency=urgency))
    row = drawn.row(urgency)
    box = max((rule for rule in drawn.rules if rule.colour == (1, 0, 0)), key=lambda r: r.width)

    assert (row.colour, row.is_bold, 13 <= row.size <= 14) == ((1, 0, 0), True, True)
    assert close(box.width, width * MM, 0.3)
    assert close(box.height, 8 * MM, 0.3)
    assert box.x0 < row.x0
    assert row.x1 < box.x1
    assert close(box.x0, LEFT, 0.5)


def test_marks_in_the_margins_are_outside_of_the_text():
    drawn = paper("long letter", LONG_LETTER)
    draft = paper("draft", order() | Paper(is_draft=True))

    assert drawn.row("LƯU HÀNH NỘI BỘ").base < TOP
    assert drawn.row("Mã kiểm tra: 7KQ2-M4XD-9TRB").base > BOTTOM
    assert "DỰ THẢO" not in drawn.text
    marks = [row for row in draft.rows if row.text == "DỰ THẢO"]
    assert [row.page for row in marks] == list(range(1, len(draft.pages) + 1))
    assert all(row.base < TOP for row in marks)


def test_the_contact_is_at_the_foot_of_the_first_page():
    drawn = paper("long letter", LONG_LETTER)
    contact = drawn.row("Số 450 đường Thống Nhất")

    rule = [one for one in drawn.rules if one.page == 1 and close(one.width, 165 * MM, 1)]
    assert len(rule) == 1
    assert 0 < contact.base - rule[0].bottom < 20
    assert (contact.page, 11 <= contact.size <= 12) == (1, True)
    last = max(row.base for row in drawn.body if row.page == 1)
    assert last < BOTTOM
    assert last > BOTTOM - 10


def test_the_check_code_can_be_turned_off():
    drawn = paper("letter", LETTER)

    assert "Mã kiểm tra" not in drawn.text
    assert drawn.at(lambda row: row.base > BOTTOM) == []


def test_the_code_at_the_foot_holds_the_address_of_the_check():
    """Read from the black squares as they lie on the page."""
    squares = [rule for rule in paper("long letter", LONG_LETTER).rules if rule.top > BOTTOM + 5]
    size, left, top = squares[0].height, min(r.x0 for r in squares), min(r.top for r in squares)
    drawn = {(round((r.x0 - left) / size), round((r.top - top) / size)) for r in squares}
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(LONG_LETTER["check_url"].encode())

    rows = enumerate(code.get_matrix())
    assert drawn == {(x, y) for y, row in rows for x, dark in enumerate(row) if dark}
    assert 12 * MM < len(code.get_matrix()) * size < 15 * MM


def test_points_follow_the_vietnamese_alphabet():
    assert [point_letter(n) for n in range(1, 9)] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert point_letter(23) == "y"


@pytest.mark.parametrize(
    ("place", "dated"),
    [("Phan Rang-Tháp Chàm", "2022-08-22"), ("Phan Rang - Tháp Chàm", "2022-10-22")],
)
def test_9_the_day_of_a_long_place_stays_on_its_line(place, dated):
    name = f"thành phố {place}"
    facts = LETTER | Paper(place=place, dated=dated, agency_lines=[f"Ủy ban nhân dân {name}"])
    drawn = measured(render_pdf("cong_van", dict(facts)))
    day = drawn.row(place)

    assert day.text == f"{place}, {day_text(dated)}"
    assert (day.size, day.is_italic) == (13, True)
    assert close(day.middle, drawn.row("Độc lập").middle, 1)
    assert close(day.base, drawn.row("Số:").base, 1)
    assert drawn.row(place.upper()).is_bold  # no line ends within the name of a place
