"""Councils, boards and teams that advise an agency and issue papers of their own."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisation.models import OrgUnit
from organisation.models.units import DatedQuerySet


class AdvisoryBody(models.Model):
    """A council of an agency. Where it uses the agency's seal, its papers name both posts."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="advisory_bodies")
    name = models.CharField("hội đồng, ban, tổ", max_length=200)
    abbrev = models.CharField("chữ viết tắt", max_length=20)
    uses_seal = models.BooleanField("dùng con dấu của cơ quan", default=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    basis_document = models.CharField("quyết định thành lập", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "valid_from"], name="advisory_body_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="advisory_body_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AdvisorySeat(models.Model):
    """Who leads a council: its chair, and those who sign for the chair."""

    body = models.ForeignKey(AdvisoryBody, models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField("chức danh", max_length=120)
    is_chair = models.BooleanField("người đứng đầu", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "person"], name="advisory_seat_once"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(is_chair=True), name="advisory_body_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.person_id}"
