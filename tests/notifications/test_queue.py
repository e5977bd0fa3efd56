"""The queue is a doorbell: flushed, gone or rung twice it loses nothing (CR-02, SJ-06)."""

import re
import time
from inspect import signature
from pathlib import Path

import pytest
import redis
from django.apps import apps
from django.conf import settings as configured
from django.db import connection, transaction

from config.celery import app
from notifications.models import Notice, OutboxMessage
from notifications.tasks import send_waiting_mail
from tests.factories.notifications import make_letter, tell
from tests.factories.organisation import make_user, sign_in
from tests.servers import Redis

ROOT = Path(configured.BASE_DIR)
PLAIN = {int, float, str, str | None, list[str]}  # what a task may be given: no rows, no objects
UNCOUNTED = {"JobBeat", "Session"}
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="runs in production")


@pytest.fixture
def queue(monkeypatch):
    """A real Redis that tasks are really sent to, and that can be stopped."""
    server = Redis()
    server.start()
    before = {name: app.conf[name] for name in ("broker_url", "task_always_eager")}
    app.conf.update(broker_url=server.url, task_always_eager=False)
    _forget_connections()
    yield server
    app.conf.update(before)
    _forget_connections()
    server.remove()


def _forget_connections() -> None:
    app._pool = None  # type: ignore[attr-defined]
    app.amqp._producer_pool = None  # type: ignore[attr-defined]


def waiting(server: Redis) -> int:
    client = redis.Redis.from_url(server.url)
    try:
        return client.llen("celery")
    finally:
        client.close()


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_redis_flushall_loses_nothing(queue, mailoutbox):
    with transaction.atomic():
        tell(make_user(), make_user(), make_user())
    assert waiting(queue) == 1

    client = redis.Redis.from_url(queue.url)
    client.flushall()
    client.close()
    assert waiting(queue) == 0
    assert OutboxMessage.objects.pending().count() == 3

    send_waiting_mail()  # as the schedule does every 15 seconds

    assert len(mailoutbox) == 3


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_redis_goes_in_mid_run_and_the_portal_goes_on(queue, client, mailoutbox, caplog):
    user = make_user()
    sign_in(client, user)
    tell(user)

    queue.stop()
    began = time.monotonic()
    with transaction.atomic():
        tell(user)
    took = time.monotonic() - began
    page, deed = client.get("/thong-bao/"), client.post("/thong-bao/da-doc/")
    queue.start()
    tell(user)

    assert took < 1
    assert "Error calling" in caplog.text
    assert (page.status_code, deed.status_code) == (200, 302)
    assert waiting(queue) == 1  # it rings again by itself
    send_waiting_mail()
    assert len(mailoutbox) == Notice.objects.count() == 3


def tasks() -> dict:
    """Our tasks by name."""
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def test_every_task_may_be_handed_out_again():
    """SJ-06, task by task: what they set for themselves included."""
    longest = max(task.time_limit or app.conf.task_time_limit for task in tasks().values())

    assert configured.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > longest
    assert len(tasks()) > 8
    for name, task in tasks().items():
        assert task.acks_late, name
        assert task.reject_on_worker_lost is not False, name
        assert task.ignore_result, name
        assert task.serializer == "json", name
        assert task.soft_time_limit or app.conf.task_soft_time_limit, name
        assert {one.annotation for one in signature(task.run).parameters.values()} <= PLAIN, name
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.result_backend is None
    assert app.conf.accept_content == ["json"]
    options = configured.CELERY_BROKER_TRANSPORT_OPTIONS
    assert 2 * options["socket_timeout"] + options["socket_connect_timeout"] <= 1


def test_nothing_is_put_off_by_the_queue():
    """No ETA and no countdown anywhere: what is due stands in the database."""
    texts = [file.read_text() for one in apps.get_app_configs() for file in _sources(one)]

    assert len(texts) > 100
    assert [text for text in texts if re.search(r"\b(countdown|eta)=|\.retry\(", text)] == []


def _sources(one) -> list[Path]:
    folder = Path(one.path)
    return list(folder.rglob("*.py")) if folder.parent == ROOT else []


def counts() -> dict[str, int]:
    models = (model for model in apps.get_models() if model.__name__ not in UNCOUNTED)
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(e["task"] for e in app.conf.beat_schedule.values()))
def test_tasks_twice(name, mailoutbox):
    """Every task of the schedule, run again at once, has no second effect."""
    make_letter()
    tasks()[name].run()
    after, sent = counts(), len(mailoutbox)

    tasks()[name].run()

    assert len(mailoutbox) == sent
    more = {key: number - after[key] for key, number in counts().items() if number != after[key]}
    assert more in ({}, {"Entry": 1})  # the night's verification writes down each time that it ran
