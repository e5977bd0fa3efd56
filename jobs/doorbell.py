"""Wakes a worker for long work. The rows are the truth: a ring that is lost costs one sweep."""

from celery import current_app
from django.db import connection, transaction


def ring() -> None:
    """Ask a worker to look. May raise where the queue is down."""
    current_app.tasks["jobs.tasks.work"].delay()


def ring_after_commit() -> None:
    """Ring once after the transaction, however much it wrote; a failure there is only logged."""
    if not any(waiting[1] is ring for waiting in connection.run_on_commit):
        transaction.on_commit(ring, robust=True)
