"""Which units a unit answers for: derived, so that a list needs one join and no tree walk."""

from collections import defaultdict

from django.db import transaction

from organisation.days import today
from organisation.models import OrgSuccession, OrgUnit, OrgUnitVersion, UnitScope
from organisation.stages import SuccessionKind, UnitKind

Links = dict[int, set[int]]


@transaction.atomic
def rebuild_scopes() -> None:
    """Each unit covers itself, its sub-units at any depth, and those it took over from by today.

    A sub-unit ends where another agency begins: the province does not cover its departments.
    A transfer of one function hands over that function's work, not the sight of all the rest.
    """
    wanted = _pairs()
    held = set(UnitScope.objects.values_list("unit_id", "covered_id"))
    for unit, covered in held - wanted:
        UnitScope.objects.filter(unit=unit, covered=covered).delete()
    UnitScope.objects.bulk_create(
        [UnitScope(unit_id=unit, covered_id=covered) for unit, covered in sorted(wanted - held)]
    )


def _pairs() -> set[tuple[int, int]]:
    links = _links()
    units = OrgUnit.objects.values_list("pk", flat=True)
    return {(unit, covered) for unit in units for covered in _reached(unit, links)}


def _links() -> Links:
    links: Links = defaultdict(set)
    for unit, parent in _sub_units():
        links[parent].add(unit)
    handed_over = OrgSuccession.objects.filter(effective_on__lte=today()).exclude(
        kind=SuccessionKind.TRANSFER_FUNCTION
    )
    for before, after in handed_over.values_list("from_unit_id", "to_unit_id"):
        links[after].add(before)
    return links


def _sub_units() -> list[tuple[int, int]]:
    """Sub-units with their superior: as today, or as they were when they ended."""
    latest = {
        version.unit_id: version
        for version in OrgUnitVersion.objects.filter(valid_from__lte=today()).order_by(
            "valid_from", "pk"
        )
    }
    return [
        (version.unit_id, version.parent_id)
        for version in latest.values()
        if version.kind == UnitKind.SUB_UNIT and version.parent_id
    ]


def _reached(unit: int, links: Links) -> set[int]:
    reached, waiting = {unit}, [unit]
    while waiting:
        new = links.get(waiting.pop(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached
