"""The queue. It is only a doorbell: what is due stands in the database (ADR 0003)."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init, setup_logging
from django.conf import settings

from config.start import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every sweep computes what is due from the rows; a missed tick costs a minute, never a reminder.
app.conf.beat_schedule = {}


@setup_logging.connect
def log_as_django_does(**kwargs: Any) -> None:
    dictConfig(settings.LOGGING)


@celeryd_init.connect
@beat_init.connect
def check_the_set_up(**kwargs: Any) -> None:
    refuse_unsafe()
