"""LG-01: a line tells what happened where, and nothing about persons."""

import json
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config.logs import JsonFormatter
from tests.factories.organisation import make_user, sign_in

CANARY = "Nguyễn Thị Canary 079300000000"


def line_of(message: str, error: BaseException | None = None) -> dict:
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("portal", logging.ERROR, "x.py", 1, message, (), trace)
    return json.loads(JsonFormatter().format(record))


def test_a_line_is_one_line_in_utc():
    words = "a\nb\r\u202e\u2028%s"
    record = logging.LogRecord("portal", logging.INFO, "x.py", 1, words, ("ộ\x00",), None)

    text = JsonFormatter().format(record)

    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text)["message"] == "a\nb\r\u202e\u2028ộ\x00"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", json.loads(text)["at"])


def test_an_exception_is_told_without_its_words():
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        line = line_of("it broke", error)

    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["trace"][-1]
    assert "Canary" not in json.dumps(line, ensure_ascii=False)


def test_a_query_string_is_left_out():
    assert line_of("Not Found: /tim/?q=Canary")["message"] == "Not Found: /tim/"


@pytest.mark.django_db
@pytest.mark.urls("tests.setup.error_urls")
def test_logs_no_personal_data(capsys):
    user = make_user(full_name=CANARY, email="canary@example.vn", phone="0912345678")
    client = sign_in(Client(raise_request_exception=False), user)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    try:
        for path in ("/", "/tim/?q=Canary", "/loi/broken/", "/loi/away/", "/khong-co/?ten=Canary"):
            client.get(path)
    finally:
        logging.getLogger().removeHandler(handler)

    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    assert str(user.ref) in {line.get("user") for line in lines}
    for canary in ("Canary", "canary", "0912345678", client.cookies["session"].value):
        assert canary not in written


@pytest.mark.django_db
def test_the_request_id_is_on_the_line_and_on_the_answer(capsys):
    response = Client().get("/khong-co/", headers={"x-request-id": "forged\n"})

    assert re.fullmatch(r"[0-9a-f]{12}", response["X-Request-Id"])


def test_django_gunicorn_and_celery_write_through_the_same_formatter():
    gunicorn = Path(settings.BASE_DIR / "deploy" / "gunicorn.py").read_text()

    assert settings.LOGGING["formatters"]["json"]["()"] == "config.logs.JsonFormatter"
    assert "config.logs.JsonFormatter" in gunicorn
    assert settings.CELERY_WORKER_HIJACK_ROOT_LOGGER is False
