"""The file of a paper: kept and read aloud. veraPDF was run by hand (docs/papers.md)."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from documents.papers import sheet_of
from documents.papers.description import Paper
from documents.papers.kinds import form_of
from documents.render import NotDrawn, render_pdf
from documents.samples import order
from documents.samples.letters import LETTERS
from documents.samples.signatures import SIGNATURES
from documents.samples.texts import COPY, DECISION, ELECTRONIC_COPY, LETTER
from tests.documents.measuring import LEFT, MM, TOP, measured
from tests.factories.documents import png

pytestmark = pytest.mark.xdist_group("paper form")
SIGNATURE, SEAL = "5a" * 32, "c0" * 32


@pytest.fixture(scope="module")
def kept() -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf("cong_van", dict(order()))))


def metadata(reader: PdfReader) -> str:
    root: Any = reader.trailer["/Root"]
    return root["/Metadata"].get_data().decode()


def test_a_kept_paper_says_that_it_is_an_archives_file(kept):
    said = metadata(kept)
    root = kept.trailer["/Root"]

    assert re.search(r"pdfaid:part=\"2\"|<pdfaid:part>2<", said)
    assert re.search(r"pdfaid:conformance=\"A\"|<pdfaid:conformance>A<", said)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/ID" in kept.trailer


def test_a_draft_is_tagged_and_no_archives_file():
    drawn = PdfReader(io.BytesIO(render_pdf("cong_van", dict(LETTER | Paper(is_draft=True)))))

    assert "pdfuaid" in metadata(drawn)
    assert "pdfaid" not in metadata(drawn)
    assert drawn.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_only_our_fonts_are_used_and_all_are_embedded(kept):
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in kept.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert all("Van-ban" in font["/BaseFont"] for font in fonts)


def test_nothing_in_the_file_runs_or_leads_away(kept):
    root: DictionaryObject = kept.trailer["/Root"]

    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & root.keys()
    assert all("/Annots" not in page for page in kept.pages)


def test_what_an_archives_file_must_have_and_must_not(kept):
    """Checked entry by entry (ISO 19005-2): an intent with its profile, no encryption, every font
    with the way back to its letters, nothing that runs, a title that readers show."""
    root: Any = kept.trailer["/Root"]
    profile = root["/OutputIntents"][0]["/DestOutputProfile"]
    fonts = [
        font.get_object() for page in kept.pages for font in page["/Resources"]["/Font"].values()
    ]

    assert not kept.is_encrypted
    assert (profile["/N"], bool(profile.get_data())) == (3, True)
    assert all("/ToUnicode" in font for font in fonts)
    assert root["/StructTreeRoot"]["/ParentTree"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert kept.metadata.title
    assert kept.metadata.title in metadata(kept)
    states = [
        state.get_object()
        for page in kept.pages
        for state in page["/Resources"].get("/ExtGState", {}).values()
    ]
    assert all(state.get("/SMask", "/None") == "/None" for state in states)
    assert b"/JavaScript" not in kept.stream.getvalue()
    assert b"/LZWDecode" not in kept.stream.getvalue()


def test_a_letter_is_known_by_its_subject_as_its_first_heading():
    reader = PdfReader(io.BytesIO(render_pdf("cong_van", dict(LETTER))))
    tags = [str(tag) for tag in _tags(reader.trailer["/Root"]["/StructTreeRoot"])]

    assert next(tag for tag in tags if tag.startswith("/H")) == "/H1"


def test_headings_are_read_in_their_order():
    drawn = render_pdf("quyet_dinh", dict(DECISION))
    reader = PdfReader(io.BytesIO(drawn))
    tags = [str(tag) for tag in _tags(reader.trailer["/Root"]["/StructTreeRoot"])]

    assert tags.count("/H1") == 1
    assert {"/P", "/L", "/LI"} <= set(tags)
    text = reader.pages[0].extract_text()
    told = ["ỦY BAN NHÂN DÂN", "CỘNG HÒA", "Số:", "QUYẾT ĐỊNH", "Căn cứ", "Điều 1", "Nơi nhận"]
    assert [text.index(one) for one in told] == sorted(text.index(one) for one in told)


def test_heads_of_merged_tables_say_what_they_stand_above():
    """Scope and spans, and no list of heads for a cell: WeasyPrint's are wrong where heads are
    merged."""
    facts = LETTERS["cong-van-huyen-hoa-toc"]
    reader = PdfReader(io.BytesIO(render_pdf("cong_van", dict(facts))))
    cells = [*_cells(reader.trailer["/Root"]["/StructTreeRoot"])]
    heads = [cell["/A"] for cell in cells if cell["/S"] == "/TH"][:7]  # of the first page

    assert heads
    assert {head["/Scope"] for head in heads} == {"/Column"}
    assert [head.get("/RowSpan", 1) for head in heads] == [2, 2, 2, 1, 2, 1, 1]
    assert [head.get("/ColSpan", 1) for head in heads] == [1, 1, 1, 2, 1, 1, 1]
    assert not any("/Headers" in cell["/A"] for cell in cells)


@pytest.mark.parametrize("name", [*LETTERS])
def test_no_level_of_headings_is_left_out(name):
    facts = LETTERS[name]
    template = form_of(facts["kind"]).template
    reader = PdfReader(io.BytesIO(render_pdf(template, dict(facts))))
    tags = map(str, _tags(reader.trailer["/Root"]["/StructTreeRoot"]))
    levels = [int(tag[2:]) for tag in tags if re.fullmatch(r"/H\d", tag)]

    assert levels[0] == 1
    assert all(later - before <= 1 for before, later in pairwise(levels))
    assert "<pdfuaid:part>1<" in metadata(reader)


def _cells(node: Any) -> Iterator[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            yield from _cells(kid)
    elif isinstance(node, dict):
        if node.get("/S") in ("/TH", "/TD"):
            yield node
        yield from _cells(node.get("/K", []))


def _tags(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for kid in node for tag in _tags(kid)]
    if not isinstance(node, dict) or "/K" not in node:
        return []
    return [*filter(None, [node.get("/S")]), *_tags(node["/K"])]


def signed(**marks: str) -> dict[str, Any]:
    return dict(LETTER | Paper(signature=SIGNATURES["tm"] | marks))  # type: ignore[typeddict-item]


def test_the_seal_covers_a_third_of_the_signature_on_its_left():
    pictures = {SIGNATURE: png(450, 240), SEAL: png(360, 360)}
    with_marks = render_pdf("cong_van", signed(picture=SIGNATURE, seal=SEAL), pictures)
    images = _images(with_marks)
    picture, seal = images[0], images[1]

    assert seal["x1"] - seal["x0"] == pytest.approx(36 * MM, abs=0.5)
    covered = seal["x1"] - picture["x0"]
    assert covered / (picture["x1"] - picture["x0"]) == pytest.approx(1 / 3, abs=0.02)
    drawn = measured(with_marks)
    post, name = drawn.row("CHỦ TỊCH"), drawn.row("Trần Văn Mẫu")
    assert post.base < picture["top"]
    assert picture["bottom"] < name.base - 9
    assert (picture["x0"] + picture["x1"]) / 2 == pytest.approx(name.middle, abs=1)


def _images(pdf: bytes) -> list[dict]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return sorted(opened.pages[0].images, key=lambda image: image["x1"] - image["x0"])[::-1]


def test_a_picture_that_was_not_handed_over_ends_the_drawing():
    with pytest.raises(NotDrawn, match="not bundled"):
        render_pdf("cong_van", signed(picture=SIGNATURE), {SEAL: png()})


def test_a_copy_on_paper_bears_its_own_agency_number_and_signature_below():
    drawn = measured(render_pdf("quyet_dinh", dict(COPY)))
    mark = drawn.row("SAO Y")
    rules = [one for one in drawn.rules if one.page == mark.page and one.width > 160 * MM]

    assert len(rules) == 1
    assert rules[0].bottom < mark.base
    assert rules[0].width == pytest.approx(165 * MM, abs=0.5)
    assert drawn.row("Số: 07/SY-VPUB").base > mark.base
    assert (13 <= mark.size <= 14, mark.is_bold) == (True, True)
    assert drawn.row("Hồ Thị Mẫu").page == mark.page


def test_an_electronic_copy_says_so_in_the_corner_of_its_first_page():
    drawn = measured(render_pdf("quyet_dinh", dict(ELECTRONIC_COPY)))
    corner = drawn.row("Sao y; Văn phòng")

    assert sheet_of(dict(ELECTRONIC_COPY)).corner == (
        "Sao y; Văn phòng Ủy ban nhân dân tỉnh Ninh Thuận; 09/06/2022; 16:05:00 +07:00"
    )
    assert corner.base < TOP
    assert corner.x0 > LEFT + 165 * MM / 2
    assert (corner.size, corner.is_bold, corner.is_italic) == (10, False, False)
    assert "SAO Y" not in drawn.text
