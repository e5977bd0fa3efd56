"""What happens because a day has come: asked for by the daily task, as often as it likes."""

from datetime import date

from journal.deeds import deed
from pilots.actions import holding
from pilots.actions.base import locked
from pilots.actions.starting import allowing, open_reports, prepare
from pilots.models import Pilot, ProgressReport
from pilots.stages import PilotState
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


@deed()
def _open(pilot_id: int, day: date) -> int:
    pilot: Pilot = locked(pilot_id)
    if pilot.state != PilotState.RUNNING:
        return 0
    started = open_reports(pilot, day)
    holding.show(pilot)
    return len(started)
