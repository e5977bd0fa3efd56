"""What a proposal says: the draft that is edited, and the versions that are frozen."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisation.columns import LongText
from organisation.models import OrgUnit
from proposals.models.proposal import Proposal
from proposals.stages import BottleneckKind, Part

LONG = 8000
BRIEF = 500


class ProposalPlan(models.Model):
    """The draft of the proposal plan (kế hoạch đề xuất), in the six parts of the form.

    Groups of content as Nghị định 73/2023/NĐ-CP, Điều 7.2 asks. Title, field, form asked for and
    co-authors stand on the proposal itself.
    """

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="plan")
    starts_on = models.DateField("dự kiến bắt đầu", null=True, blank=True)

    problem_brief = models.CharField("nói ngắn gọn", max_length=BRIEF, blank=True)
    problem = LongText("vấn đề cần giải quyết", max_length=LONG, blank=True)
    figures = LongText("số liệu", max_length=LONG, blank=True)
    bottleneck_kind = models.CharField(
        "loại điểm nghẽn", max_length=24, choices=BottleneckKind.choices, blank=True
    )
    bottleneck_brief = models.CharField("nói ngắn gọn", max_length=BRIEF, blank=True)
    bottleneck = LongText("vướng ở quy định nào", max_length=LONG, blank=True)

    solution_brief = models.CharField("nói ngắn gọn", max_length=BRIEF, blank=True)
    solution = LongText("giải pháp", max_length=LONG, blank=True)
    difference = LongText("khác gì cách làm hiện nay", max_length=LONG, blank=True)
    scope = models.CharField("phạm vi", max_length=400, blank=True)
    duration_months = models.PositiveSmallIntegerField(
        "thời gian thực hiện (tháng)", null=True, blank=True
    )

    benefit_brief = models.CharField("nói ngắn gọn", max_length=BRIEF, blank=True)
    common_good = LongText("lợi ích chung", max_length=LONG, blank=True)
    beneficiaries = LongText("ai được lợi", max_length=LONG, blank=True)

    budget = models.BigIntegerField("kinh phí (đồng)", null=True, blank=True)
    staffing = LongText("nhân lực, thiết bị", max_length=LONG, blank=True)
    partner_units = models.ManyToManyField(
        OrgUnit, verbose_name="cơ quan phối hợp", blank=True, related_name="+"
    )
    risk_brief = models.CharField("nói ngắn gọn", max_length=BRIEF, blank=True)
    risks = LongText("rủi ro", max_length=LONG, blank=True)
    stop_plan = LongText("phương án dừng", max_length=LONG, blank=True)

    has_conflict = models.BooleanField("có xung đột lợi ích", null=True, blank=True)
    conflict_statement = LongText("quan hệ lợi ích", max_length=LONG, blank=True)
    is_committed = models.BooleanField("cam kết", default=False)

    superior_reason = models.CharField("lý do chọn cấp trên xem xét", max_length=1000, blank=True)
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.proposal_id)


class PartVersion(models.Model):
    """The number of the last saving of one part: an older form never overwrites it (TX-07)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="part_versions")
    part = models.CharField("phần", max_length=20, choices=Part.choices)
    number = models.PositiveIntegerField(default=0)
    is_done = models.BooleanField("đã xong", default=False)
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_from = models.UUIDField("trang đã lưu", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="part_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class PartLock(models.Model):
    """Who is writing a part now; taken over after fifteen idle minutes."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="locks")
    part = models.CharField("phần", max_length=20, choices=Part.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    touched_at = models.DateTimeField("hoạt động lúc", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="part_lock_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.person_id}"


class ExpectedResult(models.Model):
    """An indicator that the proposer promises: without one nothing can be evaluated.

    It may be half written in a draft; what was sent is whole.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="expected_results")
    name = models.CharField("chỉ tiêu", max_length=200, blank=True)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    baseline = models.DecimalField(
        "số ban đầu", max_digits=18, decimal_places=3, null=True, blank=True
    )
    target = models.DecimalField("mục tiêu", max_digits=18, decimal_places=3, null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """A frozen version of the plan: what was sent, what a decision cites by its hash."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("bản số")
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="plan_version_once"),
        ]

    def __str__(self) -> str:
        return f"Bản {self.number}"


class Attachment(models.Model):
    """A file that goes with the proposal."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="attachments")
    stored = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("lúc", default=timezone.now)
    removed_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    def __str__(self) -> str:
        return str(self.ref)
