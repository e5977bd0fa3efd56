"""Adjustments of the plan: what was asked for, and what the head decided."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organisation.columns import LongText
from pilots.models.figures import NUMBER, Indicator, Measure, Milestone
from pilots.models.pilot import Pilot, PlanVersion
from pilots.stages import AdjustmentState

LONG = 4000


class Adjustment(models.Model):
    """A change of the plan that was asked for, and what the head decided (điều chỉnh thí điểm)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="adjustments")
    number = models.PositiveSmallIntegerField("lần")
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=AdjustmentState.choices,
        default=AdjustmentState.WAITING,
    )
    reason = LongText("lý do điều chỉnh", max_length=LONG)
    new_ends_on = models.DateField("thời hạn mới", null=True, blank=True)
    new_scope = models.CharField("phạm vi mới", max_length=400, blank=True)
    new_budget = models.BigIntegerField("kinh phí mới (đồng)", null=True, blank=True)
    before = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    after = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("lúc", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết định",
    )
    decided_by_position = models.CharField("chức vụ", max_length=160, blank=True)
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    answer = LongText("ý kiến", max_length=LONG, blank=True)
    document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    clock = models.ForeignKey("deadlines.Clock", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="adjustment_once"),
            models.UniqueConstraint(
                fields=["pilot"],
                condition=Q(state=AdjustmentState.WAITING),
                name="one_waiting_adjustment",
            ),
            models.CheckConstraint(
                condition=Q(state=AdjustmentState.WAITING)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_adjustment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=AdjustmentState.APPROVED) | Q(after__isnull=False),
                name="approved_adjustment_has_version",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="adjustment_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Điều chỉnh lần {self.number}"


class AdjustedTarget(models.Model):
    """The new target of one indicator, or none where the indicator is dropped."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    target = models.DecimalField("mục tiêu mới", null=True, **NUMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["adjustment", "indicator"], name="adjusted_target_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.target}"


class AddedIndicator(Measure):
    """An indicator that the plan gets by an adjustment."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="added_indicators")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(target=F("baseline")), name="added_indicator_goes_somewhere"
            ),
        ]


class AdjustedDay(models.Model):
    """The new day of one milestone, or none where the milestone is dropped."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="days")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="+")
    due_on = models.DateField("thời hạn mới", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "milestone"], name="adjusted_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.due_on}"


class AddedMilestone(models.Model):
    """A milestone that the plan gets by an adjustment."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="added_milestones")
    name = models.CharField("mốc công việc", max_length=200)
    due_on = models.DateField("thời hạn")

    def __str__(self) -> str:
        return self.name
