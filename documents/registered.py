"""The outgoing register: its ten columns, as a page, a workbook and a printed paper."""

import hashlib
import heapq
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import IO, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.worksheet.properties import PageSetupProperties

from documents.described import facts_of
from documents.models import OfficialDocument, OutsideNumber
from documents.models.papers import OfficialDocumentQuerySet as Papers
from documents.stages import PaperState
from organisation.models import OrgUnit
from organisation.templatetags.portal import vn_date

COLUMNS = (  # NĐ 30/2020, Phụ lục IV: what is printed, its width, how it stands
    ("Số, ký hiệu", 20, "left"),
    ("Ngày tháng văn bản", 17, "center"),
    ("Tên loại và trích yếu nội dung", 48, "left"),
    ("Người ký", 19, "left"),
    ("Nơi nhận văn bản", 34, "left"),
    ("Đơn vị, người nhận bản lưu", 14, "left"),
    ("Số lượng bản", 12, "center"),
    ("Ngày chuyển", 17, "center"),
    ("Ký nhận", 24, "left"),
    ("Ghi chú", 25, "left"),
)
SHEET_WIDTHS = (18, 14, 50, 24, 44, 18, 10, 14, 30, 30)
HEAD = NamedStyle(
    "register head",
    font=Font(bold=True),
    alignment=Alignment(wrap_text=True, horizontal="center", vertical="center"),
    number_format="@",
)
BODY = NamedStyle(
    "register", alignment=Alignment(wrap_text=True, vertical="top"), number_format="@"
)
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
A4 = 9  # as workbooks count sizes of paper
PAGE = 50
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
MICROSECOND = timedelta(microseconds=1)

Row = list[str]


def for_register(papers: Papers) -> Papers:
    """With everything that a row tells, in three queries."""
    return papers.select_related("signer", "replaces", "corrects").prefetch_related(
        "sent_copies__received_by", "replacements", "corrections"
    )


def row_of(paper: OfficialDocument) -> Row:
    copies = sorted(paper.sent_copies.all(), key=lambda copy: copy.place)
    facts = facts_of(paper)
    day = vn_date(paper.issued_on)
    return [
        paper.full_number,
        day,
        f"{paper.get_kind_display()} {paper.title}",
        paper.signer.full_name if paper.signer else "",
        "; ".join(f"{copy.name} ({copy.note})" if copy.note else copy.name for copy in copies),
        facts.get("keeping", ""),
        str(facts.get("copies") or len(copies) or 1),
        day,
        "; ".join(
            f"{copy.received_by.full_name}, {vn_date(copy.received_at)}"
            for copy in copies
            if copy.received_by
        ),
        remark_of(paper),
    ]


def outside_row(used: OutsideNumber) -> Row:
    """A number that a paper outside of the portal bears, with the reason as its remark."""
    day = vn_date(used.used_on)
    told = [used.full_number, day, used.title or "Văn bản ngoài cổng", used.signer]
    return [*told, "", "", "", day, "", f"Số dùng ngoài cổng: {used.reason}"]


def remark_of(paper: OfficialDocument) -> str:
    """What became of it, recalled, replaced, corrected and by what; and what it does so to."""
    told = []
    if paper.state == PaperState.RECALLED:
        told.append(f"Thu hồi ngày {vn_date(paper.recalled_at)}: {paper.recall_reason}")
    for label, papers in (
        ("Thay thế bởi", paper.replacements.all()),
        ("Đính chính bởi", paper.corrections.all()),
    ):
        told += [f"{label} {one.full_number}" for one in papers if one.full_number]
    for label, one in (("Thay thế", paper.replaces), ("Đính chính", paper.corrects)):
        told += [f"{label} {one.full_number}"] if one else []
    return "; ".join(told)


def rows_sha256(rows: list[Row]) -> str:
    """The digest by which a closed register is known."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def book_of(rows: Iterable[Row]) -> IO[bytes]:
    """A workbook written row by row; every cell is text, so nothing is a formula (XL-01)."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Sổ văn bản đi")
    page.freeze_panes, page.print_title_rows = "A2", "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0  # as wide as the paper, as long as it is
    for place, width in enumerate(SHEET_WIDTHS):
        page.column_dimensions["ABCDEFGHIJ"[place]].width = width
    page.append([_text_cell(page, title, HEAD) for title, _, _ in COLUMNS])
    for row in rows:
        page.append([_text_cell(page, value, BODY) for value in row])
    out = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    book.save(out)
    out.seek(0)
    return out


def table_of(rows: list[Row]) -> dict[str, Any]:
    """The register as the table of a paper."""
    columns = [{"title": title, "width": width, "align": align} for title, width, align in COLUMNS]
    numbers = [f"({place})" for place in range(1, len(COLUMNS) + 1)]
    return {"type": "table", "columns": columns, "heads": [numbers], "rows": rows}


def newest(papers: Papers, after: str, *, pages: int = 1) -> tuple[list[OfficialDocument], str]:
    """A page of the register or several, the newest first, and the word for the next one."""
    size = PAGE * pages
    at, pk = _read(after)
    if pk:
        moment = EPOCH + at * MICROSECOND
        papers = papers.filter(Q(issued_at__lt=moment) | Q(issued_at=moment, pk__lt=pk))
    found = list(for_register(papers).order_by("-issued_at", "-pk")[: size + 1])
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], f"{(last.issued_at - EPOCH) // MICROSECOND}-{last.pk}"


def between(papers: Papers, first: date | None, last: date | None) -> Papers:
    if first:
        papers = papers.filter(issued_on__gte=first)
    return papers.filter(issued_on__lte=last) if last else papers


def all_rows(papers: Papers, outside: QuerySet[OutsideNumber]) -> Iterator[Row]:
    """Every row in the order of the book, read in portions: those of the portal and the others."""
    ours = (
        ((paper.issued_on, paper.series_id, paper.number), row_of(paper))
        for paper in for_register(papers.in_register()).iterator(500)
    )
    others = (
        ((used.used_on, used.series_id, used.first), outside_row(used))
        for used in outside.order_by("used_on", "series_id", "first")
    )
    return (row for _, row in heapq.merge(ours, others, key=itemgetter(0)))


def outside_of(
    agency: OrgUnit | int, first: date | None, last: date | None
) -> QuerySet[OutsideNumber]:
    used = OutsideNumber.objects.filter(series__agency=agency)
    if first:
        used = used.filter(used_on__gte=first)
    return used.filter(used_on__lte=last) if last else used


def with_outside(
    papers: list[OfficialDocument], outside: QuerySet[OutsideNumber], after: str, following: str
) -> list[tuple[OfficialDocument | None, Row]]:
    """A page of rows, the newest first, with the numbers that were entered meanwhile."""
    entered = outside.order_by("-entered_at")
    if (at := _read(after)[0]) > 0:
        entered = entered.filter(entered_at__lt=EPOCH + at * MICROSECOND)
    if following:
        entered = entered.filter(entered_at__gte=EPOCH + _read(following)[0] * MICROSECOND)
    rows: list[tuple[datetime, OfficialDocument | None, Row]] = [
        (used.entered_at, None, outside_row(used)) for used in entered[:PAGE]
    ]
    rows += [(paper.issued_at, paper, row_of(paper)) for paper in papers if paper.issued_at]
    rows.sort(key=itemgetter(0), reverse=True)
    return [(paper, row) for _, paper, row in rows]


def _text_cell(page: Any, value: str, style: NamedStyle) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=UNWRITABLE.sub("", value))
    cell.style = style
    cell.data_type = "s"
    return cell


def _read(after: str) -> tuple[int, int]:
    at, _, pk = after.partition("-")
    if not (at.isascii() and at.isdigit() and pk.isascii() and pk.isdigit()):
        return 0, 0
    return int(at[:18]), int(pk[:18])
