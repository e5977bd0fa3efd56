"""What a liability case rests on: causes, the checklist of conditions, files, the table of law."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from accountability.models.liability import LiabilityCase
from accountability.stages import CRITERIA, FINDING_TONES, Condition, Finding, Outcome
from organisation.columns import LongText
from organisation.models.units import DatedQuerySet
from pilots.stages import CauseKind, CauseWeight, Result
from proposals.stages import Track


class LiabilityCause(models.Model):
    """One cause with the evidence beside it; objective before subjective, always."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(LiabilityCase, models.PROTECT, related_name="causes")
    kind = models.CharField("loại nguyên nhân", max_length=10, choices=CauseKind.choices)
    text = LongText("nguyên nhân", max_length=4000)
    weight = models.CharField("tỷ trọng", max_length=12, choices=CauseWeight.choices)
    evidence = models.CharField("bằng chứng", max_length=600)
    stored = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # nobody where it was taken over from the evaluation
    written_at = models.DateTimeField("lúc", default=timezone.now)
    dropped_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Assessment(models.Model):
    """How one condition stands, why, and by which evidence; each change is kept in the journal."""

    case = models.ForeignKey(LiabilityCase, models.PROTECT, related_name="assessments")
    condition = models.CharField("điều kiện", max_length=12, choices=Condition.choices)
    finding = models.CharField("đánh giá", max_length=8, choices=Finding.choices)
    reason = LongText("lý do", max_length=4000)
    evidence = models.CharField("bằng chứng", max_length=600)
    stored = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "condition"], name="assessment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.finding}"

    @property
    def is_criterion(self) -> bool:
        return self.condition in CRITERIA

    @property
    def tone(self) -> tuple[str, str]:
        return FINDING_TONES[self.finding]


class StatementFile(models.Model):
    """A file that the person concerned handed in with the statement or the appeal."""

    case = models.ForeignKey(LiabilityCase, models.PROTECT, related_name="statement_files")
    stored = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    is_of_appeal = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "stored"], name="statement_file_once"),
        ]

    def __str__(self) -> str:
        return str(self.stored_id)


class OutcomeRule(models.Model):
    """A row of the decision table: what may be concluded, by which law, since when.

    An empty cell fits everything.
    """

    track = models.CharField("luồng", max_length=8, choices=Track.choices, blank=True)
    result = models.CharField("kết quả", max_length=20, choices=Result.choices, blank=True)
    has_damage = models.BooleanField("có thiệt hại", null=True, blank=True)
    all_met = models.BooleanField("đủ ba tiêu chí", null=True, blank=True)
    outcome = models.CharField("kết luận được phép", max_length=16, choices=Outcome.choices)
    legal_ground = models.CharField("căn cứ", max_length=240)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="outcome_rule_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track} {self.result}: {self.outcome}"
