"""A period is one's alone: claimed at once by many, given up by the dead (SJ-01, SJ-03)."""

import os
import signal
import time
from datetime import timedelta

import pytest

from jobs.models import JobRun
from jobs.periods import Lost, beat, before, claim, finish, release
from tests.journal.crowd import CONTEXT, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

JOB, PERIOD = "digest", "2026-03-09"


def claim_and_keep() -> str:
    """The name under which this process has the period, or nothing."""
    run = claim(JOB, PERIOD)
    return run.holder if run else ""


def claim_without_a_lock() -> str:
    """Look, then write: what a scheduler does that has no unique row to lean on."""
    run, _ = JobRun.objects.get_or_create(job=JOB, period=PERIOD)
    if run.holder:
        return ""
    time.sleep(0.3)
    JobRun.objects.filter(pk=run.pk).update(holder=os.getpid(), beat_at=before(timedelta()))
    return str(os.getpid())


def test_of_processes_that_claim_at_once_one_has_the_period():
    answers = all_at_once([claim_and_keep] * 6)

    assert len([answer for answer in answers if answer]) == 1, answers
    assert JobRun.objects.get().attempts == 1


def test_control_without_the_lock_more_than_one_has_it():
    JobRun.objects.create(job=JOB, period=PERIOD)

    answers = all_at_once([claim_without_a_lock] * 6)

    assert len([answer for answer in answers if answer]) > 1


def test_a_killed_holder_is_followed_after_two_minutes_and_cannot_finish():
    ours, theirs = CONTEXT.Pipe(duplex=False)
    holder = CONTEXT.Process(target=_claim_and_hang, args=(theirs,), daemon=True)
    holder.start()
    assert ours.poll(30)
    dead = JobRun.objects.get(holder=ours.recv())
    os.kill(holder.pid, signal.SIGKILL)
    holder.join(30)

    assert claim(JOB, PERIOD) is None  # nobody knows yet
    _wait(dead, timedelta(seconds=119))
    assert claim(JOB, PERIOD) is None
    _wait(dead, timedelta(seconds=121))
    follower = claim(JOB, PERIOD)

    assert follower is not None
    assert (follower.attempts, follower.pk) == (2, dead.pk)
    with pytest.raises(Lost):
        finish(dead)
    finish(follower, "12 thư")
    done = JobRun.objects.get()
    assert (done.holder, done.note, done.started) == ("", "12 thư", dead.started)
    assert done.finished > done.started


def test_a_holder_killed_while_the_clock_had_run_ahead_is_followed():
    """SJ-04: its last sign of life bears a day that was not."""
    _wait(claim(JOB, PERIOD), -timedelta(days=3))

    assert claim(JOB, PERIOD) is not None


def test_a_beat_keeps_the_period_and_a_finished_one_is_not_claimed_again():
    run = claim(JOB, PERIOD)
    _wait(run, timedelta(seconds=110))
    beat(run)
    _wait(run, timedelta(seconds=20))
    assert claim(JOB, PERIOD) is None

    finish(run)

    _wait(run, timedelta(days=90))
    assert claim(JOB, PERIOD) is None
    assert claim(JOB, "2026-03-10") is not None
    assert claim("reminders", PERIOD) is not None
    with pytest.raises(Lost):
        finish(run)


def test_a_period_given_up_is_free_at_once():
    run = claim(JOB, PERIOD)

    release(run, "no connection to the mail server")

    again = claim(JOB, PERIOD)
    assert (again.attempts, again.note) == (2, "no connection to the mail server")
    with pytest.raises(Lost):
        beat(run)


def _wait(run: JobRun, span: timedelta) -> None:
    """Let the last sign of life be that long ago."""
    JobRun.objects.filter(pk=run.pk).update(beat_at=before(span))


def _claim_and_hang(out) -> None:
    out.send(claim_and_keep())
    time.sleep(600)
