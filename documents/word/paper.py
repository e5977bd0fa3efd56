"""A paper as a Word file for editing: the same words and measures as its PDF."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

from documents.fonts import width
from documents.papers import sheet_of
from documents.papers.body import Line
from documents.papers.printed import Companion, CopyMark, Foot, Head, Sheet, Sign
from documents.word import pieces
from documents.word.styles import add_styles, set_page

MOTTO = "Độc lập - Tự do - Hạnh phúc"
POINTS_PER_MM = 72 / 25.4
LEFT, RIGHT = 68.0, 97.0
SENT, SIGNED = 70.0, 95.0
TEXT, LANDSCAPE = 165.0, 252.0
ROOM = Mm(27)
STAMPS = {"khan": 20, "thuong-khan": 40, "hoa-toc": 30}
STYLES = {
    "text": "Lời văn",
    "ground": "Căn cứ",
    "decides": "Quyết định",
    "division": "Phần, chương",
    "division-title": "Phần, chương",
    "heading": "Mục La Mã",
    "article": "Điều, khoản có tiêu đề",
    "clause": "Điều, khoản có tiêu đề",
    "end": "Hết",
}


def render_docx(facts: dict[str, Any]) -> bytes:
    """The Word file of a paper with all its annexes, also those that are issued in files of their
    own; pictures of signatures and the check code are the PDF's only."""
    paper = sheet_of(facts, is_whole=True)
    document = Document()
    add_styles(document)
    set_page(document.sections[0])
    document.core_properties.title = paper.title[:255]
    document.core_properties.author = ""
    _margins(document.sections[0], paper)
    _head(document, paper.head, paper)
    _opening(document, paper)
    _lines(document, paper.lines, TEXT)
    _foot(document, paper)
    for copy in paper.copies:
        _copy(document, copy)
    for companion in paper.companions:
        _companion(document, companion, paper)
    pieces.part_tables(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _margins(section: Any, paper: Sheet, *, middle: float = TEXT / 2) -> None:
    """Draft mark and page number above the text; what only the first page bears."""
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    draft = "DỰ THẢO" if paper.is_draft else ""
    above, first = section.header.paragraphs[0], section.first_page_header.paragraphs[0]
    above.style, first.style = "Số trang", "Đầu trang"
    above.paragraph_format.tab_stops.add_tab_stop(Mm(middle), 1)
    first.paragraph_format.tab_stops.add_tab_stop(Mm(2 * middle), 2)
    above.add_run(draft).bold = True
    above.add_run("\t")
    pieces.page_number(above)
    marks = "; ".join(filter(None, (paper.corner, paper.circulation)))
    first.add_run("\t".join((draft, marks)) if marks else draft)
    if paper.contact:
        foot = section.first_page_footer.paragraphs[0]
        foot.style = "Liên hệ"
        pieces.add_line_above(foot)
        foot.add_run(paper.contact)


def _head(document: Any, head: Head, paper: Sheet | None) -> None:
    table = pieces.bare_table(document, (LEFT, RIGHT), rows=2)
    agency, nation = table.rows[0].cells
    _agency(agency, head)
    pieces.write(nation, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], "Quốc hiệu")
    pieces.write(nation, [MOTTO], "Tiêu ngữ")
    pieces.add_rule(nation, width(MOTTO, 14, "Bold"), RIGHT * POINTS_PER_MM)
    number, dated = table.rows[1].cells
    pieces.write(number, [head.number], "Số, ký hiệu")
    _dated(dated, head)
    for place, line in enumerate(head.about):
        number.add_paragraph(line, style="Trích yếu công văn")
        number.paragraphs[-1].paragraph_format.space_before = Pt(0 if place else 6)
    if paper and paper.urgency:
        pieces.stamp(number, paper.urgency, STAMPS[paper.stamp])


def _dated(cell: Any, head: Head) -> None:
    pieces.write(cell, [head.dated], "Địa danh, ngày tháng")
    if head.dating:
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(13)


def _agency(cell: Any, head: Head) -> None:
    pieces.write(cell, head.parent, "Cơ quan chủ quản")
    pieces.write(cell, head.agency, "Cơ quan ban hành")
    if head.agency:
        length = 0.42 * width(head.agency[-1], 13, "Bold")
        pieces.add_rule(cell, length, LEFT * POINTS_PER_MM)


def _opening(document: Any, paper: Sheet) -> None:
    if paper.name:
        document.add_paragraph(paper.name, style="Tên loại")
    _title(document, paper.abstract, "Trích yếu", TEXT)
    names = paper.addressees
    if len(names) == 1:
        document.add_paragraph(f"Kính gửi: {names[0]}", style="Kính gửi")
    elif names:
        document.add_paragraph("Kính gửi:", style="Nơi gửi").paragraph_format.left_indent = Mm(33)
        document.paragraphs[-1].paragraph_format.space_before = Pt(14)
        for name in names:
            line = document.add_paragraph(name, style="Nơi gửi")
            line.paragraph_format.left_indent = Mm(54)
    if names:
        document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    if paper.authority:
        document.add_paragraph("\n".join(paper.authority), style="Thẩm quyền ban hành")


def _title(document: Any, lines: list[str], style: str, room_mm: float) -> None:
    """A title in the middle, with a rule of two fifths of its last line below."""
    pieces.write(document, lines, style)
    if lines:
        length = 0.42 * width(lines[-1], 14, "Bold")
        pieces.add_rule(document, length, room_mm * POINTS_PER_MM)
        document.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _lines(document: Any, lines: list[Line], room_mm: float) -> None:
    for line in lines:
        if line.grid:
            pieces.grid(document, line.grid, room_mm)
        elif line.style == "fact":
            _fact(document, line)
        else:
            paragraph = document.add_paragraph(style=STYLES[line.style])
            if line.lead:
                paragraph.add_run(line.lead).bold = True
            if line.text:
                paragraph.add_run(f" {line.text}" if line.lead else line.text)


def _fact(document: Any, line: Line) -> None:
    label, told = pieces.bare_table(document, (52, 113)).rows[0].cells
    pieces.write(label, [line.lead], "Tên mục phiếu")
    pieces.write(told, line.text.split("\n"), "Nội dung phiếu")


def _foot(document: Any, paper: Sheet) -> None:
    pieces.part_tables(document)
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    if len(paper.foot.signs) > 1:
        _two_signatures(document, paper.foot)
    elif paper.foot.sent or paper.foot.signs:
        _side_by_side(document, paper.foot)


def _side_by_side(document: Any, foot: Foot) -> None:
    table = pieces.bare_table(document, (SENT, SIGNED))
    left, right = table.rows[0].cells
    _sent(left, foot)
    for sign in foot.signs:
        _sign(right, sign)


def _two_signatures(document: Any, foot: Foot) -> None:
    table = pieces.bare_table(document, (82, 83), rows=2)
    for cell, sign in zip(table.rows[0].cells, foot.signs, strict=False):
        _sign(cell, sign)
    _sent(table.rows[1].cells[0], foot)


def _sent(cell: Any, foot: Foot) -> None:
    if foot.sent:
        pieces.write(cell, ["Nơi nhận:"], "Nơi nhận")
        pieces.write(cell, [*foot.sent, *filter(None, [foot.drafter])], "Danh sách nơi nhận")


def _sign(cell: Any, sign: Sign) -> None:
    pieces.write(cell, sign.lines, "Người ký")
    cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    below = [*sign.other_post, *filter(None, [sign.name])]
    if below:
        at = len(cell.paragraphs) if sign.lines else 0
        pieces.write(cell, below, "Người ký")
        cell.paragraphs[at].paragraph_format.space_before = ROOM


def _copy(document: Any, copy: CopyMark) -> None:
    pieces.add_line_above(document.add_paragraph(style="Đường kẻ"))
    table = pieces.bare_table(document, (LEFT, RIGHT), rows=2)
    agency, form = table.rows[0].cells
    _agency(agency, copy.head)
    pieces.write(form, [copy.form], "Tiêu ngữ")
    number, dated = table.rows[1].cells
    pieces.write(number, [copy.head.number], "Số, ký hiệu")
    _dated(dated, copy.head)
    for cell in (agency, form, number, dated):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    document.add_paragraph(style="Đường kẻ")
    _side_by_side(document, copy.foot)


def _companion(document: Any, companion: Companion, paper: Sheet) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    room = LANDSCAPE if companion.is_landscape else TEXT
    set_page(section, is_landscape=companion.is_landscape)
    pieces.count_anew(section)
    _margins(section, Sheet("", companion.head or Head([], []), is_draft=paper.is_draft))
    section.first_page_footer.is_linked_to_previous = False
    if companion.head:
        _head(document, companion.head, None)
    if companion.label:
        document.add_paragraph(companion.label, style="Phụ lục")
    if companion.name:
        document.add_paragraph(companion.name, style="Tên loại")
    pieces.write(document, companion.title, "Trích yếu")
    pieces.write(document, companion.refers, "Kèm theo")
    pieces.add_rule(document, 0.2 * width(companion.refers[-1], 13, "Italic"), room * POINTS_PER_MM)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    _lines(document, companion.lines, room)
