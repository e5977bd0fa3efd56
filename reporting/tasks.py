"""What runs by itself over the whole house."""

import logging
from datetime import date

from celery import shared_task

from journal.verify import verify
from organisation.days import today as current_day
from reporting.periods.actions import opening
from reporting.soundness import tell_of_breaks, write_down
from reporting.watching import watch

LONGEST = 840  # seconds: below the time after which the queue hands the task out again

logger = logging.getLogger("portal.security")


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def verify_the_journal() -> None:
    """Is the journal as it was written? Asked each night; nothing is repaired (JR-07)."""
    report = verify()
    if report.exit_code == 1:
        logger.error("journal is broken", extra={"alarm": "journal", "count": len(report.findings)})
        tell_of_breaks()
    write_down(report)


@shared_task(acks_late=True, soft_time_limit=60)
def watch_the_health() -> None:
    """What is wrong or late is told once a day, and written into the log each time (SJ-07)."""
    watch()


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def open_reports(*, today: str | None = None) -> None:
    """Have the report periods opened that were cut off, and the figures frozen of those whose day
    is over; asked for as often as one likes (SJ-01, SJ-02).

    Each is a task of its own: what fails for one agency holds up no other.
    """
    day = date.fromisoformat(today) if today else current_day()
    for regime, cutoff_on in opening.due_of_regimes(day):
        open_regular.delay(regime, f"{cutoff_on}", f"{day}")
    for period in opening.due_of_requests(day):
        open_asked.delay(period, f"{day}")
    _freeze_each(day)
    opening.thaw_ahead(day)


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def open_regular(regime: int, cutoff_on: str, day: str) -> None:
    """Open one period of a regime, then have figures frozen where its day is over."""
    if opening.open_regular(regime, date.fromisoformat(cutoff_on)):
        _freeze_each(date.fromisoformat(day))


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def open_asked(period: int, day: str) -> None:
    """The same for a period that was asked for."""
    if opening.open_asked(period):
        _freeze_each(date.fromisoformat(day))


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def freeze_report(report: int) -> None:
    """Freeze the figures of one agency's report; once only."""
    opening.freeze(report)


def _freeze_each(day: date) -> None:
    for report in opening.unfrozen(day):
        freeze_report.delay(report)
