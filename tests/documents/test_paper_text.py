"""van-ban-nd30.md §9, assertions 10 to 15 and 17 to 19: text, recipients, signatures, pages."""

import re
from itertools import pairwise

import pytest

from documents.papers import printed
from documents.papers.description import Annex, Block, Paper
from documents.samples import order
from documents.samples.blocks import article, clause, dashes, heading, paragraph, points, table
from documents.samples.signatures import SIGNATURES
from documents.samples.texts import (
    DECISION,
    LETTER,
    LONG,
    LONG_DECISION,
    LONG_LETTER,
    MINUTES,
    NOTICE,
    PLAN,
    REPORT,
    SUBMISSION,
)
from tests.documents.measuring import LEFT, MM, RIGHT, Measured, Row, paper

pytestmark = pytest.mark.xdist_group("paper form")

BLOCKS = {  # van-ban-nd30.md §5, line by line
    "thu-truong": ["GIÁM ĐỐC"],
    "chu-tich": ["CHỦ TỊCH"],
    "tm": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    "tm-kt": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    "tm-q": ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"],
    "kt": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    "q": ["Q. GIÁM ĐỐC"],
    "tl": ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
    "tl-kt": ["TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
    "tuq": ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"],
    "hoi-dong": ["TM. HỘI ĐỒNG", "CHỦ TỊCH"],
}


def close(value: float, wanted: float, by: float) -> bool:
    return abs(value - wanted) <= by


def text_rows(drawn: Measured) -> list[Row]:
    """The rows of the text: from what the paper opens with to its end."""
    start = next(at for at, row in enumerate(drawn.rows) if row.text.startswith("Thực hiện Công"))
    end = next(at for at, row in enumerate(drawn.rows) if row.text.endswith("./."))
    return [row for row in drawn.rows[start : end + 1] if not row.text.isdigit()]


def test_10_grounds_are_in_italics_and_end_in_semicolons_then_a_full_stop():
    drawn = paper("decision", DECISION)
    authority = drawn.row("ỦY BAN NHÂN DÂN TỈNH NINH THUẬN")
    decides = drawn.row("QUYẾT ĐỊNH:")
    grounds = [row for row in drawn.rows if authority.base < row.base < decides.base]

    assert all(row.is_italic and row.size == 14 for row in grounds)
    assert not authority.is_italic
    told = " ".join(row.text for row in grounds)
    assert re.findall(r"[;.](?= Căn cứ| Theo|$)", told) == [";", ";", ";", "."]
    assert close(decides.middle, 112.5 * MM, 1)
    assert decides.is_bold
    assert all(close(row.x0, LEFT + 10 * MM, 1) for row in grounds if row.text[:7] == "Căn cứ ")


def test_11_the_text_is_justified_indented_and_spaced():
    rows = text_rows(paper("order", order()))
    opens = [row for row in rows if close(row.x0, LEFT + 10 * MM, 1)]
    others = [row for row in rows if row not in opens]

    assert len(opens) == 11
    assert all(close(row.x0, LEFT, 1) for row in others)
    assert all(13 <= row.size <= 14 for row in rows)
    full = [row for row, after in pairwise(rows) if after in others]
    assert all(close(row.x1, RIGHT, 1) for row in full)
    pitch = [b.base - a.base for a, b in pairwise(rows) if b in others and a.page == b.page]
    assert all(1.149 * 14 - 0.3 <= one <= 1.5 * 1.149 * 14 + 0.3 for one in pitch)
    apart = [b.base - a.base for a, b in pairwise(rows) if b in opens and a.page == b.page]
    assert min(apart) - max(pitch) >= 6 - 0.2


@pytest.mark.parametrize(
    "name", ["order", "letter", "decision", "report", "submission", "notice", "plan", "minutes"]
)
def test_12_the_text_ends_once(name):
    facts = {
        "order": order(),
        "letter": LETTER,
        "decision": DECISION,
        "report": REPORT,
        "submission": SUBMISSION,
        "notice": NOTICE,
        "plan": PLAN,
        "minutes": MINUTES,
    }[name]
    drawn = paper(name, facts)

    assert drawn.text.count("./.") == 1
    last = next(row for row in drawn.rows if row.text.endswith("./."))
    foot = drawn.row("THƯ KÝ" if name == "minutes" else "Nơi nhận:")
    below = [
        row
        for row in drawn.rows
        if (row.page, last.base + 2) < (row.page, row.base) and row.page == last.page
    ]
    assert min(row.base for row in below) == pytest.approx(foot.base, abs=3)


@pytest.mark.parametrize("typed", ["Hết./.", "Hết. ./.", "Hết;", "Hết"])
def test_12_a_mark_that_was_typed_is_not_doubled(typed):
    lines = printed(LETTER | Paper(body=[paragraph("Đầu./."), paragraph(typed)])).lines

    assert [line.text for line in lines] == ["Đầu.", "Hết./."]


@pytest.mark.parametrize(
    ("name", "facts", "first"),
    [
        ("order", order(), "- Như trên;"),
        ("decision", DECISION, "- Như Điều 3;"),
        ("submission", SUBMISSION, "- Như trên;"),
        ("report", REPORT, "- Như trên;"),
        ("notice", NOTICE, "- Sở Tài nguyên và Môi trường;"),
        ("long letter", LONG_LETTER, "- Như trên;"),
    ],
)
def test_13_recipients(name, facts, first):
    drawn = paper(name, facts)
    label = drawn.row("Nơi nhận:")
    listed = [
        row
        for row in drawn.rows
        if (row.page, row.base > label.base, row.x1 < 105 * MM) == (label.page, True, True)
    ]

    assert (label.size, label.is_bold, label.is_italic) == (12, True, True)
    assert close(label.x0, LEFT, 1)
    assert all((row.size, row.is_bold, row.is_italic) == (11, False, False) for row in listed)
    lines = re.split(r" (?=- )", " ".join(row.text for row in listed))
    assert lines[0] == first
    kept = next(line for line in lines if line.startswith("- Lưu: VT"))
    assert lines[-1] == kept
    assert re.match(r"- Lưu: VT(, [\w, ]+)?\.( |$)", kept)
    assert all(line.endswith(";") for line in lines[:-1])


def test_13_the_drafters_mark_stands_below_the_list():
    rows = [row.text for row in paper("order", order()).rows]

    assert rows[rows.index("- Lưu: VT, VXNV.") + 1] == "ĐNĐ"


def test_14_one_addressee_stands_beside_several_under_the_colon():
    one, many = paper("letter", LETTER), paper("order", order())

    assert one.row("Kính gửi").text == "Kính gửi: Sở Tài nguyên và Môi trường"
    label = many.row("Kính gửi")
    assert label.text == "Kính gửi:"
    names = [row for row in many.rows if row.x0 > label.x1 - 12 and label.base < row.base < 290]
    listed = [row for row in names if row.text.startswith("- ")]
    assert [row.text[-1] for row in listed] == [";", ";", ";", "."]
    colon = label.x1 - 0.278 * 14
    assert all(close(row.x0, colon, MM) for row in listed)
    assert len({round(row.x0, 1) for row in listed}) == 1


@pytest.mark.parametrize("block", list(SIGNATURES))
def test_15_every_signature_block(block):
    drawn = paper(f"signed {block}", LETTER | Paper(signature=SIGNATURES[block]))
    name = drawn.row(SIGNATURES[block]["name"])
    label = drawn.row("Nơi nhận:")
    lines = [row for row in drawn.rows if row.x0 > 105 * MM and label.base - 5 < row.base]
    posts = [row for row in lines if row.base < name.base - 25 * MM + 14]

    assert [row.text for row in posts] == BLOCKS[block]
    assert close(posts[0].base, label.base, 4)
    assert all(row.is_bold and 13 <= row.size <= 14 for row in lines)
    assert all(close(row.middle, name.middle, 1) for row in lines)
    assert name.x0 > LEFT + 70 * MM
    assert lines[len(posts)].base - 12 - posts[-1].base >= 25 * MM
    other = " ".join(row.text for row in lines[len(posts) : lines.index(name)])
    assert other == SIGNATURES[block]["other_post"]


@pytest.mark.parametrize("lines", range(28, 40))
def test_17_recipients_and_signature_stay_together_with_some_text(lines):
    text = "\n".join(["Nội dung của một dòng văn bản hành chính."] * (lines - 4)) + f"\n{LONG}"
    facts = LETTER | Paper(body=[paragraph(text)], recipients=LONG_LETTER["recipients"])
    drawn = paper(f"lines {lines}", facts)

    label, name = drawn.row("Nơi nhận:"), drawn.row("Trần Văn Mẫu")
    kept = drawn.row("- Lưu:")
    assert label.page == name.page == kept.page == len(drawn.pages)
    above = [
        row
        for row in drawn.body
        if row.page == label.page and row.base < label.base and row.size == 14
    ]
    assert above
    assert [row for row in above if not row.text.isdigit()]
    assert max(row.base for row in drawn.body) < 277 * MM


@pytest.mark.parametrize("rows", [22, 26, 30])
def test_17_the_last_rows_of_a_table_go_with_them(rows):
    grid = table([("TT", 1, "center"), ("B", 5, "left")], [[f"{at}", "x"] for at in range(rows)])
    drawn = paper(f"rows {rows}", LETTER | Paper(body=[paragraph("Bảng:"), grid]))
    label = drawn.row("Nơi nhận:")
    above = [row.text for row in drawn.body if row.page == label.page and row.base < label.base]

    assert label.page == len(drawn.pages) == 2
    assert str(rows - 1) in above
    assert above[-1] == "./."


def test_18_minutes_have_two_signatures_and_no_day():
    drawn = paper("minutes", MINUTES)
    left, right = drawn.row("THƯ KÝ"), drawn.row("CHỦ TỌA")

    assert "Ninh Thuận, ngày" not in drawn.text
    assert close(left.base, right.base, 1)
    assert left.x1 < 112.5 * MM < right.x0
    assert close(drawn.row("Đỗ Văn Mẫu").middle, left.middle, 1)
    assert close(drawn.row("Phạm Thị Mẫu").middle, right.middle, 1)
    assert drawn.row("Nơi nhận:").base > drawn.row("Đỗ Văn Mẫu").base
    fixed = ("Thời gian bắt đầu:", "Địa điểm:", "Thành phần tham dự:", "Chủ trì (chủ tọa):")
    found = [drawn.row(words).base for words in (*fixed, "Thư ký (người", "Nội dung (theo diễn")]
    assert found == sorted(found)
    assert drawn.row("Cuộc họp kết thúc vào 11 giờ 30, ngày 06 tháng 6 năm 2022./.")


def test_19_annexes_are_numbered_from_two_on_and_count_their_own_pages():
    drawn = paper("long letter", LONG_LETTER)
    first, second = drawn.row("Phụ lục I"), drawn.row("Phụ lục II")
    landscape = [at + 1 for at, (width, height) in enumerate(drawn.pages) if width > height]

    assert (first.text, second.text) == ("Phụ lục I", "Phụ lục II")
    assert (first.size, first.is_bold) == (14, True)
    assert second.page == landscape[0]
    marks = {row.page: row.text for row in drawn.rows if row.base < 15 * MM and row.text.isdigit()}
    assert marks.get(first.page) is None
    assert marks[first.page + 1] == "2"
    assert marks.get(second.page) is None
    assert marks[second.page + 1] == "2"
    refers = drawn.row("(Kèm theo Công văn số", first.page)
    assert refers.is_italic
    assert drawn.row("DANH SÁCH CÁC XÃ").is_bold


def test_19_a_single_annex_has_no_number():
    annexes = [Annex(title="Danh sách", body=[paragraph("Một")])]

    assert [one.label for one in printed(LETTER | Paper(annexes=annexes)).companions] == ["Phụ lục"]


def test_a_paper_approved_by_a_decision_has_a_head_and_pages_of_its_own():
    drawn = paper("long decision", LONG_DECISION)
    plan = drawn.row("KẾ HOẠCH")
    here = [row for row in drawn.rows if row.page == plan.page]

    assert here[0].text == "ỦY BAN NHÂN DÂN"
    assert drawn.row("CỘNG HÒA", plan.page)
    assert not [row for row in here if row.text.startswith("Số:") or row.text.isdigit()]
    refers = drawn.row("(Kèm theo Quyết định số", plan.page)
    assert re.search(r"số {5,}/QĐ-UBND ngày {3,}tháng {3,}năm", refers.text)
    assert drawn.row("của Chủ tịch Ủy ban nhân dân tỉnh Ninh Thuận)")
    after = [row for row in drawn.rows if row.page == plan.page + 1]
    assert after[0].text == "2"


def test_on_paper_the_reference_is_filled_in():
    annexes = [Annex(title="Danh sách", body=[paragraph("Một")])]
    sheet = printed(LETTER | Paper(medium="paper", annexes=annexes))

    assert sheet.companions[0].refers == [
        "(Kèm theo Công văn số 05/UBND-VXNV ngày 08 tháng 6 năm 2022",
        "của Ủy ban nhân dân tỉnh Ninh Thuận)",
    ]


def test_numbers_are_counted_and_start_anew_where_they_should():
    body = [
        article("Một", clause("A", *points("x", "y")), clause("B", *points("x"))),
        article("Hai", clause("A")),
        Block(type="chapter", title="Tên chương", children=[article("Ba", title="Tên điều")]),
        Block(type="chapter", number=5, title="", children=[article("Bốn")]),
    ]

    assert [line.words for line in printed(DECISION | Paper(body=body)).lines[5:]] == [
        "Điều 1. Một",
        "1. A",
        "a) x",
        "b) y",
        "2. B",
        "a) x",
        "Điều 2. Hai",
        "1. A",
        "Chương I",
        "TÊN CHƯƠNG",
        "Điều 3. Tên điều",
        "Ba",
        "Chương V",
        "Điều 4. Bốn./.",
    ]


def test_clauses_within_clauses_are_counted_below_them():
    inner = [clause("x", *points("p")), clause("y")]
    body = [heading("Một", clause("A", *inner), clause("B", clause("z"))), heading("Hai", *inner)]

    assert [line.words for line in printed(PLAN | Paper(body=body)).lines] == [
        "I. MỘT",
        "1. A",
        "1.1. x",
        "a) p",
        "1.2. y",
        "2. B",
        "2.1. z",
        "II. HAI",
        "1. x",
        "a) p",
        "2. y./.",
    ]


def test_lines_of_a_list_have_dashes_and_those_within_them_pluses():
    inner = Block(type="dash", text="y", children=[Block(type="dash", text="z")])
    body = [clause("A", Block(type="dash", text="x"), inner), *dashes("w")]

    assert [line.words for line in printed(PLAN | Paper(body=body)).lines] == [
        "1. A",
        "- x",
        "- y",
        "+ z",
        "- w./.",
    ]


def test_quoted_words_stand_between_quotation_marks_and_count_for_themselves():
    quoted = Block(type="quote", children=[clause("Cũ"), clause("Mới", *points("x"))])
    lines = printed(DECISION | Paper(body=[article("Sửa như sau:", quoted), article("Hai")])).lines

    assert [line.words for line in lines[5:]] == [
        "Điều 1. Sửa như sau:",
        "“1. Cũ",
        "2. Mới",
        "a) x”",
        "Điều 2. Hai./.",
    ]
