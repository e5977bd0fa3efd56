"""What may be uploaded: extension, content and declared type must say the same (UP-01 to UP-04)."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from documents import archives, children, images
from documents.filenames import clean_name, extensions
from documents.scanner import Infected, carries_eicar
from documents.stages import Shelf

MEGABYTE = 1024 * 1024
FILE_LIMIT = 25 * MEGABYTE
LIMITS = {"cpu_seconds": 20, "memory": 1024 * MEGABYTE, "patience": 40}  # of looking into one file
STREAM_FILES = 20
STREAM_LIMIT = 200 * MEGABYTE
EVIDENCE_FILES = 500
EVIDENCE_LIMIT = 2048 * MEGABYTE
PERSON_LIMIT = 1024 * MEGABYTE

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "pptx": OFFICE + "presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
ALIASES = {"jpeg": "jpg"}
UNDECLARED = {"", "application/octet-stream"}  # what browsers send for types they do not know
DANGEROUS = (
    "exe com bat cmd scr pif msi msp lnk iso img jar js mjs vbs vbe wsf hta ps1 sh py php phtml "
    "asp aspx jsp html htm xhtml svg xml swf doc docm dot dotm xls xlsm xlsb ppt pptm zip rar 7z "
    "gz tar cab dll reg"
)
# An inner extension out of these makes a double one: "hoa-don.exe.pdf".
TELLING = frozenset({*TYPES, *ALIASES, *DANGEROUS.split()})
PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
ACTIVE = re.compile(rb"<\s*(!doctype\s+html|html|script|svg|iframe|body|\?php)", re.IGNORECASE)
HEAD, TAIL = 64 * 1024, 1024

WRONG_TYPE = "Chọn tệp PDF, Word, Excel hoặc ảnh (JPG, PNG)."


class UploadRefused(ValueError):
    """Why a file is not taken, in words for the person who sent it; `reason` is for the log."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, under its cleaned name and its true type."""

    name: str
    extension: str
    content_type: str


def examine(file: IO[bytes], name: str, declared: str) -> Checked:
    """What a file is, from its name and its bytes. Raises UploadRefused."""
    name = clean_name(name)
    extension = _extension(name)
    if declared.partition(";")[0].strip().lower() not in UNDECLARED | {TYPES[extension]}:
        raise UploadRefused(WRONG_TYPE, "declared type")
    file.seek(0)
    if not file.read(1):
        raise UploadRefused(f"Tệp {name} không có nội dung. Chọn tệp khác.", "empty")
    if reason := _looked_into(file, extension):
        raise unsafe(name, reason)
    return Checked(name, extension, TYPES[extension])


def unsafe(name: str, reason: str) -> UploadRefused:
    message = f"Không nhận tệp {name} vì tệp có mã độc hoặc bị hỏng. Chọn tệp khác."
    return UploadRefused(message, reason)


def too_large(name: str, size: int) -> UploadRefused:
    weight = f"{size / MEGABYTE:.1f}".replace(".", ",").removesuffix(",0")
    most = FILE_LIMIT // MEGABYTE
    return UploadRefused(
        f"Tệp {clean_name(name)} nặng {weight} MB. Chọn tệp dưới {most} MB.", "too large"
    )


def no_room(name: str) -> UploadRefused:
    message = (
        f"Chưa lưu được tệp {clean_name(name)} vì máy chủ hết chỗ. Nội dung khác vẫn được giữ."
    )
    return UploadRefused(message, "disk full")


def check_totals(shelf: str, *, files: int, size: int, person: int) -> None:
    """Raise UploadRefused where one more file would pass a limit of the case or the person."""
    most, heaviest = STREAM_FILES, STREAM_LIMIT
    if shelf == Shelf.EVIDENCE:
        most, heaviest = EVIDENCE_FILES, EVIDENCE_LIMIT
    if files > most:
        raise UploadRefused(
            f"Hồ sơ đã có {most} tệp. Bỏ bớt tệp trước khi tải lên.", "number of files"
        )
    if size > heaviest:
        raise UploadRefused(
            f"Tổng dung lượng vượt {heaviest // MEGABYTE} MB. Bỏ bớt tệp trước khi tải lên.",
            "size of the case",
        )
    if person > PERSON_LIMIT:
        raise UploadRefused(
            "Tổng dung lượng tệp của tài khoản vượt 1 GB. Bỏ bớt tệp trước khi tải lên.",
            "size of the person",
        )


class BadContent(ValueError):
    """The bytes are not those of the type that the name says, or of two types at once."""


def _extension(name: str) -> str:
    found = extensions(name)
    if not found:
        raise UploadRefused(WRONG_TYPE, "no extension")
    extension = ALIASES.get(found[-1], found[-1])
    if extension not in TYPES or any(part in TELLING for part in found[:-1]):
        raise UploadRefused(WRONG_TYPE, "extension")
    return extension


def _looked_into(file: IO[bytes], extension: str) -> str:
    """Why the content must not be kept; empty when it may be. A locked-in child looks (UP-03)."""
    file.seek(0)
    job = extension.encode() + b"\n" + file.read()
    try:
        answer = children.ask_once(job, _look, **LIMITS)
    except children.Lost as failure:
        return str(failure)
    return answer.removeprefix(b"+").decode()


def _look(job: bytes) -> bytes:
    """What is wrong with the content of a file, in the child; "+" alone when nothing is."""
    extension, _, content = job.partition(b"\n")
    try:
        CHECKS[extension.decode()](io.BytesIO(content), extension.decode())
    except (archives.BadArchive, images.BadImage, Infected, BadContent) as failure:
        return f"+{type(failure).__name__} {failure}".strip().encode()
    return b"+"


def _check_pdf(file: IO[bytes], extension: str) -> None:
    head, tail = _ends(file)
    if not PDF_HEAD.match(head) or b"%%EOF" not in tail:
        raise BadContent("not a PDF")
    _check_single(file, head)


def _check_image(file: IO[bytes], extension: str) -> None:
    images.inspect(file, extension)
    head, _ = _ends(file)
    _check_single(file, head)


def _check_office(file: IO[bytes], extension: str) -> None:
    head, _ = _ends(file)
    if not head.startswith(b"PK\x03\x04"):
        raise BadContent("not an archive")
    archives.inspect(file, extension)


def _check_single(file: IO[bytes], head: bytes) -> None:
    """Refuse a file that is something else as well (archive, page, script) or a known virus."""
    if zipfile.is_zipfile(file) or ACTIVE.search(head):
        raise BadContent("two types at once")
    file.seek(0)
    if carries_eicar(file.read()):
        raise Infected


def _ends(file: IO[bytes]) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(HEAD)
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    return head, file.read(TAIL)


CHECKS: dict[str, Callable[[IO[bytes], str], None]] = {
    "pdf": _check_pdf,
    "jpg": _check_image,
    "png": _check_image,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods"), _check_office),
}
