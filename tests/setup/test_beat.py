"""A scheduler whose clock had run ahead goes on as soon as it is set right (SJ-04)."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import Celery
from celery.beat import PersistentScheduler
from freezegun import freeze_time

from config.beat import Scheduler
from config.celery import app as portal

NOW = datetime(2022, 6, 14, 3, 0, tzinfo=UTC)
JOBS = {"send": 15, "draw": 20, "remind": 300}


def sent_in_ten_minutes(kind: type[PersistentScheduler], folder) -> set[str]:
    """What is sent after the clock was two days ahead for a minute, and is right again."""
    sent: list[str] = []

    class Told(kind):  # type: ignore[misc,valid-type]
        def apply_async(self, entry, *args, **kwargs):
            sent.append(entry.name)

    app = Celery("test", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {
        name: {"task": name, "schedule": every} for name, every in JOBS.items()
    }
    with freeze_time(NOW):
        scheduler = Told(app=app, schedule_filename=str(folder / kind.__name__))
        scheduler.tick()
    for start in (NOW + timedelta(days=2), NOW + timedelta(minutes=1)):
        sent.clear()
        for second in range(0, 600, 5):
            with freeze_time(start + timedelta(seconds=second)):
                while scheduler.tick() == 0:
                    pass
    scheduler.close()
    return set(sent)


@pytest.mark.parametrize(("kind", "expected"), [(Scheduler, {*JOBS}), (PersistentScheduler, set())])
def test_after_a_jump_ahead_and_back_every_job_is_sent_again(kind, expected, tmp_path):
    """The control is Celery's own, which rests for two days."""
    assert sent_in_ten_minutes(kind, tmp_path) == expected


def test_it_is_the_scheduler_of_the_portal():
    assert portal.conf.beat_scheduler == "config.beat:Scheduler"
