"""One's own deadlines for a calendar program: private, revocable, without titles (RFC 5545)."""

from datetime import date

import pytest
from icalendar import Calendar

from deadlines import actions
from deadlines.parties import Holder
from journal.models import Entry
from notifications.models import CalendarKey
from notifications.personal import make_calendar
from organisation.models import User
from organisation.stages import Role
from tests.factories.deadlines import make_clock, make_subject
from tests.factories.organisation import make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
FEED, PAGE, DROP = (
    "/lich-thoi-han.ics",
    "/tai-khoan/lich-thoi-han/",
    "/tai-khoan/lich-thoi-han/thu-hoi/",
)
LONG = "Cho ý kiến; phối hợp, trả lời \\ theo yêu cầu " + "của cơ quan chủ trì " * 5


def asked(client, key: str, **headers: str):
    return client.get(FEED, {"ma": key}, headers=headers)


def events(client, key: str) -> list:
    return Calendar.from_ical(asked(client, key).content).walk("VEVENT")


def test_the_calendar_has_what_waits_for_the_person(client, settings):
    settings.SITE_URL = "https://dexuat.vidu.test"
    unit = make_unit()
    head = make_user(role=Role.AGENCY_HEAD, unit=unit)
    mine = make_clock(holder=Holder.person(head), verb=LONG, url="/de-xuat/a/")
    make_clock(holder=Holder.post(Role.AGENCY_HEAD, unit), on=date(2021, 10, 21))
    make_clock()  # of somebody else
    make_clock("PROGRESS_REPORT", holder=Holder.person(head))  # without a date
    for deed in (actions.stop, actions.pause):
        clock = make_clock(holder=Holder.person(head))
        deed(clock, *(("chờ",) if deed is actions.pause else ()), date(2021, 10, 22))

    found = events(client, make_calendar(head))

    assert [event.decoded("dtstart") for event in found] == [date(2021, 10, 29), date(2021, 11, 1)]
    first = found[0]
    assert first.decoded("dtend") == date(2021, 10, 30)
    assert str(first["summary"]) == f"[{mine.code}] {LONG}"
    assert str(first["url"]) == "https://dexuat.vidu.test/de-xuat/a/"
    assert f"/thoi-han/{mine.ref}/" in str(first["description"])
    assert len({str(event["uid"]) for event in found}) == 2


def test_the_lines_are_short_and_no_title_is_told(client):
    user = make_user()
    subject = make_subject(title="Trả kết quả đất đai tại nhà")
    make_clock(holder=Holder.person(user), subject=subject, verb=LONG, detail="Lý do riêng")

    body = asked(client, make_calendar(user)).content

    assert body.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert "đất đai" not in body.decode()
    assert "Lý do riêng" not in body.decode()


def test_a_case_of_conscience_is_not_worded(client):
    user = make_user()
    subject = make_subject(kind="case")
    make_clock(holder=Holder.person(user), subject=subject, verb="Xác định nguyên nhân vi phạm")

    (event,) = events(client, make_calendar(user))

    assert str(event["summary"]) == f"[{subject.code}] Hồ sơ có việc đến hạn"


def test_it_is_sent_again_only_when_it_changed(client):
    user = make_user()
    clock = make_clock(holder=Holder.person(user))
    key = make_calendar(user)
    first = asked(client, key)

    same = asked(client, key, if_none_match=first["ETag"])
    actions.stop(clock, date(2021, 10, 22))
    other = asked(client, key, if_none_match=first["ETag"])

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert (same.status_code, same.content) == (304, b"")
    assert (other.status_code, other["ETag"] == first["ETag"]) == (200, False)


def test_the_address_is_shown_once_and_kept_as_a_digest(client):
    user = make_user()
    page = sign_in(client, user).post(PAGE)

    key = page.context["address"].partition("?ma=")[2]
    again = client.get(PAGE)

    assert key in page.content.decode()
    assert key not in again.content.decode()
    assert key not in str(list(CalendarKey.objects.values()))
    assert len(key) >= 40
    assert asked(client.__class__(), key).status_code == 200  # the program signs in nowhere


def test_a_new_address_and_the_end_of_it(client):
    user = make_user()
    sign_in(client, user)
    first = make_calendar(user)
    second = make_calendar(user)

    assert (asked(client, first).status_code, asked(client, second).status_code) == (404, 200)
    client.post(DROP)
    client.post(DROP)

    assert asked(client, second).status_code == 404
    told = Entry.objects.filter(stream=f"user:{user.ref}").order_by("seq")
    made, gone = "user.make_calendar", "user.drop_calendar"
    assert list(told.values_list("action", flat=True)) == [made, made, gone]


@pytest.mark.parametrize("key", ["", "x", "\u0000", "a" * 5000])
def test_a_wrong_key_is_a_page_that_is_not(key, client):
    assert asked(client, key).status_code == 404


def test_who_has_no_account_any_more_has_no_calendar(client):
    user = make_user()
    key = make_calendar(user)
    User.objects.update(is_active=False)

    assert asked(client, key).status_code == 404
