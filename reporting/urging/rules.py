"""Who may do what to a letter that urges: Sở Nội vụ writes, the agencies answer."""

from typing import Any, Protocol

from organisation.models import User
from organisation.stages import Role
from reporting.urging.stages import LAST, UrgingState

FOLLOWING = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
LEADING = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD)
ANSWERING = (*LEADING, Role.AGENCY_FOCAL, Role.CLERK)
INFORMED = (*LEADING, Role.PROVINCIAL_OFFICE)  # of what is reported to the Chairman


class Dispatch(Protocol):
    """All that a rule may look at."""

    state: Any
    rung: Any
    unit_id: Any
    created_by_id: Any


class Urged(Protocol):
    dispatch: Any
    agency_id: Any
    is_dropped: Any
    answered_at: Any


def follows(user: User) -> bool:
    """Whoever watches the province at Sở Nội vụ, by appointment."""
    return any(post.role in FOLLOWING for post in user.powers.posts)


def is_of_office(dispatch: Dispatch, user: User) -> bool:
    """Those of the office that urges who see its drafts and every answer."""
    return follows(user) or dispatch.unit_id in user.powers.own_units(*LEADING)


def is_officer(user: User) -> bool:
    return any(post.role == Role.HOME_AFFAIRS_OFFICER for post in user.powers.posts)


def may_write(dispatch: Dispatch, user: User) -> bool:
    """Change the draft and lay it before the signer: the officer who drafted it."""
    is_own = dispatch.created_by_id == user.pk and is_officer(user)
    return is_own and dispatch.state == UrgingState.DRAFT


def may_cancel(dispatch: Dispatch, user: User) -> bool:
    return dispatch.state == UrgingState.DRAFT and is_officer(user)


def may_remind(dispatch: Dispatch, user: User) -> bool:
    """Whether a week has passed is asked by the action."""
    waits = dispatch.state == UrgingState.SENT and dispatch.rung != LAST
    return waits and is_officer(user)


def may_close(dispatch: Dispatch, user: User) -> bool:
    return dispatch.state in (UrgingState.SENT, UrgingState.ANSWERED) and is_officer(user)


def may_answer(urged: Urged, user: User) -> bool:
    """The agency that was urged: its head, a deputy, its focal point or its clerk."""
    waits = urged.answered_at is None and not urged.is_dropped
    sent = urged.dispatch.state == UrgingState.SENT and urged.dispatch.rung != LAST
    return waits and sent and urged.agency_id in user.powers.own_units(*ANSWERING)
