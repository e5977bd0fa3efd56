"""Wakes the sender. The rows are the truth: a ring that is lost costs one sweep, never a letter."""

from celery import current_app


def ring() -> None:
    """Ask a worker to look into the outbox. May raise; callers ring after commit, robustly."""
    current_app.tasks["notifications.tasks.send_waiting_mail"].delay()
