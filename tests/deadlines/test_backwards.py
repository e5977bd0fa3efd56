"""Jobs wait while the database's clock lies before the last entry of the journal (SJ-04)."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from deadlines.backwards import jobs_may_run
from deadlines.tasks import remind
from journal.actions import record
from journal.sql import demo_clock
from notifications.models import Notice
from organisation.stages import Role
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db


def write(ahead: timedelta) -> None:
    """An entry from a time when the clock ran so much ahead of now."""
    with demo_clock(timezone.now() + ahead), transaction.atomic():
        record("thing.happened", stream="settings", by=None)


def test_jobs_wait_for_a_clock_that_ran_back_and_go_on_after_the_next_entry(settings, caplog):
    settings.DEMO = True
    admin = make_user(role=Role.ADMIN)
    write(timedelta(seconds=1))
    assert jobs_may_run()

    write(timedelta(minutes=5))
    assert not jobs_may_run()
    assert not jobs_may_run()

    assert Notice.objects.filter(recipient=admin, key__startswith="health-clock").count() == 1
    assert {record.alarm for record in caplog.records} == {"clock"}
    write(timedelta())
    assert jobs_may_run()


def test_a_worker_asks_before_each_task(settings):
    settings.DEMO = True
    write(timedelta(minutes=5))

    assert remind() is None  # asked for by a person it is done
    result = current_app.tasks["deadlines.tasks.remind"].apply()

    assert result.state == "IGNORED"
