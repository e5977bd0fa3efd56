"""Written with its cause, sent after it, once however often it is asked (OB-01, OB-02, OB-04)."""

import smtplib
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from freezegun import freeze_time

from notifications import outbox, rights, tasks
from notifications.mail import deliver, is_permanent
from notifications.models import Notice, OutboxMessage
from notifications.rights import register_stream_visibility
from notifications.stages import MessageState
from notifications.tasks import send_waiting_mail
from organisation import doorbell
from reporting.health import health
from tests.factories.notifications import make_letter, tell
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
STREAM = "proposal:00000000-0000-4000-8000-000000000001"


@pytest.fixture
def kinds(monkeypatch):
    """Whoever asks may know of proposals."""
    monkeypatch.setattr(rights, "STREAMS", {"proposal": lambda user, ref: True})


def state(message: OutboxMessage) -> str:
    return OutboxMessage.objects.get(pk=message.pk).state


class Undone(Exception):
    pass


def test_notice_and_letter_stand_or_fall_with_their_cause():
    user = make_user()

    with suppress(Undone), transaction.atomic():
        tell(user)
        raise Undone
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (0, 0)

    tell(user)
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_the_same_key_tells_a_person_once():
    user, other = make_user(), make_user()

    tell(user, user, key="report-due-1-3")
    tell(user, other, key="report-due-1-3")

    assert Notice.objects.of(user).count() == Notice.objects.of(other).count() == 1
    assert OutboxMessage.objects.filter(recipient=user).count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_telling_many_costs_what_telling_one_costs(number, django_assert_num_queries):
    people = [make_user() for _ in range(number)]

    with django_assert_num_queries(2):  # notices, letters
        tell(*people)
    assert OutboxMessage.objects.count() == number


def test_after_commit_the_sender_is_woken(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        tell(make_user(email="mau@vidu.test"))

    assert [letter.to for letter in mailoutbox] == [["mau@vidu.test"]]


def test_a_lost_ring_costs_a_sweep_and_no_letter(
    django_capture_on_commit_callbacks, mailoutbox, monkeypatch, caplog
):
    class Broken:
        tasks = {}

    monkeypatch.setattr(doorbell, "current_app", Broken)
    with django_capture_on_commit_callbacks(execute=True):
        tell(make_user())
    assert mailoutbox == []
    assert "Error calling" in caplog.text

    send_waiting_mail()

    assert len(mailoutbox) == 1


def test_a_letter_is_sent_once_however_often_the_sender_is_called(mailoutbox):
    letter = make_letter()

    send_waiting_mail()
    send_waiting_mail()

    assert len(mailoutbox) == 1
    assert state(letter) == MessageState.SENT


def test_a_leased_letter_is_nobody_elses_until_the_lease_ends():
    letter = make_letter()

    assert outbox.lease_next() == letter
    assert outbox.lease_next() is None
    OutboxMessage.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    again = outbox.lease_next()

    assert again == letter
    assert (again.attempts, again.message_id) == (2, letter.message_id)


@pytest.mark.parametrize(("ahead", "is_sent"), [(timedelta(minutes=50), 0), (timedelta(3), 1)])
def test_what_a_clock_that_had_run_ahead_wrote_is_sent_when_it_is_back(ahead, is_sent, mailoutbox):
    """SJ-04: no letter waits for a day that was not; one that is tried again soon still waits."""
    then = timezone.now() + ahead
    waiting, leased = make_letter(), make_letter()
    OutboxMessage.objects.filter(pk=waiting.pk).update(next_attempt_at=then)
    OutboxMessage.objects.filter(pk=leased.pk).update(state=MessageState.LEASED, lease_until=then)

    send_waiting_mail()

    assert len(mailoutbox) == 2 * is_sent


def test_a_sender_whose_lease_ran_out_cannot_undo_the_other_ones_mark():
    make_letter()
    slow = outbox.lease_next(seconds=-1)
    fast = outbox.lease_next()
    outbox.mark_sent(fast)

    outbox.mark_failed(slow, "timed out", permanent=True)

    assert state(fast) == MessageState.SENT


def test_letters_on_one_case_reach_a_person_in_their_order(kinds):
    user, other = make_user(), make_user()
    first = make_letter(user, stream=STREAM)
    second = make_letter(user, stream=STREAM)
    theirs = make_letter(other, stream=STREAM)

    leased = outbox.lease_next()
    assert leased == first
    outbox.mark_failed(leased, "busy", permanent=False)

    assert outbox.lease_next() == theirs
    assert outbox.lease_next() is None
    OutboxMessage.objects.filter(pk=first.pk).update(state="sent", sent_at=timezone.now())
    assert outbox.lease_next() == second


def test_a_bad_address_stops_nobody_else(mailoutbox, kinds, caplog):
    bad = make_letter(make_user(email="không phải địa chỉ"), stream=STREAM)
    good = make_letter(stream=STREAM)

    send_waiting_mail()

    assert (state(bad), state(good)) == (MessageState.FAILED, MessageState.SENT)
    assert "cannot be sent" in caplog.text


def test_waiting_grows_to_an_hour_and_ends_after_two_days():
    make_letter()
    delays = []
    for _ in range(9):
        message = outbox.lease_next()
        outbox.mark_failed(message, "busy", permanent=False)
        row = OutboxMessage.objects.get()
        delays.append(round((row.next_attempt_at - timezone.now()).total_seconds()))
        OutboxMessage.objects.update(next_attempt_at=timezone.now())

    assert delays == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]

    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(hours=48))
    outbox.mark_failed(outbox.lease_next(), "busy", permanent=False)
    assert OutboxMessage.objects.get().state == MessageState.FAILED


FAILURES = [
    (smtplib.SMTPServerDisconnected("gone"), False),
    (smtplib.SMTPAuthenticationError(535, b"no"), False),
    (smtplib.SMTPDataError(451, b"later"), False),
    (smtplib.SMTPDataError(554, b"never"), True),
    (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no such user")}), True),
    (smtplib.SMTPRecipientsRefused({"a@b": (450, b"full")}), False),
    (TimeoutError(), False),
    (ConnectionRefusedError(), False),
    (ValueError("bad header"), True),
]


@pytest.mark.parametrize(("failure", "permanent"), FAILURES)
def test_which_failures_are_for_good(failure, permanent):
    assert is_permanent(failure) is permanent


def test_a_server_that_is_down_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = make_letter()

    send_waiting_mail()

    row = OutboxMessage.objects.get(pk=letter.pk)
    assert (row.state, row.error) == (MessageState.WAITING, "ConnectionRefusedError")
    assert row.next_attempt_at > timezone.now()


def test_a_server_that_is_down_for_a_day_loses_nothing(settings, mailoutbox):
    """Asked every quarter of an hour it is tried once an hour, the wait is shown, all go out."""
    start = datetime(2022, 6, 15, 3, tzinfo=UTC)
    with freeze_time(start) as clock:
        ids = {make_letter().message_id for _ in range(3)}
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        for _ in range(96):
            send_waiting_mail()
            clock.tick(timedelta(minutes=15))
        problems = health()["problems"]
        attempts = OutboxMessage.objects.values_list("attempts", flat=True)
        assert "letters" in problems
        assert OutboxMessage.objects.pending().count() == 3
        assert max(attempts) <= 30
        settings.EMAIL_BACKEND = backend
        clock.tick(timedelta(hours=1))
        send_waiting_mail()

    assert {letter.extra_headers["Message-ID"] for letter in mailoutbox} == ids
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    ("person", "note"),
    [
        ({"is_active": False}, "recipient is deactivated"),
        ({"email": ""}, "recipient has no address"),
        ({}, "recipient may no longer see the case"),
    ],
)
def test_rights_are_asked_again_when_a_letter_is_sent(person, note, mailoutbox, monkeypatch):
    monkeypatch.setattr(rights, "STREAMS", {})
    register_stream_visibility("proposal", lambda user, ref: False)
    user = make_user()
    letter = make_letter(user, stream=STREAM)
    for column, value in person.items():
        setattr(user, column, value)
    user.save()

    send_waiting_mail()

    assert mailoutbox == []
    row = OutboxMessage.objects.get(pk=letter.pk)
    assert (row.state, row.error) == (MessageState.SKIPPED, note)


def test_the_right_is_asked_for_this_person_and_this_case(mailoutbox, monkeypatch):
    asked = []
    monkeypatch.setattr(rights, "STREAMS", {})
    register_stream_visibility("proposal", lambda user, ref: asked.append((user, ref)) or True)
    user = make_user()
    make_letter(user, stream=STREAM)

    send_waiting_mail()

    assert asked == [(user, uuid.UUID(STREAM.partition(":")[2]))]
    assert len(mailoutbox) == 1


def test_a_kind_of_case_nobody_registered_is_not_written_about(mailoutbox, monkeypatch):
    monkeypatch.setattr(rights, "STREAMS", {})
    user = make_user()
    make_letter(user, stream=STREAM)
    make_letter(user, stream=f"user:{user.ref}")

    send_waiting_mail()

    assert len(mailoutbox) == 1


def test_a_letter_carries_code_act_and_link_and_nothing_else(mailoutbox, settings):
    settings.SITE_URL = "https://dexuat.vidu.test"
    settings.PROVINCE_NAME = "tỉnh Ninh Thuận"
    user = make_user(full_name="Trần <b>Thị</b> Ví Dụ", email="vidu@vidu.test")
    letter = make_letter(user, text="Lý do: thiếu 84.000 đồng của ông Nguyễn Văn Kín")

    deliver(letter)

    sent = mailoutbox[0]
    html = sent.alternatives[0].content
    link = "https://dexuat.vidu.test/de-xuat/mot-de-xuat/"
    assert sent.subject == "[DX-2022-0166] Chờ đồng chí xem xét trước 22/06/2022"
    assert sent.from_email == "cong-de-xuat@localhost"
    assert sent.extra_headers["Message-ID"] == letter.message_id
    for part in (sent.body, html):
        assert link in part
        assert "Thư gửi tự động, không trả lời thư này." in part
        assert "UBND tỉnh Ninh Thuận" in part
        assert "Lý do" not in part
        assert "84.000" not in part
    assert "Kính gửi đồng chí Trần <b>Thị</b> Ví Dụ," in sent.body
    assert "Trần &lt;b&gt;Thị&lt;/b&gt; Ví Dụ" in html


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("[DX-1] Có việc\r\nBcc: kẻ@xấu.test", "[DX-1] Có việc Bcc: kẻ@xấu.test"),
        ("[DX-1]\u202e gnort\u200b", "[DX-1] gnort"),
        ("[DX-1] " + "ộ" * 200, "[DX-1] " + "ộ" * 143),
    ],
)
def test_subjects_are_one_clean_short_line(subject, kept, mailoutbox):
    deliver(make_letter(subject=subject))

    assert mailoutbox[0].subject == kept
    assert b"\nBcc:" not in mailoutbox[0].message().as_bytes()


def test_stored_text_is_never_a_template(mailoutbox):
    deliver(make_letter(subject="[DX-1] {{ person.password }} {0} %s {% debug %}"))

    assert mailoutbox[0].subject == "[DX-1] {{ person.password }} {0} %s {% debug %}"


def test_every_letter_has_its_own_id_and_the_site_as_host(settings):
    settings.SITE_URL = "https://dexuat.vidu.test"

    first, second = make_letter(), make_letter()

    assert first.message_id != second.message_id
    assert first.message_id.endswith("@dexuat.vidu.test>")


def test_the_database_wants_whole_rows():
    make_letter()

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(state=MessageState.SENT)


def test_one_transaction_rings_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings:
        tell(make_user())
        tell(make_user())

    assert len(rings) == 1


def test_no_letter_is_taken_when_the_time_is_over(mailoutbox):
    make_letter()

    send_waiting_mail(seconds=0)

    assert mailoutbox == []


def test_a_call_sends_no_more_than_asked(mailoutbox):
    for _ in range(3):
        make_letter()

    send_waiting_mail(at_most=2)

    assert len(mailoutbox) == 2
    assert tasks.send_waiting_mail.name == "notifications.tasks.send_waiting_mail"
    assert mail.outbox is mailoutbox


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("a@vidu.test\r\nBcc: b@evil.test", "failed"),
        ("a@vidu.test, b@evil.test", "failed"),
        ("\u202ea@vidu.test", "sent"),
    ],
)
def test_an_address_writes_no_header_and_no_second_recipient(address, state, mailoutbox):
    user = make_user()
    type(user).objects.filter(pk=user.pk).update(email=address)
    make_letter(user)

    send_waiting_mail()

    assert OutboxMessage.objects.get().state == state
    assert [letter.recipients() for letter in mailoutbox] == [["a@vidu.test"]] * (state == "sent")
