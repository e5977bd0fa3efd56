"""Evaluations: who was heard, the final figures, damage and causes, and what was concluded."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import FSMField, transition

from organisation.columns import LongText
from pilots.models.figures import NUMBER, Indicator
from pilots.models.following import LONG
from pilots.models.pilot import Pilot
from pilots.stages import (
    CauseKind,
    CauseWeight,
    DamageKind,
    EvaluationKind,
    EvaluationState,
    EvaluatorSeat,
    Opinion,
    Recommendation,
    Result,
)

E = EvaluationState


class Evaluation(models.Model):
    """One evaluation: interim (sơ kết) while the pilot runs, final after it ended.

    Concluded by its chair on the figures, the report of those who carried it out, the opinion of
    the party committee before the meeting, and the separate opinions of the members.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="evaluations")
    kind = models.CharField("loại", max_length=8, choices=EvaluationKind.choices)
    state = FSMField("trạng thái", choices=E.choices, default=E.REPORTING, protected=True)
    opened_at = models.DateTimeField("mở lúc", default=timezone.now)

    report = LongText("báo cáo kết quả", max_length=LONG * 2, blank=True)
    report_content = models.ForeignKey(
        "journal.Content", models.PROTECT, null=True, related_name="+"
    )
    report_document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reported_at = models.DateTimeField("báo cáo lúc", null=True, blank=True)

    party_opinion = LongText("ý kiến của cấp ủy", max_length=LONG, blank=True)
    party_document = models.CharField("văn bản của cấp ủy", max_length=120, blank=True)
    party_content = models.ForeignKey(
        "journal.Content", models.PROTECT, null=True, related_name="+"
    )
    party_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    party_recorded_at = models.DateTimeField("ghi lúc", null=True, blank=True)

    result = models.CharField("kết quả", max_length=20, choices=Result.choices, blank=True)
    assessment = LongText("nhận định", max_length=LONG, blank=True)
    has_damage = models.BooleanField("có thiệt hại", null=True, blank=True)
    lessons = LongText("bài học", max_length=LONG, blank=True)
    recommendation = models.CharField(
        "kiến nghị", max_length=10, choices=Recommendation.choices, blank=True
    )
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    concluded_by_position = models.CharField("chức vụ", max_length=160, blank=True)
    concluded_at = models.DateTimeField("kết luận lúc", null=True, blank=True)
    document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    notified_on = models.DateField("thông báo ngày", null=True, blank=True)
    clock = models.ForeignKey("deadlines.Clock", models.PROTECT, null=True, related_name="+")
    party_clock = models.ForeignKey("deadlines.Clock", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot"],
                condition=Q(kind=EvaluationKind.FINAL),
                name="one_final_evaluation_of_a_pilot",
            ),
            models.UniqueConstraint(
                fields=["pilot", "kind"],
                condition=~Q(state=E.CONCLUDED),
                name="one_open_evaluation_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state=E.CONCLUDED)
                | Q(
                    content__isnull=False,
                    concluded_by__isnull=False,
                    concluded_at__isnull=False,
                    has_damage__isnull=False,
                )
                & ~Q(result="")
                & ~Q(recommendation=""),
                name="concluded_evaluation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind=EvaluationKind.INTERIM)
                | ~Q(state=E.CONCLUDED)
                | Q(report_content__isnull=False, party_content__isnull=False),
                name="final_evaluation_heard_both",
            ),
            models.CheckConstraint(
                condition=Q(concluded_by=None)
                | Q(reported_by=None)
                | ~Q(concluded_by=F("reported_by")),
                name="nobody_evaluates_the_own_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pilot_id}"

    @property
    def is_concluded(self) -> bool:
        return self.state == E.CONCLUDED

    @property
    def is_final(self) -> bool:
        return self.kind == EvaluationKind.FINAL

    @property
    def needs_case(self) -> bool:
        """What was not reached, or did damage, is weighed before it is closed (point 4)."""
        return self.is_concluded and bool(self.result != Result.COMPLETED or self.has_damage)

    @transition(state, source=E.REPORTING, target=E.PARTY_OPINION)
    def report_result(self) -> None:
        self.reported_at = timezone.now()

    @transition(state, source=E.PARTY_OPINION, target=E.MEETING)
    def hear_party(self) -> None:
        self.party_recorded_at = timezone.now()

    @transition(state, source=E.REPORTING, target=E.MEETING)
    def go_to_meeting(self) -> None:
        """An interim review asks for no result report and no opinion of the party committee."""
        self.version += 1

    @transition(state, source=E.MEETING, target=E.CONCLUDED)
    def conclude(self) -> None:
        self.concluded_at = timezone.now()


class Evaluator(models.Model):
    """A member of the collective that evaluates, with their own opinion."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="evaluators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seat = models.CharField("tư cách", max_length=8, choices=EvaluatorSeat.choices)
    opinion = models.CharField("ý kiến", max_length=20, choices=Opinion.choices, blank=True)
    text = LongText("nội dung", max_length=LONG, blank=True)
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField("lúc", null=True, blank=True)
    clock = models.ForeignKey("deadlines.Clock", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "person"], name="evaluator_once"),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(given_at__isnull=False, content__isnull=False),
                name="evaluator_opinion_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.seat})"


class FinalValue(models.Model):
    """The last value of one indicator, against the target as it was."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="final_values")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    value = models.DecimalField("số cuối cùng", **NUMBER)
    target = models.DecimalField("mục tiêu", **NUMBER)
    percent = models.PositiveSmallIntegerField("mức đạt (%)")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "indicator"], name="final_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"


class Damage(models.Model):
    """A loss, what it is worth and who bears it."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="damages")
    kind = models.CharField("loại thiệt hại", max_length=10, choices=DamageKind.choices)
    amount = models.BigIntegerField("giá trị (đồng)")
    bearer = models.CharField("bên chịu thiệt hại", max_length=200)
    note = models.CharField("mô tả", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="damage_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.amount}"


class Cause(models.Model):
    """One cause of a result that was not reached, with its evidence and what it weighed."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="causes")
    kind = models.CharField("loại nguyên nhân", max_length=10, choices=CauseKind.choices)
    text = LongText("nguyên nhân", max_length=LONG)
    weight = models.CharField("tỷ trọng", max_length=12, choices=CauseWeight.choices)
    evidence = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.kind} {self.evaluation_id}"
