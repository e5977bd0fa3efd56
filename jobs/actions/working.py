"""What a worker does to the row of its work. Each deed is a transaction of its own.

Whoever was taken for dead finds that another holds the row: it gets `Lost`, and what it was about
to write is undone (SJ-03).
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Greatest, Now

from jobs.hooks import long_job_ended
from jobs.kinds import Outcome, Stopped
from jobs.models import JobPart, LongJob
from jobs.periods import Lost, new_holder
from jobs.stages import Stage

AT_MOST = 3  # workers that may be lost over one part


@transaction.atomic
def take() -> LongJob | None:
    """The next work that waits or has lost its worker; None when there is none."""
    skip = connection.features.has_select_for_update_skip_locked
    while job := LongJob.objects.to_take().select_for_update(skip_locked=skip).first():
        if job.attempts < AT_MOST:
            job.be_taken(new_holder())
            job.started = Coalesce("started", Now())
            job.save()
            return LongJob.objects.get(pk=job.pk)
        job.be_interrupted()
        _ended(job)
    return None


def tell(job: LongJob, *, percent: int, words: str, steps: list[dict[str, Any]]) -> None:
    """Show how far it is, as a sign of life; whoever follows a lost worker never shows less.

    Raises Lost, or Stopped where *Dừng* was pressed.
    """
    mine = LongJob.objects.filter(pk=job.pk, holder=job.holder, stage=Stage.RUNNING)
    most = Greatest("percent", Value(percent))
    if not mine.update(percent=most, words=words[:200], steps=steps, beat_at=Now()):
        raise Lost(f"{job.ref} is worked on by another")
    if mine.filter(is_stop_asked=True).exists():
        raise Stopped


@transaction.atomic
def keep_part(job: LongJob, part: JobPart, keep: Callable[[], Any]) -> JobPart:
    """Write what a part found, and that it is finished: both or neither."""
    held = _mine(job)
    part.made = keep()
    part.save()
    held.attempts, held.beat_at = 1, Now()  # this worker is the first at the next
    held.save(update_fields=["attempts", "beat_at"])
    return part


@transaction.atomic
def lay_down(job: LongJob) -> None:
    """Give the work back, so that other work has its turn."""
    held = _mine(job)
    held.be_laid_down()
    held.save()


@transaction.atomic
def conclude(job: LongJob, outcome: Callable[[], Outcome]) -> None:
    held = _mine(job)
    found = outcome()
    held.be_done(url=found.url, label=found.label, warnings=found.warnings)
    _ended(held)


@transaction.atomic
def give_up(job: LongJob) -> None:
    """A needed part failed."""
    held = _mine(job)
    held.be_failed()
    _ended(held)


@transaction.atomic
def stop_now(job: LongJob) -> None:
    held = _mine(job)
    held.be_stopped()
    held.save()


def _mine(job: LongJob) -> LongJob:
    """The row, locked, while it is still this worker's. Raises Lost."""
    mine = LongJob.objects.select_for_update(of=("self",)).filter(holder=job.holder)
    held = mine.filter(pk=job.pk, stage=Stage.RUNNING).first()
    if held is None:
        raise Lost(f"{job.ref} is worked on by another")
    return held


def _ended(job: LongJob) -> None:
    job.save()
    ended = LongJob.objects.select_related("owner").get(pk=job.pk)
    for tell_of in long_job_ended:
        tell_of(ended)
