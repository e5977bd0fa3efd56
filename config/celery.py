"""The queue. It is only a doorbell: what is due stands in the database (ADR 0003)."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery, Task
from celery.exceptions import Ignore
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init, setup_logging, task_success
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from config import queue_in_files
from config.start import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Job(Task):
    """What comes out of the queue waits while the database's clock has run back (SJ-04)."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.request.called_directly:
            return super().__call__(*args, **kwargs)
        if not import_string("deadlines.backwards.jobs_may_run")():
            raise Ignore
        return self.run(*args, **kwargs)


queue_in_files.use()
app = Celery("portal", task_cls=Job)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_scheduler = "config.beat:Scheduler"

# Every sweep computes what is due from the rows; a missed tick costs a minute, never a reminder.
app.conf.beat_schedule = {
    "send mail": {"task": "notifications.tasks.send_waiting_mail", "schedule": 15},
    "draw papers": {"task": "documents.tasks.draw_waiting", "schedule": 20},
    "long work": {"task": "jobs.tasks.work", "schedule": 15},
    "forget old work": {
        "task": "jobs.tasks.forget_old_work",
        "schedule": crontab(hour="3", minute="30"),
    },
    "draw annexes": {"task": "documents.draw_annexes", "schedule": 60},
    "stamp late": {"task": "documents.stamp_late", "schedule": crontab(minute="25")},
    "scan files": {"task": "documents.tasks.scan_quarantined", "schedule": 300},
    "sweep files": {
        "task": "documents.tasks.sweep_files",
        "schedule": crontab(hour="3", minute="40"),
    },
    "open pilots and their reports": {"task": "pilots.tasks.sweep", "schedule": 300},
    "remind": {
        "task": "deadlines.tasks.remind",
        "schedule": crontab(minute="*/5"),  # serious incidents at once, all else at 07:30
    },
    "follow the calendar": {
        "task": "organisation.tasks.follow_the_calendar",
        "schedule": crontab(minute="2"),
    },
    "forget old access": {
        "task": "organisation.tasks.forget_old_access",
        "schedule": crontab(hour="3", minute="50"),
    },
    "anchor the journal": {
        "task": "journal.tasks.anchor_past_days",
        "schedule": crontab(minute="10"),  # each hour: a night without power is made up for
    },
    "verify the journal": {
        "task": "reporting.tasks.verify_the_journal",
        "schedule": crontab(hour="2", minute="10"),
    },
    "open reports": {"task": "reporting.tasks.open_reports", "schedule": crontab(minute="*/10")},
    "watch the health": {"task": "reporting.tasks.watch_the_health", "schedule": 300},
    "forget form keys": {
        "task": "journal.tasks.sweep_form_keys",
        "schedule": crontab(hour="3", minute="20"),
    },
}


@setup_logging.connect
def log_as_django_does(**kwargs: Any) -> None:
    dictConfig(settings.LOGGING)


@task_success.connect
def note_the_beat(sender: Any, **kwargs: Any) -> None:
    """Remember when each job last ended well, for the health page."""
    apps.get_model("reporting", "JobBeat").objects.update_or_create(
        job=sender.name, defaults={"last_at": timezone.now()}
    )


@celeryd_init.connect
@beat_init.connect
def check_the_set_up(**kwargs: Any) -> None:
    refuse_unsafe()
