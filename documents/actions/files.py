"""What can be done to files: keep what was uploaded, scan it, sweep what nobody names."""

from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from documents import scanner, storage, uploads
from documents.filenames import clean_name
from documents.models import StoredFile
from documents.stages import FileState, Shelf
from organisation.models import User

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


def _scanned(stored: StoredFile) -> bool:
    try:
        with stored.path.open("rb") as file:
            state = scanner.scan(file)
    except scanner.Infected:
        state = FileState.INFECTED
    rows = StoredFile.objects.filter(pk=stored.pk, state=FileState.QUARANTINED)
    return state != FileState.QUARANTINED and bool(rows.update(state=state))
