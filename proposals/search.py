"""Finding proposals by words, blind to case and tone marks, at any number of them.

On PostgreSQL one way of finding is slow for rare words, the other for common ones. Words that a
part of the newest titles hold are common: they are met soon enough while walking the newest first,
and are counted no further than the page shows. For others a count that stops at a thousand says
which of the two a search is: few are looked up by their keys.
"""

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact

from organisation.text import UncleanText, fold, one_line

if TYPE_CHECKING:
    from proposals.queries import ProposalQuerySet

FEW = 1000
NEWEST = 500  # titles among which a word is common
OFTEN = 10  # of these
LONGEST = 200


def found(rows: "ProposalQuerySet", text: str) -> "ProposalQuerySet":
    """Of the rows, those with every word of the text in their code or title."""
    words = words_of(text)
    if not words:
        return rows
    every = Q(*(("search_key__contains", word) for word in words))
    if _stands_often(rows.model.objects.all(), every):
        return _walked(rows, words)
    ids = list(rows.model.objects.filter(every).order_by().values_list("pk", flat=True)[: FEW + 1])
    return rows.filter(pk__in=ids) if len(ids) <= FEW else _walked(rows, words)


def capped_count(rows: QuerySet) -> int:
    """How many rows there are, up to one more than FEW: an exact count costs with their number.

    They are counted newest first, by the index that lists them: in the order of the table a stage
    of few proposals may begin behind a million others.
    """
    return rows.order_by("-touched_at", "-pk")[: FEW + 1].count()


def words_of(text: str) -> list[str]:
    """What is looked for: nothing where the text holds what no title may."""
    try:
        return fold(one_line(text)[:LONGEST]).split()
    except UncleanText:
        return []


def _stands_often(rows: "ProposalQuerySet", every: Q) -> bool:
    newest = rows.order_by("-touched_at", "-pk").annotate(holds=every)[:NEWEST]
    return newest.aggregate(often=Count("pk", filter=Q(holds=True)))["often"] >= OFTEN


def _walked(rows: "ProposalQuerySet", words: list[str]) -> "ProposalQuerySet":
    """The planner takes such a condition to hold for nearly every row, and no index serves it."""
    for word in words:
        rows = rows.exclude(Exact(StrIndex("search_key", Value(word)), 0))
    return rows.to_walk()
