"""Who is who around a proposal today: those who decide it, its desk, its authors, by name."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.stages import DelegationSubject, Role
from proposals.models import Proposal

DESKS = (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE, Role.AGENCY_HEAD)


def authors(proposal: Proposal) -> list[User]:
    """The proposer and every co-proposer: none of them acts on the case in another capacity."""
    ids = {proposal.proposer_id, *proposal.coauthor_ids}
    return list(User.objects.filter(pk__in=ids).order_by("pk"))


def deciders(proposal: Proposal) -> list[User]:
    """Who may decide it today: the head of the deciding unit, and whoever the head delegated."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    unit = proposal.deciding_unit_id
    heads = User.objects.holding(Role.AGENCY_HEAD, unit=unit)
    people = [*heads, *_delegates(unit, today())]
    return [user for user in dict.fromkeys(people) if user.pk not in barred]


def deputies(proposal: Proposal) -> list[User]:
    """The deputies of the deciding unit who are not authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    found = User.objects.holding(Role.DEPUTY_HEAD, unit=proposal.deciding_unit_id)
    return [user for user in found if user.pk not in barred]


def desk_role(unit_id: int) -> Role:
    """Which role does the desk work of a unit: its focal point, or whoever stands in for one."""
    held = (role for role in DESKS if User.objects.holding(role, unit=unit_id).exists())
    return next(held, Role.AGENCY_FOCAL)


def desk(proposal: Proposal) -> list[User]:
    """The people at the desk of the deciding unit, without the authors."""
    unit = proposal.deciding_unit_id
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    found = User.objects.holding(desk_role(unit), unit=unit)
    return [user for user in found if user.pk not in barred]


def liaisons(proposal: Proposal) -> list[User]:
    """Who passes questions to the party committee of the deciding unit."""
    return list(User.objects.holding(Role.PARTY_LIAISON, unit=proposal.deciding_unit_id))


def staff_of(unit: OrgUnit | int) -> Iterable[User]:
    """Active people with any post at a unit or one of its sub-units today, by given name."""
    unit_id = unit.pk if isinstance(unit, OrgUnit) else unit
    now = today()
    return (
        User.objects.active()
        .filter(
            Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=now),
            appointments__valid_from__lte=now,
            appointments__unit__covered_by__unit=unit_id,
        )
        .order_by("sort_key", "pk")
        .distinct()
    )


def superior_of(unit: OrgUnit, on: date) -> OrgUnit | None:
    """The unit above, on a day; None for the top of the province."""
    return unit.at(on).parent


def short_name(unit: OrgUnit, on: date) -> str:
    return unit.at(on).short_name


def titled(user: User) -> str:
    """A name with the post of today: "Trần Thị Ví Dụ (Giám đốc Sở)"."""
    return user.display


def _delegates(unit_id: int, day: date) -> Iterable[User]:
    return (
        User.objects.active()
        .filter(
            Q(delegations_received__from_appointment__valid_to=None)
            | Q(delegations_received__from_appointment__valid_to__gt=day),
            delegations_received__subject=DelegationSubject.REVIEW,
            delegations_received__valid_from__lte=day,
            delegations_received__valid_to__gte=day,
            delegations_received__revoked_at=None,
            delegations_received__from_appointment__unit=unit_id,
            delegations_received__from_appointment__position__role=Role.AGENCY_HEAD,
            delegations_received__from_appointment__valid_from__lte=day,
            delegations_received__from_appointment__person__is_active=True,
        )
        .order_by("sort_key", "pk")
        .distinct()
    )
