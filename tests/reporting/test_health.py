"""Whether the portal is well: for machines without names, for administrators in words."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from notifications.models import OutboxMessage
from organisation.stages import Role
from reporting.models import JobBeat
from tests.factories.notifications import make_letter
from tests.factories.organisation import make_user, sign_in

pytestmark = pytest.mark.django_db
HEALTH, STATUS = "/suc-khoe/", "/quan-tri/tinh-trang/"


def waiting_since(seconds):
    letter = make_letter()
    OutboxMessage.objects.filter(pk=letter.pk).update(
        created_at=timezone.now() - timedelta(seconds=seconds)
    )


def test_a_new_portal_is_well(client):
    answer = client.get(HEALTH)

    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "database": "up",
        "queue": "silent",
        "oldest_unsent_seconds": None,
        "last_anchor": None,
        "jobs": {},
    }


@pytest.mark.parametrize(("seconds", "status"), [(600, 200), (1200, 503)])
def test_a_letter_that_waits_too_long_is_said(client, seconds, status):
    waiting_since(seconds)

    answer = client.get(HEALTH)

    assert answer.status_code == status
    assert seconds <= answer.json()["oldest_unsent_seconds"] < seconds + 60


@pytest.mark.parametrize(("minutes", "state"), [(1, "up"), (5, "silent")])
def test_the_queue_is_up_while_jobs_come_through(client, minutes, state):
    JobBeat.objects.create(job="send", last_at=timezone.now() - timedelta(minutes=minutes))

    assert client.get(HEALTH).json()["queue"] == state


def test_a_lost_database_is_503(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = client.get(HEALTH)

    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": "down"})


def test_nobody_is_named(client):
    letter = make_letter()

    page = client.get(HEALTH).content.decode()

    assert letter.recipient.full_name not in page
    assert letter.recipient.email not in page


def test_the_answer_is_never_kept(client):
    assert "no-store" in client.get(HEALTH)["Cache-Control"]


def test_administrators_read_the_state_in_words(client):
    waiting_since(30)
    JobBeat.objects.create(job="notifications.tasks.send_waiting_mail")

    page = sign_in(client, make_user(role=Role.ADMIN)).get(STATUS).content.decode()

    assert "Các phần đang hoạt động." in page
    assert "notifications.tasks.send_waiting_mail" in page
    assert "Chưa có" in page


def test_others_do_not_find_the_state(client):
    assert sign_in(client, make_user(role=Role.AGENCY_HEAD)).get(STATUS).status_code == 404


def test_the_guide_is_for_everybody_with_an_account(client):
    page = sign_in(client, make_user()).get("/huong-dan/").content.decode()

    assert "Tôi muốn gửi một đề xuất" in page
    assert 'id="gui-de-xuat"' in page
