"""Which agency answers today for one that has ended (to-chuc.md §3)."""

from datetime import date

from organisation.models import OrgSuccession
from organisation.stages import SuccessionKind

Heirs = dict[int, int]


def heirs(day: date) -> Heirs:
    """Each agency that was succeeded, with the agency that answers for it now."""
    rows = OrgSuccession.objects.filter(effective_on__lte=day)
    rows = rows.exclude(kind=SuccessionKind.TRANSFER_FUNCTION).order_by("effective_on", "pk")
    found: Heirs = {}
    for before, after in rows.values_list("from_unit_id", "to_unit_id"):
        if found.get(after) == before:
            del found[after]  # taken back: it answers for itself again
        last = found.get(after, after)
        found = {unit: last if heir == before else heir for unit, heir in found.items()}
        found.setdefault(before, last)
    return found
