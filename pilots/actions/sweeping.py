"""What happens because a day has come: asked for by the daily task, as often as it likes."""

from datetime import date

from django.db.models import Q

from journal.deeds import deed
from organisation.days import add_working_days
from pilots.actions import holding
from pilots.actions.base import locked, show_state
from pilots.actions.starting import REPORT_WITHIN, allowing, open_reports, prepare
from pilots.models import Pilot, ProgressReport
from pilots.stages import BEHIND, PilotState
from proposals.models import Proposal
from proposals.stages import APPROVED


def prepare_approved() -> int:
    """Make the pilot of each approved proposal that has none, so that its leader has the task."""
    waiting = Proposal.objects.filter(stage__in=APPROVED, pilot=None).order_by("pk")
    made = 0
    for proposal in waiting:
        if allowing(proposal):
            prepare(proposal.pk, by=None)
            made += 1
    return made


def open_due_reports(day: date) -> int:
    """Start the clocks of reports whose period has begun; a suspended pilot waits."""
    due = ProgressReport.objects.filter(
        clock=None, period_from__lte=day, pilot__state=PilotState.RUNNING
    )
    pilots = due.order_by("pilot").values_list("pilot", flat=True).distinct()
    return sum(_open(pilot_id, day) for pilot_id in pilots)


def show_late(day: date) -> int:
    """Say on the row of each case that its pilot is behind since today, or no longer."""
    behind = Q(behind_from__lt=day)
    shown = Q(proposal__shown_state=BEHIND[0])
    moved = Pilot.objects.filter(state=PilotState.RUNNING).exclude(
        behind & shown | ~behind & ~shown
    )
    found = moved.order_by("pk").values_list("pk", flat=True)
    for pilot_id in found:
        _show(pilot_id)
    return len(found)


@deed()
def _show(pilot_id: int) -> None:
    show_state(locked(pilot_id))


@deed()
def _open(pilot_id: int, day: date) -> int:
    pilot: Pilot = locked(pilot_id)
    if pilot.state != PilotState.RUNNING:
        return 0
    _count_anew(pilot, day)
    started = open_reports(pilot, day)
    holding.show(pilot)
    return len(started)


def _count_anew(pilot: Pilot, day: date) -> None:
    """The dates of reports that begin now, by the calendar as it has become since the plan."""
    for report in pilot.reports.filter(clock=None, period_from__lte=day):
        report.due_on = add_working_days(report.period_to, REPORT_WITHIN)
        report.save(update_fields=["due_on"])
