"""What can be done to files and papers."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from documents import scanner, storage, uploads
from documents.doorbell import ring_after_commit
from documents.filenames import clean_name
from documents.models import OfficialDocument, StoredFile
from documents.papers import TEMPLATES
from documents.stages import Drawing, FileState, PaperKind, Shelf
from journal.actions import record
from organisation.days import today
from organisation.models import OrgUnit, User

LEASE = timedelta(minutes=3)
AT_MOST = 5  # attempts to draw one paper
ORPHAN_AGE = timedelta(hours=24)


def store_upload(
    upload: UploadedFile, *, stream: str, by: User, shelf: str = Shelf.CASE
) -> StoredFile:
    """Check an uploaded file and keep it. Raises UploadRefused with words for the person.

    The bytes are on disk before the row is written, so call it outside of long transactions.
    Evidence that grows with a pilot goes on its own shelf, which takes more.
    """
    try:
        with storage.incoming(upload.chunks(), limit=uploads.FILE_LIMIT) as (temporary, kept):
            checked = uploads.examine(temporary, upload.name or "", upload.content_type or "")
            state = scanner.scan(temporary)
            storage.keep(temporary, kept)
            row = {"state": state, "stream": stream, "shelf": Shelf(shelf)}
            return _stored(checked, kept, by, row)
    except storage.TooLarge as failure:
        raise uploads.too_large(upload.name or "", upload.size or 0) from failure
    except storage.StorageFull as failure:
        raise uploads.no_room(upload.name or "") from failure
    except scanner.Infected as failure:
        raise uploads.unsafe(clean_name(upload.name or ""), "infected") from failure


@transaction.atomic
def release(stored: StoredFile) -> None:
    """Take a file out of the count of its case: it was removed there; its bytes stay."""
    StoredFile.objects.filter(pk=stored.pk, released_at=None).update(released_at=timezone.now())


@transaction.atomic(savepoint=False)
def compose(
    kind: str,
    *,
    stream: str,
    facts: dict[str, Any],
    by: User | None,
    title: str = "",
    unit: OrgUnit | None = None,
    template: str = "",
) -> OfficialDocument:
    """Freeze the facts of a paper as a draft; a worker draws its file after commit.

    Facts are plain JSON values: dates and amounts already in words.
    """
    canonical = canonical_json(facts)
    paper = OfficialDocument.objects.create(
        kind=PaperKind(kind),
        stream=stream,
        title=title or str(facts.get("title", ""))[:300],
        template=template or TEMPLATES[PaperKind(kind)],
        facts=json.loads(canonical),
        facts_sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        issuing_unit=unit,
        issuing_unit_snapshot=_snapshot(unit),
        created_by=by,
    )
    ring_after_commit()
    return paper


@transaction.atomic
def lease_drawing(paper_id: int | None = None) -> OfficialDocument | None:
    """Take the next paper to draw, or the one named, for three minutes; None when there is none."""
    now = timezone.now()
    _give_up(now)
    free = Q(drawing=Drawing.WAITING) | Q(drawing=Drawing.LEASED, draw_lease_until__lt=now)
    papers = OfficialDocument.objects.filter(free)
    if paper_id is not None:
        papers = papers.filter(pk=paper_id)
    lock = connection.features.has_select_for_update_skip_locked
    paper = papers.select_for_update(skip_locked=lock).order_by("pk").first()
    if paper is None:
        return None
    paper.drawing, paper.draw_lease_until = Drawing.LEASED, now + LEASE
    paper.draw_attempts = F("draw_attempts") + 1
    paper.save(update_fields=["drawing", "draw_lease_until", "draw_attempts"])
    paper.refresh_from_db(fields=["draw_attempts"])
    return paper


@transaction.atomic
def drawn(paper_id: int, pdf: bytes) -> OfficialDocument:
    """Keep the file of a paper. What was drawn once stays: a second drawing is thrown away.

    The digest goes into the journal's stream of jobs, so that a verification finds a changed file;
    the stream of the case is its own app's to write.
    """
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if paper.drawing == Drawing.DRAWN:
        return paper
    kept = storage.keep_bytes(pdf)
    paper.file = StoredFile.objects.create(
        sha256=kept.sha256,
        size=kept.size,
        name=paper.file_name,
        extension="pdf",
        content_type="application/pdf",
        state=FileState.CLEAN,
        stream=paper.stream,
        uploaded_by=None,
    )
    paper.file_sha256, paper.drawing, paper.drawn_at = kept.sha256, Drawing.DRAWN, timezone.now()
    paper.draw_error, paper.draw_lease_until = "", None
    paper.save()
    record(
        "paper.draw",
        stream="jobs",
        by=None,
        paper=str(paper.ref),
        file_sha256=kept.sha256,
        facts_digest=paper.facts_sha256,
    )
    return paper


@transaction.atomic
def not_drawn(paper_id: int, error: str) -> OfficialDocument:
    """Note why a paper could not be drawn: it is tried again a few times, then it is shown so."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if paper.drawing == Drawing.LEASED:
        tired = paper.draw_attempts >= AT_MOST
        paper.drawing = Drawing.FAILED if tired else Drawing.WAITING
        paper.draw_error, paper.draw_lease_until = error[:200], None
        paper.save(update_fields=["drawing", "draw_error", "draw_lease_until"])
    return paper


@transaction.atomic
def draw_again(paper_id: int) -> OfficialDocument:
    """Put a paper that could not be drawn back into the queue."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if paper.drawing == Drawing.FAILED:
        paper.drawing, paper.draw_attempts = Drawing.WAITING, 0
        paper.save(update_fields=["drawing", "draw_attempts"])
        ring_after_commit()
    return paper


def scan_again() -> int:
    """Scan what waits in quarantine; answers how many files left it."""
    waiting = StoredFile.objects.filter(state=FileState.QUARANTINED).order_by("pk")
    return sum(_scanned(stored) for stored in waiting)


def sweep_orphans() -> int:
    """Remove bytes that no row names and that are older than a day; answers how many."""
    limit = (timezone.now() - ORPHAN_AGE).timestamp()
    removed = 0
    for path in storage.orphans(older_than=limit):
        if not StoredFile.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def canonical_json(facts: dict[str, Any]) -> str:
    """The one text of facts whose digest is kept."""
    return json.dumps(
        facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def _give_up(now: datetime) -> None:
    """What took five workers with it is not tried again."""
    lost = OfficialDocument.objects.filter(drawing=Drawing.LEASED, draw_lease_until__lt=now)
    lost.filter(draw_attempts__gte=AT_MOST).update(
        drawing=Drawing.FAILED, draw_error="the worker was lost", draw_lease_until=None
    )


@transaction.atomic
def _stored(
    checked: uploads.Checked, kept: storage.Kept, by: User, row: dict[str, str]
) -> StoredFile:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once share one limit
    _within_limits(kept.size, by, row["stream"], row["shelf"])
    return StoredFile.objects.create(
        sha256=kept.sha256,
        size=kept.size,
        name=checked.name,
        extension=checked.extension,
        content_type=checked.content_type,
        uploaded_by=by,
        **row,
    )


def _within_limits(size: int, by: User, stream: str, shelf: str) -> None:
    here = Q(stream=stream, shelf=shelf, released_at=None)
    uploaded = StoredFile.objects.filter(Q(stream=stream) | Q(uploaded_by=by))
    totals = uploaded.exclude(uploaded_by=None).aggregate(
        files=Count("pk", filter=here),
        weight=Sum("size", filter=here, default=0),
        person=Sum("size", filter=Q(uploaded_by=by), default=0),
    )
    uploads.check_totals(
        shelf,
        files=totals["files"] + 1,
        size=totals["weight"] + size,
        person=totals["person"] + size,
    )


def _snapshot(unit: OrgUnit | None) -> dict[str, str]:
    if unit is None:
        return {}
    version = unit.at(today())
    return {
        "name": version.name,
        "short_name": version.short_name,
        "abbrev": version.abbrev,
        "place_name": version.place_name,
    }


def _scanned(stored: StoredFile) -> bool:
    try:
        with stored.path.open("rb") as file:
            state = scanner.scan(file)
    except scanner.Infected:
        state = FileState.INFECTED
    rows = StoredFile.objects.filter(pk=stored.pk, state=FileState.QUARANTINED)
    return state != FileState.QUARANTINED and bool(rows.update(state=state))
