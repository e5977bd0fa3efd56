"""The one search box: an exact code, or words with or without their tone marks."""

import re
from typing import Any

from organisation.models import User
from organisation.text import one_line
from proposals.models import Proposal
from proposals.search import FEW, LONGEST, capped_count, words_of
from reporting.tables import PAGE

CODE = re.compile(r"dx-\d{4}-\d{4,}", re.IGNORECASE)


def case_by_code(user: User, text: str) -> str | None:
    """The address of the case whose code this is, when the person may open it."""
    if not CODE.fullmatch(text.strip()):
        return None
    found = Proposal.objects.visible_to(user).filter(code=text.strip().upper()).first()
    return found.get_absolute_url() if found else None


def results_of(user: User, text: str) -> dict[str, Any]:
    """The newest cases that hold every word, at most one page of them, and how many there are."""
    if not words_of(text):
        return {"q": text, "cases": [], "count": 0}
    found = Proposal.objects.within_reach(user).matching(text)
    return {
        "q": text,
        "words": one_line(text)[:LONGEST],
        "cases": found.for_list()[:PAGE],
        "count": capped_count(found),
        "most": FEW,
    }
