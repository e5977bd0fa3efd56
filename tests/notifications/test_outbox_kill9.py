"""Senders that are killed lose nothing and repeat at most one letter each (OB-03)."""

import time
import uuid

import pytest
from django.db import connection

from notifications import outbox
from notifications.models import OutboxMessage
from tests.factories.organisation import make_user
from tests.notifications.drill import drill, mark_first, send_all

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="crashes are proven there"),
]


@pytest.fixture(autouse=True)
def _as_before(settings, monkeypatch):
    """The drill changes settings and the lease for its children; undo it."""
    monkeypatch.setattr(outbox, "LEASE_SECONDS", outbox.LEASE_SECONDS)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 25
    settings.EMAIL_BACKEND = settings.EMAIL_BACKEND


def fill(number: int) -> set[str]:
    """So many letters in the outbox; their Message-IDs."""
    user = make_user()
    letters = [
        OutboxMessage(
            dedupe_key=uuid.uuid4().hex,
            recipient=user,
            template="notice",
            context={"subject": f"[DX-2022-{at:04d}] Có việc"},
            url="/",
            message_id=f"<{uuid.uuid4()}@testserver>",
        )
        for at in range(number)
    ]
    OutboxMessage.objects.bulk_create(letters, batch_size=1000)
    return {letter.message_id for letter in letters}


@pytest.mark.parametrize(
    ("number", "senders", "kills"),
    [(250, 3, 8), pytest.param(10_000, 6, 100, marks=pytest.mark.slow)],
)
def test_no_letter_is_lost(number, senders, kills, tmp_path, capsys):
    written = fill(number)
    began = time.monotonic()

    arrived = drill(send_all, senders=senders, kills=kills, log=tmp_path / "log")

    twice, took = arrived.total() - len(arrived), time.monotonic() - began
    with capsys.disabled():
        print(f"{len(arrived)} letters, {kills} kills, {twice} twice, {took:.0f} s")  # noqa: T201
    assert set(arrived) == written
    assert twice <= kills
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"sent"}


def test_marking_before_sending_loses_letters(tmp_path):
    """The control: with the wrong order the same drill must find losses."""
    written = fill(300)

    arrived = drill(mark_first, senders=3, kills=10, log=tmp_path / "log")

    assert set(arrived) < written
