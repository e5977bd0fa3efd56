"""Who is who around a pilot today, by name."""

from collections.abc import Iterable

from django.db.models import Q

from deadlines.parties import Holder
from organisation.days import today
from organisation.models import Appointment, User
from organisation.stages import Role
from pilots.models import Pilot
from pilots.rules import HELPER_ROLES, HOME_AFFAIRS_ROLES, is_own_case
from proposals import people as around


def team(pilot: Pilot) -> list[User]:
    """Leader, members and authors: those whose case it is."""
    ids = {pilot.leader_id, *pilot.member_ids, *pilot.author_ids}
    return list(User.objects.active().filter(pk__in=ids).order_by("sort_key", "pk"))


def workers(pilot: Pilot) -> frozenset[int]:
    """Ids of the leader and the members: the group on the holder line."""
    return frozenset({pilot.leader_id, *pilot.member_ids})


def once_in(pilot: Pilot) -> list[User]:
    """The team, and whoever carried it out for a time: they do not weigh what became of it."""
    left = pilot.members.exclude(left_on=None).select_related("person")
    return list(dict.fromkeys([*team(pilot), *(member.person for member in left)]))


def heads(pilot: Pilot) -> list[User]:
    """Who decides about the pilot today: head of the unit that allowed it, or a delegate."""
    return _judging(pilot, around.deciders(pilot.proposal))


def deputies(pilot: Pilot) -> list[User]:
    return _judging(pilot, around.deputies(pilot.proposal))


def desk(pilot: Pilot) -> list[User]:
    """The focal point of the unit that allowed it."""
    return _judging(pilot, around.desk(pilot.proposal))


def liaisons(pilot: Pilot) -> list[User]:
    """Who speaks with the party committee of the unit that allowed it."""
    return _judging(pilot, around.liaisons(pilot.proposal))


def case_opener(pilot: Pilot) -> Holder:
    """Whose task it is to open a liability case: the desk of the unit that allowed it, else its
    head; where the head took part, whoever leads the follow-up at Sở Nội vụ.
    """
    barred = once_in(pilot)
    unit = pilot.deciding_unit_id
    if not set(around.heads(pilot.proposal)) - set(barred):
        leads = Appointment.objects.valid_on(today()).filter(
            position__role=Role.HOME_AFFAIRS_LEAD, person__is_active=True
        )
        lead = leads.exclude(person__in=barred).order_by("position__rank", "pk").first()
        unit = lead.unit_id if lead else unit
        role = Role.HOME_AFFAIRS_LEAD if lead else Role.AGENCY_HEAD
    else:
        at_desk = set(around.desk(pilot.proposal)) - set(barred)
        role = around.desk_role(unit) if at_desk else Role.AGENCY_HEAD
    return Holder.post(role, unit, barred=barred)


def home_affairs() -> list[User]:
    """Everybody at Sở Nội vụ who follows the province."""
    now = today()
    return list(
        User.objects.active()
        .filter(
            Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=now),
            appointments__valid_from__lte=now,
            appointments__position__role__in=HOME_AFFAIRS_ROLES,
        )
        .order_by("pk")
        .distinct()
    )


def titles(found: Iterable[User]) -> str:
    """The first of them by name and post."""
    first = next(iter(found), None)
    return around.titled(first) if first else ""


def helpers(unit_id: int) -> list[User]:
    """Who answers a request for help at an agency."""
    return list(User.objects.holding(*HELPER_ROLES, unit=unit_id))


def helper_role(unit_id: int) -> Role:
    """The focal point answers; where an agency has none, its head."""
    has_focal = User.objects.holding(Role.AGENCY_FOCAL, unit=unit_id).exists()
    return Role.AGENCY_FOCAL if has_focal else Role.AGENCY_HEAD


def _judging(pilot: Pilot, found: Iterable[User]) -> list[User]:
    """Without those whose own case it is (AZ-07)."""
    return [user for user in found if not is_own_case(pilot, user)]
