"""Agencies over time: named, renamed, moved, succeeded; and who sees what because of it."""

from datetime import date, timedelta

import pytest
from freezegun import freeze_time

from journal.actions import entries_of
from organisation import actions
from organisation.actions.refusals import (
    OverlappingVersion,
    RoundTree,
)
from organisation.days import today
from organisation.models import Appointment, OrgUnit, OrgUnitVersion, User
from organisation.stages import Role
from organisation.trail import stream_of
from tests.factories.organisation import (
    make_appointment,
    make_position,
    make_province,
    make_unit,
    make_user,
    sign_in,
)
from tests.organisation.pages import NEW_UNIT, UNITS, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(client):
    province = make_province()
    sign_in(client, province.admin)
    return province


def test_an_agency_is_added(client, province):
    answer = post(client, f"{UNITS}them/", **NEW_UNIT | {"parent": province.unit.pk})

    unit = OrgUnitVersion.objects.get(abbrev="SMH").unit
    assert answer["Location"] == f"{UNITS}{unit.ref}/"
    assert (unit.order_number, unit.at(today()).parent) == (7, province.unit)
    assert entries_of(stream_of(unit)).get().action == "unit.create"


def test_a_new_name_holds_from_its_day_and_the_past_keeps_the_old(client, province):
    unit = province.department
    url = f"{UNITS}{unit.ref}/thay-doi/"
    said = {name: value for name, value in NEW_UNIT.items() if name != "order_number"}

    post(client, url, **said | {"name": "Sở Nông nghiệp và Môi trường", "valid_from": "1/3/2025"})

    assert unit.at(date(2025, 2, 28)).name == "Sở Tài nguyên và Môi trường"
    assert unit.at(date(2025, 3, 1)).name == "Sở Nông nghiệp và Môi trường"
    assert entries_of(stream_of(unit)).get().action == "unit.change"


def test_versions_do_not_overlap(province):
    with pytest.raises(OverlappingVersion) as refusal:
        actions.change_unit(
            province.department,
            by=province.admin,
            valid_from=date(2020, 1, 1),
            name="x",
            short_name="x",
            abbrev="x",
            kind="department",
        )

    assert str(refusal.value) == (
        "Ngày hiệu lực phải sau ngày 01/01/2020 của lần thay đổi gần nhất."
    )


def test_no_agency_stands_below_itself(province):
    with pytest.raises(RoundTree):
        actions.correct_unit(province.department, by=province.admin, parent=province.section)
    with pytest.raises(RoundTree):
        actions.correct_unit(province.unit, by=province.admin, parent=province.unit)


def test_correcting_makes_no_new_version(client, province):
    unit = province.department
    said = {name: value for name, value in NEW_UNIT.items() if name != "order_number"}

    post(client, f"{UNITS}{unit.ref}/sua/", **said)

    assert unit.versions.get().name == "Sở Minh họa"


def test_order_code_and_end(client, province):
    unit = province.department
    post(client, f"{UNITS}{unit.ref}/thu-tu/", order_number="3")
    post(client, f"{UNITS}{unit.ref}/ma/", scheme="QCVN", code="H43.01", valid_from="1/1/2021")
    post(client, f"{UNITS}{unit.ref}/ma/", scheme="QCVN", code="H43.02", valid_from="1/1/2022")
    post(client, f"{UNITS}{unit.ref}/cham-dut/", valid_to="01/03/2025")

    page = client.get(f"{UNITS}{unit.ref}/").content.decode()
    assert OrgUnit.objects.get(pk=unit.pk).order_number == 3
    assert [(one.code, one.valid_to) for one in unit.codes.order_by("valid_from")] == [
        ("H43.01", date(2022, 1, 1)),
        ("H43.02", None),
    ]
    assert "Cơ quan đã chấm dứt hoạt động." in page
    assert "H43.02" in page
    assert unit.at(date(2025, 2, 28)).valid_to == date(2025, 3, 1)
    with pytest.raises(OrgUnitVersion.DoesNotExist):
        unit.at(date(2025, 3, 1))
    assert [entry.action for entry in entries_of(stream_of(unit)).order_by("seq")] == [
        "unit.order",
        "unit.give_code",
        "unit.give_code",
        "unit.close",
    ]


def covered(person: User) -> frozenset[int]:
    return User.objects.get(pk=person.pk).powers.units(Role.AGENCY_HEAD)


def test_a_successor_sees_what_it_took_over(client, province):
    merged = make_unit("Sở Nông nghiệp và Môi trường", parent=province.unit)
    head = make_user(role=Role.AGENCY_HEAD, unit=merged)
    before = covered(head)

    post(
        client,
        f"{UNITS}{province.department.ref}/ke-thua/",
        to_unit=merged.pk,
        kind="merge",
        effective_on="01/03/2025",
        basis_document="NĐ 45/2025/NĐ-CP",
    )

    assert before == {merged.pk}
    assert covered(head) == {merged.pk, province.department.pk, province.section.pk}
    assert entries_of(stream_of(province.department)).get().action == "unit.succeed"


def test_a_function_handed_over_shows_nothing_else(province):
    head = province.home_affairs_head
    succession = {"by": province.admin, "effective_on": date(2025, 3, 1), "basis_document": "x"}

    actions.succeed(
        province.department,
        province.home_affairs,
        kind="transfer_function",
        function="báo chí",
        **succession,
    )

    assert covered(head) == {province.home_affairs.pk}


def test_a_succession_to_come_changes_nothing_yet(province):
    actions.succeed(
        province.department,
        province.home_affairs,
        by=province.admin,
        kind="merge",
        effective_on=today() + timedelta(1),
        basis_document="x",
    )

    assert covered(province.home_affairs_head) == {province.home_affairs.pk}


def test_unit_move_keeps_scope(province):
    """A section that moves to another department is seen there, and by nobody beside it."""
    actions.change_unit(
        province.section,
        by=province.admin,
        valid_from=date(2022, 1, 1),
        name="Phòng Quản lý đất đai",
        short_name="Phòng QLĐĐ",
        abbrev="PQLĐĐ",
        kind="sub_unit",
        parent=province.home_affairs,
    )

    assert covered(province.head) == {province.department.pk}
    assert covered(province.home_affairs_head) == {province.home_affairs.pk, province.section.pk}
    assert covered(province.district_head) == {province.district.pk}
    assert covered(province.chairman) == {province.unit.pk}


def test_moving_a_person_moves_powers_at_once(province):
    """AZ-10: the next request sees the new post only."""
    actions.end_appointment(province.head.appointments.get(), by=province.admin, valid_to=today())
    actions.appoint(
        province.head,
        make_position(Role.AGENCY_HEAD),
        province.home_affairs,
        by=province.admin,
        valid_from=today(),
    )

    assert covered(province.head) == {province.home_affairs.pk}


def test_powers_follow_the_dates_of_a_post(province):
    person = make_user()
    make_appointment(
        person,
        Role.CLERK,
        province.department,
        valid_from=date(2022, 1, 1),
        valid_to=date(2022, 2, 1),
    )

    held = {}
    for day in ("2021-12-31", "2022-01-01", "2022-01-31", "2022-02-01"):
        with freeze_time(f"{day} 05:00"):
            held[day] = User.objects.get(pk=person.pk).powers.has(Role.CLERK)

    assert list(held.values()) == [False, True, True, False]


def test_main_post_and_signature(province):
    make_appointment(
        province.head,
        Role.AGENCY_FOCAL,
        province.district,
        is_main=False,
        acting="acting_head",
    )
    user = User.objects.get(pk=province.head.pk)

    assert user.display == "Nguyễn Giám Đốc Mẫu (Giám đốc Sở)"
    assert [one.position for one in user.powers.posts] == [
        "Giám đốc Sở",
        "Q. Chuyên viên đầu mối",
    ]
    assert Appointment.objects.filter(person=user).count() == 2
