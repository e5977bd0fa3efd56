"""What the portal says to anybody about a paper: that it issued it, and whether the file is it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from documents.models import OfficialDocument, PaperStamp
from documents.sealing import SealState, state_of
from documents.stages import OUT, Sealing
from documents.stamp_trust import judged
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
    replacement, seal = paper.replacements.filter(state__in=OUT).first(), _seal(paper)
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
        sealing=_sealing(paper, seal),
        seal_signer=seal.signer if seal.is_sound else "",
        is_drawn=bool(paper.file_sha256),
    )


def _sealing(paper: OfficialDocument, seal: SealState) -> str:
    """Whether it is signed, since when that is known, and whether who said so is trusted."""
    told = paper.get_sealing_display()
    if seal.is_stamped:
        return f"{told} ({seal.trust.label})"
    late = PaperStamp.objects.filter(paper=paper).first()
    if late is None:
        return told
    trust = judged(bytes(late.token), bytes.fromhex(paper.file_sha256))
    at = vn_datetime(late.stamped_at)
    return f"{told}, dấu thời gian {at} lưu kèm ({trust.label})"


def _seal(paper: OfficialDocument) -> SealState:
    """What the signature of the stored file is worth now: a file that was changed bears none."""
    if paper.sealing not in {Sealing.SIGNED, Sealing.STAMPED} or paper.file is None:
        return SealState()
    if not paper.file.path.exists():
        return SealState()
    return state_of(paper.file.path.read_bytes())
