"""Anchors over what the demo writes of the past."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from journal.anchors import anchor_days
from journal.models import Anchor, Entry
from organisation.days import today


def seal() -> None:
    """Anchor every day before today, and what came late for the days that were anchored before.

    What came late goes into the next anchor, which is written ahead of its time for it.
    """
    anchor_days(today())
    midnight = datetime.combine(today(), time.min, timezone.get_default_timezone())
    late = Entry.objects.not_anchored().filter(at__lt=midnight)
    if late.exists():
        last = Anchor.objects.latest("date")
        anchor_days(last.date + timedelta(days=2))
