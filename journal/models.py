"""The append-only tables: streams of entries, the texts they cite, the daily anchors.

The database refuses to change what is written here (0002_guards); so do these classes.
"""

import json
import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from journal.canonical import NOTHING_BEFORE


class AlreadyWritten(TypeError):
    """Somebody tried to change or delete what may only be added to."""


class WriteOnceQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AlreadyWritten(self.model._meta.label)

    def delete(self) -> NoReturn:
        raise AlreadyWritten(self.model._meta.label)


class WriteOnce(models.Model):
    """A row that is inserted and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AlreadyWritten(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AlreadyWritten(self._meta.label)


class Stream(models.Model):
    """One chain of entries. Whoever appends locks this row, so a chain never forks."""

    name = models.CharField(primary_key=True, max_length=80)
    length = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default=NOTHING_BEFORE)

    # Set by `journal.actions.lock`.
    now: datetime
    last_at: datetime | None = None  # of the last entry of the whole journal
    signatures: list["Content"]  # of those who acted on it

    def __str__(self) -> str:
        return self.name

    @cached_property
    def unwritten(self) -> list["Entry"]:
        """What was composed for this stream and is not in the database yet, in its order."""
        return []

    def write(self) -> None:
        """Append what was composed; the database moves this row on by it."""
        Entry.objects.bulk_create(self.unwritten)
        self.unwritten.clear()


class EntryQuerySet(WriteOnceQuerySet):
    def of(self, stream: str) -> Self:
        return self.filter(stream=stream)

    def for_timeline(self, *, before: int | None = None) -> Self:
        """Newest first; `before` is the seq of the last entry of the page above."""
        rows = self if before is None else self.filter(seq__lt=before)
        return rows.order_by("-seq", "-pk")

    def not_anchored(self) -> Self:
        return self.filter(leaf=None)


class Entry(WriteOnce):
    """What happened, as canonical JSON in `body`; the other columns are copies to search by."""

    stream = models.ForeignKey(Stream, models.PROTECT, db_column="stream", related_name="entries")
    seq = models.PositiveBigIntegerField()
    body = models.TextField()
    prev_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=80)
    actor = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    before = models.CharField(max_length=40, null=True)  # noqa: DJ001 (null is a value of the body)
    after = models.CharField(max_length=40, null=True)  # noqa: DJ001

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="journal_entry_place"),
            models.UniqueConstraint(fields=["stream", "prev_hash"], name="journal_entry_no_fork"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="journal_entry_seq_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id} #{self.seq}"

    @cached_property
    def data(self) -> dict[str, Any]:
        """Ids, digests, numbers of documents: no free text and no personal data."""
        return json.loads(self.body)["data"]


class Content(WriteOnce):
    """A text that an entry cites by its SHA-256: a version, a report, an opinion, a decision."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    stream = models.ForeignKey(Stream, models.PROTECT, db_column="stream", related_name="contents")
    body = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stream", "kind"], name="journal_content_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:8]}"

    @cached_property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.body)["facts"]


class Anchor(WriteOnce):
    """One day's root over all entries that no earlier day holds; it leaves the system on paper."""

    date = models.DateField(unique=True)
    body = models.TextField()
    prev_hash = models.CharField(max_length=64, unique=True)
    root = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    anchor_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    objects = WriteOnceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.date}: {self.anchor_hash}"


class AnchorLeaf(WriteOnce):
    """The place of one entry in the one anchor that holds it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="leaf")
    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="leaves")
    place = models.PositiveBigIntegerField()

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["anchor", "place"], name="journal_leaf_place")
        ]

    def __str__(self) -> str:
        return f"{self.anchor_id} @{self.place}"


class OnceKey(models.Model):
    """A form that was sent, and where its first answer led (TX-03). Not evidence: may be swept."""

    key = models.UUIDField(primary_key=True)
    by = models.UUIDField(null=True)
    content_sha256 = models.CharField(max_length=64)
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    is_first = False  # set by `journal.once.once`: claimed just now

    def __str__(self) -> str:
        return str(self.key)
