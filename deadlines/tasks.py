"""What clocks do by themselves: remind. A tick only says "look" (SJ-01)."""

from datetime import datetime, time

from celery import shared_task
from django.utils import timezone

from deadlines.digests import JOB, send_digests, undo_what_was_ahead
from deadlines.serious import tell_of_serious
from jobs import periods
from journal.sql import database_now
from organisation.days import is_working_day

MORNING = time(7, 30)
LONGEST = 840  # seconds: below the time after which the queue hands the task out again


@shared_task(acks_late=True, soft_time_limit=LONGEST - 30, time_limit=LONGEST)
def remind() -> None:
    """Tell people what is due, as far as they were not told yet."""
    remind_at(database_now())


def remind_at(moment: datetime) -> None:
    """Serious incidents at once; all else in one letter a person, in the morning of a working day.

    Whatever days were missed, only that of today is done: what was due then is late now.
    """
    now = timezone.localtime(moment)
    day = now.date()
    tell_of_serious(day)
    if now.time() < MORNING or not is_working_day(day):
        return
    undo_what_was_ahead(day)
    run = periods.claim(JOB, str(day))
    if run:
        send_digests(run, day)
