"""Who opened a case, when and in what capacity: rows that nothing can change (JR-13)."""

from accountability.actions.base import role_of
from accountability.models import LiabilityCase
from journal.actions import record
from journal.deeds import deed
from journal.timeline import Item, timeline
from organisation.models import User

SHOWN = 8


def access_stream(case: LiabilityCase) -> str:
    """A stream apart, so that reading a case does not move the case itself on."""
    return f"access:{case.ref}"


@deed()
def note_view(case: LiabilityCase, *, by: User, page: str) -> None:
    """Write down that somebody looked at a page or a file of the case."""
    record("access.view", stream=access_stream(case), by=by, role=role_of(case, by), page=page)


def views_of(case: LiabilityCase) -> tuple[int, list[Item]]:
    """How often the case was looked at, and the last times."""
    page = timeline(access_stream(case), size=SHOWN)
    return page.total, list(page.items)
