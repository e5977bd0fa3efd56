"""The daily sweep: what a day brings by itself."""

from datetime import date

from celery import shared_task

from organisation.days import today as current_day
from pilots.actions.sweeping import open_due_reports, prepare_approved, show_late

LONGEST = 600  # seconds


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def sweep(*, today: str | None = None) -> None:
    """Make the pilots of approved proposals, open due reports, show which pilots are behind."""
    day = date.fromisoformat(today) if today else current_day()
    prepare_approved()
    open_due_reports(day)
    show_late(day)
