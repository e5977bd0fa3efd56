"""Who may do what to a periodic report: the focal point writes, the head sends, Sở Nội vụ reads."""

from typing import Any, Protocol

from organisation.models import User
from organisation.stages import Role
from reporting.periods.rights import AGENCY, FOLLOWING, RIGHTS, ROLES, Capacity
from reporting.periods.stages import Level


class Report(Protocol):
    """All that a rule may look at."""

    state: Any
    level: Any
    agency_id: Any


def follows(user: User) -> bool:
    """Whoever watches the province at Sở Nội vụ, by appointment."""
    return user.powers.has_own(*FOLLOWING)


def is_officer(user: User) -> bool:
    """Who asks for reports, gives them back and makes the summary."""
    return user.powers.has_own(Role.HOME_AFFAIRS_OFFICER)


def sets_regimes(user: User) -> bool:
    return user.powers.has_own(Role.HOME_AFFAIRS_LEAD)


def capacities(report: Report, user: User) -> frozenset[Capacity]:
    """In which capacities a person stands to a report."""
    own = user.powers.own_units
    found = {
        capacity
        for (level, capacity), roles in ROLES.items()
        if level == report.level and report.agency_id in own(*roles)
    }
    if is_officer(user):
        found.add(Capacity.RECEIVER if report.level == Level.AGENCY else Capacity.PREPARER)
    if report.level == Level.PROVINCE and user.powers.has_own(Role.HOME_AFFAIRS_LEAD):
        found.add(Capacity.SENDER)
    return frozenset(found)


def may(deed: str, report: Report, user: User) -> bool:
    """Whether the deed is this person's, and open as the report stands."""
    held = capacities(report, user)
    return any(
        capacity in held and name == deed and report.state in states
        for capacity, name, states in RIGHTS
    )


def is_ever(deed: str, report: Report, user: User) -> bool:
    """Whether the deed would be this person's where the report stood elsewhere."""
    held = capacities(report, user)
    return any(capacity in held and name == deed for capacity, name, _ in RIGHTS)


def is_of_house(report: Report, user: User) -> bool:
    """Those who see a report before it is sent: the agency itself, Sở Nội vụ of the summary."""
    own = report.agency_id in user.powers.own_units(*AGENCY)
    return own or (report.level == Level.PROVINCE and follows(user))
