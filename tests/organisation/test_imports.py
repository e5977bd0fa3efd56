"""Importing lists: preview, confirmation, all or nothing, and files that are refused."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from journal.actions import entries_of
from organisation.forms.plan_kinds import PLANS
from organisation.models import Appointment, ImportDraft, OrgUnitVersion, User
from organisation.seeds.positions import load_positions
from organisation.sheets import read_sheet, write_sheet
from organisation.stages import Role
from organisation.trail import stream_of
from tests.factories.organisation import make_province, sign_in

pytestmark = pytest.mark.django_db
PEOPLE_HEAD = ["Tên đăng nhập", "Họ và tên", "Cách xưng hô", "Đối tượng", "E-mail", "Điện thoại"]
PERSON = ["mau.tran", "Trần Thị Mẫu", "Bà", "Công chức", "mau.tran@vidu.test", "0912 345 678"]
UNITS_HEAD = [
    *("Tên cơ quan", "Tên gọi tắt", "Chữ viết tắt", "Nhóm cơ quan", "Cơ quan cấp trên"),
    *("Địa danh trên văn bản", "Số thứ tự", "Có hiệu lực từ", "Văn bản căn cứ"),
]
PROVINCE = "Ủy ban nhân dân tỉnh Ninh Thuận"
UNIT = [
    *("Sở Thử", "Sở Thử", "ST", "Sở, ban, ngành", PROVINCE),
    *("Ninh Thuận", "40", "01/01/2022", "1/QĐ-UBND"),
]
SECTION = [
    *("Phòng Thử", "Phòng Thử", "PT", "Phòng, chi cục, đơn vị trực thuộc", "Sở Thử"),
    *("Ninh Thuận", "41", "01/01/2022", "2/QĐ-ST"),
]
POSTS_HEAD = [
    *("Tên đăng nhập", "Chức vụ", "Cơ quan", "Cơ quan cấp trên", "Hình thức"),
    *("Từ ngày", "Đến trước ngày", "Quyết định"),
]
POST = [
    *("official", "Văn thư", "Sở Tài nguyên và Môi trường", "", "Chính thức"),
    *("01/01/2022", "", "3/QĐ-STNMT"),
]


@pytest.fixture
def province(client):
    load_positions()
    province = make_province()
    sign_in(client, province.admin)
    return province


def with_(row: list[str], **over: str) -> list[str]:
    """The row with other cells: column numbers as c0, c1, …"""
    return [over.get(f"c{place}", cell) for place, cell in enumerate(row)]


def upload(client, kind: str, content: bytes, name: str = "danh-sach.xlsx"):
    url = f"/quan-tri/nhap/{kind}/"
    key = str(client.get(url).context["form"]["key"].value())
    file = SimpleUploadedFile(name, content)
    return client.post(url, {"key": key, "file": file}, follow=True)


def confirm(client, preview):
    key = str(preview.context["form"]["key"].value())
    url = preview.request["PATH_INFO"]
    return client.post(url, {"key": key})


def plan_of(preview) -> list[tuple[int, str]]:
    return [(row.number, row.state) for row in preview.context["plan"].rows]


def errors_of(preview) -> list[tuple[int, str, str]]:
    return [
        (row.number, column, message)
        for row in preview.context["plan"].rows
        for column, message in row.errors
    ]


# --- the good way ---------------------------------------------------------------------------


def test_people_are_previewed_then_taken_over(client, province):
    rows = [PEOPLE_HEAD, PERSON, with_(PERSON, c0="vidu.le", c1="Lê Văn Ví Dụ", c2="")]

    preview = upload(client, "people", write_sheet(rows))
    assert plan_of(preview) == [(2, "added"), (3, "added")]
    assert not User.objects.filter(username="mau.tran").exists()
    answer = confirm(client, preview)

    user = User.objects.get(username="mau.tran")
    assert (user.full_name, user.gender, user.official_kind) == (
        "Trần Thị Mẫu",
        "female",
        "civil_servant",
    )
    assert User.objects.get(username="vidu.le").gender == "unknown"
    shown = {one.user.username: one.first_password for one in answer.context["opened"]}
    assert user.check_password(shown["mau.tran"])
    assert shown["mau.tran"] in answer.content.decode()
    assert entries_of(stream_of(user)).get().action == "user.create"
    taken = entries_of("settings").get()
    assert (taken.action, taken.data["deeds"]) == ("import.take_over", 2)
    assert not ImportDraft.objects.exists()


def test_taking_over_again_changes_nothing(client, province):
    content = write_sheet([PEOPLE_HEAD, PERSON])
    confirm(client, upload(client, "people", content))

    preview = upload(client, "people", content)

    assert plan_of(preview) == [(2, "unchanged")]
    assert "Không có gì để nhập." in preview.content.decode()


def test_confirming_twice_does_it_once(client, province):
    preview = upload(client, "people", write_sheet([PEOPLE_HEAD, PERSON]))

    first, second = confirm(client, preview), confirm(client, preview)

    assert (first.status_code, second.status_code) == (200, 302)
    assert User.objects.filter(username="mau.tran").count() == 1


def test_changes_are_named_with_old_and_new(client, province):
    row = ["official", "Nguyễn Văn Mới", "", "Viên chức", "canbo@vidu.test", ""]

    preview = upload(client, "people", write_sheet([PEOPLE_HEAD, row]))
    page = preview.content.decode()
    confirm(client, preview)

    assert plan_of(preview) == [(2, "changed")]
    assert 'từ "Nguyễn Văn Ví Dụ" thành "Nguyễn Văn Mới"' in page
    assert 'từ "Công chức" thành "Viên chức"' in page
    user = User.objects.get(username="official")
    assert user.full_name == "Nguyễn Văn Mới"
    assert entries_of(stream_of(user)).get().action == "user.change"


def test_agencies_with_a_superior_from_the_same_file(client, province):
    preview = upload(client, "units", write_sheet([UNITS_HEAD, UNIT, SECTION]))
    assert plan_of(preview) == [(2, "added"), (3, "added")]
    confirm(client, preview)

    department = OrgUnitVersion.objects.get(abbrev="ST")
    section = OrgUnitVersion.objects.get(abbrev="PT")
    assert (department.parent, section.parent) == (province.unit, department.unit)
    assert department.unit.order_number == 40
    assert department.unit.covers.count() == 2
    again = upload(client, "units", write_sheet([UNITS_HEAD, UNIT, SECTION]))
    assert plan_of(again) == [(2, "unchanged"), (3, "unchanged")]


def test_a_later_day_makes_a_new_version(client, province):
    row = [
        *("Sở Tài nguyên và Môi trường", "Sở TNMT", "STNMT", "Sở, ban, ngành", PROVINCE),
        *("Ninh Thuận", "2", "01/01/2022", "1/QĐ"),
    ]

    preview = upload(client, "units", write_sheet([UNITS_HEAD, row]))
    confirm(client, preview)

    assert plan_of(preview) == [(2, "changed")]
    names = province.department.versions.order_by("valid_from").values_list("short_name", flat=True)
    assert list(names) == ["Sở TN&MT", "Sở TNMT"]


def unit_row(**over: str) -> list[str]:
    """The department as it stands, with other cells."""
    row = [
        *("Sở Tài nguyên và Môi trường", "Sở TN&MT", "STNMT", "Sở, ban, ngành", PROVINCE),
        *("Ninh Thuận", "2", "01/01/2020", "1/QĐ"),
    ]
    return with_(row, **over)


def test_the_day_in_force_mends_the_version(client, province):
    confirm(client, upload(client, "units", write_sheet([UNITS_HEAD, unit_row(c2="STNVMT")])))

    assert province.department.versions.get().abbrev == "STNVMT"


def test_a_new_place_in_the_order_makes_no_version(client, province):
    confirm(client, upload(client, "units", write_sheet([UNITS_HEAD, unit_row(c6="77")])))

    province.department.refresh_from_db()
    assert province.department.order_number == 77
    assert province.department.versions.count() == 1


def test_another_superior_is_a_change_not_a_second_agency(client, province):
    preview = upload(client, "units", write_sheet([UNITS_HEAD, unit_row(c4="")]))
    page = preview.content.decode()
    confirm(client, preview)

    assert plan_of(preview) == [(2, "changed")]
    assert f'từ "{PROVINCE}" thành "–"' in page
    assert province.department.versions.get().parent is None


def test_posts_are_added_and_ended(client, province):
    confirm(client, upload(client, "posts", write_sheet([POSTS_HEAD, POST])))
    held = Appointment.objects.get(person=province.official, position__role=Role.CLERK)
    assert held.unit == province.department

    again = upload(client, "posts", write_sheet([POSTS_HEAD, POST]))
    ended = upload(client, "posts", write_sheet([POSTS_HEAD, with_(POST, c6="01/06/2022")]))
    confirm(client, ended)

    held.refresh_from_db()
    assert (plan_of(again), plan_of(ended)) == ([(2, "unchanged")], [(2, "changed")])
    assert f"{held.valid_to:%d/%m/%Y}" == "01/06/2022"


# --- what must be mended --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "column", "message"),
    [
        ({"c0": ""}, "Tên đăng nhập", "Nhập tên đăng nhập."),
        ({"c0": "Có Dấu"}, "Tên đăng nhập", "Chữ thường không dấu"),
        ({"c1": ""}, "Họ và tên", "Nhập họ và tên."),
        ({"c1": "x" * 101}, "Họ và tên", "Họ và tên dài quá 100 ký tự. Bớt 1 ký tự."),
        ({"c2": "Anh"}, "Cách xưng hô", "Ghi một trong: Ông; Bà; Đồng chí."),
        ({"c3": ""}, "Đối tượng", "Nhập đối tượng."),
        ({"c4": "khong"}, "E-mail", "Nhập địa chỉ như ten@coquan.gov.vn."),
        ({"c5": "gọi tôi"}, "Điện thoại", "Nhập số điện thoại"),
        ({"c1": "=HYPERLINK()"}, "Họ và tên", "Ô này có công thức."),
    ],
)
def test_errors_name_row_and_column(client, province, over, column, message):
    """The number of the row in the file, empty rows counted; what must be mended comes first."""
    rows = [PEOPLE_HEAD, PERSON, [], with_(PERSON, **over)]
    preview = upload(client, "people", write_sheet(rows))

    found = [error for error in errors_of(preview) if message in error[2]]
    assert [(number, name) for number, name, _ in found] == [(4, column)]
    assert [row.number for row in preview.context["plan"].shown] == [4, 2]
    assert "Sửa các dòng dưới đây" in preview.content.decode()


@pytest.mark.parametrize(
    ("over", "column", "message"),
    [
        ({"c0": "khong.co"}, "Tên đăng nhập", "Chưa có tài khoản này."),
        ({"c0": "admin"}, "Tên đăng nhập", "Không thể tự giao vai trò cho mình."),
        ({"c1": "Vua"}, "Chức vụ", "Không có chức vụ này trong danh mục."),
        ({"c2": "Sở Không Có"}, "Cơ quan", "Chưa có cơ quan này."),
        ({"c5": "31/02/2022"}, "Từ ngày", "Không có ngày 31/02/2022."),
        ({"c6": "01/01/2021"}, "Đến trước ngày", "Ngày kết thúc phải sau ngày bắt đầu"),
        ({"c1": "Chuyên viên"}, "Từ ngày", "đã giữ chức vụ này"),
    ],
)
def test_errors_of_posts(client, province, over, column, message):
    preview = upload(client, "posts", write_sheet([POSTS_HEAD, with_(POST, **over)]))

    assert [(number, name) for number, name, said in errors_of(preview) if message in said] == [
        (2, column)
    ]


@pytest.mark.parametrize(
    ("over", "column", "message"),
    [
        ({"c3": "Tập đoàn"}, "Nhóm cơ quan", "Ghi một trong:"),
        ({"c4": "Sở Không Có"}, "Cơ quan cấp trên", "Chưa có cơ quan này."),
        ({"c6": "x"}, "Số thứ tự", ""),
        ({"c7": "mai"}, "Có hiệu lực từ", "Nhập ngày theo dạng"),
        ({"c3": "Phòng, chi cục, đơn vị trực thuộc", "c4": ""}, "Cơ quan cấp trên", "Nhập cơ"),
    ],
)
def test_errors_of_agencies(client, province, over, column, message):
    preview = upload(client, "units", write_sheet([UNITS_HEAD, with_(UNIT, **over)]))

    assert [(number, name) for number, name, said in errors_of(preview) if message in said] == [
        (2, column)
    ]


def test_a_name_that_two_agencies_share_needs_its_superior(client, province):
    sections = [
        with_(SECTION, c4="Sở Nội vụ"),
        with_(SECTION, c4="Sở Tài nguyên và Môi trường"),
    ]
    confirm(client, upload(client, "units", write_sheet([UNITS_HEAD, *sections])))

    vague = upload(client, "posts", write_sheet([POSTS_HEAD, with_(POST, c2="Phòng Thử")]))
    exact = upload(
        client,
        "posts",
        write_sheet([POSTS_HEAD, with_(POST, c2="Phòng Thử", c3="Sở Nội vụ")]),
    )

    assert "Có nhiều cơ quan cùng tên." in errors_of(vague)[0][2]
    assert plan_of(exact) == [(2, "added")]


def test_duplicates_in_one_file_are_named(client, province):
    preview = upload(client, "people", write_sheet([PEOPLE_HEAD, PERSON, PERSON]))

    assert errors_of(preview) == [(3, "", "Trùng với dòng 2 của tệp.")]


def test_all_or_nothing(client, province):
    rows = [PEOPLE_HEAD, PERSON, with_(PERSON, c0="")]
    preview = upload(client, "people", write_sheet(rows))

    confirm(client, preview)

    assert not User.objects.filter(username="mau.tran").exists()
    assert not entries_of("settings").exists()


def test_what_changed_meanwhile_is_seen_before_it_is_done(client, province):
    """Between preview and confirmation the person is appointed by hand: nothing is doubled."""
    preview = upload(client, "posts", write_sheet([POSTS_HEAD, POST]))
    clerk = Appointment.objects.get(person=province.clerk)
    Appointment.objects.create(
        person=province.official,
        position=clerk.position,
        unit=province.department,
        valid_from="2021-01-01",
    )

    confirm(client, preview)

    assert Appointment.objects.filter(person=province.official).count() == 2


def test_a_plan_costs_the_same_for_more_rows(province, django_assert_num_queries):
    for amount in (1, 50):
        rows = [POSTS_HEAD, *(with_(POST, c5=f"01/01/{1950 + n}", c6=f"02/01/{1950 + n}")
                              for n in range(amount))]  # fmt: skip
        with django_assert_num_queries(4):
            plan = PLANS["posts"](rows, by=province.admin)
        assert plan.tally["added"] == amount


# --- files ----------------------------------------------------------------------------------


def test_columns_are_found_by_name_in_any_order(client, province):
    rows = [list(reversed(PEOPLE_HEAD)), list(reversed(PERSON))]

    assert plan_of(upload(client, "people", write_sheet(rows))) == [(2, "added")]


def test_missing_columns_are_named(client, province):
    preview = upload(client, "people", write_sheet([PEOPLE_HEAD[:3], PERSON[:3]]))

    assert "Dòng đầu của tệp thiếu cột: Đối tượng, E-mail, Điện thoại." in preview.content.decode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_the_forms_that_excel_writes(client, province, delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in (PEOPLE_HEAD, PERSON))

    preview = upload(client, "people", text.encode(encoding), "danh-sach.csv")
    confirm(client, preview)

    assert User.objects.get(username="mau.tran").full_name == "Trần Thị Mẫu"


def test_csv_of_an_old_vietnamese_windows(client, province):
    """Windows-1258 writes tone marks as signs of their own; they are composed when read."""
    decomposed = "Tên đăng nhâ\u0323p,Ho\u0323 va\u0300 tên,Ca\u0301ch xưng hô,"
    decomposed += "Đô\u0301i tươ\u0323ng,E-mail,Điê\u0323n thoa\u0323i\n"
    decomposed += "mau.tran,Trâ\u0300n Thi\u0323 Mâ\u0303u,Ba\u0300,Công chư\u0301c,,\n"

    preview = upload(client, "people", decomposed.encode("cp1258"), "cu.csv")
    confirm(client, preview)

    assert User.objects.get(username="mau.tran").full_name == "Trần Thị Mẫu"


def book(**cells: object) -> bytes:
    workbook = Workbook()
    for row in (PEOPLE_HEAD, PERSON):
        workbook.active.append(row)
    for place, value in cells.items():
        workbook.active[place] = value
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_a_real_formula_is_refused(client, province):
    preview = upload(client, "people", book(B2='=HYPERLINK("http://vidu.test")'))

    assert errors_of(preview)[0][:2] == (2, "Họ và tên")
    assert "Ô này có công thức." in errors_of(preview)[0][2]


def test_numbers_and_dates_of_excel_are_read_as_people_see_them():
    rows = read_sheet(SimpleUploadedFile("a.xlsx", book(F2=912345678)))

    assert rows[1][5] == "912345678"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def with_entity() -> bytes:
    source, out = io.BytesIO(book()), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + content
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Tệp"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "Lưu lại thành .xlsx"),
        (b"PK\x03\x04 khong phai zip", "Không đọc được tệp."),
        (zipped(word__document=b"<x/>"), "không phải bảng tính"),
        (zipped(xl__workbook=b"<x/>", bom=b"0" * 60 * 2**20), "nén quá chặt"),
        (with_entity(), "khai báo lạ"),
        (b"x" * (2 * 2**20 + 1), "quá lớn"),
        (b"a,b\n", "chưa có dòng dữ liệu"),
        ("a\n" * 600, "quá 500 dòng"),
        (b"a,b\n\x00,c\n", "Không đọc được tệp."),
        (b'a,b\n"x,c\n', "dấu ngoặc kép"),
        (b"\xff\xfeabc", "bảng mã"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_wrong_files_are_refused_in_words(client, province, content, message):
    content = content if isinstance(content, bytes) else content.encode()

    page = upload(client, "people", content).content.decode()

    assert message in page
    assert not ImportDraft.objects.exists()


def test_no_file_is_asked_for(client, province):
    page = client.post("/quan-tri/nhap/people/", {"key": ""}).content.decode()

    assert "Tải lên tệp Excel hoặc CSV." in page


@pytest.mark.parametrize("kind", ["units", "people", "posts"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_empty_list_can_be_uploaded_as_it_is(client, province, kind, ending):
    answer = client.get(f"/quan-tri/nhap/{kind}/mau.{ending}")

    assert answer["Content-Disposition"] == f'attachment; filename="mau-{kind}.{ending}"'
    rows = read_sheet(SimpleUploadedFile(f"mau.{ending}", answer.content))
    plan = PLANS[kind](rows, by=province.admin)
    complaints = [message for row in plan.rows for _, message in row.errors]
    assert all("Chưa có" in message for message in complaints), complaints


@pytest.mark.parametrize("url", ["nhap/khac/", "nhap/khac/mau.xlsx", "nhap/units/mau.exe"])
def test_other_lists_are_not_known(client, province, url):
    assert client.get(f"/quan-tri/{url}").status_code == 404


def test_a_draft_is_for_its_owner(client, client_factory, province):
    preview = upload(client, "people", write_sheet([PEOPLE_HEAD, PERSON]))
    other = make_other_admin(province)

    answer = sign_in(client_factory(), other).get(preview.request["PATH_INFO"])

    assert answer.status_code == 302


def make_other_admin(province) -> User:
    admin = province.home_affairs_officer
    own = province.admin.appointments.get()
    Appointment.objects.create(
        person=admin, position=own.position, unit=own.unit, valid_from=own.valid_from
    )
    return User.objects.get(pk=admin.pk)
