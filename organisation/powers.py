"""What a person may be at this moment, from the appointments and delegations valid today."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from organisation.stages import Acting, DelegationSubject, Role, UnitKind

ANYBODY, ANY_DAY = -1, date(1900, 1, 1)  # stand in the statement for who and when
DELEGABLE = {DelegationSubject.REVIEW: Role.AGENCY_HEAD}


@dataclass(frozen=True)
class Post:
    """One appointment of today, with the names as they are today."""

    unit_id: int
    unit_ref: str
    unit_name: str
    unit_short_name: str
    unit_abbrev: str
    unit_kind: str
    role: str
    position: str
    acting: str
    is_main: bool
    is_managerial: bool


@dataclass(frozen=True)
class Mandate:
    """Power lent to a person: to decide at a unit in the place of somebody."""

    unit_id: int
    role: str
    kind: str
    subject: str
    giver_name: str
    giver_position: str


@dataclass(frozen=True)
class Powers:
    posts: tuple[Post, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    covered: dict[int, frozenset[int]] = field(default_factory=dict)

    @property
    def held(self) -> tuple[Post | Mandate, ...]:
        """All that the person may act as, by appointment and by mandate."""
        return (*self.posts, *self.mandates)

    @property
    def main(self) -> Post | None:
        """The post under which a person is known."""
        return next((post for post in self.posts if post.is_main), None) or next(
            iter(self.posts), None
        )

    def has(self, *roles: str) -> bool:
        """Whether the person holds one of the roles anywhere, by appointment or mandate."""
        return any(post.role in roles for post in self.held)

    def holds(self, role: str, unit_id: int | None) -> bool:
        """Whether the person holds the role exactly at that unit, by appointment or mandate."""
        return any(post.role == role and post.unit_id == unit_id for post in self.held)

    def appointed(self, role: str, unit_id: int | None) -> bool:
        """Like `holds`, but by appointment only: what may not be lent."""
        return any(post.role == role and post.unit_id == unit_id for post in self.posts)

    def units(self, *roles: str) -> frozenset[int]:
        """Units where one of the roles is held, with the sub-units and predecessors they cover."""
        held = {post.unit_id for post in self.held if post.role in roles}
        return frozenset().union(*(self.covered.get(unit, {unit}) for unit in held))

    def mandate_for(self, role: str, unit_id: int | None) -> Mandate | None:
        """Whose power is used where the person acts by delegation, not by appointment."""
        if self.appointed(role, unit_id):
            return None
        return next((m for m in self.mandates if m.role == role and m.unit_id == unit_id), None)

    @property
    def is_provincial_leader(self) -> bool:
        return any(
            post.unit_kind == UnitKind.PROVINCE
            and post.role in {Role.AGENCY_HEAD, Role.DEPUTY_HEAD}
            for post in self.posts
        )


def powers_of(person_id: int | None, day: date) -> Powers:
    """The powers of a person on a day, in one query: it runs on every page."""
    if person_id is None:
        return Powers()
    posts: dict[int, Post] = {}
    mandates: dict[int, Mandate] = {}
    covered: dict[int, set[int]] = defaultdict(set)
    for row in _rows(person_id, day):
        covered[row["unit_id"]] |= {row["unit_id"], row["unit__covers__covered"]} - {None}
        if row["person_id"] == person_id:
            posts.setdefault(row["pk"], _post(row))
        elif row["lent__subject"] in DELEGABLE:
            mandates.setdefault(row["lent__pk"], _mandate(row))
    return Powers(
        posts=tuple(posts.values()),
        mandates=tuple(mandates.values()),
        covered={unit: frozenset(units) for unit, units in covered.items()},
    )


COLUMNS = (
    "pk",
    "person_id",
    "person__full_name",
    "unit_id",
    "unit__ref",
    "unit__covers__covered",
    "position__role",
    "position__title",
    "position__is_managerial",
    "acting",
    "is_main",
    "version__name",
    "version__short_name",
    "version__abbrev",
    "version__kind",
    "lent__pk",
    "lent__kind",
    "lent__subject",
)


def _rows(person_id: int, day: date) -> Iterator[dict[str, Any]]:
    """The rows of `_held`. Building its statement takes ten times what asking for it does, so it
    is built once and asked with other values."""
    statement, values = _statement(connection.vendor)
    asked = {ANYBODY: person_id, _prepared(ANY_DAY): _prepared(day)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked.get(value, value) for value in values])
        rows = cursor.fetchall()
    return (dict(zip(COLUMNS, row, strict=True)) for row in rows)


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    return _held(ANYBODY, ANY_DAY).query.sql_with_params()


def _prepared(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _held(person_id: int, day: date) -> QuerySet:
    """Appointments of the person, and those of others that lend them power, once for each unit
    that comes with it."""
    appointments = apps.get_model("organisation", "Appointment").objects.valid_on(day)
    own = appointments.filter(person_id=person_id).values("pk")
    lent = _delegations(person_id, day).values("from_appointment_id")
    version = FilteredRelation(
        "unit__versions",
        condition=Q(unit__versions__valid_from__lte=day)
        & (Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gt=day)),
    )
    running = {
        f"delegations_given__{key}": value for key, value in _running(person_id, day).items()
    }
    lending = FilteredRelation("delegations_given", condition=Q(**running))
    return (
        appointments.filter(pk__in=own.union(lent))
        .annotate(version=version, lent=lending)
        .filter(version__isnull=False)
        .order_by("position__rank", "pk", "lent__pk")
        .values(*COLUMNS)
    )


def _delegations(person_id: int, day: date) -> QuerySet:
    """What is lent to the person on that day, by somebody who still has it to lend."""
    delegations = apps.get_model("organisation", "Delegation").objects
    return delegations.filter(from_appointment__person__is_active=True, **_running(person_id, day))


def _running(person_id: int, day: date) -> dict[str, Any]:
    return {
        "to_person_id": person_id,
        "valid_from__lte": day,
        "valid_to__gte": day,
        "revoked_at": None,
    }


def _post(row: dict[str, Any]) -> Post:
    prefix = "Q. " if row["acting"] == Acting.ACTING_HEAD else ""
    return Post(
        unit_id=row["unit_id"],
        unit_ref=str(UUID(str(row["unit__ref"]))),
        unit_name=row["version__name"],
        unit_short_name=row["version__short_name"],
        unit_abbrev=row["version__abbrev"],
        unit_kind=row["version__kind"],
        role=row["position__role"],
        position=prefix + row["position__title"],
        acting=row["acting"],
        is_main=bool(row["is_main"]),
        is_managerial=bool(row["position__is_managerial"]),
    )


def _mandate(row: dict[str, Any]) -> Mandate:
    return Mandate(
        unit_id=row["unit_id"],
        role=row["position__role"],
        kind=row["lent__kind"],
        subject=row["lent__subject"],
        giver_name=row["person__full_name"],
        giver_position=row["position__title"],
    )
