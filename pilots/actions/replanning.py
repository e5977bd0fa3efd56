"""What an approved adjustment makes of the plan; what was measured stays."""

from datetime import date

from organisation.days import add_working_days, today
from pilots.actions import holding
from pilots.actions.planning import refresh_progress
from pilots.actions.starting import REPORT_WITHIN, open_milestones, open_reports, periods_of
from pilots.models import Adjustment, Indicator, Milestone, Pilot, ProgressReport
from pilots.models.figures import Measure
from pilots.stages import ReportState

MEASURED = tuple(row.name for row in Measure._meta.get_fields())


def replan(adjustment: Adjustment) -> None:
    """Write the new plan on the locked pilot; its next version is frozen by the caller."""
    pilot = adjustment.pilot
    pilot.scope = adjustment.new_scope or pilot.scope
    if adjustment.new_budget is not None:
        pilot.budget = adjustment.new_budget
    number = adjustment.before.number + 1
    _change_indicators(adjustment, number)
    _change_milestones(adjustment, number)
    if adjustment.new_ends_on:
        pilot.ends_on = adjustment.new_ends_on
        _replan_reports(pilot)
    refresh_progress(pilot)
    pilot.save()


def _change_indicators(adjustment: Adjustment, number: int) -> None:
    """What is dropped keeps its values; what is added starts without any."""
    for row in adjustment.targets.select_related("indicator"):
        indicator = row.indicator
        if row.target is None:
            indicator.dropped_in, indicator.behind_from = number, None
        else:
            indicator.target = row.target
        indicator.save(update_fields=["dropped_in", "behind_from", "target"])
    place = adjustment.pilot.indicators.count()
    for offset, added in enumerate(adjustment.added_indicators.order_by("pk")):
        facts = {name: getattr(added, name) for name in MEASURED}
        Indicator.objects.create(pilot=adjustment.pilot, place=place + offset, **facts)


def _change_milestones(adjustment: Adjustment, number: int) -> None:
    """A milestone that is moved or dropped gives up its clock; the new day gets a new one."""
    for row in adjustment.days.select_related("milestone__clock"):
        milestone = row.milestone
        holding.stop(milestone.clock, "replanned")
        milestone.clock = None
        if row.due_on is None:
            milestone.dropped_in = number
        else:
            milestone.due_on = row.due_on
        milestone.save(update_fields=["clock", "dropped_in", "due_on"])
    Milestone.objects.bulk_create(
        Milestone(pilot=adjustment.pilot, name=added.name, due_on=added.due_on)
        for added in adjustment.added_milestones.order_by("pk")
    )
    open_milestones(adjustment.pilot)


def _replan_reports(pilot: Pilot) -> None:
    """Reports of periods to come follow the new end; those under way or sent stay."""
    pilot.reports.filter(state=ReportState.NOT_STARTED, clock=None).delete()
    held = {report.number: report for report in pilot.reports.all()}
    for number, (first, last) in enumerate(periods_of(pilot), start=1):
        report = held.get(number)
        if report is None:
            due_on = add_working_days(last, REPORT_WITHIN)
            ProgressReport.objects.create(
                pilot=pilot, number=number, period_from=first, period_to=last, due_on=due_on
            )
        elif report.state == ReportState.NOT_STARTED and report.period_to != last:
            _stretch(report, last)
    open_reports(pilot, today())


def _stretch(report: ProgressReport, last: date) -> None:
    """A period that had been cut short at the old end becomes whole, or the other way."""
    holding.stop(report.clock, "replanned")
    report.period_to, report.due_on = last, add_working_days(last, REPORT_WITHIN)
    report.clock = None
    report.save()
