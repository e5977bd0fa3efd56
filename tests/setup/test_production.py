"""Production as docker-compose.yml has it: it refuses unsafe starts, serves, and comes back."""

import json
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
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


SIGN_IN = """
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from organisation.models import User
request = HttpRequest()
request.session = import_module(settings.SESSION_ENGINE).SessionStore()
user = User(username="canbo", full_name="Nguyễn Văn Mẫu", email="canbo@vidu.test", version=1)
user.derive()
user.set_password("mat khau de kiem thu 58")
user.save()
login(request, user)
request.session.save()
print(request.session.session_key)
"""
ROW = "SELECT id FROM organisation_user WHERE username = 'canbo'"
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
CHANGES = "SELECT count(*) FROM journal_entry WHERE action = 'user.change_contact'"
PHONE = "SELECT phone FROM organisation_user WHERE username = 'canbo'"
TRIED = "SELECT max(attempts) FROM notifications_outboxmessage"


def ask(portal: Portal, statement: str):
    with closing(psycopg2.connect(portal.database("portal_owner"))) as link, link.cursor() as rows:
        rows.execute(statement)
        return rows.fetchone()[0]


def test_the_database_goes_in_mid_request_and_comes_back(running):
    """CR-03: a page that says so and keeps what was typed; sent again it is done once, and nobody
    has to restart web or worker."""
    key = running.run([sys.executable, "-c", SIGN_IN], running.env()).stdout.strip()
    session = f"__Host-session={key}"
    page = running.get("/tai-khoan/", Cookie=session)
    browser = {"Cookie": f"{session}; {page.headers['Set-Cookie'].partition(';')[0]}"}
    form = page.hidden | {"email": "canbo@vidu.test", "phone": "0259 3822 123"}
    holder = psycopg2.connect(running.database("portal_owner"))
    holder.cursor().execute(f"{ROW} FOR UPDATE")

    with ThreadPoolExecutor() as pool:
        sent = pool.submit(running.post, "/tai-khoan/", form, **browser)
        wait_until(lambda: ask(running, WAITS) > 0, 5, "the request does not wait")
        running.postgres.stop(signal.SIGQUIT)
        answer = sent.result()
    away = running.get("/", **browser)
    running.postgres.start()

    assert (answer.status, away.status) == (503, 503)
    assert answer.headers["Retry-After"] == "30"
    assert "Hệ thống tạm dừng" in answer.page
    assert "0259 3822 123</textarea>" in answer.page
    assert "Traceback" not in answer.page
    assert ask(running, CHANGES) == 0
    again = [running.post("/tai-khoan/", answer.hidden, **browser).status for _ in range(2)]
    assert again == [302, 302]
    assert ask(running, PHONE).replace(" ", "") == "02593822123"
    assert ask(running, CHANGES) == 1
    asked = running.get("/quen-mat-khau/", **browser).hidden | {"username": "canbo"}
    assert running.post("/quen-mat-khau/", asked, **browser).status == 200
    wait_until(lambda: ask(running, TRIED), 30, "the worker stays away")
