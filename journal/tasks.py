from datetime import timedelta

from celery import shared_task

from journal.anchors import anchor_days
from journal.once import sweep_keys
from journal.sql import database_now, local_today


@shared_task(acks_late=True)
def anchor_past_days() -> None:
    """Anchor each day that is over and has no anchor; to be called some minutes past midnight."""
    anchor_days(local_today())


@shared_task(acks_late=True)
def sweep_form_keys() -> None:
    """Forget forms that were sent more than 30 days ago."""
    sweep_keys(older_than=database_now() - timedelta(days=30))
