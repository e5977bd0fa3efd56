"""Forgotten passwords: a link for an hour, once, three times an hour (AU-06, AU-07)."""

import re
import time
from datetime import timedelta

import pytest
from freezegun import freeze_time

from journal.models import Entry
from notifications.models import Notice, OutboxMessage
from notifications.tasks import send_waiting_mail
from organisation.actions import people
from organisation.actions import resets as deeds
from organisation.actions.sign_in import admit
from organisation.models import Session, SignInDelay, User
from tests.factories.organisation import PASSWORD, make_user, sign_in
from tests.security.sweeping import FRESH

pytestmark = pytest.mark.django_db
ASK, RESET = "/quen-mat-khau/", "/quen-mat-khau/dat-lai/"
NEW = "một câu dễ nhớ khác hẳn 93"
START = "2022-06-14 08:00:00+07:00"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(deeds, "ANSWER_AFTER", 0)


def key_in(letter) -> str:
    found = re.search(r"ma=([\w-]+)", letter.body)
    assert found
    return found[1]


def link(client, mailoutbox, username: str = "chu") -> str:
    """The key in the letter that follows when the owner asks."""
    client.post(ASK, {"username": username})
    send_waiting_mail()
    return key_in(mailoutbox[-1])


def choose(client, key: str, password: str = NEW):
    page = client.get(RESET, {"ma": key})
    if page.status_code != 200:
        return page
    form = page.context["form"]
    typed = {"ma": key, "new_password": password, "again": password, "key": form["key"].value()}
    return client.post(RESET, typed)


@pytest.fixture
def owner() -> User:
    return make_user(username="chu", email="chu@vidu.test")


def test_the_whole_road(client, owner, mailoutbox):
    other = client.__class__()
    sign_in(other, owner)
    key = link(client, mailoutbox, "  CHU ")

    assert mailoutbox[0].to == ["chu@vidu.test"]
    assert choose(client, key)["Location"] == "/dang-nhap/"

    assert not Session.objects.filter(user=owner).exists()
    assert other.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 302  # the link signs nobody in
    assert admit("chu", NEW, address="192.0.2.1").user == owner
    asked, done = Notice.objects.order_by("pk")
    assert (asked.subject, done.subject) == ("Đặt lại mật khẩu", "Mật khẩu đã được đặt lại")
    told = Entry.objects.filter(stream=f"user:{owner.ref}").values_list("action", flat=True)
    assert list(told.order_by("seq")) == ["user.ask_reset", "user.replace_password"]


def test_the_key_is_in_the_letter_alone(client, owner, mailoutbox):
    key = link(client, mailoutbox)
    token = key.partition("-")[2]

    assert token not in str(list(OutboxMessage.objects.values()))
    assert token not in str(list(Notice.objects.values()))
    assert token not in str(list(Entry.objects.values()))


def test_a_link_is_for_an_hour(client, owner, mailoutbox):
    with freeze_time(START) as clock:
        key = link(client, mailoutbox)
        clock.tick(timedelta(minutes=60))
        assert client.get(RESET, {"ma": key}).status_code == 200
        clock.tick(timedelta(seconds=2))
        assert choose(client, key).status_code == 410
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_a_letter_that_was_held_up_for_an_hour_is_not_sent(owner, client, mailoutbox):
    with freeze_time(START) as clock:
        client.post(ASK, {"username": "chu"})
        clock.tick(timedelta(minutes=61))
        send_waiting_mail()

    assert mailoutbox == []
    assert OutboxMessage.objects.get().error == "its link is over"


def test_a_link_works_once(client, owner, mailoutbox):
    key = link(client, mailoutbox)
    choose(client, key)

    again = choose(client, key, "một câu khác nữa, dài 71")

    assert again.status_code == 410
    assert "Đường dẫn đã hết hiệu lực" in again.content.decode()


CHANGES = {
    "changed by its owner": lambda user: people.change_password(user, NEW),
    "given anew by an administrator": lambda user: people.reset_password(user, by=None),
    "another link used": lambda user: deeds.replace_password(user, NEW, key=CHANGES_KEY["key"]),
    "address changed": lambda user: people.change_contact(user, email="k@vidu.test", phone=""),
    "account closed": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "signed in meanwhile": lambda user: None,
}
CHANGES_KEY: dict[str, str] = {}


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_link_dies_with_any_change_of_the_account(change, client, owner, mailoutbox):
    key = link(client, mailoutbox)
    CHANGES_KEY["key"] = link(client, mailoutbox)

    CHANGES[change](owner)
    if change == "signed in meanwhile":
        sign_in(client, owner)

    assert choose(client, key, "một câu khác nữa, dài 71").status_code == 410


@pytest.mark.parametrize(
    "key", ["", "x", "-", f"{'0' * 32}-abc-def", "\u0000", "a" * 4000, f"{'g' * 32}-a-b"]
)
def test_made_up_keys_open_nothing(key, client, owner):
    assert client.get(RESET, {"ma": key}).status_code == 410


def test_the_key_of_one_does_not_open_another(client, owner, mailoutbox):
    other = make_user()
    token = link(client, mailoutbox).partition("-")[2]

    assert client.get(RESET, {"ma": f"{other.ref.hex}-{token}"}).status_code == 410


def test_three_an_hour_in_any_hour(client, owner, mailoutbox):
    sent = []
    with freeze_time(START) as clock:
        for _ in range(30):  # every ten minutes, five hours
            before = len(mailoutbox)
            client.post(ASK, {"username": "chu"})
            send_waiting_mail()
            sent.append(len(mailoutbox) - before)
            clock.tick(timedelta(minutes=10))

    assert sent[:4] == [1, 1, 1, 0]
    assert max(sum(sent[at : at + 6]) for at in range(30)) == 3
    assert sum(sent) > 6


def test_an_address_that_asks_for_many_is_slowed(client, owner):
    answers = [client.post(ASK, {"username": f"ten{at}"}).status_code for at in range(31)]

    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize("username", ["chu", "khong.co", "dong", "khong.thu"])
def test_nobody_learns_whether_there_is_such_an_account(username, client, owner, monkeypatch):
    """AU-06: the same page after the same time."""
    make_user(username="dong", is_active=False)
    make_user(username="khong.thu", email="")
    monkeypatch.setattr(deeds, "ANSWER_AFTER", 0.1)
    plain = client.post(ASK, {"username": "khong.co.ai"})

    began = time.monotonic()
    page = client.post(ASK, {"username": username})

    assert time.monotonic() - began >= 0.1
    assert page.status_code == plain.status_code == 200
    assert FRESH.sub(b"", page.content) == FRESH.sub(b"", plain.content)
    assert OutboxMessage.objects.count() == (username == "chu")


class UsedMeanwhile:
    """Another tab uses the link while this form is read."""

    def validate(self, password: str, user: User) -> None:
        User.objects.filter(pk=user.pk).update(password="another one")

    def get_help_text(self) -> str:
        return ""


def test_two_who_use_one_link_at_once(client, owner, mailoutbox, settings):
    key = link(client, mailoutbox)
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": f"{__name__}.UsedMeanwhile"}]

    assert choose(client, key).status_code == 410
    owner.refresh_from_db()
    assert owner.password == "another one"


def test_without_a_name_nothing_is_asked(client):
    page = client.post(ASK, {"username": ""})

    assert "Nhập tên đăng nhập." in page.content.decode()
    assert not SignInDelay.objects.exists()


def test_a_weak_password_is_refused_and_the_link_stays(client, owner, mailoutbox):
    key = link(client, mailoutbox)

    page = choose(client, key, "ngắn")

    assert "Mật khẩu cần ít nhất 12 ký tự." in page.content.decode()
    assert choose(client, key).status_code == 302
