"""Files that people handed in or the portal made: written once."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from documents.stages import READABLE, FileState, Shelf
from documents.storage import path_of
from organisation.models import User


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
