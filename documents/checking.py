"""What the portal says to anybody about a paper: that it issued it, and whether the file is it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from documents.models import OfficialDocument, PaperStamp
from documents.sealing import state_of
from documents.stages import OUT, Sealing
from organisation.templatetags.portal import vn_datetime


@dataclass(frozen=True)
class Found:
    """No title, no name of a person: what stands in the head of the paper and no more."""

    kind: str
    number: str
    issued_on: date | None
    agency: str
    badge: dict[str, str]
    replaced_by: str
    corrected_by: list[str]
    is_same: bool | None  # None: no file was handed in
    is_scan: bool
    sealing: str
    seal_signer: str
    is_drawn: bool


def by_code(code: str, digest: str = "") -> Found | None:
    paper = _issued().filter(check_code=code.strip().upper().replace(" ", "")).first()
    return _found(paper, digest) if paper else None


def by_file(digest: str) -> Found | None:
    """By the bytes alone: the file that was issued, or the signed copy kept beside it."""
    papers = _issued().filter(
        Q(file_sha256=digest) | Q(scan__sha256=digest) | Q(annex_files__file__sha256=digest)
    )
    paper = papers.order_by("-pk").first()
    return _found(paper, digest) if paper else None


def _issued() -> QuerySet:
    return OfficialDocument.objects.filter(state__in=OUT).select_related("file", "scan")


def _found(paper: OfficialDocument, digest: str) -> Found:
    annexes = paper.annex_files.values_list("file__sha256", flat=True)
    own = {paper.file_sha256, *annexes} - {""}
    scans = {paper.scan.sha256} if paper.scan else set()
    replacement = paper.replacements.filter(state__in=OUT).first()
    return Found(
        kind=paper.get_kind_display(),
        number=paper.full_number,
        issued_on=paper.issued_on,
        agency=str(paper.issuing_unit_snapshot.get("name", "")),
        badge=paper.badge,
        replaced_by=replacement.full_number if replacement else "",
        corrected_by=[one.full_number for one in paper.corrections.filter(state__in=OUT)],
        is_same=digest in own | scans if digest else None,
        is_scan=bool(digest) and digest in scans,
        sealing=_sealing(paper),
        seal_signer=_signer(paper),
        is_drawn=bool(paper.file_sha256),
    )


def _sealing(paper: OfficialDocument) -> str:
    """Whether it is signed, and since when that is known: by a stamp in the file or beside it."""
    told = paper.get_sealing_display()
    late = PaperStamp.objects.filter(paper=paper).first()
    return f"{told}, dấu thời gian {vn_datetime(late.stamped_at)} lưu kèm" if late else told


def _signer(paper: OfficialDocument) -> str:
    """Whose signature the stored file bears, judged now: a file that was changed bears none."""
    if paper.sealing not in {Sealing.SIGNED, Sealing.STAMPED} or paper.file is None:
        return ""
    if not paper.file.path.exists():
        return ""
    state = state_of(paper.file.path.read_bytes())
    return state.signer if state.is_sound else ""
