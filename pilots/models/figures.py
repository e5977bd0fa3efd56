"""What is measured and what is due: indicators with their values, milestones."""

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pilots import progress
from pilots.models.pilot import Pilot
from pilots.queries import PlanRowQuerySet
from pilots.stages import Direction, Frequency
from proposals.models import ExpectedResult

NUMBER: dict[str, Any] = {"max_digits": 18, "decimal_places": 3}


class Measure(models.Model):
    """What is measured, and from where to where it should go."""

    name = models.CharField("chỉ tiêu", max_length=200)
    unit = models.CharField("đơn vị tính", max_length=60)
    direction = models.CharField("chiều", max_length=4, choices=Direction.choices)
    baseline = models.DecimalField("số ban đầu", **NUMBER)
    target = models.DecimalField("mục tiêu", **NUMBER)
    source = models.CharField("nguồn số liệu", max_length=200, blank=True)
    frequency = models.CharField(
        "kỳ cập nhật", max_length=10, choices=Frequency.choices, default=Frequency.MONTHLY
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Indicator(Measure):
    """One thing that is measured. An adjustment may drop it: its values stay readable."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="indicators")
    expected = models.ForeignKey(
        ExpectedResult, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dropped_in = models.PositiveSmallIntegerField("bỏ từ bản", null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    current = models.DecimalField("hiện tại", null=True, blank=True, **NUMBER)
    current_on = models.DateField("số liệu đến", null=True, blank=True)
    behind_from = models.DateField("chậm kể từ sau ngày", null=True, blank=True)

    objects = PlanRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.UP, target__gt=F("baseline"))
                | Q(direction=Direction.DOWN, target__lt=F("baseline")),
                name="indicator_target_lies_in_its_direction",
            ),
            models.CheckConstraint(
                condition=Q(current=None, current_on=None)
                | Q(current__isnull=False, current_on__isnull=False),
                name="indicator_value_has_day",
            ),
        ]
        indexes = [models.Index(fields=["pilot", "place", "id"], name="indicator_of_pilot")]

    @property
    def share(self) -> Fraction | None:
        """How much of the way is gone; None before the first value."""
        return None if self.current is None else self.share_of(self.current)

    def share_of(self, value: Decimal) -> Fraction:
        return progress.share(self.baseline, self.target, value)


class IndicatorEntry(models.Model):
    """A value on a day. A correction takes its place; what was entered stays readable."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="entries")
    value = models.DecimalField("giá trị", **NUMBER)
    as_of = models.DateField("số liệu đến ngày")
    note = models.CharField("ghi chú", max_length=400, blank=True)
    evidence = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("nhập lúc", default=timezone.now)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    is_current = models.BooleanField("đang dùng", default=True)
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "indicator entries"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "as_of"],
                condition=Q(is_current=True),
                name="one_value_of_an_indicator_a_day",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "as_of", "id"], name="entry_of_indicator")]

    def __str__(self) -> str:
        return f"{self.as_of}: {self.value}"


class Milestone(models.Model):
    """A step of the work with a day (mốc công việc)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="milestones")
    name = models.CharField("mốc công việc", max_length=200)
    due_on = models.DateField("thời hạn")
    done_on = models.DateField("xong ngày", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField("ghi chú", max_length=400, blank=True)
    evidence = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    clock = models.ForeignKey("deadlines.Clock", models.PROTECT, null=True, related_name="+")
    dropped_in = models.PositiveSmallIntegerField("bỏ từ bản", null=True, blank=True)

    objects = PlanRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_by__isnull=False),
                name="done_milestone_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(dropped_in=None), name="done_milestone_is_kept"
            ),
        ]
        indexes = [models.Index(fields=["pilot", "due_on", "id"], name="milestone_of_pilot")]

    def __str__(self) -> str:
        return self.name
