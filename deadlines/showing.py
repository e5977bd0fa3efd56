"""What a list of clocks shows besides its columns: days left and names, in constant queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from deadlines.models import Clock
from organisation.days import WorkingDays
from organisation.models import Appointment, OrgUnitVersion
from organisation.stages import Acting, Role

Post = tuple[int | None, str]


@dataclass(frozen=True)
class Keeper:
    """Who has to act now: a name, the post, a telephone number."""

    name: str
    post: str = ""
    phone: str = ""
    unit: str = ""  # of the post that holds it


def with_days_left(clocks: Iterable[Clock], today: date) -> list[Clock]:
    """The clocks with `days_left` set, below zero when overdue; one query for all."""
    found = list(clocks)
    dates = [clock.due_on for clock in found if clock.due_on] + [today]
    working = WorkingDays(min(dates), max(dates))
    for clock in found:
        if clock.due_on:
            clock.days_left = working.between(today, clock.due_on)
    return found


def with_keepers(clocks: Sequence[Clock], today: date) -> list[Clock]:
    """The clocks with `keeper` set, whoever holds them by name or by post; two queries for all.

    Expects `holder_user` to be selected with the clocks, as `for_list` does.
    """
    by_post, by_person = _appointed(clocks, today)
    units = _unit_names(clocks, today)
    for clock in clocks:
        if clock.holder_user:
            post = by_person.get(clock.holder_user.pk, "")
            clock.keeper = Keeper(clock.holder_user.full_name, post, clock.holder_user.phone)
        else:
            unit = units.get(clock.holder_unit_id, "")
            vacant = Keeper(Role(clock.holder_role).label, unit)
            keeper = by_post.get((clock.holder_unit_id, clock.holder_role), vacant)
            clock.keeper = replace(keeper, unit=unit)
    return list(clocks)


def _appointed(clocks: Sequence[Clock], today: date) -> tuple[dict[Post, Keeper], dict[int, str]]:
    units = {clock.holder_unit_id for clock in clocks if clock.holder_unit_id}
    roles = {clock.holder_role for clock in clocks if clock.holder_role}
    people = {clock.holder_user_id for clock in clocks if clock.holder_user_id}
    rows = (
        Appointment.objects.valid_on(today)
        .filter(Q(unit__in=units, position__role__in=roles) | Q(person__in=people))
        .filter(person__is_active=True)
        .select_related("person", "position")
        .order_by("-is_main", "position__rank", "person__sort_key", "pk")
    )
    by_post: dict[Post, Keeper] = {}
    by_person: dict[int, str] = {}
    for row in rows:
        title = (
            f"Q. {row.position.title}" if row.acting == Acting.ACTING_HEAD else (row.position.title)
        )
        keeper = Keeper(row.person.full_name, title, row.person.phone)
        by_post.setdefault((row.unit_id, row.position.role), keeper)
        by_person.setdefault(row.person_id, title)
    return by_post, by_person


def _unit_names(clocks: Sequence[Clock], today: date) -> dict[int | None, str]:
    units = {clock.holder_unit_id for clock in clocks if clock.holder_unit_id}
    rows = OrgUnitVersion.objects.valid_on(today).filter(unit__in=units)
    return {row.unit_id: row.short_name for row in rows}
