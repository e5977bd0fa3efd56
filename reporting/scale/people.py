"""People in thousands, spread over the agencies of the province."""

import random
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet

from journal.signatures import signature_of
from organisation.days import today
from organisation.demo.load import PASSWORD
from organisation.models import Appointment, OrgUnitVersion, Position, User
from organisation.stages import Role, UnitKind
from organisation.text import fold, person_sort_key

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Chamaléa")
MIDDLES = ("Văn", "Thị", "Minh", "Thanh", "Ngọc", "Quang", "Thu", "Đức")
GIVEN = ("Mẫu", "Ví Dụ", "Minh Họa", "Thử", "Giả Định", "Tỷ Dụ")
SINCE = date(2021, 1, 1)
BATCH = 2000
HOSTS = (UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.PUBLIC_SERVICE_UNIT)


@dataclass(frozen=True)
class Author:
    """An official who proposes, with the names that rows and entries repeat."""

    user: User
    agency: OrgUnitVersion
    head: User
    signature: dict[str, str]
    head_signature: dict[str, str]


def make_people(amount: int) -> list[User]:
    """So many officials `nguoi-000001` …, each with a post at an agency; those there stay."""
    names = [f"nguoi-{number:06d}" for number in range(1, amount + 1)]
    known = set(
        User.objects.filter(username__startswith="nguoi-").values_list("username", flat=True)
    )
    password = make_password(PASSWORD)
    fresh = [_person(name, password) for name in names if name not in known]
    User.objects.bulk_create(fresh, batch_size=BATCH)
    post = Position.objects.get(code="chuyen-vien")
    units = list(_hosts().values_list("unit_id", flat=True))
    Appointment.objects.bulk_create(
        [
            Appointment(
                person=person, position=post, unit_id=units[n % len(units)], valid_from=SINCE
            )
            for n, person in enumerate(fresh)
        ],
        batch_size=BATCH,
    )
    return list(User.objects.filter(username__in=names).order_by("username"))


def authors_of(people: list[User]) -> list[Author]:
    """What the tales need to know of each of them, read once."""
    posts = Appointment.objects.filter(person__in=people, position__code="chuyen-vien")
    unit_of = dict(posts.values_list("person_id", "unit_id"))
    versions = {version.unit_id: version for version in _hosts().select_related("unit")}
    heads = {unit: _head_of(unit) for unit in set(unit_of.values())}
    signed = {unit: signature_of(head, Role.AGENCY_HEAD) for unit, head in heads.items()}
    return [
        _author(user, versions[unit_of[user.pk]], heads[unit_of[user.pk]], signed)
        for user in people
    ]


def _hosts() -> QuerySet[OrgUnitVersion]:
    """Agencies of today that have a head."""
    at = Q(valid_to=None) | Q(valid_to__gt=today())
    headed = Appointment.objects.valid_on(today()).filter(position__role=Role.AGENCY_HEAD)
    rows = OrgUnitVersion.objects.filter(at, kind__in=HOSTS, valid_from__lte=today())
    return rows.filter(unit__in=headed.values("unit")).order_by("unit__order_number", "unit_id")


def _person(username: str, password: str) -> User:
    dice = random.Random(username)  # noqa: S311
    name = " ".join(dice.choice(part) for part in (FAMILIES, MIDDLES, GIVEN))
    return User(
        username=username,
        full_name=name,
        password=password,
        sort_key=person_sort_key(name),
        search_key=fold(f"{name} {username}"),
    )


def _head_of(unit_id: int) -> User:
    head = User.objects.holding(Role.AGENCY_HEAD, unit=unit_id).first()
    if head is None:
        raise LookupError(f"unit {unit_id} has no head")
    return head


def _author(
    user: User, agency: OrgUnitVersion, head: User, signed: dict[int, dict[str, str]]
) -> Author:
    signature = {
        "ref": str(user.ref),
        "full_name": user.full_name,
        "position": "Chuyên viên",
        "unit": agency.name,
        "unit_ref": str(agency.unit.ref),
    }
    return Author(user, agency, head, signature, signed[agency.unit_id])
