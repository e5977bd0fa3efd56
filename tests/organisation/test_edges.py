"""The rarer ways through the organisation: refusals, second posts, names of rows."""

import time
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from freezegun import freeze_time
from openpyxl import Workbook

from organisation import actions
from organisation.actions.delegations import headships, receivers
from organisation.actions.refusals import LastAdministrator, NotForLending, OverlappingVersion
from organisation.actions.sign_in import NotAdmitted, admit
from organisation.days import today
from organisation.models import (
    AgencyCode,
    CalendarDay,
    Delegation,
    ImportDraft,
    OrgSuccession,
    OrgUnit,
    Session,
    SignInDelay,
    User,
)
from organisation.sessions import SessionStore, keep_alive
from organisation.sheets import read_sheet
from organisation.stages import Role
from tests.factories.organisation import (
    PASSWORD,
    make_appointment,
    make_position,
    make_province,
    make_unit,
    make_user,
    sign_in,
)
from tests.organisation.pages import NEW_UNIT, UNITS, carried, post
from tests.organisation.test_imports import POST, POSTS_HEAD, errors_of, upload, with_

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "rừng xanh gọi gió về"


@pytest.fixture
def province(client):
    province = make_province()
    sign_in(client, province.admin)
    return province


# --- accounts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"again": "khác hẳn nhau"}, "Hai lần nhập mật khẩu mới chưa giống nhau."),
        ({"again": ""}, "Nhập lại mật khẩu mới."),
        ({"new_password": "ngắn"}, "Mật khẩu cần ít nhất 12 ký tự."),
        ({"current": ""}, "Nhập mật khẩu hiện tại."),
    ],
)
def test_a_new_password_that_will_not_do(client, province, over, message):
    sign_in(client, province.official)
    said = {"current": PASSWORD, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD} | over

    page = post(client, "/tai-khoan/mat-khau/", **said).content.decode()

    assert message in page
    assert User.objects.get(pk=province.official.pk).check_password(PASSWORD)


def test_failures_are_forgotten_after_a_quiet_hour():
    make_user(username="dung")
    with freeze_time("2022-06-15 08:00") as clock:
        for _ in range(4):
            with pytest.raises(NotAdmitted):
                admit("dung", "sai mat khau roi", address="203.0.113.9")
            clock.tick(timedelta(seconds=61))
        clock.tick(timedelta(hours=2))
        admitted = admit("dung", PASSWORD, address="203.0.113.9")

    assert admitted.failures == 0


def test_a_session_beyond_its_absolute_limit_is_flushed(settings):
    session = SessionStore()
    session["started"], session["agent"] = time.time() - settings.SESSION_COOKIE_AGE, ""
    session["address"] = ""
    session.save()

    keep_alive(session, agent="", address="")

    assert session.session_key is None
    assert not Session.objects.exists()


def test_closing_an_account_on_the_page(client, province):
    url = f"/quan-tri/tai-khoan/{province.official.ref}/dong/"

    asked = client.get(url).content.decode()
    answer = client.post(url, carried(client, url), follow=True).content.decode()

    assert "Đóng tài khoản của Nguyễn Văn Ví Dụ?" in asked
    assert "Đã đóng tài khoản." in answer
    assert not User.objects.get(pk=province.official.pk).is_active


def test_the_page_says_why_an_account_stays_open(client, province):
    url = f"/quan-tri/tai-khoan/{province.admin.ref}/dong/"

    page = client.post(url, carried(client, url)).content.decode()

    assert "Không thể tự đóng tài khoản của mình." in page


def test_the_page_says_why_a_post_stays(client, province):
    held = province.admin.appointments.get()

    page = post(
        client, f"/quan-tri/chuc-vu/{held.ref}/thoi-giu/", valid_to=f"{today():%d/%m/%Y}"
    ).content.decode()

    assert str(LastAdministrator()) in page


def test_a_post_that_ends_later_ends_no_session(client, province):
    sign_in(client, province.official)

    actions.end_appointment(
        province.official.appointments.get(), by=None, valid_to=today() + timedelta(9)
    )

    assert client.get("/tai-khoan/").status_code == 200


def test_a_post_with_an_end_before_its_start(client, province):
    page = post(
        client,
        f"/quan-tri/tai-khoan/{province.official.ref}/chuc-vu/",
        position=make_position(Role.CLERK).pk,
        unit=province.district.pk,
        acting="official",
        valid_from="01/02/2022",
        valid_to="01/01/2022",
        basis_document="x",
    ).content.decode()

    assert "Ngày kết thúc phải sau ngày bắt đầu (01/02/2022)." in page


# --- delegations ----------------------------------------------------------------------------


def test_a_head_of_two_agencies_chooses_the_post(client, province):
    make_appointment(province.head, Role.AGENCY_HEAD, province.home_affairs, is_main=False)
    sign_in(client, province.head)

    page = client.get("/tai-khoan/uy-quyen/").content.decode()

    assert "Giám đốc Sở, Sở Tài nguyên và Môi trường" in page
    assert "Giám đốc Sở, Sở Nội vụ" in page


def test_taking_back_is_for_the_giver():
    province = make_province()
    head = headships(province.head)[0]
    given = actions.delegate(
        head,
        by=province.head,
        to=province.deputy,
        kind="KT",
        subject="review",
        valid_from=today(),
        valid_to=today(),
        basis_document="x",
    )

    with pytest.raises(NotForLending):
        actions.revoke_delegation(given, by=province.deputy)
    assert Delegation.objects.get().revoked_at is None


def test_whose_power_is_used():
    province = make_province()
    actions.delegate(
        headships(province.head)[0],
        by=province.head,
        to=province.deputy,
        kind="KT",
        subject="review",
        valid_from=today(),
        valid_to=today(),
        basis_document="x",
    )
    head, deputy = (User.objects.get(pk=one.pk) for one in (province.head, province.deputy))
    unit = province.department.pk

    lent = deputy.powers.mandate_for(Role.AGENCY_HEAD, unit)

    assert (lent.giver_name, lent.kind) == ("Nguyễn Giám Đốc Mẫu", "KT")
    assert head.powers.mandate_for(Role.AGENCY_HEAD, unit) is None
    assert deputy.powers.mandate_for(Role.AGENCY_HEAD, province.district.pk) is None
    assert not deputy.powers.appointed(Role.AGENCY_HEAD, unit)
    assert deputy.powers.units(Role.AGENCY_HEAD) == {unit, province.section.pk}
    assert deputy.powers.own_units(Role.AGENCY_HEAD) == set()
    assert deputy.powers.own_units(Role.DEPUTY_HEAD) == {unit, province.section.pk}
    assert deputy.powers.has(Role.AGENCY_HEAD)


def test_heads_of_agencies_below_may_receive():
    province = make_province()

    found = set(receivers(headships(province.chairman)))

    assert {province.vice_chairman, province.head, province.district_head} <= found
    assert province.official not in found
    assert province.chairman not in found


def test_signing_powers_decide_nothing():
    province = make_province()
    actions.delegate(
        headships(province.head)[0],
        by=province.head,
        to=province.deputy,
        kind="TL",
        subject="sign",
        valid_from=today(),
        valid_to=today(),
        basis_document="x",
    )

    assert not User.objects.get(pk=province.deputy.pk).powers.has(Role.AGENCY_HEAD)


# --- agencies -------------------------------------------------------------------------------


def test_an_agency_begins_again_after_its_end(province):
    unit, facts = province.department, {"name": "x", "short_name": "x", "abbrev": "x"}
    with pytest.raises(OverlappingVersion):
        actions.close_unit(unit, by=None, valid_to=date(2020, 1, 1))
    actions.close_unit(unit, by=None, valid_to=date(2021, 1, 1))

    actions.change_unit(unit, by=None, valid_from=date(2022, 1, 1), kind="department", **facts)

    ends = unit.versions.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(ends) == [
        (date(2020, 1, 1), date(2021, 1, 1)),
        (date(2022, 1, 1), None),
    ]


@pytest.mark.parametrize(
    ("tail", "said", "message"),
    [
        ("sua/", NEW_UNIT | {"kind": "sub_unit"}, "Chọn cơ quan cấp trên."),
        (
            "ke-thua/",
            {"kind": "transfer_function", "effective_on": "1/3/2025", "basis_document": "x"},
            "Nhập chức năng chuyển giao.",
        ),
        ("ke-thua/", {"kind": "merge"}, "Chọn cơ quan kế thừa."),
        (
            "ma/",
            {"scheme": "A", "code": "B", "valid_from": "1/1/2022"},
            "Mã B đã được cấp từ ngày này.",
        ),
        ("ma/", {"scheme": "A"}, "Nhập mã định danh."),
        ("thu-tu/", {"order_number": "x"}, "Nhập số"),
        ("cham-dut/", {"valid_to": "01/01/2020"}, "Ngày hiệu lực phải sau ngày 01/01/2020"),
        ("thay-doi/", NEW_UNIT | {"valid_from": "01/01/2020"}, "Ngày hiệu lực phải sau"),
    ],
)
def test_what_must_be_mended_on_an_agency_is_said(client, province, tail, said, message):
    AgencyCode.objects.create(
        unit=province.district, scheme="A", code="B", valid_from=date(2022, 1, 1)
    )

    page = post(client, f"{UNITS}{province.department.ref}/{tail}", **said).content.decode()

    assert message in page


# --- lists ----------------------------------------------------------------------------------


def test_an_ended_post_is_not_opened_again(client, province):
    make_position(Role.CLERK)
    held = make_appointment(
        province.official,
        Role.CLERK,
        province.department,
        valid_from=date(2022, 1, 1),
        valid_to=date(2022, 2, 1),
    )

    preview = upload(client, "posts", write(with_(POST)))

    assert held.pk
    assert errors_of(preview) == [
        (2, "Đến trước ngày", "Chức vụ này đã có ngày kết thúc. Nhập dòng mới.")
    ]


def write(row: list[str]) -> bytes:
    return "\n".join(";".join(f'"{cell}"' for cell in line) for line in (POSTS_HEAD, row)).encode()


def test_excel_dates_and_numbers_become_text(tmp_path):
    from_excel = Workbook()
    page = from_excel.active
    page.append(["Ngày", "Số", "Lẻ", "Lớn"])
    page.append([date(2022, 7, 5), 7, 1.5, 1e20])
    path = tmp_path / "a.xlsx"
    from_excel.save(path)

    rows = read_sheet(SimpleUploadedFile("a.xlsx", path.read_bytes()))

    assert rows[1][:4] == ["05/07/2022", "7", "1.5", "1" + "0" * 20]


def test_rows_have_names(province):
    unit = province.department
    version = unit.at(today())
    head = province.head.appointments.get()
    day = CalendarDay(day=date(2030, 1, 2), name="Ngày nghỉ")
    given = Delegation(kind="KT", from_appointment=head, to_person=province.deputy)
    follows = OrgSuccession(
        from_unit=unit, to_unit=province.district, effective_on=date(2025, 3, 1)
    )

    assert str(unit) == str(version) == "Sở Tài nguyên và Môi trường"
    assert str(province.head) == "Nguyễn Giám Đốc Mẫu"
    assert str(head.position) == "Giám đốc Sở"
    assert str(head) == f"{head.person_id} – {head.position_id} – {head.unit_id}"
    assert str(day) == "2030-01-02: Ngày nghỉ"
    assert str(given) == f"KT {head.pk} → {province.deputy.pk}"
    assert str(follows) == f"{unit.pk} → {province.district.pk} (2025-03-01)"
    assert str(unit.covers.first()).startswith(f"{unit.pk} → ")
    assert str(AgencyCode(code="H43")) == "H43"
    assert str(ImportDraft(file_name="a.csv")) == "a.csv"
    assert str(SignInDelay(key="abcdefghij", failures=3)) == "abcdefgh: 3"


def test_an_agency_without_versions_is_called_by_its_reference():
    unit = OrgUnit.objects.create()

    assert str(unit) == str(unit.ref)


def test_sections_of_found_agencies_stand_alone(client, province):
    make_unit("Phòng Quản lý tài nguyên", kind="sub_unit", parent=province.department)

    rows = client.get(UNITS, {"q": "QUẢN LÝ"}).context["rows"]

    assert [row.depth for row in rows] == [0, 0]


def test_the_device_of_a_session_in_words():
    windows = "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120"

    assert Session(agent=windows).device == "Edge, Windows"
    assert Session(agent="Mozilla/5.0 (iPhone) Version/17 Safari/604").device == "Safari, iPhone"
    assert Session(agent="curl/8").device == ""
    with pytest.raises(NotImplementedError):
        Session.get_session_store_class()
