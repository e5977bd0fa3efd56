"""Documents that people add to the evidence dossier by hand (pages.md §11)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from pilots.models.pilot import Pilot
from pilots.stages import ProofHeading


class AddedProof(models.Model):
    """A document under one heading; it is never removed, another may stand in its place."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="added_proofs")
    heading = models.PositiveSmallIntegerField("mục", choices=ProofHeading.choices)
    title = models.CharField("tên tài liệu", max_length=200)
    dated_on = models.DateField("ngày của tài liệu", null=True, blank=True)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("thêm lúc", default=timezone.now)

    def __str__(self) -> str:
        return self.title
