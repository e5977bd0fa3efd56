"""The calendar page: what a change moves is shown first; every change is written down."""

from collections.abc import Iterator
from datetime import date

import pytest

from journal.actions import entries_of
from organisation import hooks
from organisation.actions.calendar import remove_day
from organisation.actions.refusals import YearLocked
from organisation.days import is_working_day
from organisation.models import CalendarDay
from organisation.seeds.calendar import load_calendar
from organisation.stages import Role
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.organisation.pages import carried

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/lich/"
NEW_DAY = {
    "day": "02/01/2030",
    "kind": "holiday",
    "name": "Ngày nghỉ minh họa",
    "basis_document": "1/QĐ-TTg ngày 01/12/2029",
    "is_confirmed": "on",
}


@pytest.fixture
def admin(client):
    user = make_user(role=Role.ADMIN, unit=make_unit())
    sign_in(client, user)
    return user


@pytest.fixture
def moved() -> Iterator[list[date]]:
    """What the upper floors hear of; their two answers are fixed."""
    heard: list[date] = []

    def would_move(changes: hooks.Changes) -> list[hooks.Effect]:
        days = ", ".join(f"{day:%d/%m}" for day in changes)
        return [hooks.Effect(f"12 thời hạn lùi 1 ngày vì {days}", 12, "/thoi-han/")]

    hooks.calendar_change_effects.append(would_move)
    hooks.calendar_changed.append(heard.append)
    yield heard
    hooks.calendar_change_effects.remove(would_move)
    hooks.calendar_changed.remove(heard.append)


def test_a_year_is_listed(client, admin):
    load_calendar()

    page = client.get(LIST, {"nam": "2026"}).content.decode()

    assert "Thứ Bảy, 10/01/2026" in page
    assert "Làm bù cho ngày 02/01/2026" in page
    assert "Văn bản số 12729/VPCP-KGVX" in page
    assert "Có ngày dự kiến." in page
    assert "2025" in page


def test_a_bad_year_shows_this_one(client, admin):
    assert client.get(LIST, {"nam": "x'"}).status_code == 200


def test_listing_costs_the_same_for_more_days(client, admin, queries_of):
    costs = []
    for day in (1, 2, 3):
        CalendarDay.objects.create(day=date(2030, 1, day), kind="holiday", name=f"Ngày {day}")
        costs.append(queries_of(client, f"{LIST}?nam=2030"))

    assert len(set(costs)) == 1
    assert costs[0] <= 25
    assert "Ngày 3" in client.get(LIST, {"nam": "2030"}).content.decode()


def test_a_change_shows_what_it_moves_before_it_is_saved(client, admin, moved):
    said = NEW_DAY | carried(client, f"{LIST}them/")

    preview = client.post(f"{LIST}them/", said)

    page = preview.content.decode()
    assert "12 thời hạn lùi 1 ngày vì 02/01" in page
    assert "Thứ Tư, 02/01/2030" in page
    assert (CalendarDay.objects.count(), moved) == (0, [])


def test_a_day_is_added_once_and_written_down(client, admin, moved):
    said = NEW_DAY | carried(client, f"{LIST}them/") | {"confirmed": "1"}

    answers = [client.post(f"{LIST}them/", said)["Location"] for _ in range(2)]

    assert answers == [f"{LIST}?nam=2030"] * 2
    assert not is_working_day(date(2030, 1, 2))
    assert moved == [date(2030, 1, 2)]
    entry = entries_of("settings").get()
    assert (entry.action, entry.actor, entry.data["day"]) == (
        "calendar.set",
        admin.ref,
        "2030-01-02",
    )


def test_moving_a_day_tells_of_both_days(client, admin, moved):
    CalendarDay.objects.create(day=date(2030, 1, 2), kind="holiday", name="x", basis_document="y")
    url = f"{LIST}2030-01-02/"

    said = NEW_DAY | carried(client, url) | {"confirmed": "1", "day": "3/1/2030"}
    client.post(url, said)

    assert moved == [date(2030, 1, 2), date(2030, 1, 3)]
    assert list(CalendarDay.objects.values_list("day", flat=True)) == [date(2030, 1, 3)]


def test_a_day_is_removed_after_asking(client, admin, moved):
    CalendarDay.objects.create(day=date(2030, 1, 2), kind="holiday", name="x", basis_document="y")
    url = f"{LIST}2030-01-02/xoa/"

    asked = client.get(url)
    client.post(url, carried(client, url))

    assert "12 thời hạn lùi" in asked.content.decode()
    assert not CalendarDay.objects.exists()
    assert entries_of("settings").get().action == "calendar.remove"


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"day": "05/01/2030", "kind": "swap_off"}, "Ngày 05/01/2030 vốn là ngày nghỉ."),
        ({"kind": "swap_work"}, "Ngày 02/01/2030 vốn là ngày làm việc."),
        ({"day": ""}, "Nhập ngày."),
        ({"basis_document": " "}, "Nhập văn bản căn cứ."),
        ({"name": "x" * 121}, "Tên dài quá 120 ký tự. Bớt 1 ký tự."),
        ({"name": "a\x00b"}, "Tên có ký tự điều khiển."),
    ],
)
def test_what_must_be_mended_is_said(client, admin, over, message):
    page = client.post(f"{LIST}them/", NEW_DAY | over).content.decode()

    assert message in page


def test_a_day_stands_once(client, admin):
    CalendarDay.objects.create(day=date(2030, 1, 2), kind="holiday", name="x", basis_document="y")
    said = NEW_DAY | carried(client, f"{LIST}them/") | {"confirmed": "1"}

    page = client.post(f"{LIST}them/", said).content.decode()

    assert "Ngày 02/01/2030 đã có trong lịch. Sửa dòng đó." in page
    assert CalendarDay.objects.get().name == "x"


@pytest.mark.parametrize("at", ["", "xoa/"])
def test_a_year_that_is_over_is_locked(client, admin, moved, at):
    """What was counted by it stays: no form, no other way round it (to-chuc.md §5)."""
    facts = {"kind": "holiday", "name": "Nghỉ bão", "basis_document": "Công điện số 01"}
    stands = CalendarDay.objects.create(day=date(2021, 10, 4), **facts)
    open_one = CalendarDay.objects.create(day=date(2030, 10, 4), **facts)
    form = NEW_DAY | carried(client, f"{LIST}them/") | {"confirmed": "1", "day": "05/10/2021"}

    asked = client.get(f"{LIST}2021-10-04/{at}")
    sent = client.post(f"{LIST}2021-10-04/{at}", form)
    added = client.post(f"{LIST}them/", form).content.decode()
    url = f"{LIST}2030-10-04/"
    shifted = client.post(
        url, NEW_DAY | carried(client, url) | {"confirmed": "1"} | {"day": "05/10/2021"}
    )
    listed = client.get(LIST, {"nam": "2021"}).content.decode()

    assert asked.status_code == 403
    for page in (sent.content.decode(), added, shifted.content.decode()):
        assert "Lịch năm 2021 đã khóa, không sửa được nữa." in page
    assert "2021-10-04/" not in listed
    with pytest.raises(YearLocked):
        remove_day(stands, by=admin)
    assert set(CalendarDay.objects.all()) == {stands, open_one}
    assert (moved, list(entries_of("settings"))) == ([], [])
