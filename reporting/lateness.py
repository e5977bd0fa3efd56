"""Which jobs of the schedule are late: each is due again some time after it last ran (SJ-07)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from celery.schedules import maybe_schedule
from django.db.models import QuerySet
from django.utils import timezone

from jobs.models import JobRun
from reporting.models import JobBeat
from reporting.periods.models import PeriodicReport

GRACE = timedelta(minutes=15)  # a worker may be busy with something long
LONGEST_PERIOD = timedelta(hours=1)


@dataclass(frozen=True)
class ScheduledJob:
    """A job of the schedule, when it last ended well, and whether its next time has passed."""

    task: str
    last_at: datetime | None
    is_late: bool


def scheduled_jobs() -> list[ScheduledJob]:
    """Every job of the schedule, those that never ran included, by its name."""
    ran = last_runs()
    entries = sorted(current_app.conf.beat_schedule.values(), key=lambda entry: entry["task"])
    return [_job(entry, ran.get(entry["task"])) for entry in entries]


def unfinished_periods() -> QuerySet[JobRun]:
    """Periods that were begun more than an hour ago and are still not done, the oldest first."""
    begun = JobRun.objects.filter(finished=None, started__lt=timezone.now() - LONGEST_PERIOD)
    return begun.order_by("started", "pk")


def unfrozen_reports() -> QuerySet[PeriodicReport]:
    """Reports whose figures could have been frozen an hour ago and are not: something fails."""
    before = timezone.now() - LONGEST_PERIOD
    waiting = PeriodicReport.objects.unfrozen(timezone.localdate(before))
    return waiting.filter(period__opened_at__lt=before).order_by("pk")


def last_runs() -> dict[str, datetime]:
    """When each job, and whatever else reports so, last ended well."""
    return dict(JobBeat.objects.values_list("job", "last_at"))


def _job(entry: dict[str, Any], last: datetime | None) -> ScheduledJob:
    return ScheduledJob(entry["task"], last, last is not None and _is_late(entry, last))


def _is_late(entry: dict[str, Any], last: datetime) -> bool:
    """Whether the first time after the last run has passed by more than the grace."""
    schedule: Any = maybe_schedule(entry["schedule"], app=current_app)
    left: timedelta = schedule.remaining_estimate(timezone.localtime(last))
    return left < -GRACE
