"""Deeds that a running time still forbids or no longer allows, and the words for it (TX-08)."""

from typing import NamedTuple

from accountability.actions.base import (
    Incomplete,
)
from accountability.actions.holding import (
    due_on,
)
from accountability.models import LiabilityCase
from organisation.days import today
from organisation.templatetags.portal import vn_date


class Term(NamedTuple):
    """The clock that a deed looks at, whether it waits for its end, and the words meanwhile."""

    rule: str
    waits: bool
    words: str


TERMS = {
    "record_lapse": Term(
        "LIABILITY_STATEMENT",
        True,
        "Người liên quan còn thời hạn nêu ý kiến đến hết ngày {day}; sau ngày đó mới ghi hết "
        "thời hạn.",
    ),
    "close": Term(
        "LIABILITY_APPEAL",
        True,
        "Người liên quan còn thời hạn khiếu nại đến hết ngày {day}; sau ngày đó mới kết thúc "
        "hồ sơ.",
    ),
    "appeal": Term("LIABILITY_APPEAL", False, "Đã hết thời hạn khiếu nại ngày {day}."),
}


def held_back(case: LiabilityCase, deed: str) -> str:
    """Why a deed cannot be done today, in words; empty where no time stands in its way."""
    term = TERMS.get(deed)
    day = due_on(case, term.rule) if term else None
    if term is None or day is None or term.waits == (day < today()):
        return ""
    return term.words.format(day=vn_date(day))


def check_term(case: LiabilityCase, deed: str) -> None:
    """Raises Incomplete where a time stands in the way of the deed."""
    if reason := held_back(case, deed):
        raise Incomplete([reason])
