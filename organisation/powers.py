"""What a person may be at this moment, from the appointments and delegations valid today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, FilteredRelation, Q, QuerySet

from organisation.prepared import prepared
from organisation.stages import Acting, DelegationSubject, Role, UnitKind

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

    def has_own(self, *roles: str) -> bool:
        """Like `has`, by appointment only: what is lent is the review of proposals (AZ-12)."""
        return any(post.role in roles for post in self.posts)

    def holds(self, role: str, unit_id: int | None) -> bool:
        """Whether the person holds the role exactly at that unit, by appointment or mandate."""
        return any(post.role == role and post.unit_id == unit_id for post in self.held)

    def appointed(self, role: str, unit_id: int | None) -> bool:
        """Like `holds`, but by appointment only: what may not be lent."""
        return any(post.role == role and post.unit_id == unit_id for post in self.posts)

    def units(self, *roles: str) -> frozenset[int]:
        """Units where one of the roles is held, with the sub-units and predecessors they cover."""
        return self._around(self.held, roles)

    def own_units(self, *roles: str) -> frozenset[int]:
        """Like `units`, by appointment only: what is lent is the review of proposals (AZ-12)."""
        return self._around(self.posts, roles)

    def mandate_for(self, role: str, unit_id: int | None) -> Mandate | None:
        """Whose power is used where the person acts by delegation, not by appointment."""
        if self.appointed(role, unit_id):
            return None
        return next((m for m in self.mandates if m.role == role and m.unit_id == unit_id), None)

    def _around(self, held: Iterable[Post | Mandate], roles: Iterable[str]) -> frozenset[int]:
        units = {post.unit_id for post in held if post.role in roles}
        return frozenset().union(*(self.covered.get(unit, {unit}) for unit in units))

    @property
    def is_provincial_leader(self) -> bool:
        return any(
            post.unit_kind == UnitKind.PROVINCE
            and post.role in {Role.AGENCY_HEAD, Role.DEPUTY_HEAD}
            for post in self.posts
        )


def powers_of(person_id: int | None, day: date) -> Powers:
    """The powers of a person on a day. It runs on every page: one query, two for whoever may hold
    power that is lent."""
    if person_id is None:
        return Powers()
    own = [dict(zip(OWN, row, strict=True)) for row in _own(person_id, day)]
    may_borrow = not own or own[0]["borrows"]
    lent = _lent(person_id, day) if may_borrow else []
    borrowed = [dict(zip(LENT, row, strict=True)) for row in lent]
    covered: dict[int, set[int]] = defaultdict(set)
    for row in own + borrowed:
        covered[row["unit_id"]] |= {row["unit_id"], row["unit__covers__covered"]} - {None}
    return Powers(
        posts=tuple({row["pk"]: _post(row) for row in own}.values()),
        mandates=tuple({row["delegations_given"]: _mandate(row) for row in borrowed}.values()),
        covered={unit: frozenset(units) for unit, units in covered.items()},
    )


OWN = (
    "pk",
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
    "borrows",
)
LENT = (
    "delegations_given",
    "delegations_given__kind",
    "delegations_given__subject",
    "unit_id",
    "unit__covers__covered",
    "position__role",
    "position__title",
    "person__full_name",
)


@prepared
def _own(person_id: int, day: date) -> QuerySet:
    """Appointments of the person, once for each unit that comes with them.

    PostgreSQL plans few tables in a fifth of the time it takes for these and the delegations.
    """
    running = apps.get_model("organisation", "Delegation").objects.filter(
        **_running(person_id, day)
    )
    return (
        _appointments(day)
        .filter(person_id=person_id)
        .annotate(version=_version(day), borrows=Exists(running))
        .filter(version__isnull=False)
        .order_by("position__rank", "pk")
        .values_list(*OWN)
    )


@prepared
def _lent(person_id: int, day: date) -> QuerySet:
    """Appointments whose holder, still active and in office, lends their power to the person."""
    running = _running(person_id, day).items()
    return (
        _appointments(day)
        .filter(
            person__is_active=True,
            delegations_given__subject__in=DELEGABLE,
            **{f"delegations_given__{key}": value for key, value in running},
        )
        .annotate(version=_version(day))
        .filter(version__isnull=False)
        .order_by("position__rank", "pk", "delegations_given")
        .values_list(*LENT)
    )


def _appointments(day: date) -> Any:
    return apps.get_model("organisation", "Appointment").objects.valid_on(day)


def _version(day: date) -> FilteredRelation:
    """The names of the unit as they are on that day."""
    is_open = Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gt=day)
    return FilteredRelation(
        "unit__versions", condition=Q(unit__versions__valid_from__lte=day) & is_open
    )


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
        unit_ref=str(row["unit__ref"]),
        unit_name=row["version__name"],
        unit_short_name=row["version__short_name"],
        unit_abbrev=row["version__abbrev"],
        unit_kind=row["version__kind"],
        role=row["position__role"],
        position=prefix + row["position__title"],
        acting=row["acting"],
        is_main=row["is_main"],
        is_managerial=row["position__is_managerial"],
    )


def _mandate(row: dict[str, Any]) -> Mandate:
    return Mandate(
        unit_id=row["unit_id"],
        role=row["position__role"],
        kind=row["delegations_given__kind"],
        subject=row["delegations_given__subject"],
        giver_name=row["person__full_name"],
        giver_position=row["position__title"],
    )
