"""Ninh Thuận as it was in 2021, with invented people: for trying out and for tests."""

import csv
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from organisation.actions import rebuild_scopes
from organisation.demo import cast
from organisation.models import Appointment, OrgUnit, OrgUnitVersion, Position, User
from organisation.seeds.calendar import load_calendar
from organisation.seeds.positions import load_positions

AGENCIES = Path(__file__).with_name("agencies.csv")
NAMESPACE = uuid.UUID("58000000-0000-4000-8000-000000002021")
SINCE = date(2020, 1, 1)
PASSWORD = "ninh-thuan-2021-mau"  # noqa: S105 (printed by demo_accounts; DEMO only)


class NotADemo(RuntimeError):
    """Demo data was asked for where DEMO is not set: its password is known to all (AU-12)."""


@dataclass(frozen=True)
class Loaded:
    """The demo province: agencies by code ("stnmt"), people by sign-in name ("mau.nguyen")."""

    units: dict[str, OrgUnit]
    people: dict[str, User]


@transaction.atomic
def load_province() -> Loaded:
    """Agencies, people, posts and the calendar of the demo; called again, what is there stays.

    Raises NotADemo unless DEMO is set.
    """
    refuse_outside_demo()
    load_calendar()
    positions = load_positions()
    rows = _agencies()
    units = _units(rows)
    people = _people({row["code"]: row["kind"] for row in rows}, units, positions)
    rebuild_scopes()
    return Loaded(units, people)


def refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise NotADemo("Set DEMO=true: everybody knows the password of the demo accounts.")


def _agencies() -> list[dict[str, str]]:
    with AGENCIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _units(rows: list[dict[str, str]]) -> dict[str, OrgUnit]:
    refs = {row["code"]: _ref("unit", row["code"]) for row in rows}
    held = set(OrgUnit.objects.filter(ref__in=refs.values()).values_list("ref", flat=True))
    new = [row for row in rows if refs[row["code"]] not in held]
    OrgUnit.objects.bulk_create(
        [OrgUnit(ref=refs[row["code"]], order_number=rows.index(row) + 1) for row in new]
    )
    by_ref = {unit.ref: unit for unit in OrgUnit.objects.filter(ref__in=refs.values())}
    units = {code: by_ref[ref] for code, ref in refs.items()}
    OrgUnitVersion.objects.bulk_create([_version(row, units) for row in new])
    return units


def _version(row: dict[str, str], units: dict[str, OrgUnit]) -> OrgUnitVersion:
    version = OrgUnitVersion(
        unit=units[row["code"]],
        name=row["name"],
        short_name=row["short_name"],
        abbrev=row["abbrev"],
        kind=row["kind"],
        parent=units.get(row["parent"]),
        place_name=row["place_name"],
        valid_from=SINCE,
        basis_document="Dữ liệu minh họa",
    )
    version.derive()
    return version


def _people(
    kinds: dict[str, str], units: dict[str, OrgUnit], positions: dict[str, Position]
) -> dict[str, User]:
    wanted = list(cast.people(kinds))
    names = [person.username for person in wanted]
    held = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    new = [person for person in wanted if person.username not in held]
    password = make_password(PASSWORD)
    User.objects.bulk_create([_user(person, password) for person in new])
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    Appointment.objects.bulk_create(
        Appointment(
            ref=_ref("post", f"{person.username}/{post}/{code}"),
            person=users[person.username],
            position=positions[post],
            unit=units[code],
            is_main=place == 0,
            valid_from=SINCE,
            basis_document="Dữ liệu minh họa",
        )
        for person in new
        for place, (post, code) in enumerate(person.posts)
    )
    return users


def _user(person: cast.Person, password: str) -> User:
    user = User(
        ref=_ref("user", person.username),
        username=person.username,
        full_name=person.full_name,
        gender=person.gender,
        official_kind=person.official_kind,
        email=f"{person.username}@vidu.test",
        password=password,
    )
    user.derive()
    return user


def _ref(kind: str, name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{kind}:{name}")
