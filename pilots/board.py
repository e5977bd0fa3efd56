"""What the follow-up tab shows of a pilot, computed once from its rows (pages.md §6, mock-up b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse

from organisation.days import WorkingDays
from organisation.templatetags.portal import vn_date, vn_datetime, vn_money
from pilots import progress
from pilots.models import Finding, Incident, Indicator, Milestone, Pilot, ProgressReport
from pilots.stages import (
    INCIDENT_TONES,
    REPORT_LATE,
    REPORT_TONES,
    STANDING_TONES,
    UNDER_WAY,
    IncidentState,
    ProofHeading,
    ReportState,
    Standing,
)

SENT = (ReportState.SENT, ReportState.ACCEPTED)
GOOD = (Standing.ON_TRACK, Standing.AHEAD)
AT_MOST = 2  # alerts


@dataclass(frozen=True)
class Badge:
    """A state in the words of `components/_badge.html`."""

    label: str
    colour: str = ""
    icon: str = "circle"


@dataclass(frozen=True)
class IndicatorRow:
    indicator: Indicator
    url: str
    percent: int | None
    planned: int
    standing: Standing

    @property
    def badge(self) -> Badge:
        if self.indicator.dropped_in:
            return Badge(f"Bỏ từ bản {self.indicator.dropped_in}", "", "dash-circle")
        return Badge(self.standing.label, *STANDING_TONES[self.standing])

    @property
    def tone(self) -> str:
        return "warn" if self.standing == Standing.BEHIND else "good"

    @property
    def bar(self) -> int:
        return min(self.percent or 0, 100)

    @property
    def in_words(self) -> str:
        return f"Đạt {self.percent}% mục tiêu, theo kế hoạch là {self.planned}%"


@dataclass(frozen=True)
class MilestoneRow:
    milestone: Milestone
    days_left: int
    icon: str
    icon_tone: str

    @property
    def is_open(self) -> bool:
        return self.milestone.done_on is None and self.milestone.dropped_in is None

    @property
    def is_far(self) -> bool:
        """Beyond a month the days that are left say nothing."""
        return self.days_left > 22


@dataclass(frozen=True)
class Alert:
    title: str
    text: str
    url: str
    url_label: str


@dataclass(frozen=True)
class Figures:
    """How far a pilot has come by a day: indicators against the time gone, and milestones."""

    indicators: list[IndicatorRow]
    dropped: list[IndicatorRow]
    milestones: list[MilestoneRow]
    until: date | None
    time_percent: int
    has_ended: bool

    @property
    def measured(self) -> int:
        return len(self.indicators)

    @property
    def on_track(self) -> int:
        return sum(row.standing in GOOD for row in self.indicators)


def figures_of(pilot: Pilot, day: date) -> Figures:
    """Two queries, and one for the working days until the milestones."""
    time = elapsed(pilot, min(day, pilot.ended_on) if pilot.ended_on else day)
    all_rows = [indicator_row(pilot, r, time) for r in pilot.indicators.order_by("place", "pk")]
    rows = [row for row in all_rows if row.indicator.dropped_in is None]
    days = [row.indicator.current_on for row in rows if row.indicator.current_on]
    return Figures(
        indicators=rows,
        dropped=[row for row in all_rows if row.indicator.dropped_in],
        milestones=_milestone_rows(list(pilot.milestones.order_by("due_on", "pk")), day),
        until=max(days, default=None),
        time_percent=progress.percent(time),
        has_ended=pilot.ended_on is not None,
    )


def elapsed(pilot: Pilot, day: date) -> Fraction:
    if pilot.started_at is None or pilot.starts_on is None or pilot.ends_on is None:
        return Fraction(0)
    return progress.elapsed(pilot.starts_on, pilot.ends_on, day)


def indicator_row(pilot: Pilot, indicator: Indicator, time: Fraction) -> IndicatorRow:
    way = indicator.share
    return IndicatorRow(
        indicator=indicator,
        url=reverse("pilots:indicator", args=[pilot.proposal.ref, indicator.ref]),
        percent=None if way is None else progress.percent(way),
        planned=progress.percent(time),
        standing=progress.standing(way, time),
    )


def alerts(pilot: Pilot, milestones: Sequence[MilestoneRow], day: date) -> list[Alert]:
    """At most two, the most pressing first: incidents, what the team must mend, what is late."""
    if pilot.state not in UNDER_WAY:
        return []
    late = [row.milestone for row in milestones if row.is_open and row.milestone.due_on < day]
    found = [
        *_incident_alerts(pilot),
        *_finding_alerts(pilot),
        *_report_alerts(pilot, day),
        *(_milestone_alert(pilot, milestone) for milestone in late[:1]),
    ]
    return found[:AT_MOST]


def report_badge(report: ProgressReport, day: date) -> Badge:
    is_asked = report.pilot.ended_on is None and report.state not in SENT
    if is_asked and report.due_on < day:
        return Badge(*REPORT_LATE)
    return Badge(report.get_state_display(), *REPORT_TONES[report.state])


def incident_badge(incident: Incident) -> Badge:
    return Badge(incident.get_state_display(), *INCIDENT_TONES[incident.state])


@dataclass(frozen=True)
class Dossier:
    """How far the ten headings of the evidence dossier are filled; `missing` names the others."""

    missing: list[str]

    @property
    def met(self) -> int:
        return len(ProofHeading) - len(self.missing)

    @property
    def words(self) -> str:
        return f"{self.met}/{len(ProofHeading)}"


def dossier_of(pilot: Any) -> Dossier:
    """Of a pilot that was fetched `with_lacking`."""
    found = [h for h in ProofHeading if getattr(pilot, f"lacks_{h.name.lower()}", False)]
    return Dossier([heading.label for heading in found])


def pilot_badge(pilot: Pilot, *, is_behind: bool = False) -> Badge:
    return Badge(*pilot.badge(is_behind=is_behind))


def money_words(pilot: Pilot) -> str:
    """What was spent of what there is: "42,0/120,0 triệu đồng"."""
    spent, budget = vn_money(pilot.spent), vn_money(pilot.budget)
    number, _, unit = spent.partition(" ")
    return f"{number}/{budget}" if budget.endswith(f" {unit}") else f"{spent} / {budget}"


def _incident_alerts(pilot: Pilot) -> list[Alert]:
    rows = list(
        pilot.incidents.exclude(state=IncidentState.FIXED).order_by("-happened_at", "-pk")[:20]
    )
    if not rows:
        return []
    awaiting = [row for row in rows if row.state == IncidentState.AWAITING]
    shown = (awaiting or rows)[0]
    words = "chờ xác nhận khắc phục" if awaiting else "chưa khắc phục"
    return [
        Alert(
            f"Có {len(awaiting or rows)} sự cố {words}.",
            f"{shown.what.rstrip('.')} ({vn_datetime(shown.happened_at)}).",
            reverse("pilots:incident", args=[pilot.proposal.ref, shown.ref]),
            f"Xem sự cố {shown.code}",
        )
    ]


def _finding_alerts(pilot: Pilot) -> list[Alert]:
    found: Finding | None = pilot.findings.filter(state="open").order_by("due_on", "pk").first()
    if found is None:
        return []
    url = reverse("pilots:finding", args=[pilot.proposal.ref, found.ref])
    text = f"{found.what.rstrip('.')}. Hạn {vn_date(found.due_on)}."
    return [Alert("Có nội dung cần khắc phục.", text, url, "Xem nội dung cần khắc phục")]


def _report_alerts(pilot: Pilot, day: date) -> list[Alert]:
    late = pilot.reports.exclude(state__in=SENT).filter(due_on__lt=day).order_by("number").first()
    if late is None:
        return []
    return [
        Alert(
            f"Báo cáo tiến độ kỳ {late.number} quá hạn.",
            f"Hạn gửi: {vn_date(late.due_on)}.",
            reverse("pilots:report", args=[pilot.proposal.ref, late.number]),
            "Mở báo cáo",
        )
    ]


def _milestone_alert(pilot: Pilot, late: Milestone) -> Alert:
    return Alert(
        "Có mốc công việc quá hạn.",
        f"{late.name}, hạn {vn_date(late.due_on)}.",
        reverse("pilots:milestone", args=[pilot.proposal.ref, late.ref]),
        "Cập nhật mốc công việc",
    )


def _milestone_rows(milestones: list[Milestone], day: date) -> list[MilestoneRow]:
    if not milestones:
        return []
    dates = [day, *(row.due_on for row in milestones)]
    working = WorkingDays(min(dates), max(dates))
    return [_milestone_row(row, working.between(day, row.due_on)) for row in milestones]


def _milestone_row(row: Milestone, days_left: int) -> MilestoneRow:
    if row.done_on:
        return MilestoneRow(row, days_left, "check-circle-fill", "ok")
    if row.dropped_in:
        return MilestoneRow(row, days_left, "dash-circle", "muted")
    if days_left <= 0:
        return MilestoneRow(row, days_left, "circle-half", "miss")
    return MilestoneRow(row, days_left, "circle", "muted")
