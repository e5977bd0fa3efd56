"""The page and the command that say why it is this date, and what lists show of clocks."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from freezegun import freeze_time

from deadlines import visibility
from deadlines.actions import pause, resume
from deadlines.explaining import explain
from deadlines.models import Clock
from deadlines.parties import Holder
from deadlines.showing import with_days_left, with_keepers
from deadlines.visibility import register_subject_visibility
from organisation.models import CalendarDay
from organisation.seeds.calendar import load_calendar
from organisation.stages import Role
from tests.factories.deadlines import make_clock, make_subject
from tests.factories.organisation import make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
NOW = "2021-10-25 03:00"


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(visibility, "SUBJECTS", {})


def test_an_explanation_counts_again_and_agrees():
    load_calendar()
    clock = make_clock("OPINION", on=date(2021, 10, 4))
    pause(clock, "chờ bổ sung", date(2021, 10, 6))
    clock = resume(clock, date(2021, 10, 8))

    told = explain(clock)

    assert told.agrees
    assert told.due_on == date(2021, 10, 13)
    assert [(day.day.day, day.number) for day in told.days] == [
        (5, 1),
        (6, 2),
        (7, None),
        (8, None),
        (9, None),
        (10, None),
        (11, 3),
        (12, 4),
        (13, 5),
    ]


def test_an_explanation_says_when_the_calendar_has_changed_since():
    clock = make_clock("OPINION", on=date(2021, 10, 4))
    CalendarDay.objects.create(
        day=date(2021, 10, 5), kind="holiday", name="Nghỉ", basis_document="QĐ"
    )

    assert not explain(clock).agrees


@freeze_time(NOW)
def test_the_page_shows_the_count_the_rule_and_the_law(client):
    user = make_user()
    clock = make_clock(holder=Holder.person(user))

    page = sign_in(client, user).get(reverse("deadlines:explain", args=[clock.ref]))

    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "Vì sao là ngày này",
        "Thứ Tư, 20/10/2021",
        "ngày nhận kế hoạch đề xuất",
        "7 ngày làm việc",
        "Quy định của dự án, chờ tỉnh ban hành",
        "Nghỉ cuối tuần",
        "Thứ Sáu, 29/10/2021",
        "Còn 4 ngày",
    ):
        assert words in text


@freeze_time(NOW)
def test_the_page_is_for_the_holder_and_for_who_may_see_the_case(client, kinds):
    case, other = make_subject(), make_subject()
    clock, hidden = make_clock(subject=case), make_clock(subject=other)
    reader = make_user()
    register_subject_visibility("thing", lambda user, ref: user == reader and ref == case.ref)
    sign_in(client, reader)

    assert client.get(reverse("deadlines:explain", args=[clock.ref])).status_code == 200
    assert client.get(reverse("deadlines:explain", args=[hidden.ref])).status_code == 404


@freeze_time(NOW)
def test_a_stranger_gets_the_same_404_as_for_a_random_id(client, kinds):
    clock, other = make_clock(), make_subject()
    sign_in(client, make_user())

    assert client.get(reverse("deadlines:explain", args=[clock.ref])).status_code == 404
    assert client.get(reverse("deadlines:explain", args=[other.ref])).status_code == 404


@freeze_time(NOW)
def test_reminding_later_is_for_the_holder(client):
    user = make_user()
    clock = make_clock(holder=Holder.person(user))
    address = reverse("deadlines:snooze", args=[clock.ref])

    assert sign_in(client, make_user()).post(address, {"days": 3}).status_code == 404
    answer = sign_in(client, user).post(address, {"days": 3})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Clock.objects.get(pk=clock.pk).snoozed_until == date(2021, 10, 28)
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
@freeze_time(NOW)
def test_a_list_of_clocks_costs_four_queries(number, django_assert_num_queries):
    unit = make_unit(short_name="Sở Mẫu")
    head = make_user(role=Role.AGENCY_HEAD, unit=unit, full_name="Trần Thị Ví Dụ")
    for _ in range(number):
        make_clock(holder=Holder.post(Role.AGENCY_HEAD, unit))
        make_clock(holder=Holder.post(Role.CLERK, unit))
        make_clock(holder=Holder.person(head))
    today = date(2021, 10, 25)

    with django_assert_num_queries(4):
        clocks = with_keepers(with_days_left(Clock.objects.open().for_list(), today), today)

    assert {clock.days_left for clock in clocks} == {4}
    assert {(clock.keeper.name, clock.keeper.post) for clock in clocks} == {
        ("Trần Thị Ví Dụ", "Giám đốc Sở"),
        ("Văn thư", "Sở Mẫu"),
    }
    assert len(clocks) == number * 3


def test_the_command_prints_each_day():
    load_calendar()
    out = StringIO()

    call_command("explain_deadline", "--from", "2025-12-30", "--working-days", "7", stdout=out)

    assert "Hạn: Thứ Bảy, 10/01/2026 (7 ngày làm việc)" in out.getvalue()
    assert "  1  Thứ Tư, 31/12/2025: Ngày làm việc" in out.getvalue()


def test_the_command_speaks_json():
    load_calendar()
    out = StringIO()

    call_command(
        "explain_deadline", "--from", "2026-04-24", "--working-days", "3", "--json", stdout=out
    )

    told = json.loads(out.getvalue())
    assert told["due"] == "2026-05-04"
    assert [day["number"] for day in told["days"] if day["counted"]] == [1, 2, 3]
    assert len(told["days"]) == 10


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "30/12/2025", "--working-days", "7"],
        ["--from", "2025-12-30", "--working-days", "0"],
    ],
)
def test_the_command_refuses_what_it_cannot_count(arguments):
    with pytest.raises(CommandError):
        call_command("explain_deadline", *arguments)
