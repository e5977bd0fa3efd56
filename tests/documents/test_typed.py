"""Texts as a clerk types them, read into blocks and shown again; the letters of unusual shape."""

import io

import pytest
from docx import Document

from documents.papers import check, missing
from documents.papers.body import lines_of
from documents.papers.description import Block, Paper
from documents.samples.blocks import clause
from documents.samples.letters import DISTRICT, HALF_YEAR, HOME_AFFAIRS, LETTERS, RULES
from documents.typed import blocks_of, body_of, text_of, typed
from documents.word import render_docx
from tests.documents.measuring import MM, paper

pytestmark = pytest.mark.xdist_group("paper form")
TEXT = """Điều 5 của Luật quy định như sau.
1. Kết quả đạt được
1.1. Về lãnh đạo;
a) Điểm a;
- Xã A:
+ Thôn 1;
- Xã B.
2. Hạn chế: có.
Hồ sơ gồm:
a) Đơn;
b) Bản sao.
Sửa thành: “1. Điều mới
2. Khoản cũ.”
Chương I
QUY ĐỊNH CHUNG
Mục 1 PHẠM VI
Điều 1. Phạm vi điều chỉnh
1. Quy chế này.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
I. KẾT QUẢ
1. Một danh sách khác.
1. Lại từ đầu."""
SAID = [
    "Điều 5 của Luật quy định như sau.",
    "1. Kết quả đạt được",
    "1.1. Về lãnh đạo;",
    "a) Điểm a;",
    "- Xã A:",
    "+ Thôn 1;",
    "- Xã B.",
    "2. Hạn chế: có.",
    "Hồ sơ gồm:",
    "a) Đơn;",
    "b) Bản sao.",
    "Sửa thành: “1. Điều mới",
    "2. Khoản cũ.”",
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Mục 1",
    "PHẠM VI",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Quy chế này.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "I. KẾT QUẢ",
    "1. Một danh sách khác.",
    "1. Lại từ đầu.",
]


def test_what_is_typed_is_printed_and_shown_again_the_same():
    blocks = blocks_of(TEXT)
    shown = text_of(blocks)

    assert [line.words for line in lines_of(blocks)] == SAID
    assert [line.words for line in lines_of(blocks_of(shown))] == SAID
    assert text_of(blocks_of(shown)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "TT\tTên\tSố\n1\tXã A\t12\n\tCộng\t1.200",
        "| TT | Tên | Số |\n| 1 | Xã A | 12 |\n| | Cộng | 1.200 |",
    ],
    ids=["pasted", "typed"],
)
def test_a_table_may_be_pasted_or_typed(text):
    cut = typed(blocks_of(f"Số liệu:\n{text}\n\nHết."))
    grid = lines_of(blocks_of(text))[0].grid

    assert grid.titles == ["TT", "Tên", "Số"]
    assert grid.rows == [["1", "Xã A", "12"], ["", "Cộng", "1.200"]]
    assert grid.aligns == ["center", "left", "right"]
    assert not cut.islands
    assert "| 1 | Xã A | 12 |" in cut.texts[0]


def test_cells_are_merged_across_and_down():
    head, below = lines_of(DISTRICT["body"])[5].grid.head_cells

    assert [(cell.text, cell.columns, cell.rows) for cell in head] == [
        ("TT", 1, 2),
        ("Phòng chuyên môn", 1, 2),
        ("Hồ sơ tiếp nhận", 1, 2),
        ("Hồ sơ quá hạn", 2, 1),
        ("Ghi chú", 1, 2),
    ]
    assert [cell.text for cell in below if not cell.is_continued] == ["Số lượng", "Tỷ lệ (%)"]
    tables = Document(io.BytesIO(render_docx(dict(DISTRICT)))).tables
    table = next(one for one in tables if len(one.columns) == 6)
    assert table.cell(0, 3).text == table.cell(0, 4).text == "Hồ sơ quá hạn"
    assert table.cell(1, 0).text == table.cell(0, 0).text == "TT"


@pytest.mark.parametrize("name", LETTERS)
def test_letters_of_unusual_shape_lack_nothing(name):
    facts = LETTERS[name]

    assert missing(check(dict(facts))) == []
    assert render_docx(dict(facts)).startswith(b"PK")


def test_a_district_sends_an_urgent_letter_to_many():
    drawn = paper("a district", DISTRICT)
    rows = {row.text: row for row in drawn.rows}
    dashes = [row for row in drawn.rows if row.page == 1 and row.text.startswith("- ")]
    colon = rows["Kính gửi:"].x1 - 2

    assert {"Số: 1386/UBND-VP", "HOẢ TỐC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"} <= rows.keys()
    assert len(dashes) == 8
    assert all(abs(row.x0 - colon) < MM for row in dashes)
    assert sum(row.text.count("./.") for row in drawn.rows) == 1
    assert [row.page for row in drawn.rows if row.text in ("Nơi nhận:", "KT. CHỦ TỊCH")] == [2, 2]


def test_three_annexes_have_numbers_and_pages_of_their_own():
    drawn = paper("annexes", HOME_AFFAIRS)
    texts = [row.text for row in drawn.rows]

    assert {"Số: 123/SNV-CCVC", "Phụ lục I", "Phụ lục II", "Phụ lục III"} <= set(texts)
    assert sum(text.count("./.") for text in texts) == 4  # the letter, and each annex
    assert [round(width) for width, _ in drawn.pages] == [595, 595, 842, 595]


def test_a_decision_issues_rules_with_chapters_and_an_annex_lies_apart():
    rules = [row.text for row in paper("rules", RULES).rows]
    report = [row.text for row in paper("apart", HALF_YEAR).rows]
    draft = [row.text for row in paper("apart, draft", HALF_YEAR | Paper(is_draft=True)).rows]

    assert {"Chương III", "Mục 2", "QUY CHẾ", "Điều 6. Trách nhiệm thi hành"} <= set(rules)
    assert rules.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2
    assert "Phụ lục" not in report
    assert "Phụ lục" in draft


def test_what_is_kept_and_what_is_typed_are_counted_as_they_are_printed():
    kept = Block(type="clause", text="Hai", key="result")
    body = [clause("Một"), kept, clause("Ba")]

    shown = typed(body)

    assert (shown.texts, shown.islands[0].lines) == (["1. Một", "3. Ba"], ["2. Hai"])
    assert [line.words for line in lines_of(body_of(shown.texts, shown.islands))] == [
        *("1. Một", "2. Hai", "3. Ba"),
    ]
