"""Who is who around a proposal today: those who decide it, its desk, its authors, by name.

Those who are asked for more than once in a deed are looked up once for a proposal in hand.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from organisation.days import today
from organisation.models import Appointment, OrgUnit, User
from organisation.powers import Mandate
from organisation.stages import DelegationKind, DelegationSubject, Role
from proposals.models import Proposal

DESKS = (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE, Role.AGENCY_HEAD)


def authors(proposal: Proposal) -> list[User]:
    """The proposer and every co-proposer: none of them acts on the case in another capacity."""
    ids = {proposal.proposer_id, *proposal.coauthor_ids}
    if len(ids) == 1:
        return [proposal.proposer]
    rows = User.objects.filter(pk__in=ids).order_by("pk")
    return _known(proposal, "authors", lambda: list(rows))


def deciders(proposal: Proposal) -> list[User]:
    """Who may decide it today: the head of the deciding unit, and whoever the head delegated."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    found = _known(proposal, "deciders", lambda: _deciders(proposal.deciding_unit_id))
    return [user for user in found if user.pk not in barred]


def heads(proposal: Proposal) -> list[User]:
    """Whoever is appointed head of the deciding unit today, without the authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    found = User.objects.holding(Role.AGENCY_HEAD, unit=proposal.deciding_unit_id)
    return [user for user in found if user.pk not in barred]


def deputies(proposal: Proposal) -> list[User]:
    """The deputies of the deciding unit who are not authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    found = User.objects.holding(Role.DEPUTY_HEAD, unit=proposal.deciding_unit_id)
    return [user for user in found if user.pk not in barred]


def heads_of(unit: OrgUnit) -> list[User]:
    return list(User.objects.holding(Role.AGENCY_HEAD, unit=unit))


def seconds(proposal: Proposal) -> list[User]:
    """Who may confirm an override as its second person: the deputies, and the desk."""
    return list(dict.fromkeys([*deputies(proposal), *desk(proposal)]))


def second_role(proposal: Proposal) -> Role:
    """Whose task it is to confirm an override: a deputy's, else the desk's."""
    return Role.DEPUTY_HEAD if deputies(proposal) else desk_of(proposal)


def position_of(user: User, unit_id: int) -> str:
    """The post under which a person acts for a unit."""
    posts = user.powers.posts
    post = next((post for post in posts if post.unit_id == unit_id), user.powers.main)
    return post.position if post else ""


def mandate_words(mandate: Mandate | None) -> str:
    """Whose power is used: "Ký thay Giám đốc Sở Trần Thị Ví Dụ"."""
    if mandate is None:
        return ""
    kind = DelegationKind(mandate.kind).label
    return f"{kind} {mandate.giver_position} {mandate.giver_name}"


def desk_role(unit_id: int) -> Role:
    """Which role does the desk work of a unit: its focal point, or whoever stands in for one."""
    return _desk(unit_id)[0]


def desk_of(proposal: Proposal) -> Role:
    """Which role does the desk work of the deciding unit."""
    return _desk_of(proposal)[0]


def desk(proposal: Proposal) -> list[User]:
    """The people at the desk of the deciding unit, without the authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    return [user for user in _desk_of(proposal)[1] if user.pk not in barred]


def liaisons(proposal: Proposal) -> list[User]:
    """Who passes questions to the party committee of the deciding unit."""
    return list(User.objects.holding(Role.PARTY_LIAISON, unit=proposal.deciding_unit_id))


def staff_of(units: Collection[int]) -> QuerySet[User]:
    """Active people with any post at the units or their sub-units today, by given name."""
    held = Appointment.objects.valid_on(today()).filter(
        Q(unit__in=units) | Q(unit__covered_by__unit__in=units)
    )
    found = User.objects.active().filter(pk__in=held.values("person"))
    return found.order_by("sort_key", "pk")


def superior_of(unit: OrgUnit, on: date) -> OrgUnit | None:
    """The unit above, on a day; None for the top of the province."""
    return unit.at(on).parent


def short_name(unit: OrgUnit, on: date) -> str:
    return unit.at(on).short_name


def titled(user: User) -> str:
    """A name with the post of today: "Trần Thị Ví Dụ (Giám đốc Sở)"."""
    return user.display


def _known(proposal: Proposal, what: str, find: Callable[[], Any]) -> Any:
    """What was found for this proposal before, as long as the same unit decides it."""
    key = (what, proposal.deciding_unit_id)
    if key not in proposal.known:
        proposal.known[key] = find()
    return proposal.known[key]


def _desk_of(proposal: Proposal) -> tuple[Role, list[User]]:
    return _known(proposal, "desk", lambda: _desk(proposal.deciding_unit_id))


def _desk(unit_id: int) -> tuple[Role, list[User]]:
    """The first role of DESKS that somebody holds at the unit, and who does."""
    posts = Appointment.objects.valid_on(today()).filter(
        unit=unit_id, position__role__in=DESKS, person__is_active=True
    )
    posts = posts.select_related("person", "position")
    rows = list(posts.order_by("position__rank", "person__sort_key", "person_id"))
    held = {row.position.role for row in rows}
    role = next((role for role in DESKS if role in held), Role.AGENCY_FOCAL)
    return role, list(dict.fromkeys(row.person for row in rows if row.position.role == role))


def _deciders(unit_id: int) -> list[User]:
    heads = User.objects.holding(Role.AGENCY_HEAD, unit=unit_id)
    return list(dict.fromkeys([*heads, *_delegates(unit_id, today())]))


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
