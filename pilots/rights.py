"""The one table of rights on a pilot and its evaluations: who sees how much, and may do what.

Rows "Pilot" and "Evaluation" of security/requirements.md §2. Views, buttons and query sets ask this
table; what is not written here is forbidden.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pilots.stages import ENDED, OVER, UNDER_WAY, PilotState


class Sight(IntEnum):
    """How much of a pilot is seen: each level holds the ones before."""

    NONE = 0
    FULL = 1  # plan, figures, reports, incidents, help, findings; evaluations once concluded
    INNER = 2  # evaluations under way: opinions of members and of the party committee


class Capacity(StrEnum):
    """In what capacity somebody meets a pilot."""

    LEADER = "leader"
    MEMBER = "member"
    IMPLEMENTER = "implementer"  # proposer and co-authors
    HEAD = "head"  # of the unit that allowed it
    DEPUTY = "deputy"
    FOCAL = "focal"
    PARTY = "party"
    MONITOR = "monitor"
    AGENCY = "agency"
    HOME_AFFAIRS = "home_affairs"
    PROVINCE = "province"
    INSPECTOR = "inspector"


OWN_CASE = frozenset({Capacity.LEADER, Capacity.MEMBER, Capacity.IMPLEMENTER})


@dataclass(frozen=True)
class Cell:
    sight: Sight = Sight.NONE
    actions: frozenset[str] = frozenset()


S = PilotState
WORKING = frozenset({S.RUNNING, S.ADJUSTING})
UNFINISHED = UNDER_WAY | ENDED  # figures still come in, what is open is still mended


def _row(sight: Sight, *parts: tuple[object, str]) -> dict[PilotState, Cell]:
    """Cells by state; each part adds actions in one state or several."""
    cells = dict.fromkeys(PilotState, Cell(sight))
    for states, actions in parts:
        for state in [states] if isinstance(states, PilotState) else states:  # type: ignore[attr-defined]
            cells[state] = Cell(sight, cells[state].actions | frozenset(actions.split()))
    return cells


KEPT = UNFINISHED | OVER  # its evidence may still be added to

TEAM = (
    (KEPT, "add_proof"),
    (UNFINISHED, "enter_value measure_incident remedy_finding"),
    (WORKING, "write_report finish_milestone ask_help"),
    (UNDER_WAY, "report_incident"),
)

TABLE: dict[Capacity, dict[PilotState, Cell]] = {
    Capacity.LEADER: _row(
        Sight.FULL,
        *TEAM,
        (S.PLANNED, "edit_plan start"),
        (WORKING, "submit_report"),
        (S.RUNNING, "ask_adjustment complete"),
        (UNDER_WAY, "edit_team"),
        (ENDED, "submit_result"),
    ),
    Capacity.MEMBER: _row(Sight.FULL, *TEAM),
    Capacity.IMPLEMENTER: _row(
        Sight.FULL, *TEAM, (S.PLANNED, "edit_plan"), (ENDED, "submit_result")
    ),
    Capacity.HEAD: _row(
        Sight.INNER,
        (S.PLANNED, "edit_plan start"),
        (S.RUNNING, "suspend terminate complete open_interim"),
        (S.ADJUSTING, "decide_adjustment"),
        (S.SUSPENDED, "resume terminate"),
        (UNDER_WAY, "open_finding"),
        (UNFINISHED, "edit_team"),
        (UNFINISHED, "accept_report confirm_incident accept_remedy"),
        (UNFINISHED, "evaluate conclude record_party_opinion"),
        (S.EVALUATED, "issue_notice"),
        (KEPT, "add_proof"),
    ),
    Capacity.DEPUTY: _row(Sight.INNER, (UNFINISHED, "evaluate"), (KEPT, "add_proof")),
    Capacity.FOCAL: _row(
        Sight.INNER,
        (S.PLANNED, "edit_plan"),
        (UNFINISHED, "record_party_opinion"),
        (S.EVALUATED, "issue_notice"),
        (KEPT, "add_proof"),
    ),
    Capacity.PARTY: _row(Sight.INNER, (UNFINISHED, "record_party_opinion")),
    Capacity.MONITOR: _row(
        Sight.FULL, (UNDER_WAY, "open_finding report_incident"), (UNFINISHED, "accept_remedy")
    ),
    Capacity.AGENCY: _row(Sight.INNER),
    Capacity.HOME_AFFAIRS: _row(Sight.FULL, (UNDER_WAY, "forward_help"), (KEPT, "add_proof")),
    Capacity.PROVINCE: _row(Sight.FULL),
    Capacity.INSPECTOR: _row(Sight.INNER, (UNFINISHED, "open_finding accept_remedy")),
}


def cell(capacity: Capacity, state: str) -> Cell:
    return TABLE[capacity][PilotState(state)]
