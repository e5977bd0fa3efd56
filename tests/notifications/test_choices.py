"""How letters reach a person: at once, in the digest, not at all; one a day for each case (§14)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.models import Entry
from notifications import rights
from notifications.choices import ways_of
from notifications.models import MailChoice, OutboxMessage
from notifications.personal import choose_mail
from notifications.stages import Kind, Way
from notifications.tasks import send_waiting_mail
from tests.factories.notifications import cause, make_letter, tell
from tests.factories.organisation import make_user, sign_in
from tests.organisation.pages import post

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/thong-bao/"
STREAM = "proposal:00000000-0000-4000-8000-000000000001"
OTHER = "proposal:00000000-0000-4000-8000-000000000002"
CHOSEN = {"duty": "digest", "reminder": "now", "result": "off", "news": "off"}
USUAL = {"duty": "now", "reminder": "digest", "result": "now", "news": "digest"}


@pytest.fixture(autouse=True)
def _anybody_may_know(monkeypatch):
    monkeypatch.setattr(rights, "STREAMS", {"proposal": lambda user, ref: True})


def fate(key: str) -> tuple[str, str]:
    """What became of the letter about an event."""
    user = make_user()
    tell(user, key=key)
    send_waiting_mail()
    return OutboxMessage.objects.values_list("state", "error").get(recipient=user)


@pytest.mark.parametrize(
    ("key", "state", "note"),
    [
        ("review-1f", "sent", ""),
        ("an-event-that-nobody-listed-1f", "sent", ""),
        ("approved-1f", "sent", ""),
        ("received-1f", "skipped", "goes into the digest"),
        ("remind-1f", "skipped", "goes into the digest"),
        ("delegation-1f-given", "sent", ""),
    ],
)
def test_the_usual_way_of_each_kind(key, state, note):
    assert fate(key) == (state, note)


@pytest.mark.parametrize(
    ("key", "serious", "state"),
    [
        ("review-1f", False, "skipped"),
        ("remind-1f", False, "sent"),
        ("refused-1f", False, "skipped"),
        ("incident-reported-1f", True, "sent"),
        ("delegation-1f-given", False, "sent"),
    ],
)
def test_what_was_chosen_counts_but_never_for_the_serious(key, serious, state, mailoutbox):
    user = make_user()
    choose_mail(user, CHOSEN)
    tell(user, key=key, serious=serious)

    send_waiting_mail()

    assert OutboxMessage.objects.get().state == state
    assert len(mailoutbox) == (state == "sent")
    assert user.notices.count() == 1  # the portal tells in any case (OB-06)


def test_one_letter_for_a_case_and_day_but_every_serious_one(mailoutbox):
    user = make_user()
    for at, serious in enumerate([False, False, True, True, False]):
        tell(user, key=f"review-{at}", stream=STREAM, serious=serious, subject=f"[DX-1] {at}")
    tell(user, key="review-other", stream=OTHER, subject="[DX-2] khác")
    tell(make_user(), key="review-0", stream=STREAM, subject="[DX-1] người khác")

    send_waiting_mail()

    sent = sorted(letter.subject for letter in mailoutbox)
    assert sent == ["[DX-1] 0", "[DX-1] 2", "[DX-1] 3", "[DX-1] người khác", "[DX-2] khác"]
    left = OutboxMessage.objects.filter(error="one letter per case and day").order_by("pk")
    assert [letter.context["subject"] for letter in left] == ["[DX-1] 1", "[DX-1] 4"]


def test_a_paper_of_a_case_is_that_case_to_its_reader(mailoutbox):
    """Each letter is still asked whether its reader may know of what it tells."""
    asked = []
    rights.STREAMS["paper"] = lambda user, ref: asked.append(str(ref)) or True
    user = make_user()
    paper = "00000000-0000-4000-8000-00000000000a"
    tell(user, key="paper-1", by_entry=cause(f"paper:{paper}", case_stream=STREAM))
    tell(user, key="pilot-started-1", by_entry=cause(STREAM))  # a pilot is told of on its proposal
    tell(user, key="paper-2", by_entry=cause(f"paper:{paper}", case_stream=OTHER))

    send_waiting_mail()

    assert [letter.state for letter in OutboxMessage.objects.order_by("pk")] == [
        *("sent", "skipped", "sent")
    ]
    assert asked == [paper, paper]
    assert set(user.notices.values_list("stream", flat=True)) == {STREAM, f"paper:{paper}"}


def test_the_day_after_the_case_may_write_again(mailoutbox):
    user = make_user()
    tell(user, key="review-1", stream=STREAM)
    send_waiting_mail()
    OutboxMessage.objects.update(sent_at=timezone.now() - timedelta(days=1))

    tell(user, key="review-2", stream=STREAM)
    send_waiting_mail()

    assert len(mailoutbox) == 2


def test_the_page_keeps_what_is_chosen_and_writes_down_what_changed(client):
    user = make_user()
    sign_in(client, user)

    for _ in range(2):
        page = post(client, PAGE, **CHOSEN)
    text = client.get(PAGE).content.decode()

    assert page["Location"] == PAGE
    assert ways_of(user) == CHOSEN
    entry = Entry.objects.get(action="user.choose_mail")
    assert {name: entry.data[name] for name in CHOSEN} == CHOSEN
    assert 'aria-current="page">Cách nhận thư</a>' in text
    assert "Đã lưu thay đổi." in text


def test_duties_cannot_be_switched_off(client):
    user = make_user()
    sign_in(client, user)

    page = post(client, PAGE, **CHOSEN | {"duty": "off"})

    assert page.status_code == 200
    assert "Chọn việc cần làm trong danh sách." in page.content.decode()
    assert ways_of(user) == USUAL
    for kind, way in ((Kind.DUTY, Way.OFF), (Kind.REMINDER, Way.OFF), (Kind.ALWAYS, Way.DIGEST)):
        with pytest.raises(IntegrityError), transaction.atomic():
            MailChoice.objects.create(person=user, kind=kind, way=way)


def test_a_person_without_an_address_is_told_so(client):
    user = make_user(email="")

    assert "Chưa có địa chỉ thư điện tử." in sign_in(client, user).get(PAGE).content.decode()


def test_a_choice_is_ones_own():
    mine, theirs = make_user(), make_user()
    choose_mail(mine, CHOSEN)

    assert ways_of(theirs) == USUAL
    assert make_letter(theirs, key="review-9").kind == Kind.DUTY
