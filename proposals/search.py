"""Finding proposals by words, blind to case and tone marks, at any number of them.

On PostgreSQL one way of finding is slow for rare words, the other for common ones. A count that
stops at a thousand says which of the two a search is: few are looked up by their keys, many are met
soon enough while walking the newest first.
"""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from organisation.text import UncleanText, fold, one_line

if TYPE_CHECKING:
    from proposals.queries import ProposalQuerySet

FEW = 1000
LONGEST = 200


def found(rows: "ProposalQuerySet", text: str) -> "ProposalQuerySet":
    """Of the rows, those with every word of the text in their code or title."""
    words = words_of(text)
    if not words:
        return rows
    known = rows.model.objects.filter(_holding("search_key", words))
    ids = list(known.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(ids) <= FEW:
        return rows.filter(pk__in=ids)
    walked = rows.alias(walked_key=Concat("search_key", Value("")))  # no index serves this
    return walked.filter(_holding("walked_key", words))


def capped_count(rows: QuerySet) -> int:
    """How many rows there are, up to one more than FEW: an exact count costs with their number."""
    return rows.order_by()[: FEW + 1].count()


def words_of(text: str) -> list[str]:
    """What is looked for: nothing where the text holds what no title may."""
    try:
        return fold(one_line(text)[:LONGEST]).split()
    except UncleanText:
        return []


def _holding(column: str, words: list[str]) -> Q:
    return Q(*((f"{column}__contains", word) for word in words))
