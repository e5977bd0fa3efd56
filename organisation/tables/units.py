"""The tree of agencies as one list, with who leads each and who may be asked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django import forms

from organisation.fields import WordedForm
from organisation.models import Appointment, OrgUnitVersion
from organisation.stages import Role
from organisation.text import fold

CONTACTS = (Role.AGENCY_HEAD, Role.AGENCY_FOCAL, Role.CLERK)
INDENTS = ("", "ps-3", "ps-4", "ps-5")  # by depth; further levels stand like the last


class UnitFilter(WordedForm):
    """The GET filter of the list; what does not fit is passed over."""

    q = forms.CharField(label="Tên hoặc chữ viết tắt", max_length=100, required=False)


@dataclass(frozen=True)
class UnitRow:
    """One line of the list: the version of the day, how deep it stands, its people by role."""

    version: OrgUnitVersion
    depth: int
    people: dict[str, list[Appointment]] = field(default_factory=dict)

    @property
    def indent(self) -> str:
        return INDENTS[min(self.depth, len(INDENTS) - 1)]

    @property
    def head(self) -> list[Appointment]:
        return self.people.get(Role.AGENCY_HEAD, [])

    @property
    def focal(self) -> list[Appointment]:
        return self.people.get(Role.AGENCY_FOCAL, [])

    @property
    def clerk(self) -> list[Appointment]:
        return self.people.get(Role.CLERK, [])


def unit_rows(day: date, *, search: str = "") -> list[UnitRow]:
    """Agencies in their official order, sub-units under their superior; found ones without it."""
    versions = OrgUnitVersion.objects.valid_on(day).select_related("unit")
    ordered = list(versions.order_by("unit__order_number", "search_key", "pk"))
    people = _contacts(day)
    if search:
        found = [version for version in ordered if fold(search) in version.search_key]
        return [UnitRow(version, 0, people[version.unit_id]) for version in found]
    return [UnitRow(version, depth, people[version.unit_id]) for version, depth in _walk(ordered)]


def _walk(ordered: list[OrgUnitVersion]) -> Iterator[tuple[OrgUnitVersion, int]]:
    known = {version.unit_id for version in ordered}
    below: dict[int | None, list[OrgUnitVersion]] = defaultdict(list)
    for version in ordered:
        below[version.parent_id if version.parent_id in known else None].append(version)
    waiting = [(version, 0) for version in reversed(below[None])]
    while waiting:
        version, depth = waiting.pop()
        yield version, depth
        waiting.extend((child, depth + 1) for child in reversed(below[version.unit_id]))


def _contacts(day: date) -> dict[int, dict[str, list[Appointment]]]:
    held = (
        Appointment.objects.valid_on(day)
        .filter(position__role__in=CONTACTS, person__is_active=True)
        .select_related("person", "position")
        .order_by("position__rank", "person__sort_key", "pk")
    )
    found: dict[int, dict[str, list[Appointment]]] = defaultdict(dict)
    for appointment in held:
        found[appointment.unit_id].setdefault(appointment.position.role, []).append(appointment)
    return found
