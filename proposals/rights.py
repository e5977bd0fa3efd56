"""The one table of rights on a proposal: who sees how much, and may do what, at which stage.

Rows of security/requirements.md §2. Views, buttons, query sets and papers ask this table; what is
not written here is forbidden. `test_matrix_every_cell` holds it against the specification.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache

from proposals.stages import APPROVED, CARRIED_OUT, REVIEWED, Stage


class Sight(IntEnum):
    """How much of a proposal is seen: each level holds the ones before."""

    NONE = 0
    LINE = 1  # code, unit, stage, dates, title
    FULL = 2  # the dossier as sent, and decisions once issued
    INNER = 3  # opinions, votes, drafts of decisions


class Capacity(StrEnum):
    """In what capacity somebody meets a proposal."""

    PROPOSER = "proposer"
    COAUTHOR = "coauthor"
    FOCAL = "focal"
    HEAD = "head"
    DEPUTY = "deputy"
    AGENCY = "agency"  # people of the agency whose case it is, whoever decides it now
    ASSIGNED = "assigned"
    TEAM = "team"  # who carries out what was allowed
    CONSULTED = "consulted"
    HOME_AFFAIRS = "home_affairs"
    PROVINCE = "province"
    INSPECTOR = "inspector"


@dataclass(frozen=True)
class Cell:
    sight: Sight = Sight.NONE
    actions: frozenset[str] = frozenset()


S = Stage
Stages = frozenset[Stage]
SENT = frozenset(Stage) - {Stage.DRAFT}
ENDED_EARLY = frozenset({S.REFUSED, S.REDIRECTED, S.WITHDRAWN})


def _row(*parts: tuple[object, Sight, str]) -> dict[Stage, Cell]:
    """Cells by stage; later parts add actions and raise the sight of earlier ones."""
    cells: dict[Stage, Cell] = {}
    for stages, sight, actions in parts:
        for stage in [stages] if isinstance(stages, Stage) else stages:  # type: ignore[attr-defined]
            old = cells.get(stage, Cell())
            cells[stage] = Cell(max(old.sight, sight), old.actions | frozenset(actions.split()))
    return cells


HEAD_ACTS = (
    "send_back escalate redirect approve_implement approve_pilot refuse override_implement "
    "override_pilot open_vote vote close_vote form_council conclude_council open_step consult "
    "request_party_opinion"
)

TABLE: dict[Capacity, dict[Stage, Cell]] = {
    Capacity.PROPOSER: _row(
        (Stage, Sight.FULL, ""),
        (S.DRAFT, Sight.FULL, "edit submit discard invite"),
        (S.SUBMITTED, Sight.FULL, "withdraw"),
        (S.RETURNED, Sight.FULL, "edit resubmit withdraw"),
        (REVIEWED, Sight.FULL, "withdraw"),
        (S.REFUSED, Sight.FULL, "answer_refusal copy"),
        (S.WITHDRAWN, Sight.FULL, "copy"),
    ),
    Capacity.COAUTHOR: _row(
        (Stage, Sight.FULL, ""),
        (S.DRAFT, Sight.FULL, "edit confirm_share"),
        (S.RETURNED, Sight.FULL, "edit"),
    ),
    Capacity.FOCAL: _row(
        (SENT, Sight.INNER, ""),
        (S.SUBMITTED, Sight.INNER, "receive send_back"),
        (REVIEWED, Sight.INNER, "check_legal send_back consult request_party_opinion minute"),
        (REVIEWED, Sight.INNER, "confirm_decision"),
    ),
    Capacity.HEAD: _row(
        (SENT, Sight.INNER, ""),
        (S.SUBMITTED, Sight.INNER, "receive send_back redirect"),
        (REVIEWED, Sight.INNER, HEAD_ACTS),
        (APPROVED, Sight.INNER, "revoke_decision"),
        (S.REFUSED, Sight.INNER, "revoke_decision reopen forward_answer"),
    ),
    Capacity.DEPUTY: _row(
        (SENT, Sight.INNER, ""),
        (REVIEWED, Sight.INNER, "vote confirm_decision"),
    ),
    Capacity.AGENCY: _row((SENT, Sight.INNER, "")),
    Capacity.ASSIGNED: _row(
        (REVIEWED, Sight.INNER, "vote give_party_opinion give_appraisal"),
        (CARRIED_OUT | ENDED_EARLY, Sight.FULL, ""),
    ),
    Capacity.TEAM: _row((CARRIED_OUT, Sight.FULL, "")),
    Capacity.CONSULTED: _row((REVIEWED, Sight.FULL, "give_opinion")),
    Capacity.HOME_AFFAIRS: _row(
        (SENT, Sight.LINE, ""),
        (CARRIED_OUT | {S.REFUSED, S.REDIRECTED}, Sight.FULL, ""),
    ),
    Capacity.PROVINCE: _row((CARRIED_OUT | {S.REFUSED}, Sight.FULL, "")),  # refused: once answered
    Capacity.INSPECTOR: _row((SENT, Sight.FULL, "")),
}


def cell(capacity: Capacity, stage: str) -> Cell:
    return TABLE[capacity].get(Stage(stage), Cell())


@cache
def stages_seen(capacity: Capacity, at_least: Sight) -> Stages:
    """The stages at which a capacity sees at least that much."""
    return frozenset(stage for stage in Stage if cell(capacity, stage).sight >= at_least)
