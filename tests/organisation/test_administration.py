"""Agencies and accounts by the administrator: who may, what is written down, what is refused."""

from datetime import date

import pytest
from django.urls import get_resolver
from freezegun import freeze_time

from journal.actions import entries_of
from organisation import actions
from organisation.actions.refusals import (
    AlreadyAppointed,
    EndBeforeStart,
    LastAdministrator,
    OwnAccount,
    OwnRole,
)
from organisation.days import today
from organisation.models import Session, User
from organisation.stages import Role
from organisation.trail import stream_of
from tests.factories.organisation import (
    PASSWORD,
    make_position,
    make_province,
    make_unit,
    make_user,
    sign_in,
)
from tests.organisation.pages import PEOPLE, UNITS, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(client):
    province = make_province()
    sign_in(client, province.admin)
    return province


# --- who may --------------------------------------------------------------------------------


def admin_urls(province) -> list[str]:
    """Every page under quan-tri/ of this app, filled in with real objects."""
    post_of = province.official.appointments.get()
    refs = {"unit": province.department.ref, "person": province.official.ref, "post": post_of.ref}
    of_units = ["", "thay-doi/", "sua/", "thu-tu/", "cham-dut/", "ke-thua/", "ma/"]
    of_people = ["", "mat-khau/", "dong/", "chuc-vu/"]
    return [
        *(f"{UNITS}{tail}" for tail in ["", "them/"]),
        *(f"{UNITS}{refs['unit']}/{tail}" for tail in of_units),
        *(f"{PEOPLE}{tail}" for tail in ["", "them/"]),
        *(f"{PEOPLE}{refs['person']}/{tail}" for tail in of_people),
        f"/quan-tri/chuc-vu/{refs['post']}/thoi-giu/",
        *(f"/quan-tri/lich/{tail}" for tail in ["", "them/"]),
        *(f"/quan-tri/nhap/{kind}/" for kind in ["units", "people", "posts"]),
        "/quan-tri/nhap/units/mau.xlsx",
    ]


def test_administration_is_for_administrators(client, province):
    for url in admin_urls(province):
        assert client.get(url).status_code == 200, url
    for part in ("chairman", "head", "home_affairs_lead", "inspector", "official"):
        sign_in(client, province.people[part])
        for url in admin_urls(province):
            assert client.get(url).status_code == 404, (part, url)
            assert client.post(url, {}).status_code == 404, (part, url)
    client.logout()
    for url in admin_urls(province):
        assert client.get(url)["Location"].startswith("/dang-nhap/"), url


def test_every_route_declares_its_answer():
    routes = [
        pattern
        for pattern in get_resolver("organisation.urls").url_patterns
        if not hasattr(pattern.callback, "access")
    ]

    assert routes == []


# --- people ---------------------------------------------------------------------------------


def test_an_account_is_opened_with_a_password_shown_once(client, province):
    answer = post(
        client,
        f"{PEOPLE}them/",
        username="Moi.Tran",
        full_name="Trần Thị Ví Dụ",
        gender="female",
        official_kind="civil_servant",
        email="",
        phone="0912 345 678",
    )

    user = User.objects.get(username="moi.tran")
    shown = answer.context["opened"].first_password
    assert shown in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert user.check_password(shown)
    assert user.must_change_password
    assert shown not in client.get(f"{PEOPLE}{user.ref}/").content.decode()


def test_admin_cannot_set_password(client, province):
    """Whatever is sent along, the first password is random and the fields are left alone."""
    user = make_user(username="cu")

    post(
        client,
        f"{PEOPLE}{user.ref}/mat-khau/",
        password="chon san nhe",
        new_password="chon san nhe",
        first_password="chon san nhe",
    )

    user.refresh_from_db()
    assert not user.check_password("chon san nhe")
    assert not user.check_password(PASSWORD)
    assert user.must_change_password


def test_extra_fields_ignored(client, province):
    """AZ-13: no column of an account is taken from the client but those on the form."""
    before = User.objects.get(pk=province.official.pk)
    said = {field.attname: "1" for field in User._meta.concrete_fields}
    said |= {"full_name": "Tên Mới", "gender": "male", "official_kind": "cadre"}
    said |= {"email": "moi@vidu.test", "phone": "0912345678"}

    assert post(client, f"{PEOPLE}{before.ref}/", **said).status_code == 302

    after = User.objects.get(pk=before.pk)
    changed = {
        field.attname
        for field in User._meta.concrete_fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    }
    assert changed == {
        *("full_name", "gender", "official_kind", "email", "phone"),
        *("sort_key", "search_key"),
        *("version", "changed_at", "changed_by_id"),
    }


def test_own_contact_takes_nothing_else(client, province):
    sign_in(client, province.official)

    post(client, "/tai-khoan/", email="moi@vidu.test", phone="", full_name="Khác", is_active="")

    user = User.objects.get(pk=province.official.pk)
    assert (user.email, user.full_name, user.is_active) == (
        "moi@vidu.test",
        "Nguyễn Văn Ví Dụ",
        True,
    )
    entry = entries_of(stream_of(user)).get()
    assert (entry.action, entry.actor) == ("user.change_contact", user.ref)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("username", "official", "Tên đăng nhập official đã có người dùng."),
        ("username", "có dấu", "Chữ thường không dấu, số, dấu chấm"),
        ("username", "", "Nhập tên đăng nhập."),
        ("full_name", "", "Nhập họ và tên."),
        ("email", "khong-phai", "Nhập địa chỉ như ten@coquan.gov.vn."),
        ("email", "a" * 250 + "@vidu.test", "E-mail dài quá 254 ký tự. Bớt 6 ký tự."),
        ("phone", "gọi tôi", "Nhập số điện thoại, ví dụ 0912 345 678."),
        ("gender", "x", "Chọn cách xưng hô trong danh sách."),
    ],
)
def test_what_must_be_mended_is_said(client, province, field, value, message):
    said = {
        "username": "moi.tran",
        "full_name": "Trần Thị Ví Dụ",
        "gender": "female",
        "official_kind": "civil_servant",
    }

    page = post(client, f"{PEOPLE}them/", **said | {field: value}).content.decode()

    assert message in page
    assert not User.objects.filter(username="moi.tran").exists()


def test_a_post_is_given_and_ended(client, province):
    person = make_user()
    position = make_position(Role.CLERK)
    post(
        client,
        f"{PEOPLE}{person.ref}/chuc-vu/",
        position=position.pk,
        unit=province.department.pk,
        acting="official",
        field="",
        is_main="on",
        valid_from="01/01/2022",
        valid_to="",
        basis_document="2/QĐ-STNMT",
    )
    assert User.objects.get(pk=person.pk).powers.holds(Role.CLERK, province.department.pk)

    held = person.appointments.get()
    end = f"{today():%d/%m/%Y}"
    post(client, f"/quan-tri/chuc-vu/{held.ref}/thoi-giu/", valid_to=end)

    assert not User.objects.get(pk=person.pk).powers.posts
    assert [entry.action for entry in entries_of(stream_of(person)).order_by("seq")] == [
        "user.appoint",
        "user.end_appointment",
    ]


@pytest.mark.parametrize(
    "change", ["appoint", "end", "deactivate", "reset password", "change password"]
)
def test_sessions_end_on_role_change(client, client_factory, province, change):
    person, admin = province.focal, province.admin
    sign_in(client_factory(), person)
    other = client_factory()
    sign_in(other, person)
    assert Session.objects.filter(user=person).count() == 2

    deeds = {
        "appoint": lambda: actions.appoint(
            person, make_position(Role.CLERK), province.district, by=admin, valid_from=today()
        ),
        "end": lambda: actions.end_appointment(
            person.appointments.get(), by=admin, valid_to=today()
        ),
        "deactivate": lambda: actions.deactivate(person, by=admin),
        "reset password": lambda: actions.reset_password(person, by=admin),
        "change password": lambda: actions.change_password(person, "rừng xanh gọi gió về"),
    }
    deeds[change]()

    assert not Session.objects.filter(user=person).exists()
    assert other.get("/tai-khoan/").status_code == 302


def test_own_password_change_keeps_this_session_only(client, client_factory, province):
    person = province.official
    sign_in(client, person)
    elsewhere = sign_in(client_factory(), person)
    new = "rừng xanh gọi gió về"

    answer = post(client, "/tai-khoan/mat-khau/", current=PASSWORD, new_password=new, again=new)

    assert answer.status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)


def test_wrong_current_password_changes_nothing(client, province):
    sign_in(client, province.official)
    new = "rừng xanh gọi gió về"
    url = "/tai-khoan/mat-khau/"

    with freeze_time("2022-06-15"):
        sign_in(client, province.official)
        first = post(client, url, current="sai", new_password=new, again=new).content.decode()
        soon = post(client, url, current=PASSWORD, new_password=new, again=new).content.decode()

    assert "Mật khẩu hiện tại chưa đúng." in first
    assert "Thử lại sau 1 giây." in soon
    province.official.refresh_from_db()
    assert province.official.check_password(PASSWORD)


def test_people_see_and_end_their_sessions(client, client_factory, province):
    person = province.official
    sign_in(client, person)
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36"
    elsewhere = client_factory(headers={"User-Agent": agent})
    sign_in(elsewhere, person).get("/tai-khoan/")

    page = client.get("/tai-khoan/phien/").content.decode()
    ref = Session.objects.get(agent=agent).ref
    client.post(f"/tai-khoan/phien/{ref}/ket-thuc/")

    assert "Chrome, Windows" in page
    assert "Phiên này" in page
    assert elsewhere.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 200


def test_sessions_of_others_are_out_of_reach(client, client_factory, province):
    other = sign_in(client_factory(), province.head)
    other.get("/tai-khoan/")
    ref = Session.objects.get(user=province.head).ref
    sign_in(client, province.official)

    client.post(f"/tai-khoan/phien/{ref}/ket-thuc/")

    assert other.get("/tai-khoan/").status_code == 200


def test_all_other_sessions_end_at_once(client, client_factory, province):
    others = [sign_in(client_factory(), province.official) for _ in range(2)]
    sign_in(client, province.official)

    client.post("/tai-khoan/phien/")

    assert [other.get("/tai-khoan/").status_code for other in others] == [302, 302]
    assert client.get("/tai-khoan/").status_code == 200


def test_an_administrator_ends_the_sessions_of_anybody(client, client_factory, province):
    person = sign_in(client_factory(), province.official)
    person.get("/tai-khoan/")
    url = f"{PEOPLE}{province.official.ref}/"

    page = client.get(url).content.decode()
    client.post(f"{url}phien/")

    assert "Đang mở 1 phiên." in page
    assert person.get("/tai-khoan/").status_code == 302
    assert client.get(url).status_code == 200
    entry = entries_of(stream_of(province.official)).get()
    assert (entry.action, entry.actor) == ("user.end_sessions", province.admin.ref)


# --- what an administrator may not (AZ-11) ----------------------------------------------------


def test_no_self_grant(client, province):
    answer = post(
        client,
        f"{PEOPLE}{province.admin.ref}/chuc-vu/",
        position=make_position(Role.AGENCY_HEAD).pk,
        unit=province.department.pk,
        acting="official",
        valid_from="01/01/2022",
        basis_document="x",
    )

    assert str(OwnRole()) in answer.content.decode()
    assert province.admin.appointments.count() == 1


def test_the_last_administrator_stays(province):
    other = make_user(role=Role.ADMIN, unit=province.unit)
    own = province.admin.appointments.get()

    with pytest.raises(OwnAccount):
        actions.deactivate(province.admin, by=province.admin)
    actions.deactivate(other, by=province.admin)
    with pytest.raises(LastAdministrator):
        actions.end_appointment(own, by=None, valid_to=today())
    with pytest.raises(LastAdministrator):
        actions.deactivate(province.admin, by=other)

    assert User.objects.get(pk=province.admin.pk).powers.has(Role.ADMIN)


def test_another_administrator_may_leave(province):
    make_user(role=Role.ADMIN, unit=province.unit)

    actions.end_appointment(province.admin.appointments.get(), by=None, valid_to=today())

    assert not User.objects.get(pk=province.admin.pk).powers.has(Role.ADMIN)


def test_an_appointment_does_not_overlap_itself(province):
    post_of = province.clerk.appointments.get()
    again = {"by": province.admin, "valid_from": date(2022, 1, 1)}

    with pytest.raises(AlreadyAppointed):
        actions.appoint(province.clerk, post_of.position, post_of.unit, **again)
    actions.end_appointment(post_of, by=province.admin, valid_to=date(2022, 1, 1))
    assert actions.appoint(province.clerk, post_of.position, post_of.unit, **again).pk


def test_an_appointment_ends_after_it_starts(province):
    post_of = province.clerk.appointments.get()

    with pytest.raises(EndBeforeStart):
        actions.end_appointment(post_of, by=province.admin, valid_to=post_of.valid_from)


def test_a_closed_account_is_opened_with_a_new_password(client, province):
    actions.deactivate(province.official, by=province.admin)

    answer = post(client, f"{PEOPLE}{province.official.ref}/mat-khau/")

    assert "Mật khẩu lần đầu" in answer.content.decode()
    user = User.objects.get(pk=province.official.pk)
    assert (user.is_active, user.must_change_password) == (True, True)


# --- lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [UNITS, PEOPLE])
def test_lists_cost_the_same_for_more_rows(client, province, url, queries_of):
    few = queries_of(client, url)
    for number in range(3):
        unit = make_unit(f"Sở Thêm {number}")
        make_user(role=Role.AGENCY_HEAD, unit=unit, full_name=f"Lê Thêm {number}")

    assert queries_of(client, url) == few
    assert "Lê Thêm 2" in client.get(url).content.decode()
    assert few <= 25


def test_the_tree_shows_who_leads(client, province):
    page = client.get(UNITS).content.decode()

    for name in ("Nguyễn Giám Đốc Mẫu", "Lê Thị Đầu Mối Mẫu", "Phạm Thị Văn Thư Mẫu"):
        assert name in page
    rows = [row.version.short_name for row in client.get(UNITS).context["rows"]]
    assert rows.index("Phòng Quản lý đất đai") == rows.index("Sở TN&MT") + 1


def test_agencies_are_found_without_tone_marks(client, province):
    found = client.get(UNITS, {"q": "tai nguyen"}).context["rows"]

    assert [row.version.abbrev for row in found] == ["STNMT"]


def test_people_are_found_filtered_and_paged(client, province):
    for number in range(55):
        make_user(full_name=f"Tô Văn Mẫu {number:02d}", username=f"to{number}")
    make_user(full_name="Tô Thị Đóng", is_active=False)

    first = client.get(PEOPLE, {"q": "to van mau"})
    second = client.get(first.context["more_url"])

    names = [one.full_name for page in (first, second) for one in page.context["people"]]
    assert names == [f"Tô Văn Mẫu {number:02d}" for number in range(55)]
    assert second.context["more_url"] == ""
    closed = client.get(PEOPLE, {"tinh_trang": "dong"}).context["people"]
    assert [one.full_name for one in closed] == ["Tô Thị Đóng"]
    here = client.get(PEOPLE, {"co_quan": province.district.pk}).context["people"]
    assert {one.username for one in here} == {
        *("district_head", "district_deputy", "district_focal"),
        *("district_clerk", "district_official"),
    }


@pytest.mark.parametrize(
    "odd", ["sau=x", "co_quan='", "tinh_trang=1;--", "q=%00", "sau=" + "0" * 400]
)
def test_odd_filters_do_no_harm(client, province, odd):
    assert client.get(f"{PEOPLE}?{odd}").status_code == 200
