"""Signing in: names and passwords, waiting, sessions, the way back (security §1, TP-07)."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from organisation import hooks
from organisation.actions import people
from organisation.models import Session, SignInDelay, User
from organisation.stages import Role
from tests.factories.organisation import PASSWORD, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
URL = "/dang-nhap/"
ACCOUNT = "/tai-khoan/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


def send(client, username, password=PASSWORD, **over):
    return client.post(URL, {"username": username, "password": password, "next": ACCOUNT} | over)


def is_in(client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def test_page_asks_for_name_and_password(client):
    page = client.get(URL).content.decode()

    assert "Tên đăng nhập" in page
    assert 'autocomplete="current-password"' in page


def test_right_password_leads_on(client):
    user = make_user(username="mau.nguyen")

    answer = send(client, "mau.nguyen")

    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)
    assert is_in(client)
    user.refresh_from_db()
    assert user.last_login is not None


def test_name_is_blind_to_case_and_spaces(client):
    make_user(username="mau.nguyen")

    send(client, " Mau.Nguyen ")

    assert is_in(client)


def test_password_nfc_nfd_same_login(client):
    password = "một câu dễ nhớ về biển"
    make_user(username="nfc", password=unicodedata.normalize("NFC", password))
    make_user(username="nfd", password=unicodedata.normalize("NFD", password))

    send(client, "nfc", unicodedata.normalize("NFD", password))
    assert is_in(client)
    client.logout()
    send(client, "nfd", unicodedata.normalize("NFC", password))
    assert is_in(client)


@pytest.mark.parametrize("case", ["unknown", "wrong password", "deactivated"])
def test_no_user_enumeration(client, case):
    make_user(username="dung")
    make_user(username="nghi", is_active=False)
    names = {"unknown": "khong-co", "wrong password": "dung", "deactivated": "nghi"}
    password = PASSWORD if case == "deactivated" else "sai mat khau roi"

    answer = send(client, names[case], password)

    assert answer.status_code == 200
    assert WRONG in answer.content.decode()
    assert not is_in(client)


def test_waiting_is_alike_for_known_and_unknown_names(client):
    make_user(username="dung")
    answers = []
    for name in ("dung", "khong-co"):
        SignInDelay.objects.all().delete()
        answers.append([send(client, name, "sai mat khau roi").status_code for _ in range(3)])

    assert answers == [[200, 429, 429]] * 2


def test_login_throttle_without_redis(client):
    """Each failure makes the account wait longer, up to a minute."""
    make_user(username="dung")
    waits = []
    with freeze_time("2022-06-15 08:00") as clock:
        for _ in range(7):
            assert send(client, "dung", "sai mat khau roi").status_code == 200
            early = send(client, "dung")
            assert early.status_code == 429
            waits.append(int(early.context["form"].non_field_errors()[0].split()[-2]))
            clock.tick(timedelta(seconds=waits[-1]))
        assert send(client, "dung").status_code == 302

    assert waits == [1, 2, 5, 15, 60, 60, 60]


def test_too_soon_is_said_in_words(client):
    with freeze_time("2022-06-15 08:00"):
        send(client, "ai", "sai mat khau roi")
        page = send(client, "ai", "sai mat khau roi").content.decode()

    assert "Thao tác quá nhanh. Thử lại sau 1 giây." in page


def test_no_malicious_lockout(client, client_factory):
    """Somebody hammers the head's name; the head's own device is not made to wait at all."""
    make_user(username="chutich")
    with freeze_time("2022-06-15 08:00") as clock:
        assert send(client, "chutich").status_code == 302
        client.post("/dang-xuat/")
        stranger = client_factory(REMOTE_ADDR="203.0.113.9")
        for _ in range(40):
            send(stranger, "chutich", "sai mat khau roi")
            clock.tick(timedelta(seconds=1))

        assert send(stranger, "chutich").status_code == 429
        assert send(client, "chutich").status_code == 302


def test_a_new_device_waits_a_minute_at_most(client_factory):
    make_user(username="chutich")
    stranger, owner = client_factory(REMOTE_ADDR="203.0.113.9"), client_factory()
    with freeze_time("2022-06-15 08:00") as clock:
        for _ in range(200):
            send(stranger, "chutich", "sai mat khau roi")
            clock.tick(timedelta(seconds=1))
        clock.tick(timedelta(seconds=60))

        assert send(owner, "chutich").status_code == 302


def test_a_device_known_for_one_person_is_not_for_another(client):
    make_user(username="mot")
    make_user(username="hai")
    send(client, "mot")
    client.post("/dang-xuat/")

    answers = [send(client, "hai", "sai mat khau roi").status_code for _ in range(2)]

    assert answers == [200, 429]


def test_address_is_stopped_after_thirty_failures(client_factory):
    guesser = client_factory(REMOTE_ADDR="203.0.113.9")
    with freeze_time("2022-06-15 08:00") as clock:
        answers = [send(guesser, f"ten{n}", "sai mat khau roi").status_code for n in range(31)]
        elsewhere = client_factory(REMOTE_ADDR="203.0.113.10")
        other = send(elsewhere, "ten99", "sai mat khau roi").status_code
        clock.tick(timedelta(minutes=16))
        later = send(guesser, "ten98", "sai mat khau roi").status_code

    assert answers == [200] * 30 + [429]
    assert (other, later) == (200, 200)


def test_an_office_behind_one_address_signs_in(client_factory):
    for number in range(40):
        make_user(username=f"nguoi{number}")

    answers = [send(client_factory(), f"nguoi{number}").status_code for number in range(40)]

    assert answers == [302] * 40


@pytest.fixture
def told() -> Iterator[list[tuple[int, int]]]:
    """Whom the upper floors would tell of failed sign-ins before this one."""
    heard: list[tuple[int, int]] = []

    def listen(user: User, failures: int) -> None:
        heard.append((user.pk, failures))

    hooks.sign_in_after_failures.append(listen)
    yield heard
    hooks.sign_in_after_failures.remove(listen)


def test_owner_is_told_of_failures(client, told):
    user = make_user(username="dung")
    with freeze_time("2022-06-15 08:00") as clock:
        for _ in range(5):
            send(client, "dung", "sai mat khau roi")
            clock.tick(timedelta(seconds=61))
        answer = send(client, "dung")

    assert told == [(user.pk, 5)]
    assert "Có 5 lần nhập sai mật khẩu" in str(next(iter(get_messages(answer.wsgi_request))))


def test_owner_on_a_known_device_is_told_once_of_failures_elsewhere(client, told):
    user = make_user(username="dung")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    with freeze_time("2022-06-15 08:00") as clock:
        send(client, "dung")
        client.post("/dang-xuat/")
        for _ in range(6):
            send(stranger, "dung", "sai mat khau roi")
            clock.tick(timedelta(seconds=61))
        send(client, "dung")
        client.post("/dang-xuat/")
        send(client, "dung")

    assert told == [(user.pk, 6)]


def test_names_are_kept_as_digests_only(client):
    send(client, "mat-khau-go-nham", "sai mat khau roi")

    assert SignInDelay.objects.count() == 2
    assert not SignInDelay.objects.filter(key__contains="mat-khau").exists()


def test_session_fixation(client):
    """A session planted before signing in is worthless afterwards."""
    make_user(username="dung")
    client.session.save()
    planted = client.session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    send(client, "dung")

    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_session_limits_when_idle(client):
    make_user(username="dung")
    with freeze_time("2022-06-15 08:00") as clock:
        send(client, "dung")
        clock.tick(timedelta(minutes=28))
        assert is_in(client)
        clock.tick(timedelta(minutes=28))
        assert is_in(client)
        clock.tick(timedelta(minutes=31))
        assert not is_in(client)


def test_session_limits_after_eight_hours(client):
    make_user(username="dung")
    with freeze_time("2022-06-15 08:00") as clock:
        send(client, "dung")
        for _ in range(23):
            clock.tick(timedelta(minutes=20))
            assert is_in(client)
        clock.tick(timedelta(minutes=21))
        assert not is_in(client)


def test_a_session_is_written_once_a_minute_at_most(client):
    sign_in(client, make_user())
    client.get(ACCOUNT)
    seen = Session.objects.get().seen_at

    client.get(ACCOUNT)

    assert Session.objects.get().seen_at == seen


def test_logout_kills_session(client):
    make_user(username="dung")
    send(client, "dung")
    key = client.session.session_key

    answer = client.post("/dang-xuat/")

    assert answer["Location"] == URL
    assert '"storage"' in answer["Clear-Site-Data"]
    assert not Session.objects.filter(session_key=key).exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(client)


def test_signing_out_is_a_post(client):
    sign_in(client, make_user())

    assert client.get("/dang-xuat/").status_code == 405
    assert is_in(client)


@pytest.mark.parametrize(
    "wanted", ["https://vidu.test/", "//vidu.test/x", "javascript:alert(1)", "\\\\vidu.test", ""]
)
def test_open_redirect(client, wanted):
    make_user(username="dung")

    assert send(client, "dung", next=wanted)["Location"] == "/"


def test_a_page_asked_for_is_reached_after_signing_in(client):
    make_user(username="dung")

    asked = client.get("/tai-khoan/phien/?x=1")
    page = client.get(asked["Location"])

    assert asked["Location"] == f"{URL}?next=/tai-khoan/phien/%3Fx%3D1"
    assert 'value="/tai-khoan/phien/?x=1"' in page.content.decode()


@pytest.mark.parametrize(
    ("page", "ahead"),
    [
        (f"http://testserver{ACCOUNT}?x=1", f"{ACCOUNT}%3Fx%3D1"),
        ("http://elsewhere.example/tai-khoan/", ""),
        ("", ""),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page(client, page, ahead):
    """What was typed is kept there by the browser."""
    asked = client.post(ACCOUNT, HTTP_REFERER=page)

    assert asked["Location"] == f"{URL}?next={ahead}"


def test_a_piece_of_a_page_sends_the_whole_page_to_sign_in(client):
    answer = client.get(
        "/tai-khoan/phien/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/tai-khoan/"},
    )

    assert answer["HX-Redirect"] == f"{URL}?next=/tai-khoan/"


def test_who_is_in_is_led_on(client):
    sign_in(client, make_user())

    assert client.get(f"{URL}?next={ACCOUNT}")["Location"] == ACCOUNT


def test_first_password_forced_change(client):
    opened = people.create_user(by=None, username="moi", full_name="Trần Thị Ví Dụ")

    send(client, "moi", opened.first_password)
    forced = client.get("/tai-khoan/phien/")
    page = client.get(forced["Location"])
    done = client.post(
        "/tai-khoan/mat-khau/",
        {
            "key": page.context["form"]["key"].value(),
            "new_password": "rừng xanh gọi gió về",
            "again": "rừng xanh gọi gió về",
        },
    )

    assert forced["Location"] == reverse("organisation:password")
    assert "Mật khẩu hiện tại" not in page.content.decode()
    assert done.status_code == 302
    assert client.get("/tai-khoan/phien/").status_code == 200


def test_first_password_works_once(client, client_factory):
    opened = people.create_user(by=None, username="moi", full_name="Trần Thị Ví Dụ")

    send(client, "moi", opened.first_password)
    again = send(client_factory(), "moi", opened.first_password)

    assert WRONG in again.content.decode()


def test_first_password_ends_after_72_hours(client):
    with freeze_time("2022-06-15 08:00") as clock:
        opened = people.create_user(by=None, username="moi", full_name="Trần Thị Ví Dụ")
        clock.tick(timedelta(hours=72))
        answer = send(client, "moi", opened.first_password)

    assert WRONG in answer.content.decode()


def test_an_expired_password_is_changed_first(client, settings):
    settings.PASSWORD_MAX_DAYS = 90
    user = make_user(username="cu", password_changed_at=timezone.now() - timedelta(days=91))
    sign_in(client, user)

    assert client.get("/tai-khoan/phien/")["Location"] == reverse("organisation:password")
    assert "Mật khẩu hiện tại" in client.get("/tai-khoan/mat-khau/").content.decode()


def test_a_deactivated_person_is_out_at_the_next_request(client):
    admin = make_user(role=Role.ADMIN, unit=make_unit())
    user = make_user()
    sign_in(client, user)
    assert is_in(client)

    people.deactivate(user, by=admin)

    assert not is_in(client)


def test_cookie_flags(client):
    make_user(username="dung")

    cookies = send(client, "dung").cookies

    for name in (settings.SESSION_COOKIE_NAME, "device"):
        assert cookies[name]["httponly"]
        assert (cookies[name]["samesite"], cookies[name]["path"]) == ("Lax", "/")


def test_cookies_on_https_carry_the_host_prefix(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    make_user(username="dung")

    answer = send(client, "dung")

    assert answer.cookies["__Host-device"]["secure"]
