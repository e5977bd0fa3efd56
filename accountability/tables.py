"""Who holds a row and until when, in a constant number of queries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from deadlines.models import Clock
from deadlines.showing import with_days_left, with_keepers
from organisation.days import WorkingDays, today


def running_clock(kind: str, ref: UUID) -> Clock | None:
    """The running clock of one case with who keeps it, for the strip below its tracker."""
    found = Clock.objects.of_subject(kind, ref).open().for_list()[:1]
    kept = with_keepers(with_days_left(found, today()), today())
    return kept[0] if kept else None


def with_due(rows: Iterable[Any], kind: str) -> list[Any]:
    """The rows with the running clock that ends first as `clock`; two queries for all."""
    found, now = list(rows), today()
    clocks = Clock.objects.open().filter(
        subject_kind=kind, subject_ref__in=[row.ref for row in found]
    )
    first: dict[Any, Clock] = {}
    for clock in clocks.select_related("rule").by_urgency():
        first.setdefault(clock.subject_ref, clock)
    dates = [clock.due_on for clock in first.values() if clock.due_on] + [now]
    working = WorkingDays(min(dates), max(dates))
    for row in found:
        row.clock = first.get(row.ref)
        if row.clock and row.clock.due_on:
            row.clock.days_left = working.between(now, row.clock.due_on)
    return found
