"""What a cut-off day brings: each agency's report with its clock, and its figures when it is over.

A tick only says "look": periods that were missed are each opened once, with the figures of their
own cut-off (SJ-01, SJ-02).
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from documents.actions.papers import frozen
from jobs import periods as runs
from jobs.models import JobRun
from journal.actions import keep, record
from journal.deeds import deed
from organisation.models import OrgUnit
from reporting.periods.actions.base import begin, locked_row, write
from reporting.periods.figures import figures_of
from reporting.periods.models import (
    STREAM,
    PeriodicReport,
    ReportingPeriod,
    ReportingRegime,
    ReportPart,
)
from reporting.periods.receiving import owing, receiver_on
from reporting.periods.spans import Span, due_days, label, span_to, spans
from reporting.periods.stages import Level, ReportState

JOB = "reporting.periods"


def open_due(day: date) -> int:
    """Open each period whose cut-off day has come, as often as asked; answers how many."""
    opened = [open_regular(regime, cutoff_on) for regime, cutoff_on in due_of_regimes(day)]
    return sum(opened + [open_asked(period) for period in due_of_requests(day)])


def due_of_regimes(day: date) -> list[tuple[int, date]]:
    """The regime and the cut-off of each period that has come and is not there yet."""
    return [(regime.pk, span.cutoff_on) for regime, span in _due_spans(day)]


def due_of_requests(day: date) -> list[int]:
    """The periods that were asked for, have come and are not open yet."""
    waiting = ReportingPeriod.objects.filter(opened_at=None, cutoff_on__lte=day)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def open_regular(regime_id: int, cutoff_on: date) -> bool:
    """Open the period of a regime that ends on this day; whether it was for the caller to do."""
    regime = ReportingRegime.objects.get(pk=regime_id)
    run = runs.claim(JOB, f"{regime.code}:{cutoff_on}")
    if run:
        _open_span(regime, span_to(regime.kind, cutoff_on), run)
    return run is not None


def open_asked(period_id: int) -> bool:
    """The same for a period that was asked for."""
    period = ReportingPeriod.objects.get(pk=period_id)
    run = runs.claim(JOB, f"{period.ref}")
    if run:
        _open_request(period, run)
    return run is not None


def freeze_due(day: date) -> int:
    """Freeze the figures of each report whose cut-off day is over; answers how many."""
    return sum(freeze(key) for key in unfrozen(day))


def unfrozen(day: date) -> list[int]:
    """The reports of agencies whose cut-off day is over and whose figures are not frozen."""
    waiting = PeriodicReport.objects.unfrozen(day)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


@deed()
def freeze(report_id: int) -> bool:
    """Take the figures as at the cut-off and keep them for good; once only."""
    report = locked_row(report_id)
    if report.state != ReportState.COLLECTING or report.is_summary:
        return False
    facts, digest = frozen(figures_of(report.agency, report.period))
    before = report.state
    content = keep("report_figures", report.stream, facts)
    report.freeze(figures=content, sha256=digest)
    write(report, "freeze", by=None, before=before, content=content, figures_digest=digest)
    return True


def thaw_ahead(day: date) -> int:
    """Drop the figures that were frozen while the clock had run ahead of a cut-off day that is yet
    to be over (SJ-04); what was written stays. Answers how many.
    """
    ahead = PeriodicReport.objects.frozen_ahead(day)
    return sum(thaw(key) for key in list(ahead.order_by("pk").values_list("pk", flat=True)))


@deed()
def thaw(report_id: int) -> bool:
    """Let a report collect until its cut-off day is over; once only."""
    report = locked_row(report_id)
    if report.state not in (ReportState.DRAFT, ReportState.LAID):
        return False
    before, digest = report.state, report.figures_sha256
    report.thaw()
    write(report, "thaw", by=None, before=before, figures_digest=digest)
    return True


def open_reports(period: ReportingPeriod) -> int:
    """A report and a clock for each agency that owes one, and the summary of all."""
    found = owing(period.owed_by, period.cutoff_on)
    for version in found:
        _owe(period, version.unit, version.name, Level.AGENCY, period.due_on)
    if period.receiver:
        name = period.receiver.at(period.cutoff_on).name
        _owe(period, period.receiver, name, Level.PROVINCE, period.summary_due_on)
    period.opened_at = timezone.now()
    period.save(update_fields=["opened_at"])
    record("report_period.open", stream=period.stream, by=None, agencies=len(found))
    return len(found)


@deed()
def _open_span(regime: ReportingRegime, span: Span, run: JobRun) -> None:
    runs.finish(run, f"{open_reports(_period(regime, span))} cơ quan")


@deed()
def _open_request(period: ReportingPeriod, run: JobRun) -> None:
    runs.finish(run, f"{open_reports(period)} cơ quan")


def _period(regime: ReportingRegime, span: Span) -> ReportingPeriod:
    receiver = receiver_on(span.cutoff_on)
    due_on, summary_due_on = due_days(span.cutoff_on, regime.due_days)
    return ReportingPeriod.objects.create(
        regime=regime,
        kind=regime.kind,
        label=label(regime.kind, span),
        from_on=span.from_on,
        cutoff_on=span.cutoff_on,
        due_on=due_on,
        summary_due_on=summary_due_on,
        owed_by=regime.owed_by,
        outline=regime.outline,
        legal_ground=regime.legal_ground,
        receiver=receiver.agency if receiver else None,
        desk=receiver.desk if receiver else None,
    )


def _owe(period: ReportingPeriod, agency: OrgUnit, name: str, level: Level, due: date) -> None:
    report = PeriodicReport.objects.create(
        period=period, level=level, agency=agency, agency_name=name, due_on=due
    )
    ReportPart.objects.bulk_create(
        ReportPart(report=report, place=place, title=title)
        for place, title in enumerate(period.outline, start=1)
    )
    report.clock = begin(report, on=period.cutoff_on)
    report.save(update_fields=["clock"])
    record(f"{STREAM}.open", stream=report.stream, by=None, after=report.state, due_on=str(due))


def _due_spans(day: date) -> Iterator[tuple[ReportingRegime, Span]]:
    """The periods of every regime that have been cut off and are not there yet."""
    there = set(ReportingPeriod.objects.values_list("regime", "cutoff_on"))
    regimes: QuerySet = ReportingRegime.objects.filter(valid_from__lte=day).order_by("pk")
    for regime in regimes:
        last = min(day, regime.valid_to) if regime.valid_to else day
        for span in spans(regime.kind, regime.months, regime.cutoff_day, regime.valid_from, last):
            is_over = regime.valid_to is not None and span.cutoff_on >= regime.valid_to
            if not is_over and (regime.pk, span.cutoff_on) not in there:
                yield regime, span
