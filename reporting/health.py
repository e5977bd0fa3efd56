"""Whether the portal is well, in figures that name nobody (SJ-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.utils import timezone

from journal.models import Anchor, Entry
from journal.sql import database_now
from notifications.models import OutboxMessage
from reporting.lateness import (
    ScheduledJob,
    last_runs,
    scheduled_jobs,
    unfinished_periods,
    unfrozen_reports,
)
from reporting.soundness import Soundness, last_soundness

LATE_AFTER = 900  # seconds that a letter may wait before the page says so
ONE_DAY = timedelta(days=1)
ONE_NIGHT = timedelta(hours=30)  # what is done every night was done within this time
ANCHORED_BY = 2  # o'clock, when the day before has its anchor
SKEW = 2  # seconds by which clocks may differ (SJ-04)
QUEUE_SILENT = 180
BACKUP = "backup"


@dataclass(frozen=True)
class Vitals:
    """What is read of the portal to tell whether it is well."""

    now: datetime
    oldest_unsent_seconds: int | None
    failed_letters: int
    last_anchor: date | None
    journal: Soundness | None
    last_backup: datetime | None
    clock_skew_seconds: float
    jobs: list[ScheduledJob]
    unfinished_periods: int
    unfrozen_reports: int
    written_since: datetime | None  # the first entry of the journal

    def has_been_up(self, long: timedelta) -> bool:
        """Whether the portal is old enough to have done what is done in such a time."""
        return self.written_since is not None and self.now - self.written_since > long

    def is_old(self, moment: datetime | None) -> bool:
        """Whether what is done every night was not done in the last one."""
        if moment is None:
            return self.has_been_up(ONE_NIGHT)
        return self.now - moment > ONE_NIGHT


def _unanchored(found: Vitals) -> bool:
    local = timezone.localtime(found.now)
    wanted = local.date() - ONE_DAY * (1 if local.hour >= ANCHORED_BY else 2)
    if found.last_anchor:
        return found.last_anchor < wanted
    first = found.written_since
    return first is not None and timezone.localdate(first) <= wanted


def _unverified(found: Vitals) -> bool:
    return found.is_old(found.journal["at"] if found.journal else None)


ALWAYS: dict[str, Callable[[Vitals], bool]] = {
    "journal": lambda found: found.journal is not None and found.journal["result"] == "broken",
    "clock": lambda found: abs(found.clock_skew_seconds) > SKEW,
    "letters": lambda found: (found.oldest_unsent_seconds or 0) >= LATE_AFTER,
    "failed_letters": lambda found: found.failed_letters > 0,
}
IN_PRODUCTION: dict[str, Callable[[Vitals], bool]] = {  # a machine for trying out sleeps at night
    "jobs": lambda found: found.unfinished_periods > 0 or any(job.is_late for job in found.jobs),
    "reports": lambda found: found.unfrozen_reports > 0,
    "anchor": _unanchored,
    "verification": _unverified,
    "backup": lambda found: found.is_old(found.last_backup),
}


def health() -> dict[str, Any]:
    """The state of database, queue, outbox, jobs, journal, backup and clock; `ok` sums it up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "problems": ["database"], "database": "down"}
    found = vitals()
    problems, runs = problems_of(found), last_runs()
    return {
        "ok": not problems,
        "problems": problems,
        "database": "up",
        "queue": queue_state(runs),
        "oldest_unsent_seconds": found.oldest_unsent_seconds,
        "failed_letters": found.failed_letters,
        "last_anchor": found.last_anchor,
        "journal": found.journal,
        "last_backup": found.last_backup,
        "clock_skew_seconds": found.clock_skew_seconds,
        "jobs": runs,
        "unfinished_periods": found.unfinished_periods,
        "unfrozen_reports": found.unfrozen_reports,
        "late_jobs": sorted(job.task for job in found.jobs if job.is_late),
    }


def vitals() -> Vitals:
    """Read them all."""
    now = timezone.now()
    newest = Entry.objects.aggregate(first=Min("at"), last=Max("at"))
    failed = OutboxMessage.objects.failed().filter(next_attempt_at__gte=now - ONE_DAY)
    return Vitals(
        now=now,
        oldest_unsent_seconds=oldest_waiting(now),
        failed_letters=failed.count(),
        last_anchor=Anchor.objects.aggregate(last=Max("date"))["last"],
        journal=last_soundness(),
        last_backup=last_runs().get(BACKUP),
        clock_skew_seconds=clock_skew(newest["last"]),
        jobs=scheduled_jobs(),
        unfinished_periods=unfinished_periods().count(),
        unfrozen_reports=unfrozen_reports().count(),
        written_since=newest["first"],
    )


def problems_of(found: Vitals) -> list[str]:
    """What is wrong or late, the gravest first."""
    asked = ALWAYS if settings.EMBEDDED else ALWAYS | IN_PRODUCTION
    return [name for name, is_so in asked.items() if is_so(found)]


def oldest_waiting(now: datetime) -> int | None:
    """Seconds for which the oldest unsent letter waits; None when nothing waits."""
    oldest = OutboxMessage.objects.pending().aggregate(at=Min("created_at"))["at"]
    return int((now - oldest).total_seconds()) if oldest else None


def clock_skew(last_entry: datetime | None) -> float:
    """How far this machine's clock is from the database's, or the database's behind the journal."""
    theirs = database_now()
    ours = (timezone.now() - theirs).total_seconds()
    behind = (last_entry - theirs).total_seconds() if last_entry else 0
    return round(behind if behind > abs(ours) else ours, 1)


def queue_state(jobs: dict[str, datetime]) -> str:
    """The queue is up when a sweep has come through it within the last three minutes."""
    last = max((at for job, at in jobs.items() if job != BACKUP), default=None)
    is_up = last and (timezone.now() - last).total_seconds() < QUEUE_SILENT
    return "up" if is_up else "silent"
