"""When the working calendar changes, the dates of progress reports follow as they were counted."""

from collections.abc import Sequence
from datetime import date

from deadlines.counting import Period, due_date
from deadlines.models import Clock
from organisation.days import Calendar
from pilots.actions.starting import REPORT_WITHIN
from pilots.models import ProgressReport

RULE = "PROGRESS_REPORT"


def dates_by(clocks: Sequence[Clock], calendar: Calendar) -> dict[int, date]:
    """The days of the reports of these clocks by another calendar, by the keys of the clocks; what
    was given back late is due at once, as before.
    """
    started = {clock.pk: clock.started_on for clock in clocks}
    found: dict[int, date] = {}
    for report in ProgressReport.objects.filter(clock__in=started):
        due_on = due_date(Period(report.period_to, REPORT_WITHIN), calendar)
        if due_on and report.clock_id:
            found[report.clock_id] = max(due_on, started[report.clock_id])
    return found
