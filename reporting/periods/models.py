"""What is to be reported by when, each period of it, and each report of an agency."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField, transition

from deadlines.models import Clock
from documents.models import OfficialDocument
from journal.models import Content
from organisation.columns import LongText
from organisation.models import OrgUnit, User
from organisation.models.changes import Changing
from organisation.models.units import DatedQuerySet
from reporting.periods.rights import AGENCY, INFORMED
from reporting.periods.rules import follows
from reporting.periods.stages import (
    ASKED,
    RECEIVED,
    TONES,
    WRITTEN,
    Level,
    PeriodKind,
    ReportState,
)

S = ReportState
STREAM, PERIOD_STREAM = "periodic_report", "report_period"
DAY = [MinValueValidator(1), MaxValueValidator(28)]
LONG = 8000


class ReportingRegime(Changing):
    """What is reported regularly, by whom and by which days; one row per dated version."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=24)
    name = models.CharField("tên chế độ báo cáo", max_length=160)
    kind = models.CharField("kỳ", max_length=12, choices=PeriodKind.choices)
    months = models.JSONField("tháng chốt số liệu", default=list)
    cutoff_day = models.PositiveSmallIntegerField("ngày chốt số liệu", validators=DAY)
    due_day = models.PositiveSmallIntegerField("hạn gửi của cơ quan", validators=DAY)
    summary_due_day = models.PositiveSmallIntegerField("hạn báo cáo UBND tỉnh", validators=DAY)
    owed_by = models.JSONField("nhóm cơ quan phải báo cáo", default=list)
    outline = models.JSONField("đề cương", default=list)
    legal_ground = models.CharField("căn cứ", max_length=240)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="regime_start"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="regime_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="regime_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(
                    cutoff_day__gte=1,
                    due_day__gt=F("cutoff_day"),
                    summary_due_day__gte=F("due_day"),
                    summary_due_day__lte=28,
                ),
                name="regime_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(kind__in=sorted(ASKED)), name="regime_comes_back"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def due_days(self) -> tuple[int, int]:
        """The day of the month by which agencies report, and Sở Nội vụ."""
        return self.due_day, self.summary_due_day


class ReportingPeriod(models.Model):
    """One period that is reported on: of a regime, or asked for by a letter of Sở Nội vụ."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regime = models.ForeignKey(ReportingRegime, models.PROTECT, null=True, related_name="periods")
    kind = models.CharField("kỳ", max_length=12, choices=PeriodKind.choices)
    label = models.CharField("tên kỳ báo cáo", max_length=160)
    from_on = models.DateField("từ ngày")
    cutoff_on = models.DateField("chốt số liệu")
    due_on = models.DateField("hạn gửi")
    summary_due_on = models.DateField("hạn báo cáo UBND tỉnh")
    owed_by = models.JSONField("nhóm cơ quan phải báo cáo", default=list)
    outline = models.JSONField("đề cương", default=list)
    note = LongText("yêu cầu", max_length=2000, blank=True)
    legal_ground = models.CharField("căn cứ", max_length=240)
    receiver = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, related_name="+", verbose_name="cơ quan nhận báo cáo"
    )
    desk = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, related_name="+", verbose_name="bộ phận tổng hợp"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField("mở kỳ lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regime", "cutoff_on"], name="period_once"),
            models.CheckConstraint(
                condition=Q(
                    cutoff_on__gte=F("from_on"),
                    due_on__gt=F("cutoff_on"),
                    summary_due_on__gte=F("due_on"),
                ),
                name="period_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(ASKED), regime=None)
                | ~Q(kind__in=sorted(ASKED)) & Q(regime__isnull=False),
                name="period_of_regime_or_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("reporting:report_period", args=[self.ref])

    @property
    def stream(self) -> str:
        return f"{PERIOD_STREAM}:{self.ref}"


class PeriodicReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "PeriodicReportQuerySet":
        """Sở Nội vụ sees all, an agency its own, the leaders of the province the summaries."""
        if follows(user):
            return self
        own = user.powers.own_units
        of_agency = Q(agency__in=own(*AGENCY))
        above = Q(level=Level.PROVINCE, state__in=RECEIVED)
        informed = user.powers.is_provincial_leader or user.powers.has_own(INFORMED[-1])
        return self.filter(of_agency | above if informed else of_agency)

    def of_agencies(self) -> "PeriodicReportQuerySet":
        return self.filter(level=Level.AGENCY)

    def unfrozen(self, day: date) -> "PeriodicReportQuerySet":
        """Those of agencies whose cut-off day is over by that day, their figures not frozen."""
        return self.of_agencies().filter(state=S.COLLECTING, period__cutoff_on__lt=day)

    def frozen_ahead(self, day: date) -> "PeriodicReportQuerySet":
        """Those of agencies, not sent yet, that have the figures of a day that is not over."""
        ahead = self.of_agencies().filter(period__cutoff_on__gte=day, return_reason="")
        return ahead.filter(state__in=[S.DRAFT, S.LAID])

    def received(self) -> "PeriodicReportQuerySet":
        return self.filter(state__in=RECEIVED)

    def with_clocks(self) -> "PeriodicReportQuerySet":
        """With who holds each, until when, and who sent it."""
        return self.select_related("clock__rule", "clock__holder_user", "sent_by")

    def for_list(self) -> "PeriodicReportQuerySet":
        return self.with_clocks().select_related("period").order_by("-pk")


class PeriodicReport(models.Model):
    """What one agency reports on one period, or Sở Nội vụ on all of them.

    Its figures are frozen with the cut-off and never change; its words are its own until it is
    sent. The paper follows: signature, number, register.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports")
    level = models.CharField("cấp", max_length=8, choices=Level.choices, default=Level.AGENCY)
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="periodic_reports")
    agency_name = models.CharField("cơ quan", max_length=200)
    state = FSMField("trạng thái", choices=S.choices, default=S.COLLECTING, protected=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    due_on = models.DateField("hạn gửi")
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    figures = models.ForeignKey(Content, models.PROTECT, null=True, related_name="+")
    figures_sha256 = models.CharField(max_length=64, blank=True)
    meetings = models.PositiveIntegerField("số hội nghị quán triệt", null=True, blank=True)
    attendees = models.PositiveIntegerField("lượt người dự", null=True, blank=True)
    paper = models.OneToOneField(
        OfficialDocument, models.PROTECT, null=True, related_name="periodic_report"
    )
    sent_at = models.DateTimeField("gửi lúc", null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    return_reason = LongText("lý do trả lại", max_length=2000, blank=True)

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "level", "agency"], name="report_once"),
            models.CheckConstraint(
                condition=Q(state=S.COLLECTING) | Q(figures__isnull=False) & ~Q(figures_sha256=""),
                name="report_figures_are_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(RECEIVED))
                | Q(sent_at__isnull=False, sent_by__isnull=False, paper__isnull=False),
                name="sent_report_has_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="report_of_agency"),
            models.Index(fields=["state"], name="report_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_name}: {self.period_id}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:report", args=[self.ref])

    def refresh_from_db(
        self, using: str | None = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """The state is guarded against being set; what the database says is let in."""
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using, fields, from_queryset)

    @property
    def stream(self) -> str:
        return f"{STREAM}:{self.ref}"

    @property
    def is_summary(self) -> bool:
        return self.level == Level.PROVINCE

    @property
    def heading(self) -> str:
        """What it is called above its page: "Báo cáo Quý II/2022"."""
        what = "Báo cáo tổng hợp" if self.is_summary else "Báo cáo"
        return f"{what} {self.period.label.removeprefix('Báo cáo ')}"

    @property
    def said(self) -> str:
        """The same inside a sentence."""
        return self.heading[:1].lower() + self.heading[1:]

    @property
    def is_received(self) -> bool:
        return self.state in RECEIVED

    @property
    def sent_on(self) -> date | None:
        return timezone.localtime(self.sent_at).date() if self.sent_at else None

    @property
    def is_late(self) -> bool:
        """Whether it was sent after its day; what was not sent is told by its clock."""
        return self.is_received and self.sent_on is not None and self.sent_on > self.due_on

    @property
    def badge(self) -> dict[str, str]:
        colour, icon = TONES[self.state]
        return {"label": self.get_state_display(), "colour": colour, "icon": icon}

    @property
    def facts(self) -> dict[str, Any]:
        """The frozen figures; empty before the cut-off."""
        return self.figures.facts if self.figures else {}

    @transition(
        state,
        source=[S.COLLECTING, S.DRAFT],
        target=S.DRAFT,
        custom={"label": "Chốt số liệu"},
    )
    def freeze(self, *, figures: Content, sha256: str) -> None:
        self.figures, self.figures_sha256 = figures, sha256

    @transition(
        state,
        source=sorted([S.DRAFT, S.LAID]),
        target=S.COLLECTING,
        custom={"label": "Bỏ số liệu chốt sớm"},
    )
    def thaw(self) -> None:
        """The clock had run ahead: the figures are taken anew when the cut-off day is over."""
        self.figures, self.figures_sha256 = None, ""

    @transition(state, source=sorted(WRITTEN), target=S.LAID, custom={"label": "Trình ký"})
    def lay(self) -> None:
        """It waits for the head, who sends it."""

    @transition(state, source=S.LAID, target=S.DRAFT, custom={"label": "Trả lại để sửa"})
    def hand_back(self) -> None:
        """The head wants it written anew."""

    @transition(
        state, source=sorted([*WRITTEN, S.LAID]), target=S.SENT, custom={"label": "Gửi báo cáo"}
    )
    def send(self, *, by: User, paper: OfficialDocument) -> None:
        self.sent_at, self.sent_by, self.paper = timezone.now(), by, paper
        self.return_reason = ""

    @transition(state, source=S.SENT, target=S.ISSUED, custom={"label": "Phát hành"})
    def issue(self) -> None:
        """Its paper has a number."""

    @transition(
        state,
        source=sorted(RECEIVED),
        target=S.RETURNED,
        custom={"label": "Trả lại để sửa"},
    )
    def give_back(self, *, reason: str, due_on: date) -> None:
        self.return_reason, self.due_on = reason, due_on
        self.sent_at = self.sent_by = None


class ReportPart(models.Model):
    """One heading of the outline, and what the report says below it."""

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="parts")
    place = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("đề mục", max_length=160)
    text = LongText("nội dung", max_length=LONG, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["report", "place"], name="report_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.title}"


def with_counts(periods: models.QuerySet) -> models.QuerySet:
    """Periods with how many agencies owe a report, how many sent it, and how many sent it late."""
    owed = Q(reports__level=Level.AGENCY)
    sent = owed & Q(reports__state__in=RECEIVED)
    return periods.annotate(
        owed=Count("reports", filter=owed),
        sent=Count("reports", filter=sent),
        late=Count("reports", filter=sent & Q(reports__sent_at__date__gt=F("reports__due_on"))),
    )
