"""Work after commit, and the sweep that finds what lost its worker."""

from celery import shared_task

from jobs.doorbell import ring
from jobs.running import run_waiting

LONGEST = 300  # seconds for one part: far below the time after which the queue hands out again


@shared_task(acks_late=True, soft_time_limit=LONGEST, time_limit=LONGEST + 30)
def work(*, seconds: float = 20) -> None:
    """Do what waits of long work, then let others have the worker and ring for the rest."""
    if run_waiting(seconds):
        ring()
