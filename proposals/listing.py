"""What a list of proposals shows besides its columns, in a constant number of queries."""

from collections.abc import Iterable
from typing import Any

from organisation.days import WorkingDays, today
from proposals.models import PlanVersion


def with_days_left(rows: Iterable[Any]) -> list[Any]:
    """The proposals with `days_left` and `due_state` set; one query for all."""
    found, now = list(rows), today()
    dates = [row.due_on for row in found if row.due_on] + [now]
    working = WorkingDays(min(dates), max(dates))
    for row in found:
        row.days_left = working.between(now, row.due_on) if row.due_on else None
        row.due_state = _state(row)
    return found


def with_facts(rows: Iterable[Any]) -> list[Any]:
    """The proposals with `facts` set: what their newest frozen version says; one query for all."""
    found = list(rows)
    versions = PlanVersion.objects.filter(proposal__in=found).select_related("content")
    newest = {version.proposal_id: version for version in versions.order_by("number")}
    for row in found:
        version = newest.get(row.pk)
        row.facts = version.content.facts if version else {}
    return found


def _state(row: Any) -> str:
    if row.is_clock_paused:
        return "paused"
    return "running" if row.due_on else "none"
