"""What may be asked within how long, and who is reminded when: dated data, changed by hand."""

import uuid

from django.db import models
from django.db.models import F, Q

from deadlines.stages import HELD_BACK, Audience, SourceStatus, Unit
from organisation.models.changes import Changing
from organisation.models.units import DatedQuerySet


class DeadlineRule(models.Model):
    """How long something may take, from when, and by which law; one row per dated version."""

    code = models.CharField("mã", max_length=40)
    label = models.CharField("tên", max_length=120)
    start_event = models.CharField("mốc bắt đầu", max_length=160)
    amount = models.PositiveSmallIntegerField("số ngày", null=True, blank=True)
    unit = models.CharField("đơn vị", max_length=12, choices=Unit.choices, default=Unit.WORKING_DAY)
    legal_ground = models.CharField("căn cứ", max_length=240)
    source_status = models.CharField(
        "trạng thái nguồn", max_length=10, choices=SourceStatus.choices
    )
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="deadline_rule_start"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="deadline_rule_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="deadline_rule_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="deadline_rule_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"

    @property
    def length(self) -> str:
        """The period in words: "7 ngày làm việc"."""
        return f"{self.amount} {self.get_unit_display()}" if self.amount else ""

    @property
    def may_urge(self) -> bool:
        """Whether a reminder may go out by this rule without a person asking for it."""
        return self.source_status not in HELD_BACK


class LadderRung(Changing):
    """Who is told of an open clock so many working days before (below zero) or after its due date.

    The rungs that name a rule stand in the place of those for every rule.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule_code = models.CharField("thời hạn", max_length=40, blank=True)
    offset = models.SmallIntegerField("ngày làm việc so với hạn")
    audience = models.CharField("gửi tới", max_length=16, choices=Audience.choices)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule_code", "offset", "audience"],
                condition=Q(valid_to=None),
                name="ladder_rung_open_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="ladder_rung_order",
            ),
            models.CheckConstraint(
                condition=Q(offset__gte=-30, offset__lte=90), name="ladder_rung_offset"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code or '*'} {self.offset:+d} {self.audience}"
