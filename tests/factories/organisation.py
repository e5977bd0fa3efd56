"""People, agencies and posts for tests. Every value can be given; the rest is ordinary."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from organisation.actions import rebuild_scopes
from organisation.models import Appointment, OrgUnit, OrgUnitVersion, Position, User
from organisation.seeds.positions import POSITIONS
from organisation.stages import Role, UnitKind

LONG_AGO = date(2020, 1, 1)
PASSWORD = "mat khau de kiem thu 58"
NUMBERS = count(1)
USUAL_POST = {
    Role.AGENCY_HEAD: "giam-doc-so",
    Role.DEPUTY_HEAD: "pho-giam-doc-so",
    Role.PROPOSER: "chuyen-vien",
}


def make_unit(
    name: str = "",
    *,
    kind: str = UnitKind.DEPARTMENT,
    parent: OrgUnit | None = None,
    abbrev: str = "",
    valid_from: date = LONG_AGO,
    **over: Any,
) -> OrgUnit:
    """An agency with one version, open since long ago; scopes are rebuilt."""
    number = next(NUMBERS)
    unit = OrgUnit.objects.create(order_number=over.pop("order_number", number))
    name = name or f"Sở Mẫu {number}"
    facts: dict[str, Any] = {"short_name": name[:80], "place_name": "Ninh Thuận"} | over
    OrgUnitVersion.objects.create(
        unit=unit,
        name=name,
        kind=kind,
        parent=parent,
        abbrev=abbrev or f"SM{number}",
        valid_from=valid_from,
        **facts,
    )
    rebuild_scopes()
    return unit


def make_position(role: str = Role.PROPOSER, code: str = "", **over: Any) -> Position:
    """The usual post for a role, or the post with that code."""
    rows = {row[0]: row for row in POSITIONS}
    code = code or USUAL_POST.get(Role(role)) or next(row[0] for row in POSITIONS if row[2] == role)
    _, title, own_role, managerial, rank = rows[code]
    facts = {"title": title, "role": own_role, "is_managerial": managerial, "rank": rank} | over
    return Position.objects.get_or_create(code=code, defaults=facts)[0]


def make_appointment(
    person: User, role: str, unit: OrgUnit, *, position: str = "", **over: Any
) -> Appointment:
    """A post held since long ago."""
    facts: dict[str, Any] = {"valid_from": LONG_AGO} | over
    return Appointment.objects.create(
        person=person, unit=unit, position=make_position(role, position), **facts
    )


def make_user(
    *,
    role: str | None = None,
    unit: OrgUnit | None = None,
    position: str = "",
    password: str = PASSWORD,
    **over: Any,
) -> User:
    """An active official; with a role, appointed to it at the unit (a new one when none is given).

    The password is PASSWORD.
    """
    number = next(NUMBERS)
    facts: dict[str, Any] = {
        "username": f"canbo{number}",
        "full_name": f"Nguyễn Văn Mẫu {number}",
        "email": f"canbo{number}@vidu.test",
    } | over
    user = User(**facts)
    user.set_password(password)
    user.save()
    if role:
        make_appointment(user, role, unit or make_unit(), position=position)
    return user


def sign_in(client: Client, user: User) -> Client:
    """The client, signed in as the user without the sign-in page."""
    client.force_login(user)
    return client


@dataclass(frozen=True)
class Province:
    """A small province: the People's Committee, two departments, a section and a district."""

    unit: OrgUnit
    department: OrgUnit
    section: OrgUnit
    home_affairs: OrgUnit
    district: OrgUnit
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


# who, role, where, post, name
CAST = (
    ("chairman", Role.AGENCY_HEAD, "unit", "chu-tich-ubnd-tinh", "Trần Chủ Tịch Mẫu"),
    ("vice_chairman", Role.DEPUTY_HEAD, "unit", "pho-chu-tich-ubnd-tinh", "Lê Phó Chủ Tịch Mẫu"),
    ("provincial_officer", Role.PROVINCIAL_OFFICE, "unit", "", "Phạm Văn Phòng Mẫu"),
    ("provincial_clerk", Role.CLERK, "unit", "", "Vũ Văn Thư Tỉnh Mẫu"),
    ("head", Role.AGENCY_HEAD, "department", "", "Nguyễn Giám Đốc Mẫu"),
    ("deputy", Role.DEPUTY_HEAD, "department", "", "Trần Phó Giám Đốc Mẫu"),
    ("focal", Role.AGENCY_FOCAL, "department", "", "Lê Thị Đầu Mối Mẫu"),
    ("clerk", Role.CLERK, "department", "", "Phạm Thị Văn Thư Mẫu"),
    ("official", Role.PROPOSER, "department", "", "Nguyễn Văn Ví Dụ"),
    ("colleague", Role.PROPOSER, "department", "", "Trần Thị Minh Họa"),
    ("section_head", Role.AGENCY_HEAD, "section", "truong-phong", "Đỗ Trưởng Phòng Mẫu"),
    ("section_official", Role.PROPOSER, "section", "", "Đặng Văn Mẫu"),
    ("home_affairs_head", Role.AGENCY_HEAD, "home_affairs", "", "Bùi Giám Đốc Nội Vụ Mẫu"),
    ("home_affairs_lead", Role.HOME_AFFAIRS_LEAD, "home_affairs", "", "Hồ Lãnh Đạo Nội Vụ Mẫu"),
    ("home_affairs_officer", Role.HOME_AFFAIRS_OFFICER, "home_affairs", "", "Ngô Nội Vụ Mẫu"),
    ("home_affairs_clerk", Role.CLERK, "home_affairs", "", "Lý Văn Thư Nội Vụ Mẫu"),
    ("district_head", Role.AGENCY_HEAD, "district", "chu-tich-ubnd-huyen", "Dương Huyện Mẫu"),
    ("district_deputy", Role.DEPUTY_HEAD, "district", "pho-chu-tich-ubnd-huyen", "Mai Phó Mẫu"),
    ("district_focal", Role.AGENCY_FOCAL, "district", "", "Đinh Đầu Mối Huyện Mẫu"),
    ("district_clerk", Role.CLERK, "district", "", "Trịnh Văn Thư Huyện Mẫu"),
    ("district_official", Role.PROPOSER, "district", "", "Phan Cán Bộ Huyện Mẫu"),
    ("inspector", Role.INSPECTOR, "unit", "", "Tô Thanh Tra Mẫu"),
    ("admin", Role.ADMIN, "unit", "", "Cao Quản Trị Mẫu"),
)


def make_province() -> Province:
    """The small province with one person for each part; usernames are the names of the parts."""
    unit = make_unit("Ủy ban nhân dân tỉnh Ninh Thuận", kind=UnitKind.PROVINCE, abbrev="UBND")
    department = make_unit(
        "Sở Tài nguyên và Môi trường", parent=unit, abbrev="STNMT", short_name="Sở TN&MT"
    )
    units = {
        "unit": unit,
        "department": department,
        "section": make_unit(
            "Phòng Quản lý đất đai", kind=UnitKind.SUB_UNIT, parent=department, abbrev="PQLĐĐ"
        ),
        "home_affairs": make_unit("Sở Nội vụ", parent=unit, abbrev="SNV"),
        "district": make_unit(
            "Ủy ban nhân dân huyện Ninh Sơn",
            kind=UnitKind.DISTRICT,
            parent=unit,
            abbrev="UBND",
            short_name="UBND huyện Ninh Sơn",
            place_name="Ninh Sơn",
        ),
    }
    people = {
        part: make_user(
            role=role, unit=units[where], position=post, username=part, full_name=full_name
        )
        for part, role, where, post, full_name in CAST
    }
    return Province(people=people, **units)
