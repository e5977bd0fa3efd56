"""Whatever is written into a fact is drawn as text, whole, and overlaps nothing (PD-01, PD-03)."""

import io
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from documents.papers import printed
from documents.papers.body import Line
from documents.papers.description import Paper
from documents.papers.kinds import FORMS, form_of
from documents.papers.words import legible
from documents.render import draw_apart, render_html
from documents.samples.blocks import fact, paragraph, table
from documents.samples.texts import CHECK_SLIP, DECISION, LETTER, LONG_LETTER, MINUTES
from documents.stages import PaperKind
from documents.word import render_docx
from tests.documents.measuring import BOTTOM, LEFT, RIGHT, Measured, measured

pytestmark = pytest.mark.xdist_group("paper form")
HOSTILE = (
    '<img src="http://169.254.169.254/x"><style>@import url(file:///etc/passwd);*{display:none}'
    "</style></p><script>alert(1)</script>{{ facts }}{% debug %}"
)
TRAPS = {
    "markup": HOSTILE,
    "one long word": "Ộ" * 300,
    "emoji": "Đề xuất \U0001f642\U0001f468\u200d\U0001f469\u200d\U0001f467 tốt",
    "turned around": "Số \u202egnôht uệiđ\u202c và \u2066abc\u2069\u200f",
    "NFD": "To\u0302\u0300 tri\u0300nh vie\u0323\u0302c",
    "piled marks": "Z" + "\u0310\u0311\u0312" * 30 + " việc",
    "other scripts": "漢字 한글 ไทย",
    "controls": "a\x00b\x0bc\x1b[31m\ud800",
}


def everywhere(facts: Any, text: str) -> Any:
    """The same facts, each free text of which is this text."""
    if isinstance(facts, list):
        return [everywhere(one, text) for one in facts]
    if isinstance(facts, dict):
        fixed = ("kind", "type", "dated", "urgency", "circulation", "orientation", "align", "form")
        return {
            key: value if key in fixed else everywhere(value, text) for key, value in facts.items()
        }
    return text if isinstance(facts, str) else facts


def assert_nothing_overlaps(drawn: Measured) -> None:
    rows = [row for row in drawn.rows if row.width > 1]  # not marks that stand on a letter
    for first, second in pairwise(sorted(rows, key=lambda row: (row.page, row.base))):
        if first.page == second.page and first.x0 < second.x1 and second.x0 < first.x1:
            assert second.base - first.base > 0.55 * min(first.size, second.size), (first, second)
    inside = [row for row in drawn.body if drawn.pages[row.page - 1][0] < 600]
    assert all(row.x1 <= RIGHT + 2 for row in inside)
    assert all(row.x0 >= LEFT - 2 for row in inside)
    assert all(row.base < BOTTOM + 1 for row in inside)


@pytest.mark.parametrize(
    ("facts", "trap"), [*((MINUTES, trap) for trap in TRAPS), (DECISION, "markup")]
)
def test_every_field_takes_any_text(facts, trap):
    filled = everywhere(facts, TRAPS[trap]) | {"recipients": [{"text": TRAPS[trap]}] * 2}

    drawn = measured(draw_apart(form_of(facts["kind"]).template, filled))

    assert_nothing_overlaps(drawn)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in drawn.text


def test_markup_stays_text():
    html = render_html("cong_van", everywhere(LONG_LETTER, HOSTILE))
    plain = render_html("cong_van", dict(LONG_LETTER))

    for tag in ("<img", "<script", "<style", "<link", "@import"):
        assert (
            html.count(tag) - html.count(f"&lt;{tag[1:]}") <= plain.count(tag) or tag == "@import"
        )
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (TRAPS["emoji"], "Đề xuất □□□□ tốt"),
        (TRAPS["turned around"], "Số gnôht uệiđ và abc"),
        (TRAPS["NFD"], "Tồ trình việc"),
        (TRAPS["controls"], "abc[31m"),
        (TRAPS["other scripts"], "□□ □□ □□□"),
    ],
)
def test_what_cannot_be_drawn_is_replaced_visibly_and_the_rest_kept(text, read):
    assert legible(text) == read
    drawn = measured(draw_apart("cong_van", dict(LETTER | Paper(body=[paragraph(text)]))))

    assert drawn.row("Kính gửi")
    assert read in drawn.text


def test_a_hundred_thousand_signs_in_a_line_are_all_drawn():
    words = [f"từ{at}" for at in range(14_000)]
    facts = LETTER | Paper(title=" ".join(words), drafter="a" * 5_000, check_code="X")
    facts["check_url"] = "https://" + "x" * 5_000
    assert len(facts["title"]) > 100_000

    reader = PdfReader(io.BytesIO(draw_apart("cong_van", dict(facts))))

    text = " ".join(page.extract_text() for page in reader.pages).split()
    assert [word for word in text if word.startswith("từ")] == words


def test_a_cell_a_fact_and_a_title_may_be_long():
    cell = "Chữ rất dài trong một ô của bảng. " * 100
    grid = table([("A", 1, "left"), ("B", 1, "right")], [[cell, "1"], ["2", cell]])
    facts = CHECK_SLIP | Paper(title="Dài " * 300, body=[fact("Nhãn " * 40, cell), grid])

    drawn = measured(draw_apart("phieu", dict(facts)))

    assert_nothing_overlaps(drawn)
    assert drawn.text.count("bảng.") == 300


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind != PaperKind.REGISTER])
def test_a_paper_without_facts_is_drawn_and_told_about(kind):
    drawn = measured(draw_apart(FORMS[kind].template, {"kind": kind}))

    assert drawn.row("CỘNG HÒA")
    assert render_docx({"kind": kind})


def test_rows_with_too_few_or_too_many_cells_fit_their_columns():
    grid = table([("A", 1, "left"), ("B", 1, "left")], [["1"], ["1", "2", "3"], []])
    found: list[Line] = printed(LETTER | Paper(body=[grid])).lines

    assert found[0].grid is not None
    assert found[0].grid.rows == [["1", ""], ["1", "2"], ["", ""]]
