"""Each period of a job is done once, whoever is told to look and however often (SJ-01, SJ-03).

The one who claims a period has it for two minutes, longer with each `beat`. Whoever is killed is
followed by the next who looks. Put the effects and `finish` into one transaction: a holder who was
taken for dead and is not then loses its effects with `Lost`, and nothing happens twice.

All times are the database's: machines may disagree about theirs.
"""

import os
import socket
from datetime import timedelta
from uuid import uuid4

from django.db import models, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce, Now

from jobs.models import JobRun

LEASE = timedelta(seconds=120)


class Lost(Exception):
    """Another has taken the period over, or has done it."""


@transaction.atomic
def claim(job: str, period: str) -> JobRun | None:
    """The period, to be worked on by the caller alone; None when it is done or a live one has it.

    It is another's again when the caller gives no sign of life for two minutes.
    """
    JobRun.objects.bulk_create([JobRun(job=job, period=period)], ignore_conflicts=True)
    runs = JobRun.objects.filter(job=job, period=period, finished=None)
    holder = new_holder()
    taken = runs.filter(Q(holder="") | silent("beat_at", LEASE)).update(
        holder=holder,
        beat_at=Now(),
        started=Coalesce("started", Now()),
        attempts=F("attempts") + 1,
    )
    return JobRun.objects.get(job=job, period=period, holder=holder) if taken else None


def beat(run: JobRun) -> None:
    """Keep the period for two more minutes. Raises Lost."""
    _change(run, beat_at=Now())


def finish(run: JobRun, note: str = "") -> None:
    """The period is done and is nobody's work again. Raises Lost, which undoes what the caller did.

    To be called in the transaction of what was done.
    """
    _change(run, finished=Now(), holder="", note=note[:200])


def release(run: JobRun, note: str = "") -> None:
    """Give the period up, as after a failure: whoever looks next may have it at once."""
    _change(run, holder="", note=note[:200])


def silent(field: str, span: timedelta) -> Q:
    """No sign of life for so long. One that lies as far ahead came while the database's clock had
    run ahead, and says nothing (SJ-04).
    """
    return Q((f"{field}__lt", before(span))) | Q((f"{field}__gt", before(-span)))


def before(span: timedelta) -> ExpressionWrapper:
    """That long ago by the database's clock, inside a statement."""
    return ExpressionWrapper(Now() - span, output_field=DateTimeField())


def _change(run: JobRun, **values: models.Expression | str) -> None:
    mine = JobRun.objects.filter(pk=run.pk, holder=run.holder, finished=None).exclude(holder="")
    if not mine.update(**values):
        raise Lost(f"{run} is no longer {run.holder}'s")
    run.refresh_from_db()


def new_holder() -> str:
    """Who claims, told apart from every other claim, and readable by the one who looks for it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex}"
