"""Wakes the worker that draws. The rows are the truth: a lost ring costs one sweep."""

from celery import current_app


def ring() -> None:
    """Ask a worker to look for papers to draw. May raise; callers ring after commit, robustly."""
    current_app.tasks["documents.tasks.draw_waiting"].delay()
