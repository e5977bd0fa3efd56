"""The pilot, its one machine, who carries it out, and the frozen versions of its plan."""

import uuid
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from organisation.columns import LongText
from organisation.models import OrgUnit
from pilots import rules
from pilots.queries import PilotQuerySet
from pilots.stages import (
    BEHIND,
    ENDED,
    OVER,
    RESULT_TONES,
    TONES,
    HaltKind,
    PilotKind,
    PilotState,
    Result,
    worded,
)
from proposals.models import Decision, Proposal

S = PilotState


class CodeCounter(models.Model):
    """The last running number of a year, for codes such as SC-2022-012 and HT-2022-004."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="pilot_code_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


class Pilot(ConcurrentTransitionMixin, models.Model):
    """What was allowed, being carried out: a pilot, or the plain implementation of a proposal.

    Only `pilots.actions` writes it. `behind_from` is the last day on which fewer than half of
    its indicators stood behind, so that a list finds what is late without reading figures.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="pilot")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    kind = models.CharField("hình thức", max_length=10, choices=PilotKind.choices)
    state = FSMField("trạng thái", choices=S.choices, default=S.PLANNED, protected=True)
    result = models.CharField("kết quả", max_length=20, choices=Result.choices, blank=True)

    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="pilots")
    agency_name = models.CharField("cơ quan", max_length=200)
    deciding_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    deciding_unit_name = models.CharField("cơ quan cho phép", max_length=200)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="led_pilots",
        verbose_name="trưởng nhóm",
    )
    monitor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="monitored_pilots",
        verbose_name="người theo dõi",
    )

    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    scope = models.CharField("phạm vi", max_length=400, blank=True)
    report_every_months = models.PositiveSmallIntegerField("kỳ báo cáo (tháng)", default=1)
    budget = models.BigIntegerField("kinh phí (đồng)", default=0)
    spent = models.BigIntegerField("kinh phí đã dùng (đồng)", default=0)
    stop_conditions = LongText("điều kiện dừng", max_length=4000, blank=True)

    created_at = models.DateTimeField("tạo lúc", default=timezone.now)
    touched_at = models.DateTimeField("cập nhật", default=timezone.now)
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)
    evaluated_at = models.DateTimeField("đánh giá lúc", null=True, blank=True)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    behind_from = models.DateField("chậm kể từ sau ngày", null=True, blank=True)
    clock = models.ForeignKey(
        "deadlines.Clock", models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PilotQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-touched_at", "-id"], name="pilot_recent"),
            models.Index(fields=["agency", "-touched_at", "-id"], name="pilot_of_agency"),
            models.Index(fields=["state", "-touched_at", "-id"], name="pilot_by_state"),
            models.Index(fields=["state", "behind_from"], name="pilot_behind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=S.PLANNED)
                | Q(starts_on__isnull=False, ends_on__gt=F("starts_on"), started_at__isnull=False)
                & ~Q(stop_conditions=""),
                name="started_pilot_has_period_and_stop_conditions",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ENDED | OVER)) | Q(ended_on__isnull=False),
                name="ended_pilot_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OVER))
                | ~Q(result="") & Q(evaluated_at__isnull=False),
                name="evaluated_pilot_has_result",
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=0, spent__gte=0), name="pilot_money_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(report_every_months__gte=1, report_every_months__lte=12),
                name="pilot_report_cycle_in_a_year",
            ),
            models.CheckConstraint(
                condition=Q(monitor=None) | ~Q(monitor=F("leader")),
                name="pilot_monitor_is_not_leader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("pilots:detail", args=[self.proposal.ref])

    @property
    def stream(self) -> str:
        """A pilot is written down in the stream of its proposal."""
        return self.proposal.stream

    @cached_property
    def member_ids(self) -> frozenset[int]:
        return frozenset(row.person_id for row in self.members.all() if row.left_on is None)

    @cached_property
    def author_ids(self) -> frozenset[int]:
        rows = self.proposal.coauthors.all()
        authors = {row.person_id for row in rows if row.declined_at is None}
        return frozenset({self.proposal.proposer_id, *authors})

    def is_behind(self, day: date) -> bool:
        """Whether a figure has been behind its plan for longer than a day."""
        return self.behind_from is not None and self.behind_from < day

    def badge(self, *, is_behind: bool = False) -> tuple[str, str, str]:
        """Label, colour and icon, in the words of language.md §3.2."""
        if self.result and self.state in OVER:
            return (Result(self.result).label, *RESULT_TONES[self.result])
        if self.state == S.RUNNING and is_behind:
            return BEHIND
        return (self.worded(self.get_state_display()), *TONES[self.state])

    def worded(self, text: str) -> str:
        """The text in the words of what this is: a pilot, or plain implementation."""
        return worded(self.kind, text)

    # The moves, in the order of quy-trinh.md §3.2.

    @transition(
        state,
        source=S.PLANNED,
        target=S.RUNNING,
        permission=rules.may("start"),
        custom={"label": "Bắt đầu thí điểm"},
    )
    def start(self) -> None:
        self.started_at = timezone.now()

    @transition(
        state,
        source=S.RUNNING,
        target=S.ADJUSTING,
        permission=rules.may("ask_adjustment"),
        custom={"label": "Đề nghị điều chỉnh"},
    )
    def ask_adjustment(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=S.ADJUSTING,
        target=S.RUNNING,
        permission=rules.may("decide_adjustment"),
        custom={"label": "Đồng ý điều chỉnh"},
    )
    def adjust(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=S.ADJUSTING,
        target=S.RUNNING,
        permission=rules.may("decide_adjustment"),
        custom={"label": "Giữ kế hoạch cũ"},
    )
    def keep_plan(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=S.RUNNING,
        target=S.SUSPENDED,
        permission=rules.may("suspend"),
        custom={"label": "Tạm dừng thí điểm"},
    )
    def suspend(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=S.SUSPENDED,
        target=S.RUNNING,
        permission=rules.may("resume"),
        custom={"label": "Tiếp tục thí điểm"},
    )
    def resume(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=[S.RUNNING, S.SUSPENDED],
        target=S.TERMINATED,
        permission=rules.may("terminate"),
        custom={"label": "Dừng thí điểm"},
    )
    def terminate(self) -> None:
        self.ended_on = timezone.localdate()

    @transition(
        state,
        source=S.RUNNING,
        target=S.COMPLETED,
        permission=rules.may("complete"),
        custom={"label": "Kết thúc thí điểm"},
    )
    def complete(self) -> None:
        self.ended_on = timezone.localdate()

    @transition(
        state,
        source=sorted(ENDED),
        target=S.EVALUATED,
        permission=rules.may("conclude"),
        custom={"label": "Gửi kết quả đánh giá"},
    )
    def evaluate(self) -> None:
        self.evaluated_at = timezone.now()

    @transition(
        state,
        source=S.EVALUATED,
        target=S.CLOSED,
        custom={"label": "Đóng hồ sơ thí điểm", "url": "accountability:conclude"},
    )
    def close(self) -> None:
        self.closed_at = timezone.now()


class PilotMember(models.Model):
    """Somebody who carries the pilot out, and what they do in it."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    duty = models.CharField("nhiệm vụ", max_length=160)
    joined_on = models.DateField("từ ngày", default=timezone.localdate)
    left_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "person"],
                condition=Q(left_on=None),
                name="pilot_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.duty}"


class PlanVersion(models.Model):
    """A frozen version of the plan: what was started, and what each adjustment made of it."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="plan_versions")
    number = models.PositiveSmallIntegerField("bản số")
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="pilot_plan_version_once"),
        ]

    def __str__(self) -> str:
        return f"Bản {self.number}"


class Halt(models.Model):
    """A suspension or an early stop: by whom, why, and for how long."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="halts")
    kind = models.CharField("loại", max_length=12, choices=HaltKind.choices)
    reason = LongText("lý do", max_length=4000)
    hand_back = LongText("phương án trả lại như cũ", max_length=4000, blank=True)
    from_on = models.DateField("từ ngày", default=timezone.localdate)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_position = models.CharField("chức vụ", max_length=160)
    decided_at = models.DateTimeField("lúc", default=timezone.now)
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    clock = models.ForeignKey("deadlines.Clock", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField("tiếp tục từ ngày", null=True, blank=True)
    end_reason = LongText("lý do tiếp tục", max_length=4000, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot"],
                condition=Q(ended_on=None),
                name="one_open_halt_of_a_pilot",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_by__isnull=False),
                name="ended_halt_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pilot_id}"
