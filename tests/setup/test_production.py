"""Production as docker-compose.yml has it: it refuses unsafe starts, serves, and comes back."""

import json
import sys

import pytest

from tests.servers import wait_until
from tests.setup.production import Portal, production

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("production")]

WSGI = [sys.executable, "-c", "import config.wsgi"]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with production(tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture(scope="module")
def running(portal: Portal) -> Portal:
    portal.start()
    return portal


def test_deploy_check(portal):
    words = ["check", "--deploy", "--database", "default", "--fail-level", "WARNING"]

    done = portal.run([sys.executable, "manage.py", *words], portal.env())

    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("over", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "abcdefgh" * 8}, "security.W009"),
        ({"SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"BROKER_URL": ""}, "BROKER_URL"),
        ({"DATABASE_URL": "sqlite:////nowhere/portal.sqlite3"}, "SQLite"),
        ({"HTTPS": "false"}, "security.W004"),
        ({"DEMO": "true"}, "portal.E001"),
        ({"STATIC_ROOT": "nowhere"}, "portal.E008"),
    ],
)
def test_refuses_unsafe_start(portal, over, reason):
    done = portal.attempt(WSGI, portal.env(**over))

    assert done.returncode != 0
    assert reason in done.stderr


@pytest.mark.parametrize("role", ["portal_owner", "superuser"])
def test_refuses_a_role_that_could_rewrite_the_journal(portal, role):
    urls = {"portal_owner": portal.database("portal_owner"), "superuser": portal.postgres.url}
    reasons = {"portal_owner": "portal.E004", "superuser": "portal.E003"}

    done = portal.attempt(WSGI, portal.env(DATABASE_URL=urls[role]))

    assert done.returncode != 0
    assert reasons[role] in done.stderr


def test_the_worker_refuses_what_the_web_refuses(portal):
    words = [sys.executable, "-m", "celery", "--app", "config", "worker", "--pool=solo"]

    done = portal.attempt(words, portal.env(DATABASE_URL=portal.postgres.url))

    assert done.returncode != 0
    assert "portal.E003" in done.stderr


def test_a_secret_file_is_for_its_owner_only(portal, tmp_path):
    secret = tmp_path / "secret-key"
    secret.write_text(portal.env()["SECRET_KEY"])
    env = portal.env(SECRET_KEY_FILE=str(secret))
    del env["SECRET_KEY"]

    secret.chmod(0o644)
    refused = portal.attempt(WSGI, env)
    secret.chmod(0o600)
    accepted = portal.attempt(WSGI, env)

    assert "portal.E002" in refused.stderr
    assert refused.returncode != 0
    assert accepted.returncode == 0, accepted.stderr


def test_the_web_process_answers_over_the_proxy(running):
    response = running.get("/")

    assert response.status in {200, 302}
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "gunicorn/" not in response.headers["Server"]


def test_the_health_page_answers(running):
    response = running.get("/suc-khoe/")

    assert response.status == 200
    assert json.loads(response.page)["database"]


def test_every_line_logged_is_json_without_query_strings(running):
    running.get("/tim/?q=Nguyen+Van+Canary")

    lines = [json.loads(line) for line in running.processes["web"].log().splitlines()]
    asked = [line for line in lines if line.get("path") == "/tim/"]
    assert asked[0]["request"]
    assert "Canary" not in running.processes["web"].log()


def test_worker_and_scheduler_are_at_work(running):
    words = [sys.executable, "-m", "celery", "--app", "config", "inspect", "ping", "-t", "10"]

    answer = running.run(words, running.env())

    assert "pong" in answer.stdout
    wait_until(lambda: any(running.folder.glob("schedule*")), 20, "no schedule is kept")
    assert running.processes["scheduler"].log() == ""


RING = """
import time, django
django.setup()
from celery import current_app
from kombu.exceptions import OperationalError
for is_warm in (False, True):
    began = time.monotonic()
    try:
        current_app.send_task("notifications.tasks.send_waiting_mail")
    except OperationalError:
        print(time.monotonic() - began if is_warm else "")
"""


def test_redis_goes_and_comes_back(running):
    """CR-02: no request waits for it, and the worker finds it again by itself."""
    running.redis.stop()
    try:
        waited = float(running.run([sys.executable, "-c", RING], running.env()).stdout)
        page = running.get("/dang-nhap/")
    finally:
        running.redis.start()

    assert waited < 1
    assert page.status == 200
    ping = [sys.executable, "-m", "celery", "--app", "config", "inspect", "ping", "-t", "5"]
    wait_until(
        lambda: "pong" in running.attempt(ping, running.env()).stdout, 60, "the worker stays away"
    )


def test_the_database_goes_and_comes_back(running):
    """CR-03: a page that says so, and nobody has to restart anything."""
    running.postgres.stop()
    try:
        response = running.get("/", Cookie="__Host-session=0123456789abcdef0123456789abcdef")
    finally:
        running.postgres.start()

    assert response.status == 503
    assert response.headers["Retry-After"] == "30"
    assert "Hệ thống tạm dừng" in response.page
    assert "Traceback" not in response.page
    again = running.get("/", Cookie="__Host-session=0123456789abcdef0123456789abcdef")
    assert again.status in {200, 302}
