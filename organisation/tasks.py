"""What the organisation does by the clock, once a day and as often as it is asked."""

from datetime import timedelta

from celery import current_app, shared_task
from django.utils import timezone

from organisation.actions import rebuild_scopes
from organisation.actions.people import forget_expired
from organisation.days import today
from organisation.hooks import succession_followed

KEPT = timedelta(days=2)


@shared_task(acks_late=True, soft_time_limit=120)
def follow_the_calendar() -> None:
    """Let versions and successions that begin or end today show in who covers what."""
    rebuild_scopes()
    for follow in succession_followed:
        follow(today())


@shared_task(acks_late=True, soft_time_limit=120)
def forget_old_access() -> None:
    """Delete expired sessions, waiting times that are over, and lists never confirmed (LG-03)."""
    forget_expired(before=timezone.now() - KEPT)


@shared_task(acks_late=True)
def look(tasks: list[str]) -> None:
    """Hand on what one ring asked for: several tasks, each in its own time."""
    for task in tasks:
        current_app.tasks[task].delay()
