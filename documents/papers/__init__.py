"""What papers say and how that is printed, without a database and without a page."""

from typing import Any, cast

from documents.papers.description import Paper
from documents.papers.gaps import Gap, missing
from documents.papers.kinds import TEMPLATES
from documents.papers.lines import name_lines
from documents.papers.locks import edited_away
from documents.papers.printed import Sheet, printed
from documents.papers.shape import Misshapen, check
from documents.papers.slips import Receipt, receipt
from documents.papers.words import legible


def sheet_of(facts: dict[str, Any], *, is_whole: bool = False) -> Sheet:
    """What stands on the paper of these facts, whichever way they were described.

    `is_whole` brings in annexes that are issued in files of their own.
    """
    if "kind" in facts:
        return printed(cast(Paper, facts), is_whole=is_whole)
    said = legible(facts)
    return receipt(said) if "entry_hash" in said else printed(said)


__all__ = [
    "TEMPLATES",
    "Gap",
    "Misshapen",
    "Paper",
    "Receipt",
    "Sheet",
    "check",
    "edited_away",
    "missing",
    "name_lines",
    "printed",
    "sheet_of",
]
