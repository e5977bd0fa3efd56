"""Whether the portal is well, in figures that name nobody."""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.utils import timezone

from journal.models import Anchor
from notifications.models import OutboxMessage
from notifications.stages import PENDING
from reporting.models import JobBeat
from reporting.soundness import last_soundness

LATE_AFTER = 900  # seconds that a letter may wait before the page says so


def health() -> dict[str, Any]:
    """The state of database, queue, outbox, jobs and anchors; `ok` sums it up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "database": "down"}
    waiting = oldest_waiting()
    jobs, journal = last_runs(), last_soundness()
    is_whole = journal is None or journal["result"] != "broken"
    return {
        "ok": is_whole and (waiting is None or waiting < LATE_AFTER),
        "database": "up",
        "queue": queue_state(jobs),
        "oldest_unsent_seconds": waiting,
        "last_anchor": Anchor.objects.aggregate(last=Max("date"))["last"],
        "journal": journal,
        "jobs": jobs,
    }


def oldest_waiting() -> int | None:
    """Seconds for which the oldest unsent letter waits; None when nothing waits."""
    oldest = OutboxMessage.objects.filter(state__in=PENDING).aggregate(at=Min("created_at"))["at"]
    return _age(oldest) if oldest else None


def last_runs() -> dict[str, datetime]:
    """When each job ran last."""
    rows = JobBeat.objects.values_list("job", "last_at")
    return dict(rows)


def queue_state(jobs: dict[str, datetime]) -> str:
    """The queue is up when a sweep has come through it within the last three minutes."""
    last = max(jobs.values(), default=None)
    return "up" if last and _age(last) < 180 else "silent"


def _age(moment: datetime) -> int:
    return int((timezone.now() - moment).total_seconds())
