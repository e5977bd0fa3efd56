"""Who may do what with a pilot. All ask the table in rights.py."""

from collections.abc import Callable, Iterator
from typing import Protocol

from organisation.models import User
from organisation.stages import Role
from pilots.rights import OWN_CASE, Capacity, Sight, cell

AGENCY_ROLES = (Role.AGENCY_FOCAL, Role.AGENCY_HEAD, Role.DEPUTY_HEAD, Role.CLERK)
HOME_AFFAIRS_ROLES = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
HELPER_ROLES = (Role.AGENCY_FOCAL, Role.AGENCY_HEAD)
AT_DECIDING_UNIT = {
    Capacity.HEAD: Role.AGENCY_HEAD,
    Capacity.DEPUTY: Role.DEPUTY_HEAD,
    Capacity.FOCAL: Role.AGENCY_FOCAL,
    Capacity.PARTY: Role.PARTY_LIAISON,
}


class Facts(Protocol):
    """All that a rule may look at: columns of the pilot, and two sets of ids it carries."""

    state: str
    agency_id: int
    deciding_unit_id: int
    leader_id: int
    monitor_id: int | None

    @property
    def member_ids(self) -> frozenset[int]: ...
    @property
    def author_ids(self) -> frozenset[int]: ...


Rule = Callable[[Facts, User], bool]


def capacities(pilot: Facts, user: User) -> frozenset[Capacity]:
    """In which capacities a person meets a pilot today."""
    return frozenset(_capacities(pilot, user))


def is_own_case(pilot: Facts, user: User) -> bool:
    """Whether the person proposed it or carries it out: such a person judges nothing (AZ-07)."""
    return not OWN_CASE.isdisjoint(_own(pilot, user))


def sight(pilot: Facts, user: User) -> Sight:
    held = capacities(pilot, user)
    return max((cell(capacity, pilot.state).sight for capacity in held), default=Sight.NONE)


def sees_inner(pilot: Facts, user: User) -> bool:
    """Evaluations under way are hidden from those who are evaluated, whatever else they are."""
    return sight(pilot, user) >= Sight.INNER and not is_own_case(pilot, user)


def hears(pilot: Facts, user: User) -> bool:
    """Whether the person reads the result report before the conclusion: those who do the work,
    those who evaluate, and the monitor; Sở Nội vụ and the province wait for the conclusion.
    """
    watches = Capacity.MONITOR in capacities(pilot, user)
    return watches or is_own_case(pilot, user) or sees_inner(pilot, user)


def actions_of(pilot: Facts, user: User) -> frozenset[str]:
    """Every deed of the table open to the person in this state."""
    held = capacities(pilot, user)
    return frozenset().union(*(cell(capacity, pilot.state).actions for capacity in held))


def may(action: str) -> Rule:
    """The rule for one deed of the table, to be named by a transition, a view or a button."""

    def rule(pilot: Facts, user: User) -> bool:
        return action in actions_of(pilot, user)

    rule.__name__ = f"may_{action}"
    return rule


def may_answer_help(unit_id: int, user: User) -> bool:
    """The agency that was asked answers, through its focal point or its head."""
    return unit_id in user.powers.own_units(*HELPER_ROLES)


def _capacities(pilot: Facts, user: User) -> Iterator[Capacity]:
    own = list(_own(pilot, user))
    yield from own
    if not own:  # nobody is two of implementer, monitor and evaluator (AZ-07)
        yield from _judging(pilot, user)
    yield from _beside(pilot, user, own=bool(own))


def _own(pilot: Facts, user: User) -> Iterator[Capacity]:
    if pilot.leader_id == user.pk:
        yield Capacity.LEADER
    if user.pk in pilot.member_ids:
        yield Capacity.MEMBER
    if user.pk in pilot.author_ids:
        yield Capacity.IMPLEMENTER


def _judging(pilot: Facts, user: User) -> Iterator[Capacity]:
    for capacity, role in AT_DECIDING_UNIT.items():
        if pilot.deciding_unit_id in user.powers.own_units(role):
            yield capacity
    if pilot.monitor_id == user.pk:
        yield Capacity.MONITOR


def _beside(pilot: Facts, user: User, *, own: bool) -> Iterator[Capacity]:
    powers = user.powers
    if {pilot.agency_id, pilot.deciding_unit_id} & powers.own_units(*AGENCY_ROLES):
        yield Capacity.AGENCY
    if powers.has(*HOME_AFFAIRS_ROLES):
        yield Capacity.HOME_AFFAIRS
    if powers.has(Role.PROVINCIAL_OFFICE) or powers.is_provincial_leader:
        yield Capacity.PROVINCE
    if powers.has(Role.INSPECTOR) and not own:
        yield Capacity.INSPECTOR
