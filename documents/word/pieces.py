"""Rules, bare tables, stamps, tables of data and fields: what python-docx has no words for."""

from collections.abc import Iterable
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.papers.grids import Cell, Grid

TWIPS = 56.7  # of a millimetre


def add_rule(where: Any, length: float, room: float) -> None:
    """A line of so many points in the middle of a column of so many."""
    rule = where.add_paragraph(style="Đường kẻ")
    side = Pt(max(0.0, (room - length) / 2))
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = side
    rule.paragraph_format.space_before = Pt(1)
    _border(rule, "top")


def add_line_above(paragraph: Any) -> None:
    _border(paragraph, "top")


def bare_table(where: Any, widths_mm: tuple[float, ...], rows: int = 1) -> Any:
    """A table without borders and without room around its cells."""
    table = where.add_table(rows=rows, cols=len(widths_mm))
    table.autofit = False
    _no_padding(table)
    for row in table.rows:
        _together(row)
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    return table


def write(where: Any, lines: Iterable[str], style: str) -> None:
    """Paragraphs into a cell or a document; the one that a cell begins with is taken first."""
    for text in lines:
        first = where.paragraphs[0] if hasattr(where, "_tc") else None
        if first is not None and first.style.name == "Normal" and not first.text:
            first.style = style
            first.add_run(text)
        else:
            where.add_paragraph(text, style=style)


def part_tables(document: Any) -> None:
    """A small paragraph where the last thing is a table: Word would join the next one to it."""
    if document.element.body[-2].tag == qn("w:tbl"):
        document.add_paragraph(style="Đường kẻ")


def stamp(cell: Any, text: str, width_mm: float) -> None:
    """The urgency stamp: a red box of exactly so many millimetres by eight."""
    cell.paragraphs[-1].paragraph_format.space_after = Pt(6)
    box = cell.add_table(1, 1)
    box.autofit = False
    box.columns[0].width = box.rows[0].cells[0].width = Mm(width_mm)
    box.rows[0].height, box.rows[0].height_rule = Mm(8), WD_ROW_HEIGHT_RULE.EXACTLY
    _borders(box, size=8, colour="FF0000")
    inner = box.rows[0].cells[0]
    inner.vertical_alignment = 1
    write(inner, [text], "Dấu khẩn")
    inner.paragraphs[0].runs[0].font.color.rgb = _red()
    cell.paragraphs[-1].style = "Đường kẻ"  # Word wants a paragraph after a table in a cell


def grid(document: Any, data: Grid, width_mm: float) -> None:
    """A table of data, its head repeated on each page; built as XML, for it may be long."""
    table = document.add_table(rows=0, cols=len(data.titles))
    table.autofit = False
    _borders(table, size=4)
    widths = [round(width_mm * TWIPS * share / 100) for share in data.shares]
    for column, twips in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
        column.set(qn("w:w"), str(twips))
    names = {name: document.styles[name].style_id for name in ("Đầu bảng", "Ô bảng")}
    body = table._tbl  # noqa: SLF001
    for row in data.head_cells:
        body.append(_row(row, widths, names["Đầu bảng"], True))
    for row in data.cells:
        body.append(_row(row, widths, names["Ô bảng"], False))
    if data.is_short:
        for paragraph in body.xpath("./w:tr[position() < last()]//w:pPr"):
            paragraph.find(qn("w:pStyle")).addnext(OxmlElement("w:keepNext"))


def page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        piece = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            piece.set(qn("w:fldCharType"), kind)
        piece.text = text or None
        run._r.append(piece)  # noqa: SLF001


def count_anew(section: Any) -> None:
    """The pages of this section are numbered from 1."""
    properties = section._sectPr  # noqa: SLF001
    for inherited in properties.findall(qn("w:pgNumType")):
        properties.remove(inherited)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    properties.find(qn("w:cols")).addprevious(numbers)


def _row(cells: list[Cell], widths: list[int], style: str, is_head: bool) -> Any:
    row = OxmlElement("w:tr")
    shape = _child(row, "w:trPr")
    _child(shape, "w:cantSplit")
    if is_head:
        _child(shape, "w:tblHeader")
    at = 0
    for told in cells:
        cell = _child(row, "w:tc")
        _spread(_child(cell, "w:tcPr"), told, sum(widths[at : at + told.columns]))
        at += told.columns
        paragraph = _child(cell, "w:p")
        look = _child(paragraph, "w:pPr")
        _child(look, "w:pStyle", val=style)
        _child(look, "w:jc", val=told.align)
        words = _child(_child(paragraph, "w:r"), "w:t")
        words.text = told.text
    return row


def _spread(shape: Any, cell: Cell, width: int) -> None:
    """The width of a cell, and over how many columns and rows it goes."""
    _child(shape, "w:tcW", w=str(width), type="dxa")
    if cell.columns > 1:
        _child(shape, "w:gridSpan", val=str(cell.columns))
    if cell.is_continued:
        _child(shape, "w:vMerge")
    elif cell.rows > 1:
        _child(shape, "w:vMerge", val="restart")


def _child(parent: Any, name: str, **attributes: str) -> Any:
    child = OxmlElement(name)
    for key, value in attributes.items():
        child.set(qn(f"w:{key}"), value)
    parent.append(child)
    return child


def _border(paragraph: Any, side: str) -> None:
    borders = OxmlElement("w:pBdr")
    _child(borders, f"w:{side}", val="single", sz="6", space="0", color="000000")
    look = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    look.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _borders(table: Any, *, size: int, colour: str = "000000") -> None:
    borders = OxmlElement("w:tblBorders")
    _in_order(table, borders)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, f"w:{side}", val="single", sz=str(size), space="0", color=colour)


def _no_padding(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    _in_order(table, margins)
    for side in ("left", "right"):
        _child(margins, f"w:{side}", w="0", type="dxa")


def _in_order(table: Any, element: Any) -> None:
    """Put a property of a table where the schema wants it: Word refuses another order."""
    following = ["w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"]
    before = following[3:] if element.tag == qn("w:tblCellMar") else following
    table._tbl.tblPr.insert_element_before(element, *before)  # noqa: SLF001


def _together(row: Any) -> None:
    _child(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001


def _red() -> Any:
    from docx.shared import RGBColor  # noqa: PLC0415

    return RGBColor(0xFF, 0, 0)
