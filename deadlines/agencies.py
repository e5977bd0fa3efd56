"""At which agency a clock lies, in SQL: that of the post that holds it, or of its holder's post."""

from datetime import date

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from organisation.models import Appointment, OrgUnitVersion, UnitScope
from organisation.stages import UnitKind


def unit_held(day: date) -> Coalesce:
    """The unit where a clock lies on a day: of the post, or of the main post of the person."""
    posts = Appointment.objects.valid_on(day).filter(person=OuterRef("holder_user"))
    posts = posts.order_by("-is_main", "position__rank", "pk")
    return Coalesce(
        F("holder_unit_id"), Subquery(posts.values("unit_id")[:1]), output_field=IntegerField()
    )


def agency_of(unit: str, day: date) -> Subquery:
    """The agency that answers on a day for the unit in a column: sub-units climb, those that
    ended have a successor.
    """
    standing = OrgUnitVersion.objects.valid_on(day).exclude(kind=UnitKind.SUB_UNIT)
    found = UnitScope.objects.filter(covered_id=OuterRef(unit), unit__in=standing.values("unit"))
    itself_first = Case(When(Q(unit=F("covered")), then=0), default=1)
    return Subquery(found.order_by(itself_first, "unit_id").values("unit_id")[:1])
