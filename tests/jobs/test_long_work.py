"""Long work: begun once, resumed after the last finished part, stopped, tried again (ux §18)."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection

from jobs import actions, running
from jobs.actions import working
from jobs.hooks import long_job_ended
from jobs.kinds import Part, PartFailed, long_job
from jobs.models import JobPart, JobRun, LongJob
from jobs.periods import before
from jobs.running import run_waiting
from jobs.stages import Stage
from jobs.tasks import forget_old_work, work
from organisation import doorbell
from tests.factories.jobs import KIND, known_as, make_job, plan_of, without_a_beat
from tests.journal.crowd import CONTEXT, all_at_once


@pytest.fixture(autouse=True)
def _nobody_is_rung(monkeypatch):
    """The rows wait: in tests a ring would do the work at once."""
    monkeypatch.setattr(doorbell, "ring", lambda tasks: None)


def effect_of(key: str):
    """Writes a row that can be there once only: a second effect is an error."""
    return lambda found: JobRun.objects.create(job="effect", period=key).period


def parts(number: int, work=lambda course: None) -> list[Part]:
    names = [f"p{at:02d}" for at in range(number)]
    return [Part(name, work=work, keep=effect_of(name), name=f"Sở {name}") for name in names]


def effects() -> int:
    return JobRun.objects.filter(job="effect").count()


@pytest.mark.django_db
def test_all_parts_are_done_and_the_result_is_told(monkeypatch):
    told = []
    monkeypatch.setattr("jobs.actions.working.long_job_ended", [told.append])
    known_as(KIND, plan_of(parts(4)), monkeypatch)
    job = make_job()

    assert run_waiting(20) is False

    job = LongJob.objects.get()
    assert (job.stage, job.percent, job.result_label) == (Stage.DONE, 100, "Mở dự thảo")
    assert [step["done"] for step in job.steps] == [4]
    assert job.ended >= job.started >= job.asked_at
    assert (effects(), [one.pk for one in told]) == (4, [job.pk])
    assert job.wants_notice is False  # done at once, under the eyes of its owner
    assert long_job_ended  # notices hang there


@pytest.mark.django_db
def test_whoever_follows_a_lost_worker_never_shows_less(monkeypatch):
    seen = []

    def work(course):
        course.tell(0.6)
        seen.append(LongJob.objects.get().percent)

    known_as(KIND, plan_of(parts(1, work)), monkeypatch)
    make_job()
    taken = working.take()
    working.tell(taken, percent=80, words="", steps=[])
    working.lay_down(taken)

    assert run_waiting(20) is False
    assert [*seen, LongJob.objects.get().percent] == [80, 100]


@pytest.mark.django_db
def test_whoever_asks_twice_gets_the_same_work(monkeypatch):
    known_as(KIND, plan_of(parts(2)), monkeypatch)

    first = make_job(key="collect:2022-Q1")
    run_waiting(20)
    again = make_job(first.owner, key="collect:2022-Q1")

    assert (again.pk, again.stage) == (first.pk, Stage.DONE)
    assert (str(again), str(again.parts.first())) == ("Tổng hợp số liệu quý I", "Sở p00")
    assert run_waiting(20) is False
    assert effects() == 2


@pytest.mark.django_db
def test_words_and_percent_follow_the_parts(monkeypatch):
    seen = []

    def look(course):
        row = LongJob.objects.get()
        seen.append((row.percent, row.words, row.steps[0]["done"]))

    known_as(KIND, plan_of(parts(4, look)), monkeypatch)
    make_job()

    run_waiting(20)

    assert seen == [
        (0, "Đang tổng hợp 0/4 cơ quan", 0),
        (25, "Đang tổng hợp 1/4 cơ quan", 1),
        (50, "Đang tổng hợp 2/4 cơ quan", 2),
        (75, "Đang tổng hợp 3/4 cơ quan", 3),
    ]


@pytest.mark.django_db
def test_a_worker_whose_time_is_up_gives_the_work_back(monkeypatch):
    known_as(KIND, plan_of(parts(3, lambda course: time.sleep(0.02))), monkeypatch)
    make_job()

    turns = 0
    while run_waiting(0.001):
        turns += 1
        assert LongJob.objects.get().stage in (Stage.WAITING, Stage.DONE)

    assert turns == 3
    assert (LongJob.objects.get().stage, effects()) == (Stage.DONE, 3)


@pytest.mark.django_db
def test_stop_keeps_what_is_finished_and_again_goes_on_from_there(monkeypatch):
    def press_stop(course):
        if len(course.made) == 2:
            actions.stop(LongJob.objects.get().pk)

    known_as(KIND, plan_of(parts(5, press_stop)), monkeypatch)
    job = make_job()

    run_waiting(20)

    job = LongJob.objects.get()
    assert (job.stage, effects(), job.holder) == (Stage.STOPPED, 3, "")  # the third was under way
    assert run_waiting(20) is False
    assert actions.again(job.pk).stage == Stage.WAITING
    assert actions.again(job.pk).stage == Stage.WAITING  # pressed twice
    run_waiting(20)
    assert (LongJob.objects.get().stage, effects()) == (Stage.DONE, 5)


@pytest.mark.django_db
def test_work_that_waits_is_stopped_at_once(monkeypatch):
    known_as(KIND, plan_of(parts(1)), monkeypatch)

    job = actions.stop(make_job().pk)

    assert (job.stage, run_waiting(20), effects()) == (Stage.STOPPED, False, 0)
    assert actions.stop(job.pk).stage == Stage.STOPPED


@pytest.mark.django_db
def test_only_the_part_that_failed_is_tried_again(monkeypatch):
    closed = {"p01"}

    def fail_some(key):
        def work(course):
            if key in closed:
                raise PartFailed("Cơ quan chưa có số liệu.")

        return work

    found = [Part(one.key, fail_some(one.key), one.keep, one.name) for one in parts(3)]
    known_as(KIND, plan_of(found), monkeypatch)
    make_job()

    run_waiting(20)

    job = LongJob.objects.get()
    assert (job.stage, effects(), job.steps[0]["failed"]) == (Stage.DONE, 2, 1)
    failure = JobPart.objects.exclude(failure="").get()
    assert (failure.name, failure.failure) == ("Sở p01", "Cơ quan chưa có số liệu.")
    closed.clear()
    actions.again(job.pk)
    run_waiting(20)
    assert (LongJob.objects.get().stage, effects()) == (Stage.DONE, 3)
    assert actions.again(job.pk).stage == Stage.DONE  # nothing is left to try


@pytest.mark.django_db
def test_without_a_needed_part_there_is_no_result(monkeypatch):
    def fail(course):
        raise PartFailed("Chưa lập được tệp.")

    known_as(KIND, plan_of(parts(2, fail), is_needed=True), monkeypatch)
    make_job()

    run_waiting(20)

    job = LongJob.objects.get()
    assert (job.stage, job.result_url, JobPart.objects.count()) == (Stage.FAILED, "", 1)
    assert actions.again(job.pk).stage == Stage.WAITING


@pytest.mark.django_db
def test_work_that_breaks_its_worker_is_given_up_after_three(monkeypatch):
    def break_down(course):
        raise ZeroDivisionError

    told = []
    monkeypatch.setattr("jobs.actions.working.long_job_ended", [told.append])
    known_as(KIND, plan_of([*parts(1), Part("broken", work=break_down)]), monkeypatch)
    make_job()

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            run_waiting(20)
    assert run_waiting(20) is False

    job = LongJob.objects.get()
    assert (job.stage, effects(), len(told)) == (Stage.INTERRUPTED, 1, 1)
    known_as(KIND, plan_of(parts(2)), monkeypatch)
    actions.again(job.pk)
    run_waiting(20)
    assert (LongJob.objects.get().stage, effects()) == (Stage.DONE, 2)


@pytest.mark.django_db(transaction=True)
def test_killed_workers_are_followed_and_nothing_is_done_twice(monkeypatch):
    """Killed at the work of a part, and with an effect written that is not committed yet."""
    ours, theirs = CONTEXT.Pipe()
    after = []
    job = make_job()

    for where, key in [("work", "p02"), ("keep", "p05"), ("work", "p09"), ("keep", "p12")]:
        known_as(KIND, plan_of(hanging_at(where, key, theirs)), monkeypatch)
        worker = _started()
        assert ours.poll(60)
        assert ours.recv() == key
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(30)
        after.append(effects())
        assert run_waiting(20) is False  # nobody knows yet that it was lost
        without_a_beat(job, 61)
    known_as(KIND, plan_of(parts(14)), monkeypatch)
    assert run_waiting(60) is False

    done = LongJob.objects.get()
    assert (done.stage, done.percent, effects()) == (Stage.DONE, 100, 14)
    assert after == [2, 5, 9, 12]  # each went on where the last had come to
    assert set(JobPart.objects.values_list("made", flat=True)) == {f"p{n:02d}" for n in range(14)}


def hanging_at(where: str, key: str, line) -> list[Part]:
    """Parts of which one says that it was reached, and never ends."""

    def hang(found=None):
        line.send(key)
        time.sleep(600)

    def keep_and_hang(found):
        effect_of(key)(found)
        hang()

    there = Part(key, work=hang) if where == "work" else Part(key, keep=keep_and_hang)
    return [there if one.key == key else one for one in parts(14)]


@pytest.mark.django_db
@pytest.mark.parametrize("notices_at", ["tell", "keep"])
def test_who_lost_the_work_stops_there(monkeypatch, caplog, notices_at):
    def lose(course):
        LongJob.objects.update(holder="host:2:another")
        if notices_at == "tell":
            course.tell(0.5)
            raise AssertionError("it goes on")

    monkeypatch.setattr(running, "OFTEN", 0)
    known_as(KIND, plan_of(parts(2, lose)), monkeypatch)
    make_job()

    run_waiting(20)

    assert (LongJob.objects.get().holder, effects()) == ("host:2:another", 0)
    assert "was taken over" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_who_was_taken_for_dead_writes_nothing_more(monkeypatch):
    ours, theirs = CONTEXT.Pipe()

    def hang(course):
        if not course.made:
            theirs.send("at it")
            theirs.poll(30)

    known_as(KIND, plan_of(parts(3, hang)), monkeypatch)
    job = make_job()
    slow = _started()
    assert ours.poll(30)
    without_a_beat(job, 61)
    known_as(KIND, plan_of(parts(3)), monkeypatch)

    run_waiting(20)
    ours.send("go on")
    slow.join(30)

    assert (LongJob.objects.get().stage, effects(), slow.exitcode) == (Stage.DONE, 3, 0)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_has_the_work(monkeypatch):
    known_as(KIND, plan_of(parts(6, lambda course: time.sleep(0.01))), monkeypatch)
    make_job()

    answers = all_at_once([lambda: run_waiting(20)] * 4)

    assert answers == [False] * 4
    assert (LongJob.objects.get().stage, effects()) == (Stage.DONE, 6)


def _started():
    """A worker of its own, as Celery would fork one."""
    connection.close()
    worker = CONTEXT.Process(target=run_waiting, args=(60,), daemon=True)
    worker.start()
    return worker


@pytest.mark.django_db
def test_work_that_ended_long_ago_is_forgotten(monkeypatch):
    known_as(KIND, plan_of(parts(1)), monkeypatch)
    old, fresh, waiting = make_job(), make_job(), make_job(key="waits")
    LongJob.objects.exclude(pk=waiting.pk).update(stage=Stage.DONE, ended=before(timedelta(1)))
    LongJob.objects.filter(pk=old.pk).update(ended=before(timedelta(days=91)))

    forget_old_work()

    assert set(LongJob.objects.all()) == {fresh, waiting}


@pytest.mark.django_db
def test_a_worker_that_is_rung_does_the_work_and_rings_for_the_rest(monkeypatch):
    rung = []
    monkeypatch.setattr("jobs.tasks.ring", rung.extend)
    known_as(KIND, plan_of(parts(2, lambda course: time.sleep(0.02))), monkeypatch)
    make_job()

    work(seconds=0.001)
    assert (LongJob.objects.get().stage, len(rung)) == (Stage.WAITING, 1)
    work()

    assert (LongJob.objects.get().stage, len(rung), effects()) == (Stage.DONE, 1, 2)


def test_a_kind_is_planned_once():
    with pytest.raises(ValueError, match="planned twice"):
        long_job("import")(plan_of([]))
