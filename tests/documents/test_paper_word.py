"""Papers in Word: the words and measures of the PDF; opened by LibreOffice, as many pages."""

import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Pt
from pypdf import PdfReader

from documents.papers.description import Paper
from documents.samples import order
from documents.samples.blocks import paragraph
from documents.samples.letters import LETTERS
from documents.samples.texts import (
    COPY,
    DECISION,
    LETTER,
    LONG_DECISION,
    LONG_LETTER,
    LONG_MINUTES,
    LONG_SLIP,
    LONG_SUBMISSION,
    MINUTES,
    NOTICE,
)
from documents.word import render_docx
from tests.documents.measuring import MM, measured, paper
from tests.documents.test_paper_extreme import HOSTILE, everywhere
from tests.factories.documents import RECEIPT

pytestmark = pytest.mark.xdist_group("paper form")
PAPERS: dict[str, Paper] = {
    "order": order(),
    "letter": LETTER,
    "long letter": LONG_LETTER,
    "decision": DECISION,
    "long decision": LONG_DECISION,
    "long submission": LONG_SUBMISSION,
    "notice": NOTICE,
    "minutes": MINUTES,
    "long minutes": LONG_MINUTES,
    "long slip": LONG_SLIP,
    "copy": COPY,
}
CHECK = "Mã kiểm tra KQ M XD TRB "
PROGRAM = shutil.which("soffice")
in_office = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not on this machine")
MARGINS = ("top_margin", "right_margin", "bottom_margin", "left_margin")


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text)))


@pytest.fixture(scope="module")
def in_libreoffice(tmp_path_factory) -> dict[str, bytes]:
    """Each Word file as a PDF by LibreOffice: started once for all."""
    folder: Path = tmp_path_factory.mktemp("word")
    for name, facts in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(render_docx(dict(facts)))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(PROGRAM), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(file) for file in sorted(folder.glob("*.docx"))]
    subprocess.run(  # noqa: S603
        [*command, *files], check=True, capture_output=True, timeout=120
    )
    return {name: (folder / f"{name}.pdf").read_bytes() for name in PAPERS}


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@in_office
@pytest.mark.parametrize("name", list(PAPERS))
def test_libreoffice_opens_it_with_as_many_pages_and_the_same_words(in_libreoffice, name):
    drawn = paper(name, PAPERS[name])
    opened = pages(in_libreoffice[name])

    assert abs(len(opened) - len(drawn.pages)) <= 1
    if name == "order":
        assert len(opened) == len(drawn.pages) == 2
    checked = PAPERS[name].get("check_url", "") and CHECK + PAPERS[name]["check_url"]
    ours = words(drawn.text) - words(checked)
    theirs = words(" ".join(opened))
    repeated = {"TT", "Xã", "Số", "hộ", "Ghi", "chú", "Tháng", "Chỉ", "tiêu", "Mục", "Đạt"}
    assert {w: n for w, n in (ours - theirs).items() if w not in repeated} == {}
    assert {w: n for w, n in (theirs - ours).items() if w not in repeated} == {}


@in_office
def test_libreoffice_sets_it_in_the_decrees_measures(in_libreoffice):
    drawn = measured(in_libreoffice["order"])
    motto, number = drawn.row("Độc lập"), drawn.row("Số:")

    assert (round(motto.size), motto.is_bold) == (14, True)
    assert abs(number.base - drawn.row("Ninh Thuận, ngày").base) < 1.5
    assert drawn.row("ỦY BAN NHÂN DÂN").is_bold
    body = drawn.at(lambda row: row.text.startswith("Thực hiện Công văn"))[0]
    assert body.x0 == pytest.approx(40 * MM, abs=1)
    assert body.x1 == pytest.approx(195 * MM, abs=1)
    assert drawn.row("Nơi nhận:").is_italic
    assert round(drawn.row("- Như trên;").size) == 11
    assert [row.text for row in drawn.rows if row.base < 20 * MM] == ["2"]


@pytest.mark.parametrize("name", ["order", "long letter"])
def test_the_page_is_the_decrees(name):
    document = Document(io.BytesIO(render_docx(dict(PAPERS[name]))))
    sections = list(document.sections)

    for section in sections:
        assert [round(getattr(section, side).mm) for side in MARGINS] == [20, 15, 20, 30]
        assert section.different_first_page_header_footer
    sizes = [(round(section.page_width.mm), round(section.page_height.mm)) for section in sections]
    assert sizes == ([(210, 297), (210, 297), (297, 210)] if name != "order" else [(210, 297)])
    starts = re.findall(r'<w:pgNumType w:start="1"/>', document.element.xml)
    assert len(starts) == len(sections) - 1


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic"),
    [
        ("Quốc hiệu", 13, True, False),
        ("Tiêu ngữ", 14, True, False),
        ("Cơ quan chủ quản", 13, False, False),
        ("Cơ quan ban hành", 13, True, False),
        ("Địa danh, ngày tháng", 14, False, True),
        ("Căn cứ", 14, False, True),
        ("Lời văn", 14, False, False),
        ("Nơi nhận", 12, True, True),
        ("Danh sách nơi nhận", 11, False, False),
        ("Người ký", 14, True, False),
    ],
)
def test_styles_bear_the_names_and_sizes_of_the_decree(style, size, bold, italic):
    found: Any = Document(io.BytesIO(render_docx(dict(LETTER)))).styles[style]

    assert (found.font.size, found.font.bold, found.font.italic) == (Pt(size), bold, italic)
    assert found.font.name == "Times New Roman"


def test_the_text_is_indented_and_the_head_has_no_borders():
    document = Document(io.BytesIO(render_docx(dict(LETTER))))
    text: Any = document.styles["Lời văn"]

    assert text.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.01)
    assert text.paragraph_format.space_after == Pt(6)
    assert len(document.tables) == 2
    assert not any("tblBorders" in table._tbl.xml for table in document.tables)


def test_a_draft_says_so_above_the_text_only():
    document = Document(io.BytesIO(render_docx(dict(LETTER | Paper(is_draft=True)))))
    section = document.sections[0]

    assert section.first_page_header.paragraphs[0].text == "DỰ THẢO"
    assert section.header.paragraphs[0].text.startswith("DỰ THẢO")
    assert "DỰ THẢO" not in " ".join(one.text for one in document.paragraphs)


def test_annexes_in_files_of_their_own_are_in_the_word_file():
    facts: Any = LETTERS["bao-cao-phu-luc-tep-rieng"]
    told = Document(io.BytesIO(render_docx(dict(facts))))
    titles = {annex["title"].upper() for annex in facts["annexes"] if annex.get("is_apart")}
    said = " ".join(line.text for line in told.paragraphs if line.style.name == "Trích yếu")

    assert titles
    assert all(title in said for title in titles)
    assert len(told.sections) == 1 + len(facts["annexes"])
    assert not any(title in paper("apart", facts).text for title in titles)


def test_any_text_is_text_in_word():
    hostile = everywhere(LONG_LETTER, HOSTILE + "\x00\x0b\ud800")
    with ZipFile(io.BytesIO(render_docx(hostile))) as opened:
        xml = opened.read("word/document.xml").decode()
        names = opened.namelist()

    assert "&lt;script&gt;" in xml
    assert "<script" not in xml
    assert not any("vba" in name.lower() or "external" in name.lower() for name in names)


def test_slips_of_earlier_facts_can_be_edited_too():
    document = Document(io.BytesIO(render_docx(RECEIPT)))

    told = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "DX-2022-0147" in told


def test_two_thousand_rows_are_written_at_once():
    rows = [[str(at), "Xã", "1", ""] for at in range(2_000)]
    grid = LONG_LETTER["annexes"][0]["body"][0] | {"rows": rows}
    document = Document(io.BytesIO(render_docx(dict(LETTER | Paper(body=[paragraph("x"), grid])))))

    assert document.element.xml.count("<w:tr>") > 2_000
    assert document.element.xml.count("<w:tblHeader/>") == 1
