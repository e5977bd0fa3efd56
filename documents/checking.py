"""What the portal says to anybody about a paper: that it issued it, and whether the file is it."""

import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from documents.models import OfficialDocument, PaperStamp
from documents.seal_worth import SealState, is_copy_of, is_signed, state_of
from documents.stages import OUT, PaperState, Sealing, Worth
from documents.stamp_trust import judged
from organisation.templatetags.portal import vn_datetime

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """No title, no name of a person: what stands in the head of the paper and no more."""

    kind: str
    number: str
    issued_on: date | None
    agency: str
    badge: dict[str, str]
    recalled_at: datetime | None
    follows: list[tuple[str, str]]  # what became of it and of what it is about: words, numbers
    is_same: bool | None  # None: no file was handed in
    is_scan: bool
    is_signed_copy: bool  # the scan kept is our own file, signed elsewhere
    sealing: str
    seal_signer: str
    is_drawn: bool
    is_kept: bool  # the portal still has the very file that it issued


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


def kept_bytes(paper: OfficialDocument) -> bytes | None:
    """The file as it was drawn; None where it is gone or no longer the same, which is noticed."""
    if paper.file is None:
        return None
    content = paper.file.path.read_bytes() if paper.file.path.exists() else b""
    if hmac.compare_digest(hashlib.sha256(content).hexdigest(), paper.file_sha256):
        return content
    logger.error("the file of paper %s is not what was drawn", paper.pk)
    return None


def _issued() -> QuerySet:
    return OfficialDocument.objects.filter(state__in=OUT).select_related(
        "file", "scan", "replaces", "corrects"
    )


def _found(paper: OfficialDocument, digest: str) -> Found:
    annexes = paper.annex_files.values_list("file__sha256", flat=True)
    own = {paper.file_sha256, *annexes} - {""}
    scans = {paper.scan.sha256} if paper.scan else set()
    kept = kept_bytes(paper)
    seal = _seal(paper, kept)
    return Found(
        kind=paper.get_kind_display(),
        number=paper.full_number,
        issued_on=paper.issued_on,
        agency=str(paper.issuing_unit_snapshot.get("name", "")),
        badge=paper.badge,
        recalled_at=paper.recalled_at if paper.state == PaperState.RECALLED else None,
        follows=_follows(paper),
        is_same=digest in own | scans if digest else None,
        is_scan=bool(digest) and digest in scans,
        is_signed_copy=_is_signed_copy(paper, kept),
        sealing=_sealing(paper, seal),
        seal_signer=seal.signer if seal.worth in {Worth.SOUND, Worth.EXPIRED} else "",
        is_drawn=bool(paper.file_sha256),
        is_kept=kept is not None,
    )


def _follows(paper: OfficialDocument) -> list[tuple[str, str]]:
    """The papers that replaced and corrected it, and those that it replaces and corrects."""
    out = {"state__in": OUT}
    chains = (
        ("Thay thế bởi", paper.replacements.filter(**out).order_by("pk")),
        ("Đính chính bởi", paper.corrections.filter(**out).order_by("pk")),
        ("Thay thế cho", filter(None, [paper.replaces])),
        ("Đính chính cho", filter(None, [paper.corrects])),
    )
    told = ((words, ", ".join(map(_named, papers))) for words, papers in chains)
    return [(words, numbers) for words, numbers in told if numbers]


def _named(paper: OfficialDocument) -> str:
    """ "02/QĐ-STNMT", with what became of it where it is no longer in force."""
    number = paper.full_number
    return number if paper.is_in_force else f"{number} ({paper.get_state_display().lower()})"


def _is_signed_copy(paper: OfficialDocument, kept: bytes | None) -> bool:
    scan = paper.scan
    if scan is None or kept is None or scan.extension != "pdf" or not scan.path.exists():
        return False
    content = scan.path.read_bytes()
    return is_copy_of(kept, content) and is_signed(content)


def _sealing(paper: OfficialDocument, seal: SealState) -> str:
    """Whether it is signed, what that is worth today, and since when as far as that is known."""
    if seal.worth == Worth.BROKEN:
        return seal.worth.label.capitalize()
    told = [paper.get_sealing_display()]
    if seal.is_stamped:
        told[0] += f" ({seal.trust.label})"
    elif late := PaperStamp.objects.filter(paper=paper).first():
        trust = judged(bytes(late.token), bytes.fromhex(paper.file_sha256))
        told.append(f"dấu thời gian {vn_datetime(late.stamped_at)} lưu kèm ({trust.label})")
    return ", ".join([*told, *filter(None, [seal.worth.label])])


def _seal(paper: OfficialDocument, kept: bytes | None) -> SealState:
    """What the signature of the stored file is worth now: a file that was changed bears none."""
    if kept is None or paper.sealing not in {Sealing.SIGNED, Sealing.STAMPED}:
        return SealState()
    return state_of(kept)
