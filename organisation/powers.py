"""What a person may be at this moment, from the appointments and delegations valid today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.db.models import Q

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
    """The powers of a person on a day, in three queries."""
    appointments = (
        apps.get_model("organisation", "Appointment")
        .objects.valid_on(day)
        .filter(person_id=person_id)
        .select_related("position", "unit")
        .order_by("position__rank", "pk")
    )
    delegations = (
        apps.get_model("organisation", "Delegation")
        .objects.filter(
            Q(from_appointment__valid_to=None) | Q(from_appointment__valid_to__gt=day),
            to_person_id=person_id,
            valid_from__lte=day,
            valid_to__gte=day,
            revoked_at=None,
            from_appointment__valid_from__lte=day,
            from_appointment__person__is_active=True,
        )
        .select_related("from_appointment__position", "from_appointment__person")
        .order_by("pk")
    )
    rows, lent = list(appointments), list(delegations)
    units = {row.unit_id for row in rows} | {row.from_appointment.unit_id for row in lent}
    versions = _versions(units, day)
    return Powers(
        posts=tuple(_post(row, versions[row.unit_id]) for row in rows if row.unit_id in versions),
        mandates=tuple(_mandate(row) for row in lent if row.subject in DELEGABLE),
        covered=_covered(units),
    )


def _versions(units: Iterable[int], day: date) -> dict:
    model = apps.get_model("organisation", "OrgUnitVersion")
    return {v.unit_id: v for v in model.objects.valid_on(day).filter(unit__in=units)}


def _covered(units: Iterable[int]) -> dict[int, frozenset[int]]:
    pairs = (
        apps.get_model("organisation", "UnitScope")
        .objects.filter(unit__in=units)
        .values_list("unit_id", "covered_id")
    )
    found: dict[int, set[int]] = {unit: {unit} for unit in units}
    for unit, covered in pairs:
        found[unit].add(covered)
    return {unit: frozenset(covered) for unit, covered in found.items()}


def _post(row, version) -> Post:
    prefix = "Q. " if row.acting == Acting.ACTING_HEAD else ""
    return Post(
        unit_id=row.unit_id,
        unit_ref=str(row.unit.ref),
        unit_name=version.name,
        unit_short_name=version.short_name,
        unit_abbrev=version.abbrev,
        unit_kind=version.kind,
        role=row.position.role,
        position=prefix + row.position.title,
        acting=row.acting,
        is_main=row.is_main,
        is_managerial=row.position.is_managerial,
    )


def _mandate(row) -> Mandate:
    giver = row.from_appointment
    return Mandate(
        unit_id=giver.unit_id,
        role=giver.position.role,
        kind=row.kind,
        subject=row.subject,
        giver_name=giver.person.full_name,
        giver_position=giver.position.title,
    )
