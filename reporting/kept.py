"""Figures that cost more to count the more there is: counted once a minute for all who see them."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reporting.models import KeptFigures

RENEWED = timedelta(seconds=45)  # from then on the first who looks counts anew
STALE = timedelta(seconds=60)  # from then on whoever looks waits for that


def kept(scope: str, count: Callable[[], list[int]]) -> KeptFigures:
    """The figures of a scope, at most a minute old, with the time when they were counted."""
    row = KeptFigures.objects.filter(scope=scope).first()
    row = row or KeptFigures.objects.get_or_create(scope=scope)[0]
    return row if _is_younger(row, RENEWED) else _renewed(row, count)


@transaction.atomic
def _renewed(row: KeptFigures, count: Callable[[], list[int]]) -> KeptFigures:
    """Counted anew by one, who holds the row; for the others the old figures will do until then."""
    rows = KeptFigures.objects.select_for_update(skip_locked=_is_younger(row, STALE))
    held = rows.filter(pk=row.pk).first()
    if held is None or _is_younger(held, RENEWED):
        return held or row
    held.counted_at, held.numbers = timezone.now(), count()
    held.save(update_fields=["counted_at", "numbers"])
    return held


def _is_younger(row: KeptFigures, than: timedelta) -> bool:
    return row.counted_at is not None and timezone.now() - row.counted_at < than
