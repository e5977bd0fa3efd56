"""The one search box: an exact code, or words with or without their tone marks."""

import re
from typing import Any

from django.db.models import Count, Window

from documents.models import OfficialDocument
from documents.reading import papers_numbered
from organisation.models import User
from organisation.text import nfc, one_line
from proposals.models import Proposal
from proposals.search import LONGEST, words_of
from reporting.tables import PAGE

CODE = re.compile(r"dx-\d{4}-\d{4,}", re.IGNORECASE)
NUMBER = re.compile(r"(\d{1,6})\s*/\s*([^\W\d_][\w-]{0,39})")


def case_by_code(user: User, text: str) -> str | None:
    """The address of the case whose code this is, when the person may open it."""
    if not CODE.fullmatch(text.strip()):
        return None
    found = Proposal.objects.visible_to(user).filter(code=text.strip().upper()).first()
    return found.get_absolute_url() if found else None


def papers_by_number(user: User, text: str) -> list[OfficialDocument]:
    """The papers whose number this is, "05/QĐ-STNMT", of those the person may see."""
    said = NUMBER.fullmatch(nfc(text).strip())
    return papers_numbered(user, int(said[1]), said[2]) if said else []


def results_of(user: User, text: str) -> dict[str, Any]:
    """The newest cases that hold every word, at most one page of them, and how many there are.

    Of common words it is only said that there are more than are shown.
    """
    if not words_of(text):
        return {"q": text, "cases": [], "count": 0}
    found = Proposal.objects.within_reach(user).matching(text).for_list()
    if not found.is_walked:
        found = found.annotate(number=Window(Count("pk")))
    cases = list(found[: PAGE + 1])
    has_more = found.is_walked and len(cases) > PAGE
    return {
        "q": text,
        "words": one_line(text)[:LONGEST],
        "cases": cases[:PAGE],
        "count": PAGE if has_more else getattr(next(iter(cases), None), "number", len(cases)),
        "has_more": has_more,
    }
