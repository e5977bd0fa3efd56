"""When the working calendar changes, the days of reports follow as they were counted.

What a regime asks for by a day of the month moves with the working days, and so does what has to
be sent again so many working days after a recall. A day that a person named stays (to-chuc.md §6).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from deadlines.counting import Period, due_date
from deadlines.hooks import Move
from deadlines.models import Clock
from organisation.days import Calendar
from reporting.periods.actions.base import RULE, why_due
from reporting.periods.models import PeriodicReport, ReportingPeriod
from reporting.periods.spans import due_days
from reporting.periods.stages import DAYS_AGAIN, RECALLED


def dates_by(clocks: Sequence[Clock], calendar: Calendar) -> dict[int, date]:
    """The days of the reports of these clocks by another calendar, by the keys of the clocks."""
    started = {clock.pk: clock.started_on for clock in clocks}
    found: dict[int, date] = {}
    for clock, report in _reports(started).items():
        day = _day(report, started[clock], calendar)
        if day:
            found[clock] = day
    return found


def follow_dates(moves: Sequence[Move]) -> None:
    """Let reports and their periods follow where the calendar moved the date of their clock."""
    moved = {move.clock.pk: move for move in moves if move.clock.rule.code == RULE}
    reports = _reports(moved) if moved else {}
    periods: dict[int, ReportingPeriod] = {}
    for clock, report in reports.items():
        report.due_on = moved[clock].after
        moved[clock].clock.detail = why_due(report)
        if not report.return_reason:
            period = periods.setdefault(report.period_id, report.period)
            setattr(period, "summary_due_on" if report.is_summary else "due_on", report.due_on)
    for period in periods.values():  # agencies that have all reported do not hold back the summary
        period.due_on = min(period.due_on, period.summary_due_on)
    PeriodicReport.objects.bulk_update(reports.values(), ["due_on"])
    ReportingPeriod.objects.bulk_update(periods.values(), ["due_on", "summary_due_on"])
    Clock.objects.bulk_update([moved[clock].clock for clock in reports], ["detail"])


def _reports(clocks: Iterable[int]) -> dict[int, PeriodicReport]:
    """The reports by the keys of their clocks."""
    rows = PeriodicReport.objects.filter(clock__in=clocks).select_related("period__regime")
    return {report.clock_id or 0: report for report in rows.order_by("pk")}


def _day(report: PeriodicReport, started_on: date, calendar: Calendar) -> date | None:
    if report.return_reason == RECALLED:
        return due_date(Period(started_on, DAYS_AGAIN), calendar)
    regime, cutoff_on = report.period.regime, report.period.cutoff_on
    if regime is None or report.return_reason:
        return None
    return due_days(cutoff_on, regime.due_days, calendar)[report.is_summary]
