"""Files and papers for tests: the smallest honest file of each kind, built here byte by byte."""

import struct
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from documents.actions import compose, issuing, signing, store_upload
from documents.models import (
    AdvisoryBody,
    AdvisorySeat,
    NumberSeries,
    OfficialDocument,
    StoredFile,
)
from documents.stages import PaperKind, PaperState
from documents.uploads import TYPES
from organisation.models import OrgUnit, User
from tests.factories.organisation import LONG_AGO, make_unit, make_user

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/{part}" ContentType="application/vnd.openxmlformats-'
    'officedocument.main+xml"/></Types>'
)
PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}

PDF = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def zipped(members: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """An archive with these members, in their order."""
    out = BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(extension: str, **more: bytes | str) -> bytes:
    """A document of Word, Excel or PowerPoint; `more` are further members by name."""
    part = PARTS[extension]
    members = {"[Content_Types].xml": CONTENT_TYPES.format(part=part), part: "<doc>Nội dung</doc>"}
    return zipped(members | more)


def open_document(kind: str, **more: bytes | str) -> bytes:
    """An OpenDocument text or spreadsheet."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": "<doc>Nội dung</doc>"} | more)


def chunk(kind: bytes, body: bytes) -> bytes:
    """One piece of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2) -> bytes:
    """A picture whose head says that it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0" * 2)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, body) for kind, body in chunks)


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """A picture with a head and a frame, and no picture."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8" + app + frame + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x00\xff\xd9"


GOOD = {
    "pdf": PDF,
    "docx": office("docx"),
    "xlsx": office("xlsx"),
    "pptx": office("pptx"),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
    "jpg": jpeg(),
    "png": png(),
}


def make_upload(
    name: str = "Tờ trình.pdf", content: bytes | None = None, declared: str | None = None
) -> SimpleUploadedFile:
    """A file as a browser sends it; by its extension when nothing else is said."""
    extension = name.rpartition(".")[2].lower()
    content = GOOD.get(extension, PDF) if content is None else content
    declared = TYPES.get(extension, "application/pdf") if declared is None else declared
    return SimpleUploadedFile(name, content, content_type=declared)


def make_stored_file(**over: Any) -> StoredFile:
    """A stored PDF of a new person, with its bytes on disk."""
    upload = make_upload(over.get("name", "Tờ trình.pdf"), over.get("content"))
    stream = over.get("stream") or f"proposal:{uuid.uuid4()}"
    shelf = over.get("shelf", "case")
    return store_upload(upload, stream=stream, by=over.get("by") or make_user(), shelf=shelf)


RECEIPT = {
    "parent_lines": ["UBND tỉnh Ninh Thuận"],
    "agency_lines": ["Sở Tài nguyên", "và Môi trường"],
    "dated": "Ninh Thuận, ngày 08 tháng 6 năm 2022",
    "code": "DX-2022-0147",
    "title": "Trả kết quả đất đai tại nhà cho người cao tuổi ở các xã miền núi huyện Bác Ái",
    "proposer": "Nguyễn Văn Mẫu",
    "proposer_post": "Chuyên viên",
    "proposer_agency": "Sở Tài nguyên và Môi trường",
    "co_proposers": ["Trần Thị Ví Dụ (40%)"],
    "agency": "Sở Tài nguyên và Môi trường",
    "received_at": "08/06/2022, 16:05",
    "deadline": "10/06/2022 (2 ngày làm việc)",
    "files": ["Sơ đồ quy trình.pdf"],
    "version": 1,
    "content_sha256": "ab" * 32,
    "entry_hash": "a55cdf369917eb29a4a6666bbad3ab99fc9867974dd33025515b24be29a53354",
    "check_text": "DX-2022-0147 a55cdf369917eb29",
}

LETTER = {
    "kind": "official_letter",
    "parent_lines": [],
    "agency_lines": ["Ủy ban nhân dân", "tỉnh Ninh Thuận"],
    "place": "Ninh Thuận",
    "dated": "2022-01-05",
    "number": 12,
    "notation": "UBND-VXNV",
    "title": "triển khai thực hiện Kết luận số 14-KL/TW",
    "addressees": ["Các Sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố"],
    "body": [
        {"type": "paragraph", "text": "Thực hiện Công văn số 1608-CV/TU."},
        {"type": "paragraph", "text": "Giao Sở Nội vụ chủ trì."},
    ],
    "recipients": [],
    "keeping": "VT, VXNV",
    "signature": {"lines": ["Chủ tịch"], "name": "Trần Văn Mẫu"},
}


def make_paper(kind: str = "receipt_slip", **over: Any) -> OfficialDocument:
    """A composed paper that waits to be drawn."""
    plain = RECEIPT if kind == "receipt_slip" else LETTER | {"kind": kind}
    facts = plain | over.pop("facts", {})
    stream = over.pop("stream", None) or f"proposal:{uuid.uuid4()}"
    return compose(kind, stream=stream, facts=facts, by=over.pop("by", None), **over)


def mark_issued(papers: QuerySet[OfficialDocument], **over: Any) -> None:
    """Say of drafts that they were signed and issued, past every rule, each with its number."""
    for number, paper in enumerate(papers.order_by("pk"), start=1):
        unit = paper.issuing_unit or make_unit()
        facts = {
            "issuing_unit": unit,
            "series": make_series(unit),
            "number": number,
            "year": 2022,
            "notation": f"{paper.kind.upper()[:6]}-{paper.pk}",
            "signer": make_user(),
            "signed_at": timezone.now(),
            "signed_on": timezone.localdate(),
            "signed_sha256": paper.facts_sha256,
            "issued_on": timezone.localdate(),
            "issued_at": timezone.now(),
            "issued_by": make_user(),
            "check_code": f"MA{paper.pk:08d}",
            "state": PaperState.ISSUED,
        }
        OfficialDocument.objects.filter(pk=paper.pk).update(**facts | over)


def make_series(agency: OrgUnit, kinds: Iterable[str] = PaperKind, **over: Any) -> NumberSeries:
    """A series of numbers for these kinds, open since long ago; the one there is, if there is."""
    name = over.pop("name", "Dãy chung")
    facts = {"kinds": [str(kind) for kind in kinds], "valid_from": LONG_AGO} | over
    found = NumberSeries.objects.filter(agency=agency, name=name, body=facts.get("body", ""))
    return found.first() or NumberSeries.objects.create(agency=agency, name=name, **facts)


OFFICIAL = {  # as documents.papers.description says
    "parent_lines": ["Ủy ban nhân dân tỉnh Ninh Thuận"],
    "agency_lines": ["Sở Tài nguyên và Môi trường"],
    "place": "Ninh Thuận",
    "dated": "",
    "is_draft": True,
    "title": "triển khai Kết luận số 14-KL/TW",
    "notation": "STNMT-VP",
    "addressees": ["Sở Nội vụ"],
    "body": [
        {"type": "paragraph", "text": "Thực hiện Công văn số 1608-CV/TU."},
        {"type": "paragraph", "key": "result", "text": "Giao Văn phòng Sở chủ trì."},
    ],
    "recipients": [{"text": "Ủy ban nhân dân huyện Ninh Sơn", "note": "b/c"}],
    "keeping": "VT, VP",
    "drafter": "NVM",
    "locked": ["#result"],
}


def make_draft(unit: OrgUnit, by: User | None, **over: Any) -> OfficialDocument:
    """A draft công văn of the agency that lacks nothing but its signature."""
    kind = over.pop("kind", PaperKind.OFFICIAL_LETTER)
    stream = over.pop("stream", None) or f"proposal:{uuid.uuid4()}"
    how = {"body": over.pop("council", "")}
    facts = OFFICIAL | {"kind": kind} | over
    return compose(kind, stream=stream, facts=facts, by=by, unit=unit, **how)


def make_council(agency: OrgUnit, chair: User, name: str, **over: Any) -> AdvisoryBody:
    """A council of the agency, led by this person, with a row of numbers of its own."""
    facts = {"abbrev": "HĐTĐ", "valid_from": LONG_AGO, "basis_document": "Quyết định 12/QĐ-UBND"}
    made = AdvisoryBody.objects.create(agency=agency, name=name, **facts | over)
    AdvisorySeat.objects.create(body=made, person=chair, title="Chủ tịch", is_chair=True)
    make_series(agency, PaperKind, name=name, body=name)
    return made


def make_signed(house: Any, **over: Any) -> OfficialDocument:
    """A paper of the department: its focal wrote it, its head signed it, it waits for a number."""
    make_series(house.department)
    paper = make_draft(house.department, house.focal, **over)
    signing.send(paper.pk, by=house.focal, signer=house.head)
    return signing.sign(paper.pk, by=house.head)


def make_issued(house: Any, **over: Any) -> OfficialDocument:
    return issuing.issue(make_signed(house, **over).pk, by=house.clerk)
