"""At which agency a clock lies: that of the post that holds it, or of its holder's post."""

from collections.abc import Collection
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


def agency_of_units(standing: Collection[int]) -> dict[int, int]:
    """The agency that answers for each unit, as `agency_of` finds it, among those that stand; one
    query for all of them.
    """
    found: dict[int, int] = {}
    for agency, unit in UnitScope.objects.order_by("unit_id").values_list("unit", "covered"):
        if agency in standing:
            found[unit] = unit if agency == unit else found.get(unit, agency)
    return found


def units_of(people: Collection[int], day: date) -> dict[int, int]:
    """The unit of each person's main post on a day, as `unit_held` finds it; one query."""
    posts = Appointment.objects.valid_on(day).filter(person__in=people)
    rows = posts.order_by("-is_main", "position__rank", "pk").values_list("person", "unit")
    found: dict[int, int] = {}
    for person, unit in rows:
        found.setdefault(person, unit)
    return found


def may_lie_at(agencies: Collection[int], day: date) -> Q:
    """Clocks that may lie at one of these agencies: of its units, or of people who have a post
    there. It keeps a query from looking at all the others; `agency_of` says which truly do.
    """
    units = list(UnitScope.objects.filter(unit__in=agencies).values_list("covered", flat=True))
    posts = Appointment.objects.valid_on(day).filter(unit__in=units)
    people = list(posts.order_by().values_list("person", flat=True).distinct())
    return Q(holder_unit__in=units) | Q(holder_user__in=people)
