"""Jobs wait while the database's clock lies before the last entry of the journal (SJ-04)."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from deadlines.backwards import jobs_may_run
from deadlines.tasks import remind
from journal.actions import record
from journal.deeds import deed
from journal.sql import demo_clock
from journal.timeline import timeline
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


def test_what_is_written_meanwhile_says_so_and_what_follows_does_not(settings):
    """A stream that is there and a new one are asked in statements of their own."""
    settings.DEMO = True
    write(timedelta(seconds=1))
    with transaction.atomic():
        assert "clock_behind" not in record("thing.happened", stream="settings", by=None).data
    write(timedelta(minutes=5))

    with deed():
        flagged = [record("thing.happened", stream=name, by=None) for name in ("settings", "jobs")]
    with transaction.atomic():
        after = record("thing.happened", stream="settings", by=None)

    assert [295 < entry.data["clock_behind"] <= 300 for entry in flagged] == [True, True]
    assert "clock_behind" not in after.data
    words = [item.verb for item in timeline("settings").items]
    assert [" (giờ máy chủ đang lùi " in verb for verb in words] == [False, True, *[False] * 3]


def test_a_worker_asks_before_each_task(settings):
    settings.DEMO = True
    write(timedelta(minutes=5))

    assert remind() is None  # asked for by a person it is done
    result = current_app.tasks["deadlines.tasks.remind"].apply()

    assert result.state == "IGNORED"
