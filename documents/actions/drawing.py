"""The drawing of papers: leased to a worker, kept once, tried again where a worker was lost.

A long paper is long work of whoever made it (`jobs`), drawn by `documents.long_papers`.
"""

from datetime import datetime, timedelta
from typing import cast

from django.db import connection, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Length
from django.utils import timezone

from documents import storage
from documents.models import OfficialDocument, StoredFile
from documents.stages import DRAW, Drawing, FileState, Sealing
from jobs import actions as long_work
from jobs.models import LongJob
from journal.actions import record
from organisation.doorbell import ring_after_commit
from organisation.models import User

LEASE = timedelta(minutes=3)
AT_MOST = 5  # attempts to draw one paper
LONG = 40_000  # characters of facts: some 15 pages, two seconds
LONG_KIND = "paper"
WEIGHT = Length(Cast("facts", TextField()))
HAS_OWNER = Q(issued_by__isnull=False) | Q(created_by__isnull=False)
IS_LONG = Q(weight__gt=LONG) & HAS_OWNER


@transaction.atomic
def lease_drawing(paper_id: int | None = None) -> OfficialDocument | None:
    """Take the next short paper to draw, or the one named, for three minutes; None without one."""
    now = timezone.now()
    _give_up(now)
    free = Q(drawing=Drawing.WAITING) | Q(drawing=Drawing.LEASED, draw_lease_until__lt=now)
    papers = OfficialDocument.objects.filter(free)
    if paper_id is not None:
        papers = papers.filter(pk=paper_id)
    else:
        papers = papers.alias(weight=WEIGHT).exclude(IS_LONG)
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
def hand_over_long() -> None:
    """Make long papers that wait long work of their owners; whatever is that already stays so."""
    waiting = OfficialDocument.objects.filter(drawing=Drawing.WAITING)
    for paper in waiting.alias(weight=WEIGHT).filter(IS_LONG).order_by("pk"):
        long_work.start(
            LONG_KIND,
            key=_key_of(paper),
            owner=cast(User, paper.issued_by or paper.created_by),
            title=f"Lập tệp {paper.get_kind_display().lower()}: {paper.title}",
            back_url=paper.get_absolute_url(),
            paper=str(paper.ref),
            facts_sha256=paper.facts_sha256,
        )


def long_job_of(paper: OfficialDocument) -> LongJob | None:
    """The long work that draws the paper as it stands now."""
    return LongJob.objects.with_clock().filter(key=_key_of(paper)).first()


@transaction.atomic
def hold_drawing(ref: str) -> OfficialDocument:
    """Show that a worker is at the paper; its long work sees to it that it is the only one."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(ref=ref)
    if paper.drawing != Drawing.DRAWN:
        paper.drawing, paper.draw_lease_until = Drawing.LEASED, timezone.now() + LEASE
        paper.save(update_fields=["drawing", "draw_lease_until"])
    return paper


@transaction.atomic
def drawn(
    paper_id: int, pdf: bytes, *, of: str = "", sealing: str = Sealing.NONE
) -> OfficialDocument:
    """Keep the file of a paper. What was drawn once stays: a second drawing is thrown away.

    `of` is the digest of the facts that were drawn: a drawing of what the paper said before it was
    edited, signed or issued is thrown away too.

    The digest goes into the journal's stream of jobs, so that a verification finds a changed file;
    the stream of the case is its own app's to write.
    """
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if paper.drawing == Drawing.DRAWN or (of and of != paper.facts_sha256):
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
    paper.draw_error, paper.draw_lease_until, paper.sealing = "", None, sealing
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
def not_drawn(paper_id: int, error: str, *, is_final: bool = False) -> OfficialDocument:
    """Note why a paper could not be drawn: it is tried again a few times, then it is shown so."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if paper.drawing == Drawing.LEASED:
        tired = is_final or paper.draw_attempts >= AT_MOST
        paper.drawing = Drawing.FAILED if tired else Drawing.WAITING
        paper.draw_error, paper.draw_lease_until = error[:200], None
        paper.save(update_fields=["drawing", "draw_error", "draw_lease_until"])
    return paper


@transaction.atomic
def draw_again(paper_id: int) -> OfficialDocument:
    """Put a paper that could not be drawn back into the queue, its long work with it."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    if paper.drawing == Drawing.FAILED:
        paper.drawing, paper.draw_attempts = Drawing.WAITING, 0
        paper.save(update_fields=["drawing", "draw_attempts"])
        ring_after_commit(DRAW)
    job = long_job_of(paper)
    if job is not None and paper.drawing != Drawing.DRAWN:
        long_work.again(job.pk)
    return paper


def _give_up(now: datetime) -> None:
    """What took five workers with it is not tried again."""
    lost = OfficialDocument.objects.filter(drawing=Drawing.LEASED, draw_lease_until__lt=now)
    lost.filter(draw_attempts__gte=AT_MOST).update(
        drawing=Drawing.FAILED, draw_error="the worker was lost", draw_lease_until=None
    )


def _key_of(paper: OfficialDocument) -> str:
    """One long work for each time that the paper is to be drawn: it may say again what it said."""
    return f"paper:{paper.ref}:{paper.version}:{paper.facts_sha256[:32]}"
