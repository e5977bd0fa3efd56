"""What upper floors may hang on the life of a paper: clocks, notices, lines in a case's timeline.

Each registers a callable in its `AppConfig.ready`; it is called in the transaction of the deed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from documents.models import OfficialDocument
from journal.models import Entry
from organisation.models import User


@dataclass(frozen=True)
class Moved:
    """A deed on a paper: send, sign, send_back, issue, recall, be_replaced, be_corrected."""

    paper: OfficialDocument
    deed: str
    entry: Entry
    by: User


paper_moved: list[Callable[[Moved], None]] = []


def tell(moved: Moved) -> None:
    for told in paper_moved:
        told(moved)
