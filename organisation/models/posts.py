"""Posts: who is appointed to what, and who may sign or decide for whom."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisation.models.units import DatedQuerySet, OrgUnit
from organisation.stages import Acting, DelegationKind, DelegationSubject, Role


class Position(models.Model):
    """A title, and the role that comes with it. A row of a list, not of code."""

    code = models.SlugField("mã", max_length=40, unique=True)
    title = models.CharField("chức vụ", max_length=120)
    role = models.CharField("vai trò", max_length=24, choices=Role.choices)
    is_managerial = models.BooleanField("lãnh đạo, quản lý", default=False)
    rank = models.PositiveSmallIntegerField("thứ bậc", default=100)

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """A person holds a post at a unit from one day until before another."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments"
    )
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="appointments")
    acting = models.CharField(
        "hình thức", max_length=12, choices=Acting.choices, default=Acting.OFFICIAL
    )
    field = models.CharField("lĩnh vực phụ trách", max_length=200, blank=True)
    is_main = models.BooleanField("chức vụ chính", default=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    basis_document = models.CharField("quyết định", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="appointment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "position", "unit", "valid_from"], name="appointment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.position_id} – {self.unit_id}"


class Delegation(models.Model):
    """One person acts for another: KT., TL. or TUQ., in writing, for a subject and a time.

    A TUQ. is never passed on (Nghị định 30/2020/NĐ-CP, Điều 13).
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("hình thức", max_length=4, choices=DelegationKind.choices)
    from_appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="delegations_given", verbose_name="người giao"
    )
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="delegations_received",
        verbose_name="người được giao",
    )
    subject = models.CharField("nội dung", max_length=8, choices=DelegationSubject.choices)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày")
    basis_document = models.CharField("văn bản căn cứ", max_length=200)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="delegation_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_appointment_id} → {self.to_person_id}"
