"""Office files are archives: looked into member by member before they are kept (UP-03).

Nothing is unpacked to disk and no XML is parsed; what must not be there is looked for in the bytes.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from documents.scanner import Infected, carries_eicar

MAX_MEMBERS = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
CHUNK = 256 * 1024
OVERLAP = 256

MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ENCRYPTED = 0x1
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
MARKUP = (".xml", ".vml", ".rdf")
MACROS = re.compile(
    r"vbaproject|vbadata|xl/macrosheets/|/activex/|^basic/|^scripts/|"
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jar|msi|lnk|hta|sh|py|php)$",
    re.IGNORECASE,
)
UNSAFE_NAME = re.compile(r"^/|^[a-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]", re.IGNORECASE)
DECLARATIONS = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
REMOTE_TEMPLATE = re.compile(rb"relationships/attachedTemplate\"[^>]*TargetMode=\"External", re.I)


class BadArchive(ValueError):
    """The archive is not what its name says, or holds what it must not."""


def inspect(file: IO[bytes], extension: str) -> None:
    """Raise BadArchive or Infected for an office file that must not be kept."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_shape(archive)
            _check_kind(archive, extension)
            for member in archive.infolist():
                _check_content(archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as failure:
        raise BadArchive(str(failure)) from failure


def _check_shape(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if not 0 < len(members) <= MAX_MEMBERS:
        raise BadArchive("number of members")
    if len({member.filename.casefold() for member in members}) != len(members):
        raise BadArchive("the same name twice")
    if archive.comment or min(member.header_offset for member in members) != 0:
        raise BadArchive("something before or after the archive")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1024):
        raise BadArchive("unpacks to too much")
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if UNSAFE_NAME.search(member.orig_filename):
        raise BadArchive("unsafe name")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BadArchive("link")
    if member.flag_bits & ENCRYPTED:
        raise BadArchive("encrypted")
    if member.compress_type not in PACKINGS:
        raise BadArchive("packed in a way that no Office program does")
    if MACROS.search(member.filename):
        raise BadArchive("macro or program")


def _check_kind(archive: zipfile.ZipFile, extension: str) -> None:
    names = set(archive.namelist())
    if extension in OPEN_DOCUMENT:
        first = archive.infolist()[0]
        stored = first.filename == "mimetype" and first.file_size < 100
        if not stored or archive.read(first).strip() != OPEN_DOCUMENT[extension]:
            raise BadArchive("not an OpenDocument of this kind")
    elif not {"[Content_Types].xml", MAIN_PARTS[extension]} <= names:
        raise BadArchive("not an Office document of this kind")


def _check_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    forbidden = _forbidden_in(member.filename.lower())
    for window in _windows(archive, member):
        if carries_eicar(window):
            raise Infected
        plain = window.replace(b"\0", b"")  # UTF-16 hides a declaration from a plain search
        if any(pattern.search(plain) for pattern in forbidden):
            raise BadArchive("declaration, macro type or remote template")


def _forbidden_in(name: str) -> list[re.Pattern[bytes]]:
    """What must not stand in a member; the text that people wrote may name anything."""
    if name.endswith(".rels") or name == "[content_types].xml":
        return [DECLARATIONS, MACRO_TYPES, REMOTE_TEMPLATE]
    return [DECLARATIONS] if name.endswith(MARKUP) else []


def _windows(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member in overlapping pieces, so that nothing hides on a border."""
    with archive.open(member) as stream:
        tail = b""
        while chunk := stream.read(CHUNK):
            yield tail + chunk
            tail = chunk[-OVERLAP:]
