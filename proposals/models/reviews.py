"""Steps inside a review: what must be heard before a decision, and what was heard."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisation.models import OrgUnit
from organisation.models.units import DatedQuerySet
from proposals.models.proposal import Proposal
from proposals.stages import Ballot, Part, Seat, StepConclusion, StepKind, Track


class ReviewRule(models.Model):
    """Which steps a review needs, by track and money: dated data with its legal ground."""

    kind = models.CharField("bước", max_length=20, choices=StepKind.choices)
    track = models.CharField("luồng", max_length=8, choices=Track.choices)
    budget_from = models.BigIntegerField("khi kinh phí từ (đồng)", default=0)
    seats_from = models.PositiveSmallIntegerField("ít nhất (người)", null=True, blank=True)
    seats_to = models.PositiveSmallIntegerField("nhiều nhất (người)", null=True, blank=True)
    legal_ground = models.CharField("căn cứ", max_length=200)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "track", "valid_from"], name="review_rule_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.track})"


class ReviewStep(models.Model):
    """One step of one review round, opened by rule or by the head, concluded by those it names."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    kind = models.CharField("bước", max_length=20, choices=StepKind.choices)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    is_required = models.BooleanField("bắt buộc", default=True)
    opened_at = models.DateTimeField("mở lúc", default=timezone.now)
    meeting_on = models.DateField("ngày họp", null=True, blank=True)
    conclusion = models.CharField(
        "kết luận", max_length=16, choices=StepConclusion.choices, blank=True
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField("kết luận lúc", null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind"],
                condition=Q(concluded_at=None, cancelled_at=None),
                name="one_open_step_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None) | Q(conclusion__gt="", concluded_by__isnull=False),
                name="concluded_step_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.proposal_id}"

    @property
    def is_open(self) -> bool:
        return self.concluded_at is None and self.cancelled_at is None


class StepMember(models.Model):
    """Somebody who sits at a vote or in a council, with their ballot or opinion."""

    step = models.ForeignKey(ReviewStep, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seat = models.CharField("tư cách", max_length=12, choices=Seat.choices)
    ballot = models.CharField("biểu quyết", max_length=8, choices=Ballot.choices, blank=True)
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    cast_at = models.DateTimeField("lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "person"], name="step_member_once"),
            models.CheckConstraint(
                condition=Q(ballot="") | Q(cast_at__isnull=False), name="ballot_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.seat})"


class SupplementRequest(models.Model):
    """A return for supplement: what is asked, until when, and the answer."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField("lần")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("lúc", default=timezone.now)
    due_on = models.DateField("thời hạn")
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("bổ sung lúc", null=True, blank=True)
    answered_version = models.ForeignKey(
        "proposals.PlanVersion", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="supplement_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(answered_at=None), name="one_open_supplement"
            ),
        ]

    def __str__(self) -> str:
        return f"Bổ sung lần {self.number}"


class SupplementItem(models.Model):
    """One thing to supplement, in one field of one part."""

    request = models.ForeignKey(SupplementRequest, models.PROTECT, related_name="items")
    part = models.CharField("phần", max_length=20, choices=Part.choices)
    field_name = models.CharField("mục", max_length=40, blank=True)
    request_text = models.CharField("nội dung cần bổ sung", max_length=1000)

    def __str__(self) -> str:
        return f"{self.part}.{self.field_name}"


class OpinionRequest(models.Model):
    """Another agency is asked for its opinion; it answers once."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinion_requests")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="opinion_requests")
    unit_name = models.CharField("cơ quan được hỏi", max_length=200)
    question = models.CharField("nội dung xin ý kiến", max_length=2000)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("lúc", default=timezone.now)
    due_on = models.DateField("thời hạn")
    conclusion = models.CharField(
        "ý kiến", max_length=16, choices=StepConclusion.choices, blank=True
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    stored = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "unit"],
                condition=Q(answered_at=None),
                name="one_open_question_to_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.proposal_id}"
