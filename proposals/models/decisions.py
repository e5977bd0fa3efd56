"""Decisions on a proposal, the proposer's answer to a refusal, and what it ended in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organisation.models import OrgUnit
from proposals.models.plans import PlanVersion
from proposals.models.proposal import Proposal
from proposals.stages import DecisionKind, DecisionState, OutcomeKind, RefusalGround


class Decision(models.Model):
    """What a head decided on one frozen version, in whose power, and the paper drawn for it.

    An override of the collective (Nghị định 73/2023/NĐ-CP, Điều 8.1) waits for a second person
    and moves the proposal only then (AZ-08).
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    kind = models.CharField("quyết định", max_length=10, choices=DecisionKind.choices)
    state = models.CharField(
        "tình trạng",
        max_length=16,
        choices=DecisionState.choices,
        default=DecisionState.IN_FORCE,
    )
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_position = models.CharField("chức vụ", max_length=160)
    mandate = models.CharField("quyền được dùng", max_length=240, blank=True)
    decided_at = models.DateTimeField("lúc", default=timezone.now)
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="decisions")
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    refusal_ground = models.CharField(
        "loại lý do", max_length=20, choices=RefusalGround.choices, blank=True
    )
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    implementer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    monitor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người theo dõi",
    )
    report_every_months = models.PositiveSmallIntegerField("kỳ báo cáo (tháng)", default=1)
    is_override = models.BooleanField("người đứng đầu tự quyết định", default=False)
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seconded_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.PILOT)
                | Q(starts_on__isnull=False, ends_on__gt=F("starts_on"), monitor__isnull=False),
                name="pilot_decision_has_period_and_monitor",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.REFUSE) | ~Q(refusal_ground=""),
                name="refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(second_person=None) | ~Q(second_person=F("decided_by")),
                name="second_person_is_another",
            ),
            models.CheckConstraint(
                condition=Q(is_override=False)
                | ~Q(state=DecisionState.IN_FORCE)
                | Q(second_person__isnull=False),
                name="override_in_force_was_seconded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.proposal_id}"


class DecisionDraft(models.Model):
    """What somebody noted on the decision screen and left for later: seen by nobody else."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="decision_drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    typed = models.JSONField("nội dung đã nhập", default=dict)
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="decision_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.proposal_id}"


class RefusalAnswer(models.Model):
    """The proposer's one answer to a refusal, and what became of it."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="answer")
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    stored = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("lúc", default=timezone.now)

    def __str__(self) -> str:
        return str(self.decision_id)


class ProposalOutcome(models.Model):
    """One outcome of a concluded proposal; the record behind it lies in a room above."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="outcomes")
    kind = models.CharField("kết quả", max_length=16, choices=OutcomeKind.choices)
    source_ref = models.UUIDField("hồ sơ gốc")
    recorded_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "source_ref"], name="proposal_outcome_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
