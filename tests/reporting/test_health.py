"""Whether the portal is well: for machines without names, for administrators in words."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from journal.models import Stream
from notifications.models import Notice, OutboxMessage
from organisation.stages import Role
from reporting.models import JobBeat
from reporting.tasks import verify_the_journal
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
        "problems": [],
        "database": "up",
        "queue": "silent",
        "oldest_unsent_seconds": None,
        "failed_letters": 0,
        "last_anchor": None,
        "journal": None,
        "last_backup": None,
        "clock_skew_seconds": 0,
        "jobs": {},
        "unfinished_periods": 0,
        "unfrozen_reports": 0,
        "late_jobs": [],
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

    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "problems": ["database"], "database": "down"}


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
    assert "Gửi thư" in page
    assert "Đúng giờ" in page
    assert "Chưa có" in page


def test_others_do_not_find_the_state(client):
    assert sign_in(client, make_user(role=Role.AGENCY_HEAD)).get(STATUS).status_code == 404


def test_the_guide_is_for_everybody_the_orders_for_those_with_an_account(client):
    outside = client.get("/huong-dan/").content.decode()
    inside = sign_in(client, make_user()).get("/huong-dan/").content.decode()

    for page in (outside, inside):
        assert "Tôi muốn gửi một đề xuất" in page
        assert 'id="gui-de-xuat"' in page
    assert "Đăng nhập" in outside
    assert "/chi-dao/" not in outside


def test_a_sound_night_is_shown_and_tells_nobody(client, settings):
    """JR-07, SJ-07: what the night's verification found stands on both pages."""
    verify_the_journal()

    found = client.get(HEALTH).json()
    admin = make_user(role=Role.ADMIN)
    page = sign_in(client, admin).get(STATUS).content.decode()

    assert found["ok"] is True
    assert found["journal"]["result"] == "sound"
    assert "Nguyên vẹn, " in page
    assert not Notice.objects.exists()


def test_a_broken_journal_is_said_by_both_pages_and_to_who_watches(client):
    """A stream that claims more than it has: the alarm goes out once a day, nothing is mended."""
    admin, inspector = make_user(role=Role.ADMIN), make_user(role=Role.INSPECTOR)
    other = make_user(role=Role.PROPOSER)
    Stream.objects.create(name="settings", length=3, head_hash="a" * 64)

    verify_the_journal()
    verify_the_journal()

    answer = client.get(HEALTH)
    assert (answer.status_code, answer.json()["journal"]["result"]) == (503, "broken")
    told = Notice.objects.filter(is_serious=True).values_list("recipient", flat=True)
    assert sorted(told) == sorted([admin.pk, inspector.pk])
    assert other.pk not in told
    assert "Không còn nguyên vẹn: " in sign_in(client, admin).get(STATUS).content.decode()
    assert Stream.objects.get(name="settings").length == 3
