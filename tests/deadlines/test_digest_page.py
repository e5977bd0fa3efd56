"""The page behind the letter of the morning, and the letter itself."""

import re
from datetime import date

import pytest
from freezegun import freeze_time

from deadlines import visibility
from deadlines.models import DeadlineRule
from deadlines.parties import Holder
from deadlines.seeds import seed_ladder
from deadlines.tasks import remind_at
from deadlines.visibility import register_subject_visibility
from notifications.mail import letter_of
from notifications.models import OutboxMessage
from organisation.stages import Role
from tests.deadlines.test_reminding import morning
from tests.factories.deadlines import make_clock, make_rules, make_subject
from tests.factories.organisation import make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/viec-hom-nay/"
NOW = "2021-11-08 03:00"  # six working days after the due date of 29/10


@pytest.fixture
def house(monkeypatch):
    monkeypatch.setattr(visibility, "SUBJECTS", {})
    monkeypatch.setattr(visibility, "AMONG", {})
    make_rules()
    seed_ladder()
    province = make_unit(kind="province")
    agency = make_unit(parent=province, short_name="Sở Mẫu")
    return {
        "agency": agency,
        "holder": make_user(role=Role.PROPOSER, unit=agency, full_name="Trần Thị Ví Dụ"),
        "head": make_user(role=Role.AGENCY_HEAD, unit=agency),
        "chairman": make_user(role=Role.AGENCY_HEAD, unit=province),
        "officer": make_user(role=Role.HOME_AFFAIRS_OFFICER, unit=make_unit(parent=province)),
    }


def page(client, user):
    return sign_in(client, user).get(PAGE)


@freeze_time(NOW)
def test_one_sees_what_waits_by_deadline_each_with_its_button(client, house):
    later = make_clock("OPINION", holder=Holder.person(house["holder"]), on=date(2021, 11, 5))
    first = make_clock(holder=Holder.person(house["holder"]), url="/de-xuat/a/")

    answer = page(client, house["holder"])

    assert [task.clock for task in answer.context["morning"].tasks] == [first, later]
    text = answer.content.decode()
    assert "Việc hôm nay: 2 việc, 1 quá hạn" in text
    assert f'aria-label="Ra quyết định: {first.code}"' in text
    assert f"/thoi-han/{first.ref}/" in text
    assert "Quá hạn ở cơ quan" not in text


@freeze_time(NOW)
def test_what_nobody_holds_is_seen_by_those_who_can_put_it_right(client, house):
    """A post nobody holds, and a person whose account is closed; no case of conscience."""
    left = make_user(role=Role.CLERK, unit=house["agency"], is_active=False)
    make_clock(holder=Holder.person(left))
    for rule in ("OPINION", "DOC_SIGNING", "LIABILITY_FACTS"):
        make_clock(rule, holder=Holder.post(Role.AGENCY_FOCAL, house["agency"]))
    make_clock(holder=Holder.post(Role.AGENCY_HEAD, house["agency"]))

    seen = {name: page(client, house[name]) for name in ("officer", "head", "chairman", "holder")}

    rows = [
        (one.post, one.number, one.first_on) for one in seen["officer"].context["morning"].vacant
    ]
    assert rows == [
        ("Đầu mối cơ quan", 2, date(2021, 10, 22)),
        ("Người có tài khoản đã khóa", 1, date(2021, 10, 29)),
    ]
    words = {name: "Chưa có người giữ" in answer.content.decode() for name, answer in seen.items()}
    assert words == {"officer": True, "head": True, "chairman": True, "holder": False}


@freeze_time(NOW)
def test_heads_see_what_is_late_around_them_and_open_what_they_may(client, house):
    seen, hidden = make_subject(), make_subject()
    mine = {"holder": Holder.person(house["holder"])}
    late = make_clock(subject=seen, url="/de-xuat/b/", **mine)
    closed = make_clock(subject=hidden, url="/de-xuat/c/", **mine)
    make_clock("LIABILITY_STATEMENT", subject=seen, **mine)
    make_clock(subject=seen, on=date(2021, 11, 5), **mine)
    register_subject_visibility(
        "thing", lambda user, ref: ref == seen.ref, among=lambda user, refs: {seen.ref} & {*refs}
    )

    answer = page(client, house["head"])

    rows = answer.context["morning"].of_agency
    assert [(row.clock, row.url) for row in rows] == [(late, "/de-xuat/b/"), (closed, "")]
    text = answer.content.decode()
    assert "Trần Thị Ví Dụ" in text
    assert f"/thoi-han/{late.ref}/" in text
    assert f"/thoi-han/{closed.ref}/" in text  # how the date was counted, without the case
    told = client.get(f"/thoi-han/{closed.ref}/").content.decode()
    assert "29/10/2021" in told
    assert closed.url not in told
    assert late.title not in text
    below = page(client, house["chairman"]).context["morning"].below
    assert {row.clock for row in below} == {late, closed}


@freeze_time(NOW)
def test_home_affairs_sees_each_agency_the_worst_first(client, house):
    for _ in range(2):
        make_clock(holder=Holder.person(house["holder"]))
    other = make_unit(short_name="Sở Khác")
    make_clock("OPINION", holder=Holder.post(Role.CLERK, other))
    make_clock("HELP_ANSWER", holder=Holder.post(Role.CLERK, other))
    DeadlineRule.objects.filter(code="HELP_ANSWER").update(source_status="unverified")

    agencies = page(client, house["officer"]).context["morning"].agencies

    assert [(one.name, one.number, one.days) for one in agencies] == [
        ("Sở Mẫu", 2, 6),
        ("Sở Khác", 1, 8),
    ]
    assert page(client, house["head"]).context["morning"].agencies == []


@pytest.mark.parametrize("number", [1, 4])
@freeze_time(NOW)
def test_the_page_costs_the_same_for_more(client, house, number, django_assert_max_num_queries):
    register_subject_visibility("thing", lambda user, ref: True, among=lambda user, refs: {*refs})
    for _ in range(number):
        make_clock(holder=Holder.person(house["holder"]))
        make_clock(holder=Holder.post(Role.AGENCY_HEAD, house["agency"]))
    sign_in(client, house["head"])

    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_the_letter_names_code_act_date_and_page_and_no_more(house):
    clock = make_clock(holder=Holder.person(house["holder"]), url="/de-xuat/a/")
    with freeze_time(morning("2021-11-08")):
        remind_at(morning("2021-11-08"))

    letter = letter_of(OutboxMessage.objects.get(recipient=house["holder"]))

    html = str(letter.alternatives[0][0])
    for body in (letter.body, html):
        assert clock.code in body
        assert "Xem xét, quyết định đề xuất" in body
        assert "29/10/2021, quá 6 ngày làm việc" in body
        assert "/de-xuat/a/" in body
        assert PAGE in body
        assert clock.title not in body
    assert letter.subject == "Việc hôm nay: 1 việc, 1 quá hạn"
    assert "Ra quyết định: http://testserver/de-xuat/a/" in letter.body
    assert re.search(r'href="http://testserver/de-xuat/a/"[^>]*>Ra quyết định</a>', html)
    places = [letter.body.index(words) for words in (letter.subject, clock.code, PAGE)]
    assert places == sorted(places)
