"""Pictures of signatures and seals (NĐ 30/2020, Phụ lục I, II.8), each from a day on."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.models.files import StoredFile
from organisation.models import OrgUnit
from organisation.models.units import DatedQuerySet


class SignaturePicture(models.Model):
    """A person's signature, blue on transparent PNG; put only on what that person signs here."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signature_pictures"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="one_signature_picture"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.valid_from}"


class AgencySeal(models.Model):
    """An agency's seal, red on transparent PNG, with its true width."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="seals")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    width_mm = models.PositiveSmallIntegerField("đường kính (mm)", default=36)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to=None), name="one_agency_seal"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="agency_seal_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.valid_from}"
