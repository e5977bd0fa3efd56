"""A sheet of agencies, people or posts between its preview and its confirmation."""

import uuid

from django.conf import settings
from django.db import models

from organisation.stages import SheetKind


class ImportDraft(models.Model):
    """The cells of an uploaded sheet as they were read. Thrown away once taken over."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại danh sách", max_length=12, choices=SheetKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField("tệp", max_length=150)
    rows = models.JSONField("các dòng")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.file_name
