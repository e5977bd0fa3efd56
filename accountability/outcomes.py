"""The decision table of protection (quy-trinh.md §8): which conclusions the law leaves open.

Each row of the table is data with its ground and its validity; a conclusion is allowed when a row
that fits the case names it. An empty cell of a row fits everything.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from accountability.stages import CRITERIA, Condition, Finding, Outcome
from pilots.stages import Result
from proposals.stages import Track

ORDER = date(2021, 9, 22)  # Kết luận 14-KL/TW
DECREE_73 = date(2023, 9, 29)
ND73 = "Khoản 2 Điều 5, Điều 11 Nghị định 73/2023/NĐ-CP"
KL14 = "Điểm 4 Kết luận 14-KL/TW"
GENERAL = "Quy định chung về xử lý trách nhiệm; điểm 5 Kết luận 14-KL/TW"


class Row(Protocol):
    """A row of the table, from the database or from the seeds."""

    @property
    def track(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def has_damage(self) -> bool | None: ...
    @property
    def all_met(self) -> bool | None: ...
    @property
    def outcome(self) -> str: ...


class Seed(NamedTuple):
    """One row with the day from which it holds."""

    track: str
    result: str
    has_damage: bool | None
    all_met: bool | None
    outcome: str
    legal_ground: str
    valid_from: date


UNFINISHED = (Result.PARTIALLY_COMPLETED, Result.NOT_COMPLETED)
MAY_CONSIDER = (Outcome.EXEMPTED, Outcome.MITIGATED)

ROWS: tuple[Seed, ...] = (
    # completed: not held liable
    Seed(Track.ND73, Result.COMPLETED, None, None, Outcome.NOT_HELD_LIABLE, ND73, DECREE_73),
    Seed(Track.POLICY, Result.COMPLETED, None, None, Outcome.NOT_HELD_LIABLE, KL14, ORDER),
    # ND73: partly or not completed, all criteria met
    *(Seed(Track.ND73, r, None, True, Outcome.EXCLUDED, ND73, DECREE_73) for r in UNFINISHED),
    *(
        Seed(Track.ND73, r, True, True, o, ND73, DECREE_73)
        for r in UNFINISHED
        for o in MAY_CONSIDER
    ),
    # POLICY: partly or not completed, or damage, all criteria met; never excluded
    *(Seed(Track.POLICY, r, None, True, o, KL14, ORDER) for r in UNFINISHED for o in MAY_CONSIDER),
    *(Seed(Track.POLICY, Result.COMPLETED, True, True, o, KL14, ORDER) for o in MAY_CONSIDER),
    # any result, any damage, a criterion not met: no protection
    Seed("", "", None, False, Outcome.NOT_APPLICABLE, GENERAL, ORDER),
    Seed("", "", None, False, Outcome.REFERRED, GENERAL, ORDER),
)


def allowed(
    track: str,
    result: str,
    damage: bool,
    criteria: Mapping[str, str],
    rows: Iterable[Row] = ROWS,
) -> frozenset[Outcome]:
    """The conclusions open to a case; none while it is unclear whether the criteria are met."""
    all_met = is_all_met(criteria)
    if all_met is None:
        return frozenset()
    found = (row for row in rows if _fits(row, track, result, damage, all_met))
    return frozenset(Outcome(row.outcome) for row in found)


def is_all_met(criteria: Mapping[str, str]) -> bool | None:
    """Whether all three criteria are met; None while one is unclear and none fails."""
    found = [criteria.get(kind, Finding.UNCLEAR) for kind in CRITERIA]
    if Finding.NOT_MET in found:
        return False
    return None if Finding.UNCLEAR in found else True


def is_abuse(criteria: Mapping[str, str]) -> bool:
    """Whether a sign of abuse was found: it ends the way to protection."""
    return criteria.get(Condition.NO_ABUSE) == Finding.NOT_MET


def _fits(row: Row, track: str, result: str, damage: bool, all_met: bool) -> bool:
    return (
        row.track in ("", track)
        and row.result in ("", result)
        and row.has_damage in (None, damage)
        and row.all_met in (None, all_met)
    )
