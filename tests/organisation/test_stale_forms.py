"""Two administrators over one agency, person or day: the second learns who came first (TX-04)."""

from datetime import date

import pytest
from freezegun import freeze_time

from organisation import actions
from organisation.models import CalendarDay, OrgUnit, User
from organisation.stages import Role
from tests.factories.organisation import make_position, make_province, make_user, sign_in
from tests.organisation.pages import carried

pytestmark = pytest.mark.django_db
FIRST = "Hồ Quản Trị Trước"
AT = "2026-11-24 08:05:00+07:00"
SAID = f"{FIRST} đã sửa nội dung này lúc 08:05, ngày 24/11/2026. Thao tác chưa được thực hiện."
POST = {
    "acting": "official",
    "valid_from": "01/01/2022",
    "basis_document": "2/QĐ-STNMT",
}


@pytest.fixture
def province(client):
    province = make_province()
    sign_in(client, province.admin)
    return province


@pytest.fixture
def first(province) -> User:
    """The administrator who is quicker."""
    return make_user(role=Role.ADMIN, unit=province.unit, full_name=FIRST)


def refused(client, url: str, before: dict[str, str], **said: str) -> str:
    """The page that the second form gets."""
    answer = client.post(url, before | said)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert SAID in page
    return page


FORMS_OF_UNITS = {
    "thay-doi/": {"valid_from": "01/02/2026", "name": "Tên của người sau"},
    "sua/": {"name": "Tên của người sau"},
    "thu-tu/": {"order_number": "77"},
    "cham-dut/": {"valid_to": "01/02/2026"},
    "ma/": {"scheme": "Hệ mã của người sau", "code": "1", "valid_from": "01/02/2026"},
}
FACTS_OF_UNIT = {
    "short_name": "Sở TN&MT",
    "abbrev": "STNMT",
    "kind": "department",
    "place_name": "Ninh Thuận",
    "basis_document": "1/QĐ",
}


@pytest.mark.parametrize("page", FORMS_OF_UNITS)
def test_an_agency_that_another_changed(client, province, first, page):
    url = f"/quan-tri/co-quan/{province.department.ref}/{page}"
    before = carried(client, url)
    with freeze_time(AT):
        actions.set_order(province.department, 5, by=first)

    said = FACTS_OF_UNIT | FORMS_OF_UNITS[page]
    shown = refused(client, url, before, **said)

    assert next(iter(FORMS_OF_UNITS[page].values())) in shown
    unit = OrgUnit.objects.get(pk=province.department.pk)
    assert (unit.order_number, unit.versions.count(), unit.codes.count()) == (5, 1, 0)
    assert unit.versions.get().name == "Sở Tài nguyên và Môi trường"


def test_a_succession_over_an_agency_that_another_changed(client, province, first):
    url = f"/quan-tri/co-quan/{province.department.ref}/ke-thua/"
    before = carried(client, url)
    with freeze_time(AT):
        actions.set_order(province.department, 5, by=first)

    said = {"to_unit": str(province.district.pk), "kind": "merge"}
    refused(client, url, before, **said, effective_on="01/02/2026", basis_document="9/NQ")

    assert not province.department.successors.exists()


def test_an_account_that_another_changed(client, province, first):
    url = f"/quan-tri/tai-khoan/{province.official.ref}/"
    before = carried(client, url)
    facts = {"gender": "male", "official_kind": "cadre", "email": "", "phone": ""}
    with freeze_time(AT):
        actions.change_account(province.official, by=first, full_name="Tên Thứ Nhất", **facts)

    shown = refused(client, url, before, full_name="Tên Thứ Hai", **facts)

    assert "Tên Thứ Hai" in shown
    assert User.objects.get(pk=province.official.pk).full_name == "Tên Thứ Nhất"


def test_a_closed_account_is_not_opened_by_a_form_that_asked_for_a_password(
    client, province, first
):
    url = f"/quan-tri/tai-khoan/{province.official.ref}/mat-khau/"
    before = carried(client, url)
    with freeze_time(AT):
        actions.deactivate(province.official, by=first)

    refused(client, url, before)

    assert not User.objects.get(pk=province.official.pk).is_active


def test_an_account_is_not_closed_over_a_change(client, province, first):
    url = f"/quan-tri/tai-khoan/{province.official.ref}/dong/"
    before = carried(client, url)
    with freeze_time(AT):
        actions.reset_password(province.official, by=first)

    refused(client, url, before)

    assert User.objects.get(pk=province.official.pk).is_active


def test_a_post_that_another_gave_meanwhile(client, province, first):
    position = make_position(Role.CLERK)
    url = f"/quan-tri/tai-khoan/{province.official.ref}/chuc-vu/"
    before = carried(client, url)
    with freeze_time(AT):
        actions.appoint(
            province.official, position, province.section, by=first, valid_from=date(2022, 1, 1)
        )

    said = {"position": str(position.pk), "unit": str(province.department.pk)}
    refused(client, url, before, **said, **POST)

    assert province.official.appointments.filter(position=position).count() == 1


def test_a_post_that_another_ended_meanwhile(client, province, first):
    held = province.official.appointments.get()
    url = f"/quan-tri/chuc-vu/{held.ref}/thoi-giu/"
    before = carried(client, url)
    with freeze_time(AT):
        actions.end_appointment(held, by=first, valid_to=date(2026, 1, 1))

    refused(client, url, before, valid_to="01/06/2026")

    held.refresh_from_db()
    assert held.valid_to == date(2026, 1, 1)


DAY = {
    "day": date(2030, 1, 2),
    "kind": "holiday",
    "name": "Nghỉ",
    "basis_document": "TB 1",
    "is_confirmed": True,
}
SAID_OF_DAY = {"day": "02/01/2030", "kind": "holiday", "basis_document": "TB 2", "confirmed": "1"}


@pytest.mark.parametrize("page", ["", "xoa/"])
def test_a_day_that_another_changed(client, province, first, page):
    row = actions.set_day(None, by=first, **DAY)
    url = f"/quan-tri/lich/2030-01-02/{page}"
    before = carried(client, url)
    with freeze_time(AT):
        actions.set_day(row, by=first, **DAY | {"name": "Tên thứ nhất"})

    refused(client, url, before, name="Tên thứ hai", **SAID_OF_DAY)

    assert CalendarDay.objects.get().name == "Tên thứ nhất"


def test_a_day_that_another_took_out(client, province, first):
    row = actions.set_day(None, by=first, **DAY)
    url = "/quan-tri/lich/2030-01-02/"
    before = carried(client, url)
    with freeze_time(AT):
        actions.remove_day(row, by=first)

    answer = client.post(url, before | SAID_OF_DAY | {"name": "Tên thứ hai"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert f"{first.full_name} đã đưa ngày 02/01/2030 ra khỏi lịch lúc " in page
    kept = dict(answer.context["kept"])
    assert (kept["Tên"], kept["Loại"], kept["Ngày"]) == (
        "Tên thứ hai",
        "Nghỉ lễ, nghỉ bù",
        "02/01/2030",
    )
    assert not CalendarDay.objects.exists()
    assert client.get(url).status_code == 404


def test_a_form_that_does_not_say_its_version_is_stale(client, province):
    url = f"/quan-tri/co-quan/{province.department.ref}/thu-tu/"
    before = carried(client, url)

    answer = client.post(url, {"key": before["key"], "order_number": "9"})

    assert answer.status_code == 409
    assert OrgUnit.objects.get(pk=province.department.pk).order_number != 9


def test_the_form_of_now_goes_through(client, province, first):
    actions.set_order(province.department, 5, by=first)
    url = f"/quan-tri/co-quan/{province.department.ref}/thu-tu/"

    answer = client.post(url, carried(client, url) | {"order_number": "9"})

    assert answer.status_code == 302
    unit = OrgUnit.objects.get(pk=province.department.pk)
    assert (unit.order_number, unit.version, unit.changed_by) == (9, 3, province.admin)
