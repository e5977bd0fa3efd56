"""Reading and writing small lists as XLSX or CSV. What comes in is only ever taken as text.

A file is refused before it is unpacked when it is too large, packed too tightly, or not what it
says; formulas are never calculated.
"""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from organisation.text import ZERO_WIDTH

MAX_BYTES, MAX_UNPACKED, MAX_MEMBERS = 2 * 2**20, 50 * 2**20, 500
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 500, 30, 1000
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
# what openpyxl runs into where a workbook is broken or was written by hand
UNREADABLE = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, InvalidFileException, zipfile.BadZipFile, zlib.error),
)
Cells = list[list[str]]


class NotASheet(ValueError):
    """The file cannot be taken as a list; `str()` is the sentence to show."""


def read_sheet(file: UploadedFile) -> Cells:
    """The rows of the first sheet as clean text, up to the last that says something.

    Empty rows stay between the others, so that a row keeps the number it has in the file.
    Raises NotASheet.
    """
    if file.size is None or file.size > MAX_BYTES:
        raise NotASheet(f"Tệp {file.name} quá lớn. Chọn tệp dưới 2 MB.")
    content = file.read()
    if content.startswith(OLD_EXCEL):
        raise NotASheet("Tệp Excel kiểu cũ (.xls). Lưu lại thành .xlsx rồi tải lên.")
    rows = _excel_rows(content) if content.startswith(ZIP) else _csv_rows(content)
    filled = [row for row in rows if any(row)]
    if len(filled) < 2:
        raise NotASheet("Tệp chưa có dòng dữ liệu nào dưới dòng tiêu đề.")
    if len(filled) > MAX_ROWS + 1:
        raise NotASheet(f"Tệp có quá {MAX_ROWS} dòng. Chia thành nhiều tệp.")
    last = max(place for place, row in enumerate(rows) if any(row))
    if last > MAX_ROWS * 4:
        raise NotASheet("Tệp có quá nhiều dòng trống. Xóa các dòng trống rồi tải lên.")
    return rows[: last + 1]


def write_sheet(rows: Iterable[Iterable[str]], *, widths: Iterable[int] = ()) -> bytes:
    """An XLSX whose cells are all text: nothing in it is a formula or turns into a date."""
    book = Workbook()
    page = book.active
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = page.cell(number, place)
            cell.value, cell.data_type, cell.number_format = value, "s", "@"
    for place, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV with a byte order mark; what looks like a formula is prefixed (XL-01)."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([f"'{cell}" if _looks_like_a_formula(cell) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _looks_like_a_formula(cell: str) -> bool:
    """To a spreadsheet: after spaces and signs of no width too, and in the wide form."""
    shown = unicodedata.normalize("NFKC", ZERO_WIDTH.sub("", cell)).lstrip(" ")
    return shown.startswith(FORMULA_STARTS)


def _excel_rows(content: bytes) -> Cells:
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        page = book.worksheets[0]
        found = page.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS * 4)
        return [[_text(cell.value, cell.data_type) for cell in row] for row in found]
    except NotASheet:
        raise
    except UNREADABLE as error:
        raise NotASheet("Không đọc được tệp. Chọn tệp Excel (.xlsx) hoặc CSV.") from error


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        if "xl/workbook.xml" not in package.namelist():
            raise NotASheet("Tệp này không phải bảng tính. Chọn tệp Excel (.xlsx) hoặc CSV.")
        if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
            raise NotASheet("Tệp bị nén quá chặt nên không nhận. Lưu lại rồi tải lên.")
        for member in members:
            if member.filename.endswith((".xml", ".rels")) and b"<!" in _head(package, member):
                raise NotASheet("Tệp có khai báo lạ nên không nhận. Lưu lại rồi tải lên.")


def _head(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with package.open(member) as file:
        return file.read(2000).replace(b"<!--", b"")


def _csv_rows(content: bytes) -> Cells:
    text = _decoded(content)
    if "\0" in text:
        raise NotASheet("Không đọc được tệp. Chọn tệp Excel (.xlsx) hoặc CSV.")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise NotASheet("Không đọc được tệp CSV. Kiểm tra dấu ngoặc kép.") from error
    return [[cell.strip()[:MAX_CELL] for cell in row[:MAX_COLUMNS]] for row in rows]


def _decoded(content: bytes) -> str:
    """The text of a CSV: UTF-8 or UTF-16 as Excel writes them, else Windows' Vietnamese."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotASheet("Không đọc được bảng mã của tệp. Lưu lại thành CSV UTF-8.")


def _text(value: object, data_type: str) -> str:
    if value is None:
        return ""
    if data_type == "f":
        return f"={str(value).lstrip('=')}"[:MAX_CELL]
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:MAX_CELL]
