"""Who receives the reports of a province on a day, and which agencies owe one."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from deadlines.agencies import agency_of_units
from organisation.models import Appointment, OrgUnit, OrgUnitVersion
from organisation.stages import Role, UnitKind


class Receiver(NamedTuple):
    """The agency that receives, and the unit of it where the summary is made."""

    agency: OrgUnit
    desk: OrgUnit


def receiver_on(day: date) -> Receiver | None:
    """Sở Nội vụ: where an officer for it is appointed that day; None where nobody is."""
    posts = Appointment.objects.valid_on(day).filter(
        position__role=Role.HOME_AFFAIRS_OFFICER, person__is_active=True
    )
    post = posts.select_related("unit").order_by("unit__order_number", "unit", "pk").first()
    if post is None:
        return None
    standing = set(_standing(day).values_list("unit", flat=True))
    agency = agency_of_units(standing).get(post.unit_id, post.unit_id)
    return Receiver(OrgUnit.objects.get(pk=agency), post.unit)


def owing(kinds: Collection[str], day: date) -> list[OrgUnitVersion]:
    """The agencies of these kinds right below the province, in the official order."""
    province = _standing(day).filter(kind=UnitKind.PROVINCE).values("unit")
    rows = _standing(day).filter(kind__in=kinds, parent__in=province)
    return list(rows.select_related("unit").order_by("unit__order_number", "unit"))


def _standing(day: date) -> QuerySet:
    return OrgUnitVersion.objects.valid_on(day).exclude(kind=UnitKind.SUB_UNIT)
