"""Who is who around a proposal today: those who decide it, its desk, its authors, by name.

Those who are asked for more than once in a deed are looked up once for a proposal in hand.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, Q, QuerySet

from journal.deeds import found_once
from organisation.days import today
from organisation.heirs import heirs
from organisation.models import Appointment, OrgUnit, OrgUnitVersion, User
from organisation.powers import Mandate
from organisation.prepared import prepared
from organisation.stages import Acting, DelegationKind, DelegationSubject, Role
from proposals.models import Proposal

DESKS = (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE, Role.AGENCY_HEAD)
AROUND = (*DESKS, Role.DEPUTY_HEAD, Role.PARTY_LIAISON)


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
    heads = _holding(proposal, Role.AGENCY_HEAD)
    found = dict.fromkeys([*heads, *_delegates(_posts(proposal))])
    return [user for user in found if user.pk not in barred]


def heads(proposal: Proposal) -> list[User]:
    """Whoever is appointed head of the deciding unit today, without the authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    return [user for user in _holding(proposal, Role.AGENCY_HEAD) if user.pk not in barred]


def deputies(proposal: Proposal) -> list[User]:
    """The deputies of the deciding unit who are not authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    return [user for user in _holding(proposal, Role.DEPUTY_HEAD) if user.pk not in barred]


def head_posts(unit_id: int) -> list[Appointment]:
    """The posts of those who lead a unit today, the highest first."""
    return [post for post in _posts_at(unit_id) if _role(post) == Role.AGENCY_HEAD]


def title_of(post: Appointment) -> str:
    """The title under which a post is held: "Q. Giám đốc Sở" for somebody who acts."""
    prefix = "Q. " if post.acting == Acting.ACTING_HEAD else ""
    return prefix + post.position.title


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
    return _desk_role(_posts_at(unit_id))


def desk_of(proposal: Proposal) -> Role:
    """Which role does the desk work of the deciding unit."""
    return _desk_role(_posts(proposal))


def desk(proposal: Proposal) -> list[User]:
    """The people at the desk of the deciding unit, without the authors."""
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    found = _holding(proposal, desk_of(proposal))
    return [user for user in found if user.pk not in barred]


def liaisons(proposal: Proposal) -> list[User]:
    """Who passes questions to the party committee of the deciding unit."""
    return _holding(proposal, Role.PARTY_LIAISON)


def staff_of(units: Collection[int], on: date) -> QuerySet[User]:
    """Active people with any post at the units or their sub-units on a day, by given name."""
    held = Appointment.objects.valid_on(on).filter(
        Q(unit__in=units) | Q(unit__covered_by__unit__in=units)
    )
    found = User.objects.active().filter(pk__in=held.values("person"))
    return found.order_by("sort_key", "pk")


def superior_of(unit: OrgUnit, on: date) -> OrgUnit | None:
    """The unit above, on a day; None for the top of the province."""
    return unit.at(on).parent


def short_name(unit: OrgUnit, on: date) -> str:
    return unit.at(on).short_name


def holder_words(proposal: Proposal) -> str:
    """Who decides it today, as lists show it: the head with the post, else the post alone."""
    found = deciders(proposal)
    if not found:
        return f"Người đứng đầu {proposal.deciding_unit_name}"
    post = next((p for p in _posts(proposal) if p.person == found[0] and p.is_main), None)
    return f"{found[0].full_name} ({title_of(post)})" if post else titled(found[0])


def titled(user: User) -> str:
    """A name with the post of today: "Trần Thị Ví Dụ (Giám đốc Sở)"."""
    return user.display


def _known(proposal: Proposal, what: str, find: Callable[[], Any]) -> Any:
    """What was found for this proposal before, as long as the same unit decides it."""
    key = (what, proposal.deciding_unit_id)
    if key not in proposal.known:
        proposal.known[key] = find()
    return proposal.known[key]


def _holding(proposal: Proposal, role: str) -> list[User]:
    """Who holds a role at the deciding unit today, by rank and name."""
    return list(dict.fromkeys(post.person for post in _posts(proposal) if _role(post) == role))


def _posts(proposal: Proposal) -> list[Appointment]:
    return _known(proposal, "posts", lambda: _posts_at(proposal.deciding_unit_id))


def _posts_at(unit_id: int) -> list[Appointment]:
    """The posts of a unit that a proposal meets, with whoever holds them today.

    Of a unit that has ended, those of the agency that took over from it.
    """
    day = today()
    return found_once(("posts", unit_id, day), lambda: _held_today(unit_id, day))


def _held_today(unit_id: int, day: date) -> list[Appointment]:
    found = _held(unit_id, day)
    if found:
        return found
    heir = heirs(day).get(unit_id)
    return _held(heir, day) if heir else []


@prepared
def _held(unit_id: int, day: date) -> QuerySet:
    """Each post of a unit on a day, once for each person to whom its power to decide is `lent`."""
    lent = Q(
        delegations_given__subject=DelegationSubject.REVIEW,
        delegations_given__valid_from__lte=day,
        delegations_given__valid_to__gte=day,
        delegations_given__revoked_at=None,
    )
    posts = Appointment.objects.valid_on(day).filter(
        Exists(OrgUnitVersion.objects.valid_on(day).filter(unit=unit_id)),
        unit=unit_id, position__role__in=AROUND, person__is_active=True,
    )  # fmt: skip
    posts = posts.annotate(lent=FilteredRelation("delegations_given", condition=lent))
    posts = posts.select_related("person", "position", "lent__to_person")
    return posts.order_by("position__rank", "person__sort_key", "person_id", "lent__pk")


def _desk_role(posts: Iterable[Appointment]) -> Role:
    """The first role of DESKS that somebody holds."""
    held = {_role(post) for post in posts}
    return next((role for role in DESKS if role in held), Role.AGENCY_FOCAL)


def _role(post: Appointment) -> str:
    return post.position.role


def _delegates(posts: Iterable[Any]) -> list[User]:
    """Active people to whom a head of these posts has lent the power to decide today, by name."""
    lent = [getattr(post, "lent", None) for post in posts if _role(post) == Role.AGENCY_HEAD]
    found = {one.to_person for one in lent if one and one.to_person.is_active}
    return sorted(found, key=lambda user: (user.sort_key, user.pk))
