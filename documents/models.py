"""Files that people handed in, and official papers with the facts they were drawn from."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from documents.stages import READABLE, TO_DRAW, Drawing, FileState, PaperKind, PaperState, Shelf
from documents.storage import path_of
from organisation.models import OrgUnit, User


class Unchangeable(Exception):
    """What was stored once is never written again."""


class StoredFileQuerySet(models.QuerySet):
    def of_stream(self, stream: str) -> "StoredFileQuerySet":
        return self.filter(stream=stream)

    def readable_by(self, user: User) -> "StoredFileQuerySet":
        """Without what still waits for the scanner, unless one uploaded it oneself (UP-06)."""
        return self.filter(Q(state__in=READABLE) | Q(state=FileState.QUARANTINED, uploaded_by=user))


class StoredFile(models.Model):
    """The bytes of one file, kept under the name of their digest, and what we know of them."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("dung lượng")
    name = models.CharField("tên tệp", max_length=150)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=100)
    state = models.CharField(
        "trạng thái quét", max_length=12, choices=FileState.choices, default=FileState.QUARANTINED
    )
    stream = models.CharField("chuỗi nhật ký", max_length=80)
    shelf = models.CharField(max_length=8, choices=Shelf.choices, default=Shelf.CASE)
    released_at = models.DateTimeField("bỏ khỏi hồ sơ lúc", null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="files"
    )
    created_at = models.DateTimeField("lúc", default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["stream", "id"], name="stored_file_of_stream"),
            models.Index(fields=["uploaded_by", "size"], name="stored_file_of_person"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(self.ref)
        super().save(*args, **kwargs)

    @property
    def path(self) -> Path:
        return path_of(self.sha256)

    @property
    def kind(self) -> str:
        """In the words of `components/_files.html`."""
        families = {"docx": "word", "odt": "word", "xlsx": "excel", "ods": "excel", "pdf": "pdf"}
        return families.get(self.extension, "image" if self.is_image else "")

    @property
    def is_image(self) -> bool:
        return self.extension in {"jpg", "png"}


class OfficialDocumentQuerySet(models.QuerySet):
    def of_stream(self, stream: str) -> "OfficialDocumentQuerySet":
        return self.filter(stream=stream)

    def to_draw(self) -> "OfficialDocumentQuerySet":
        return self.filter(drawing__in=TO_DRAW)

    def for_list(self) -> "OfficialDocumentQuerySet":
        return self.select_related("file", "created_by").order_by("-pk")


class OfficialDocument(models.Model):
    """A paper: its frozen facts, and the one file that was drawn from them."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại văn bản", max_length=20, choices=PaperKind.choices)
    stream = models.CharField("chuỗi nhật ký", max_length=80)
    title = models.CharField("trích yếu", max_length=300)
    template = models.CharField("mẫu", max_length=40)
    format_spec = models.CharField("quy cách", max_length=20, default="ND30-2020")
    facts = models.JSONField("dữ kiện")
    facts_sha256 = models.CharField(max_length=64)
    state = models.CharField(
        "trạng thái", max_length=20, choices=PaperState.choices, default=PaperState.DRAFT
    )
    issuing_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, related_name="papers", verbose_name="cơ quan ban hành"
    )
    issuing_unit_snapshot = models.JSONField("cơ quan lúc lập", default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="papers"
    )
    created_at = models.DateTimeField("lúc", default=timezone.now)

    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="papers")
    file_sha256 = models.CharField(max_length=64, blank=True)
    drawing = models.CharField(max_length=8, choices=Drawing.choices, default=Drawing.WAITING)
    draw_attempts = models.PositiveSmallIntegerField(default=0)
    draw_lease_until = models.DateTimeField(null=True, blank=True)
    draw_error = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfficialDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(drawing=Drawing.DRAWN)
                | (Q(file__isnull=False, drawn_at__isnull=False) & ~Q(file_sha256="")),
                name="paper_drawn_has_file",
            ),
        ]
        indexes = [
            models.Index(fields=["stream", "id"], name="paper_of_stream"),
            models.Index(fields=["id"], condition=Q(drawing__in=TO_DRAW), name="paper_to_draw"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def file_name(self) -> str:
        return f"{self.get_kind_display()} {self.facts.get('code', '')}".strip() + ".pdf"
