"""The tables of rights on liability cases and commendations: who sees how much, and may do what.

Rows "LiabilityCase" and "Commendation" of security/requirements.md §2. Views, buttons and query
sets ask these tables; what is not written here is forbidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from accountability.stages import CONCLUDED, CaseState, CommendationState


class Sight(IntEnum):
    """How much of a case is seen: each level holds the ones before."""

    NONE = 0
    DECISION = 1  # that it was decided, and what
    SERVED = 2  # what was put to the person concerned, and their own statement
    FULL = 3  # causes, criteria, reasons
    INNER = 4  # drafts of decisions, who read it, who does not take part


class Capacity(StrEnum):
    """In what capacity somebody meets a liability case."""

    CONCERNED = "concerned"
    HEAD = "head"  # of the competent unit
    DEPUTY = "deputy"
    FOCAL = "focal"
    SUPERIOR = "superior"  # decides an appeal
    SUPERIOR_DEPUTY = "superior_deputy"
    AGENCY = "agency"  # of the proposal
    HOME_AFFAIRS_LEAD = "home_affairs_lead"
    HOME_AFFAIRS = "home_affairs"
    PROVINCE = "province"
    INSPECTOR = "inspector"


class Part(StrEnum):
    """In what capacity somebody meets a commendation."""

    NOMINEE = "nominee"
    AUTHOR = "author"
    DECIDER = "decider"  # head of the unit that decides on this form
    SECOND = "second"
    OFFICER = "officer"  # thi đua, khen thưởng
    FOCAL = "focal"
    AGENCY = "agency"
    HOME_AFFAIRS = "home_affairs"
    PROVINCE = "province"
    INSPECTOR = "inspector"


@dataclass(frozen=True)
class Cell:
    sight: Sight = Sight.NONE
    actions: frozenset[str] = frozenset()


Cells = dict[str, Cell]


def _row(*parts: tuple[str | Iterable[str], Sight, str]) -> Cells:
    """Cells by state; later parts add actions and raise the sight of earlier ones."""
    cells: Cells = {}
    for states, sight, actions in parts:
        for state in [states] if isinstance(states, str) else states:
            old = cells.get(state, Cell())
            cells[state] = Cell(max(old.sight, sight), old.actions | frozenset(actions.split()))
    return cells


S = CaseState
ALL = tuple(CaseState)
FINDING = "find_cause assess"

TABLE: dict[Capacity, Cells] = {
    Capacity.CONCERNED: _row(
        (ALL, Sight.SERVED, ""),
        (S.HEARING, Sight.SERVED, "state"),
        (CONCLUDED, Sight.FULL, ""),
        (S.DECIDED, Sight.FULL, "appeal accept"),
    ),
    Capacity.HEAD: _row(
        (ALL, Sight.INNER, ""),
        (S.HEARING, Sight.INNER, "decide call_council vote close_council"),
        (S.DECIDED, Sight.INNER, "close"),
    ),
    Capacity.DEPUTY: _row(
        (ALL, Sight.INNER, ""),
        (S.OPENED, Sight.INNER, "start_facts"),
        (S.FACT_FINDING, Sight.INNER, f"{FINDING} open_hearing"),
        (S.HEARING, Sight.INNER, f"{FINDING} record_lapse vote confirm"),
    ),
    Capacity.FOCAL: _row(
        (ALL, Sight.INNER, ""),
        (S.OPENED, Sight.INNER, "start_facts"),
        (S.FACT_FINDING, Sight.INNER, f"{FINDING} open_hearing"),
        (S.HEARING, Sight.INNER, f"{FINDING} record_lapse vote"),
        (S.DECIDED, Sight.INNER, "close"),
    ),
    Capacity.SUPERIOR: _row(
        (CONCLUDED, Sight.INNER, ""), (S.APPEALED, Sight.INNER, "decide_appeal")
    ),
    Capacity.SUPERIOR_DEPUTY: _row(
        (CONCLUDED, Sight.INNER, ""), (S.APPEALED, Sight.INNER, "confirm_appeal")
    ),
    Capacity.AGENCY: _row((CONCLUDED, Sight.DECISION, "")),
    Capacity.HOME_AFFAIRS_LEAD: _row(
        (ALL, Sight.INNER, ""),
        (S.OPENED, Sight.INNER, "start_facts"),
        (S.FACT_FINDING, Sight.INNER, f"{FINDING} open_hearing"),
        (S.HEARING, Sight.INNER, f"{FINDING} record_lapse vote confirm"),
        (S.APPEALED, Sight.INNER, "confirm_appeal"),
    ),
    Capacity.HOME_AFFAIRS: _row((CONCLUDED, Sight.FULL, "")),
    Capacity.PROVINCE: _row((CONCLUDED, Sight.INNER, "")),
    Capacity.INSPECTOR: _row((ALL, Sight.INNER, "")),
}

C = CommendationState
EACH = tuple(CommendationState)

COMMENDATIONS: dict[Part, Cells] = {
    Part.NOMINEE: _row((EACH, Sight.FULL, "")),
    Part.AUTHOR: _row((EACH, Sight.FULL, "")),
    Part.DECIDER: _row((EACH, Sight.INNER, ""), (C.SUBMITTED, Sight.INNER, "decide decline")),
    Part.SECOND: _row((EACH, Sight.INNER, ""), (C.SUBMITTED, Sight.INNER, "confirm")),
    Part.OFFICER: _row(
        (EACH, Sight.INNER, ""),
        (C.NOMINATED, Sight.INNER, "review decline_review"),
        (C.REVIEWED, Sight.INNER, "submit"),
        (C.DECIDED, Sight.INNER, "award"),
    ),
    Part.FOCAL: _row((EACH, Sight.FULL, ""), (C.DECIDED, Sight.FULL, "award")),
    Part.AGENCY: _row((EACH, Sight.FULL, "")),
    Part.HOME_AFFAIRS: _row((EACH, Sight.INNER, "")),
    Part.PROVINCE: _row((EACH, Sight.INNER, "")),
    Part.INSPECTOR: _row((EACH, Sight.INNER, "")),
}


def cell(capacity: Capacity, state: str) -> Cell:
    return TABLE[capacity].get(state, Cell())


def part_cell(part: Part, state: str) -> Cell:
    return COMMENDATIONS[part].get(state, Cell())


def states_seen(capacity: Capacity) -> list[str]:
    """The states in which a capacity sees anything of a case."""
    return [state for state in CaseState if cell(capacity, state).sight]
