"""SJ-07: what is late or wrong stands on the health page, in the command, and is told."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time

from config.celery import app
from jobs.models import JobRun
from notifications.models import Notice, OutboxMessage
from organisation.stages import Role
from reporting import health
from reporting.condition import JOBS
from reporting.lateness import scheduled_jobs
from reporting.models import JobBeat
from reporting.soundness import Soundness
from reporting.tasks import watch_the_health
from tests.factories.notifications import make_letter
from tests.factories.organisation import make_user, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 6, 15, 3, 0, tzinfo=UTC)  # ten o'clock here
STATUS = "/quan-tri/tinh-trang/"
SOUND = Soundness(at=NOW - timedelta(hours=8), result="sound", entries=9, broken=0)
WELL = health.Vitals(
    now=NOW,
    oldest_unsent_seconds=20,
    failed_letters=0,
    last_anchor=date(2022, 6, 14),
    journal=SOUND,
    last_backup=NOW - timedelta(hours=9),
    clock_skew_seconds=0.1,
    jobs=[],
    unfinished_periods=0,
    unfrozen_reports=0,
    written_since=NOW - timedelta(days=90),
)
HOUR = timedelta(hours=1)
LATE = [
    ({}, []),
    ({"oldest_unsent_seconds": 899}, []),
    ({"oldest_unsent_seconds": 900}, ["letters"]),
    ({"oldest_unsent_seconds": None}, []),
    ({"failed_letters": 1}, ["failed_letters"]),
    ({"last_anchor": date(2022, 6, 13)}, ["anchor"]),
    ({"last_anchor": None}, ["anchor"]),
    ({"last_anchor": date(2022, 6, 13), "now": datetime(2022, 6, 14, 18, tzinfo=UTC)}, []),
    ({"journal": {**SOUND, "at": NOW - 29 * HOUR}}, []),
    ({"journal": {**SOUND, "at": NOW - 31 * HOUR}}, ["verification"]),
    ({"journal": {**SOUND, "at": NOW - HOUR, "result": "broken"}}, ["journal"]),
    ({"journal": None}, ["verification"]),
    ({"last_backup": NOW - 31 * HOUR}, ["backup"]),
    ({"last_backup": None}, ["backup"]),
    ({"unfinished_periods": 1}, ["jobs"]),
    ({"unfrozen_reports": 1}, ["reports"]),
    ({"clock_skew_seconds": 2.5}, ["clock"]),
    ({"clock_skew_seconds": -2.5}, ["clock"]),
    (  # in its first hours nothing of this can be there
        {"journal": None, "last_backup": None, "last_anchor": None, "written_since": NOW - HOUR},
        [],
    ),
]


@pytest.mark.parametrize(("over", "problems"), LATE)
def test_health_reports_lateness(over, problems):
    assert health.problems_of(replace(WELL, **over)) == problems


def test_a_machine_for_trying_out_may_sleep(settings):
    settings.EMBEDDED = True
    asleep = replace(WELL, last_backup=None, journal=None, last_anchor=None, failed_letters=1)

    assert health.problems_of(asleep) == ["failed_letters"]


@freeze_time(NOW)
@pytest.mark.parametrize(
    ("task", "last", "is_late"),
    [
        ("notifications.tasks.send_waiting_mail", "15 09:50", False),  # every 15 seconds
        ("notifications.tasks.send_waiting_mail", "15 09:40", True),
        ("journal.tasks.anchor_past_days", "15 09:10", False),  # ten past each hour
        ("journal.tasks.anchor_past_days", "15 08:50", True),
        ("reporting.tasks.verify_the_journal", "15 02:20", False),  # ten past two at night
        ("reporting.tasks.verify_the_journal", "14 23:00", True),
    ],
)
def test_a_job_is_late_once_its_next_time_has_passed(task, last, is_late):
    JobBeat.objects.create(job=task, last_at=datetime.fromisoformat(f"2022-06-{last}:00+07:00"))

    found = {job.task: job.is_late for job in scheduled_jobs()}

    assert found.pop(task) is is_late
    assert not any(found.values())
    assert health.problems_of(replace(WELL, jobs=scheduled_jobs())) == ["jobs"] * is_late


def test_a_period_that_is_not_done_after_an_hour_is_late(client):
    now = timezone.now()
    for at, (ago, done) in enumerate([(2, None), (2, now), (0, None)]):
        JobRun.objects.create(
            job="deadlines.digest", period=f"2022-06-1{at}", started=now - ago * HOUR, finished=done
        )

    page = sign_in(client, make_user(role=Role.ADMIN)).get(STATUS).content.decode()

    assert health.health()["unfinished_periods"] == 1
    assert "Thư 07:30, kỳ 2022-06-10" in page
    assert "2022-06-11" not in page
    assert "2022-06-12" not in page


def test_every_job_has_words():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(JOBS)


def test_every_job_is_told_to_end_before_it_is_ended():
    """The scheduler cannot send a job whose limits are the wrong way round."""
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
    limits = {name: (app.tasks[name].soft_time_limit, app.tasks[name].time_limit) for name in asked}
    soft, hard = app.conf.task_soft_time_limit, app.conf.task_time_limit

    wrong = {name for name, (told, ended) in limits.items() if (told or soft) >= (ended or hard)}

    assert wrong == set()


def test_the_clock_is_compared_with_the_database_and_the_journal():
    now = timezone.now()

    assert abs(health.clock_skew(None)) < 2
    assert abs(health.clock_skew(now - timedelta(days=1))) < 2
    assert 3500 < health.clock_skew(now + HOUR) < 3700


def test_a_portal_that_is_well_alarms_nobody(caplog):
    make_user(role=Role.ADMIN)

    watch_the_health()

    assert not Notice.objects.exists()
    assert [record for record in caplog.records if hasattr(record, "alarm")] == []


def failed_letter(at: timedelta = timedelta()) -> OutboxMessage:
    letter = make_letter(make_user(full_name="Lê Thị Sai Địa Chỉ"))
    OutboxMessage.objects.filter(pk=letter.pk).update(
        state="failed", error="SMTPRecipientsRefused", next_attempt_at=timezone.now() - at
    )
    return letter


def test_alarms_go_to_administrators_and_into_the_log_once_a_day(caplog):
    admin, head = make_user(role=Role.ADMIN), make_user(role=Role.AGENCY_HEAD)
    failed_letter()

    watch_the_health()
    watch_the_health()

    told = Notice.objects.exclude(subject__startswith="[")
    assert [(notice.recipient, notice.subject) for notice in told] == [
        (admin, "Có thư không gửi được")
    ]
    letters = OutboxMessage.objects.filter(recipient=admin)
    assert [letter.kind for letter in letters] == ["always"]
    assert head.notices.count() == 0
    assert [record.alarm for record in caplog.records if hasattr(record, "alarm")] == [
        "failed_letters",
        "failed_letters",
    ]


def test_who_looks_after_the_portal_sees_what_failed_and_why(client):
    admin = make_user(role=Role.ADMIN)
    failed_letter()

    page = sign_in(client, admin).get(STATUS).content.decode()

    assert "Có thư không gửi được." in page
    assert "Lê Thị Sai Địa Chỉ" in page
    assert "Máy chủ thư không nhận địa chỉ" in page
    assert "Chờ đồng chí xem xét" not in page


def test_a_failure_of_the_day_before_is_no_alarm_any_more():
    failed_letter(timedelta(hours=25))

    assert health.health()["failed_letters"] == 0


def test_the_command_says_it_and_ends_with_one(capsys):
    call_command("health")
    assert capsys.readouterr().out == "Các phần đang hoạt động.\n"

    failed_letter()
    with pytest.raises(SystemExit) as ended:
        call_command("health")
    assert ended.value.code == 1
    assert capsys.readouterr().out == "Có thư không gửi được\n"

    with pytest.raises(SystemExit):
        call_command("health", "--json")
    assert json.loads(capsys.readouterr().out)["problems"] == ["failed_letters"]


def test_a_backup_is_noted():
    call_command("note_backup")

    assert timezone.now() - health.vitals().last_backup < timedelta(minutes=1)
