"""Work after commit, and the sweep that finds what lost its worker."""

from datetime import timedelta

from celery import shared_task

from jobs.actions import forget
from jobs.running import run_waiting
from jobs.stages import WORK
from organisation.doorbell import ring

KEPT = timedelta(days=90)
LONGEST = 300  # seconds for one part: far below the time after which the queue hands out again


@shared_task(acks_late=True, soft_time_limit=LONGEST, time_limit=LONGEST + 30)
def work(*, seconds: float = 20) -> None:
    """Do what waits of long work, then let others have the worker and ring for the rest."""
    if run_waiting(seconds):
        ring([WORK])


@shared_task(acks_late=True)
def forget_old_work() -> None:
    """Drop the rows of long work that ended three months ago."""
    forget(older_than=KEPT)
