"""The queue. It is only a doorbell: what is due stands in the database (ADR 0003)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every sweep computes what is due from the rows; a missed tick costs a minute, never a reminder.
app.conf.beat_schedule = {}
