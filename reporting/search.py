"""The one search box: an exact code, or words with or without their tone marks."""

import re
from typing import Any

from organisation.models import User
from organisation.text import UncleanText, one_line
from proposals.models import Proposal
from reporting.tables import LONGEST_SEARCH, MOST_COUNTED, PAGE, matching

CODE = re.compile(r"dx-\d{4}-\d{4,}", re.IGNORECASE)


def case_by_code(user: User, text: str) -> str | None:
    """The address of the case whose code this is, when the person may open it."""
    if not CODE.fullmatch(text.strip()):
        return None
    found = Proposal.objects.visible_to(user).filter(code=text.strip().upper()).first()
    return found.get_absolute_url() if found else None


def results_of(user: User, text: str) -> dict[str, Any]:
    """The newest cases that hold every word, at most one page of them, and how many there are."""
    words = _clean(text)
    if not words:
        return {"q": text, "cases": [], "count": 0}
    found = Proposal.objects.visible_to(user).filter(matching(words))
    return {
        "q": text,
        "words": words,
        "cases": found.for_list()[:PAGE],
        "count": found.order_by()[: MOST_COUNTED + 1].count(),
        "most": MOST_COUNTED,
    }


def _clean(text: str) -> str:
    try:
        return one_line(text)[:LONGEST_SEARCH]
    except UncleanText:
        return ""
