"""What runs by itself over the whole house."""

import logging
from datetime import date

from celery import shared_task

from journal.verify import verify
from organisation.days import today as current_day
from reporting.periods.actions.opening import freeze_due, open_due
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
    """Open the report periods that were cut off, then freeze the figures of those whose day is
    over; asked for as often as one likes (SJ-01, SJ-02)."""
    day = date.fromisoformat(today) if today else current_day()
    open_due(day)
    freeze_due(day)
