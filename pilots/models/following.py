"""What happens while a pilot runs: reports, incidents, help, findings, adjustments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import FSMField, transition

from organisation.columns import LongText
from organisation.models import OrgUnit
from pilots.models.pilot import Pilot
from pilots.queries import HelpQuerySet
from pilots.stages import (
    HELP_OPEN,
    CauseKind,
    FindingState,
    HelpKind,
    HelpState,
    IncidentLevel,
    IncidentState,
    ReportState,
)

LONG = 4000
R, I, H, F_ = ReportState, IncidentState, HelpState, FindingState  # noqa: E741


def _person(verbose: str = "") -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose or None,
    )


def _clock() -> models.ForeignKey:
    return models.ForeignKey(
        "deadlines.Clock", models.PROTECT, null=True, blank=True, related_name="+"
    )


def _content() -> models.ForeignKey:
    return models.ForeignKey(
        "journal.Content", models.PROTECT, null=True, blank=True, related_name="+"
    )


class ProgressReport(models.Model):
    """The report of one period; its numbers are frozen when it is sent."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField("kỳ")
    period_from = models.DateField("từ ngày")
    period_to = models.DateField("đến ngày")
    due_on = models.DateField("hạn gửi")
    state = FSMField("trạng thái", choices=R.choices, default=R.NOT_STARTED, protected=True)

    done = LongText("việc đã làm", max_length=LONG, blank=True)
    not_done = LongText("việc chưa làm được", max_length=LONG, blank=True)
    difficulties = LongText("khó khăn, vướng mắc", max_length=LONG, blank=True)
    requests = LongText("kiến nghị", max_length=LONG, blank=True)
    next_steps = LongText("việc tiếp theo", max_length=LONG, blank=True)
    spent = models.BigIntegerField("kinh phí đã dùng (đồng)", null=True, blank=True)
    saved_at = models.DateTimeField("lưu lúc", null=True, blank=True)

    content = _content()
    document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    sent_by = _person("người gửi")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = _person("người trả lời")
    answer = LongText("ý kiến", max_length=LONG, blank=True)
    clock = _clock()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="progress_report_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[R.SENT, R.ACCEPTED])
                | Q(content__isnull=False, sent_at__isnull=False, sent_by__isnull=False),
                name="sent_report_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="report_period_order"
            ),
        ]
        indexes = [models.Index(fields=["pilot", "due_on"], name="report_of_pilot")]

    def __str__(self) -> str:
        return f"Báo cáo tiến độ kỳ {self.number}"

    @transition(state, source=[R.NOT_STARTED, R.WRITING], target=R.WRITING)
    def write(self) -> None:
        self.saved_at = timezone.now()

    @transition(state, source=R.NEEDS_CHANGES, target=R.NEEDS_CHANGES)
    def rewrite(self) -> None:
        self.saved_at = timezone.now()

    @transition(state, source=[R.NOT_STARTED, R.WRITING, R.NEEDS_CHANGES], target=R.SENT)
    def send(self) -> None:
        self.sent_at = timezone.now()

    @transition(state, source=R.SENT, target=R.ACCEPTED)
    def accept(self) -> None:
        self.answered_at = timezone.now()

    @transition(state, source=R.SENT, target=R.NEEDS_CHANGES)
    def send_back(self) -> None:
        self.answered_at = timezone.now()


class Incident(models.Model):
    """Something that went wrong, told early: four fields first, the rest later (sự cố)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã sự cố", max_length=20, unique=True)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="incidents")
    state = FSMField("trạng thái", choices=I.choices, default=I.NEW, protected=True)
    what = models.CharField("sự việc", max_length=400)
    happened_at = models.DateTimeField("xảy ra lúc")
    level = models.CharField("mức độ", max_length=10, choices=IncidentLevel.choices)
    has_harm = models.BooleanField("có thiệt hại")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("báo lúc", default=timezone.now)

    description = LongText("diễn biến", max_length=LONG, blank=True)
    measures = LongText("biện pháp khắc phục", max_length=LONG, blank=True)
    objective_cause = LongText("nguyên nhân khách quan", max_length=LONG, blank=True)
    subjective_cause = LongText("nguyên nhân chủ quan", max_length=LONG, blank=True)
    evidence = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    fixed_at = models.DateTimeField("khắc phục lúc", null=True, blank=True)
    fixed_by = _person("người khắc phục")
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    confirmed_by = _person("người xác nhận")
    answer = LongText("ý kiến của người xác nhận", max_length=LONG, blank=True)
    content = _content()
    clock = _clock()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=I.FIXED)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="fixed_incident_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[I.AWAITING, I.FIXED]) | ~Q(measures=""),
                name="fixed_incident_says_how",
            ),
        ]
        indexes = [models.Index(fields=["pilot", "state"], name="incident_of_pilot")]

    def __str__(self) -> str:
        return self.code

    @property
    def cause_kinds(self) -> list[str]:
        """The kinds of causes that were named, objective first."""
        named = {
            CauseKind.OBJECTIVE: self.objective_cause,
            CauseKind.SUBJECTIVE: self.subjective_cause,
        }
        return [kind for kind, text in named.items() if text]

    @transition(state, source=[I.NEW, I.FIXING], target=I.FIXING)
    def take_up(self) -> None:
        self.version += 1

    @transition(state, source=[I.NEW, I.FIXING], target=I.AWAITING)
    def report_fixed(self) -> None:
        self.fixed_at = timezone.now()

    @transition(state, source=I.AWAITING, target=I.FIXED)
    def confirm(self) -> None:
        self.confirmed_at = timezone.now()

    @transition(state, source=I.AWAITING, target=I.FIXING)
    def reopen(self) -> None:
        self.fixed_at = None


class HelpRequest(models.Model):
    """The team asks an agency for help; that agency answers or passes it on (yêu cầu hỗ trợ)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã yêu cầu", max_length=20, unique=True)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="help_requests")
    state = FSMField("trạng thái", choices=H.choices, default=H.SENT, protected=True)
    kind = models.CharField("loại hỗ trợ", max_length=14, choices=HelpKind.choices)
    what = models.CharField("nội dung cần hỗ trợ", max_length=400)
    details = LongText("giải thích thêm", max_length=LONG, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="help_requests")
    unit_name = models.CharField("cơ quan được đề nghị", max_length=200)
    needed_by = models.DateField("cần trước ngày")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("gửi lúc", default=timezone.now)

    received_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    received_by = _person("người nhận")
    promised_on = models.DateField("hẹn trả lời trước ngày", null=True, blank=True)
    answer = LongText("nội dung trả lời", max_length=LONG, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = _person("người trả lời")
    content = _content()
    clock = _clock()
    version = models.PositiveIntegerField(default=1)

    objects = HelpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[H.SOLVED, H.DECLINED])
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="answered_help_says_what",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "-id"], name="help_of_unit")]

    def __str__(self) -> str:
        return self.code

    @transition(state, source=H.SENT, target=H.RECEIVED)
    def receive(self) -> None:
        self.received_at = timezone.now()

    @transition(state, source=[H.SENT, H.RECEIVED], target=H.WORKING)
    def work_on(self) -> None:
        self.received_at = self.received_at or timezone.now()

    @transition(state, source=sorted(HELP_OPEN), target=H.SOLVED)
    def solve(self) -> None:
        self.answered_at = timezone.now()

    @transition(state, source=sorted(HELP_OPEN), target=H.DECLINED)
    def decline(self) -> None:
        self.answered_at = timezone.now()

    @transition(state, source=[H.SENT, H.RECEIVED], target=H.SENT)
    def forward(self) -> None:
        self.received_at = None


class HelpForward(models.Model):
    """A request was passed on to another agency, with the reason."""

    request = models.ForeignKey(HelpRequest, models.PROTECT, related_name="forwards")
    from_unit_name = models.CharField("từ cơ quan", max_length=200)
    to_unit_name = models.CharField("đến cơ quan", max_length=200)
    reason = models.CharField("lý do", max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", default=timezone.now)

    def __str__(self) -> str:
        return f"{self.from_unit_name} → {self.to_unit_name}"


class Finding(models.Model):
    """Something to mend, found by the monitor, the head or an inspector (phát hiện)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="findings")
    state = FSMField("trạng thái", choices=F_.choices, default=F_.OPEN, protected=True)
    what = models.CharField("nội dung phát hiện", max_length=400)
    details = LongText("yêu cầu khắc phục", max_length=LONG)
    due_on = models.DateField("hạn khắc phục")
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    found_as = models.CharField("tư cách", max_length=16)
    found_at = models.DateTimeField("lúc", default=timezone.now)
    remedy = LongText("kết quả khắc phục", max_length=LONG, blank=True)
    evidence = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    remedied_at = models.DateTimeField("khắc phục lúc", null=True, blank=True)
    remedied_by = _person("người khắc phục")
    accepted_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    accepted_by = _person("người xác nhận")
    answer = LongText("ý kiến", max_length=LONG, blank=True)
    content = _content()
    clock = _clock()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=F_.OPEN) | ~Q(remedy=""), name="remedied_finding_says_how"
            ),
            models.CheckConstraint(
                condition=~Q(state=F_.ACCEPTED) | Q(accepted_by__isnull=False),
                name="accepted_finding_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["pilot", "state"], name="finding_of_pilot")]

    def __str__(self) -> str:
        return self.what

    @transition(state, source=F_.OPEN, target=F_.REMEDIED)
    def report_remedy(self) -> None:
        self.remedied_at = timezone.now()

    @transition(state, source=F_.REMEDIED, target=F_.ACCEPTED)
    def accept(self) -> None:
        self.accepted_at = timezone.now()

    @transition(state, source=F_.REMEDIED, target=F_.OPEN)
    def send_back(self) -> None:
        self.remedied_at = None
