"""LG-01: names, titles, texts and tokens of the whole province never reach a log."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from config.logs import JsonFormatter
from organisation.models import User
from reporting.routes import routes
from tests.security.declared import PEOPLE, gets_in, takes_part, where
from tests.security.poison import poison

pytestmark = pytest.mark.django_db

CANARY = "Chim Hoàng Yến 0793"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What all loggers write meanwhile, formatted as in production."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    loud = logging.getLogger("django.db.backends")
    loud.setLevel(logging.INFO)  # SQL with its values is never logged in production either
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    loud.setLevel(logging.NOTSET)


def test_logs_no_personal_data(world, clients, written):
    """Every page is read and every form is sent with canaries in every field."""
    poison(lambda number: f"{CANARY} {number}")
    User.objects.update(email="hoangyen@vidu.test", phone="0793123456")
    everybody = [*PEOPLE, *world.people]
    for route in routes():
        label, path = where(world, route)
        inside = gets_in(world, route, label)
        person = next((name for name in everybody if inside is None or name in inside), "")
        assert person, f"{route.name}: nobody of the sweep may ask for this"
        for method in takes_part(route):
            if route.name in {"organisation:sign_out", "organisation:end_session"}:
                continue
            said = dict.fromkeys(("q", "title", "reason", "text", "answer", "next", "ten"), CANARY)
            send = clients[person].get if method == "GET" else clients[person].post
            send(path, said)
    session = clients["official"].cookies["session"].value

    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) > 200
    assert str(world.head.ref) in {line.get("user") for line in lines}
    text = json.dumps(lines, ensure_ascii=False)
    for canary in ("Hoàng Yến", "Hoàng", "hoangyen", "0793123456", session, "csrfmiddleware"):
        assert canary not in text, canary


def test_a_refused_sign_in_tells_neither_name_nor_password(client, world, written):
    client.post("/dang-nhap/", {"username": "hoangyen", "password": "mat khau hoang yen"})

    text = written.getvalue()
    assert "sign-in refused" in text
    assert "hoangyen" not in text
    assert "hoang yen" not in text
