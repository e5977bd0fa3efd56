"""The paragraph styles and the page of a paper in Word, in the decree's measures."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
TEXT_LINES = 1.25 / 1.149  # line-height 1.25 of the PDF in Word's single lines
CLOSE_LINES = 1.2 / 1.149


@dataclass(frozen=True)
class Look:
    """Sizes in points, the first line in millimetres."""

    size: float = 14
    align: Any = ALIGN.CENTER
    bold: bool = False
    italic: bool = False
    indent: float = 0
    before: float = 0
    after: float = 0
    lines: float = TEXT_LINES
    keeps: bool = False  # stays with what follows


LOOKS = {
    "Quốc hiệu": Look(13, bold=True, lines=CLOSE_LINES),
    "Tiêu ngữ": Look(14, bold=True, lines=CLOSE_LINES),
    "Cơ quan chủ quản": Look(13, lines=CLOSE_LINES),
    "Cơ quan ban hành": Look(13, bold=True, lines=CLOSE_LINES),
    "Số, ký hiệu": Look(13, before=4, lines=CLOSE_LINES),
    "Địa danh, ngày tháng": Look(14, italic=True, before=4, lines=1.11),
    "Trích yếu công văn": Look(12, before=6, lines=CLOSE_LINES),
    "Tên loại": Look(14, bold=True, before=16, keeps=True),
    "Trích yếu": Look(14, bold=True, keeps=True),
    "Thẩm quyền ban hành": Look(14, bold=True, before=4, after=10, keeps=True),
    "Kính gửi": Look(14, before=14),
    "Nơi gửi": Look(14, ALIGN.LEFT),
    "Căn cứ": Look(14, ALIGN.JUSTIFY, italic=True, indent=10, after=6),
    "Lời văn": Look(14, ALIGN.JUSTIFY, indent=10, after=6),
    "Quyết định": Look(14, bold=True, before=10, after=10, keeps=True),
    "Phần, chương": Look(14, bold=True, before=6, after=6, keeps=True),
    "Mục La Mã": Look(14, ALIGN.JUSTIFY, bold=True, indent=10, after=6, keeps=True),
    "Điều, khoản có tiêu đề": Look(14, ALIGN.JUSTIFY, bold=True, indent=10, after=6, keeps=True),
    "Hết": Look(14, ALIGN.RIGHT, after=6),
    "Ô bảng": Look(12, ALIGN.LEFT, before=2, after=2, lines=CLOSE_LINES),
    "Đầu bảng": Look(12, bold=True, before=2, after=2, lines=CLOSE_LINES),
    "Nơi nhận": Look(12, ALIGN.LEFT, before=6, bold=True, italic=True, keeps=True),
    "Danh sách nơi nhận": Look(11, ALIGN.LEFT, keeps=True),
    "Người ký": Look(14, bold=True, keeps=True),
    "Phụ lục": Look(14, bold=True, keeps=True),
    "Kèm theo": Look(13, italic=True, keeps=True),
    "Đường kẻ": Look(2, lines=0.5, keeps=True),
    "Đầu trang": Look(13, ALIGN.LEFT, bold=True, lines=1),
    "Số trang": Look(14, ALIGN.LEFT, lines=1),
    "Dấu khẩn": Look(13, bold=True, lines=1),
    "Liên hệ": Look(11, lines=CLOSE_LINES),
    "Tên mục phiếu": Look(13, ALIGN.LEFT, bold=True, after=5),
    "Nội dung phiếu": Look(13, ALIGN.LEFT, after=5),
}


def add_styles(document: Doc) -> None:
    """Give the document its styles; those who edit it find them by their Vietnamese names."""
    _set_font(document.styles["Normal"], Look())
    for name, look in LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _set_font(style, look)
        shape = style.paragraph_format
        shape.alignment, shape.line_spacing = look.align, look.lines
        shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
        shape.first_line_indent = Mm(look.indent)
        shape.keep_with_next, shape.widow_control = look.keeps, True


def set_page(section: Any, *, is_landscape: bool = False) -> None:
    """A4 with margins 20, 15, 20 and 30 mm; the number of the page 10 mm below the edge."""
    width, height = (Mm(297), Mm(210)) if is_landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.orientation = int(is_landscape)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True


def _set_font(style: Any, look: Look) -> None:
    style.font.name, style.font.size = FONT, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    fonts = style.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
