"""What people ask of long work."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from jobs.models import LongJob
from jobs.periods import before
from jobs.stages import RESUMABLE, WORK, Stage
from organisation.doorbell import ring_after_commit
from organisation.models import User


@transaction.atomic
def start(kind: str, *, key: str, owner: User, title: str, back_url: str, **params: Any) -> LongJob:
    """The work under this key: begun by the first who asks, the same for whoever asks again.

    `params` are ids. A worker is rung after commit.
    """
    asked = LongJob(
        kind=kind, key=key, owner=owner, title=title[:300], back_url=back_url, params=params
    )
    LongJob.objects.bulk_create([asked], ignore_conflicts=True)
    ring_after_commit(WORK)
    return LongJob.objects.get(key=key)


@transaction.atomic
def stop(job_id: int) -> LongJob:
    """Stop what nobody works on at once, what runs before its next part; what is finished stays."""
    job = _locked(job_id)
    if job.stage == Stage.RUNNING and not _is_lost(job):
        job.is_stop_asked = True
        job.save(update_fields=["is_stop_asked"])
    elif job.is_under_way:
        job.be_stopped()
        job.save()
    return job


@transaction.atomic
def again(job_id: int) -> LongJob:
    """Go on where the work was stopped, failed or interrupted; do the parts that failed anew.

    Nothing changes where it is under way, or done without a failure.
    """
    job = _locked(job_id)
    failed = job.parts.exclude(failure="")
    if job.stage in RESUMABLE or (job.stage == Stage.DONE and failed.exists()):
        failed.delete()
        job.be_asked_again()
        job.save()
    if job.stage == Stage.WAITING or _is_lost(job):
        ring_after_commit(WORK)
    return job


@transaction.atomic
def send_to_background(job_id: int) -> LongJob:
    """Let the owner be told of the end."""
    job = _locked(job_id)
    if job.is_under_way:
        job.is_in_background = True
        job.save(update_fields=["is_in_background"])
    return job


def forget(*, older_than: timedelta) -> None:
    """Drop work that ended so long ago; what it made stays."""
    LongJob.objects.filter(ended__lt=before(older_than)).delete()


def _locked(job_id: int) -> LongJob:
    return LongJob.objects.select_for_update(of=("self",)).get(pk=job_id)


def _is_lost(job: LongJob) -> bool:
    return LongJob.objects.to_take().filter(pk=job.pk, stage=Stage.RUNNING).exists()
