"""Tasks that nobody can see: of a post to which nobody is appointed, of a person whose account is
closed. Whoever can put that right sees how many there are and where they lie.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from deadlines.agencies import agency_of_units, units_of
from deadlines.models import Clock
from deadlines.watched import FOLLOWING, headed_by, not_secret
from organisation.models import Appointment, OrgUnitVersion, User
from organisation.stages import Role, UnitKind

EVERYWHERE = (*FOLLOWING, Role.ADMIN)  # who sees those of the whole province
CLOSED = "Người có tài khoản đã khóa"


@dataclass(frozen=True)
class Vacancy:
    """How many tasks of a post nobody holds at an agency, and by when the first is due."""

    agency: str
    post: str
    number: int
    late: int
    first_on: date | None


def vacancies(user: User, day: date) -> list[Vacancy]:
    """What nobody holds, as far as this person looks after it: Sở Nội vụ and administrators all of
    it, heads that of their agency and of those right below; what is due first on top.
    """
    heads = headed_by(user)
    sees_all = user.powers.has(*EVERYWHERE)
    if not heads and not sees_all:
        return []
    held = list(_held(day))
    versions = {row.unit_id: row for row in OrgUnitVersion.objects.valid_on(day)} if held else {}
    found = [
        _vacancy(versions[agency].short_name, row)
        for agency, row in _by_agency(held, versions, day)
        if sees_all or agency in heads or versions[agency].parent_id in heads
    ]
    return sorted(found, key=lambda one: (one.first_on or date.max, one.agency, one.post))


def _vacancy(agency: str, row: dict) -> Vacancy:
    post = Role(row["holder_role"]).label if row["holder_role"] else CLOSED
    return Vacancy(agency, post, row["number"], row["late"], row["first_on"])


def _by_agency(
    held: list[dict], versions: dict[int, OrgUnitVersion], day: date
) -> Iterator[tuple[int, dict]]:
    if not held:
        return
    people = units_of([row["holder_user"] for row in held if row["holder_user"]], day)
    standing = {unit for unit, row in versions.items() if row.kind != UnitKind.SUB_UNIT}
    agencies = agency_of_units(standing)
    for row in held:
        agency = agencies.get(row["holder_unit"] or people.get(row["holder_user"], 0))
        if agency:
            yield agency, row


def _held(day: date) -> QuerySet:
    """Running tasks by holder, of those holders who are nobody."""
    filled = Appointment.objects.valid_on(day).filter(
        unit=OuterRef("holder_unit"), position__role=OuterRef("holder_role"), person__is_active=True
    )
    rows = Clock.objects.running().filter(not_secret()).order_by()
    rows = rows.filter(Q(holder_user=None) & ~Exists(filled) | Q(holder_user__is_active=False))
    return rows.values("holder_user", "holder_unit", "holder_role").annotate(
        number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)), first_on=Min("due_on")
    )
