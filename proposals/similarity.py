"""Proposals with a like title: found through pairs of words, weighed, and only those one may know.

Cost is bounded at any number of proposals: for each pair at most the newest `NEWEST` rows are
read, by index, and at most `WEIGHED` proposals are looked at.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from organisation.models import UnitScope, User
from organisation.prepared import prepared
from organisation.text import fold
from proposals.models import Proposal, TitlePair
from proposals.stages import OPEN, Stage

SHORTEST = 8  # characters of a title that are worth looking for
MOST_PAIRS = 24
NEWEST = 150
WEIGHED = 40
SHOWN = 5
NEAR, VERY_NEAR = 0.3, 0.55
HIDDEN = (Stage.DRAFT, Stage.WITHDRAWN)
SAID = (
    *("ref", "title", "stage", "shown_state", "shown_tone"),
    *("agency_name", "submitted_at", "proposer_id"),
)
EMPTY_WORDS = frozenset({"cac", "cho", "cua", "la", "mot", "nhung", "tai", "theo", "va", "voi"})


@dataclass(frozen=True)
class Like:
    """A proposal with a like title; `url` is empty for those who may not open it."""

    proposal: Proposal
    words: str
    url: str
    ground: str = ""
    may_join: bool = False

    @property
    def year(self) -> int:
        return self.proposal.submitted_at.year if self.proposal.submitted_at else 0


def words_of(title: str) -> list[str]:
    """The words of a title that say something, folded: blind to case and tone marks."""
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(title))
    return [word for word in signs.split() if word not in EMPTY_WORDS]


def pairs_of(title: str) -> set[str]:
    """Neighbouring words, two by two, at most 60 characters each."""
    return {f"{one} {other}"[:60] for one, other in pairwise(words_of(title))}


def index_title(proposal: Proposal) -> None:
    """Make a sent proposal be found by its title of now; the caller is in a transaction."""
    wanted = pairs_of(proposal.title)
    if proposal.submitted_at:  # it may have had another title
        proposal.title_pairs.exclude(pair__in=wanted).delete()
    TitlePair.objects.bulk_create(
        [TitlePair(proposal=proposal, pair=pair) for pair in sorted(wanted)], ignore_conflicts=True
    )


def like(title: str, user: User, *, apart_from: int | None = None) -> list[Like]:
    """At most five proposals with a like title, the nearest first, of those one may know of."""
    if len(title.strip()) < SHORTEST:
        return []
    pairs = sorted(pairs_of(title))[:MOST_PAIRS]
    ids = [pk for pk in _candidates(pairs) if pk != apart_from][:WEIGHED]
    found = _known(ids, user) if ids else []
    weighed = sorted(((likeness(title, row.title), row) for row in found), key=_nearest_first)
    near = [(weight, row) for weight, row in weighed if weight >= NEAR][:SHOWN]
    prefetch_related_objects([row for _, row in near if row.stage == Stage.REFUSED], "decisions")
    return [_like(weight, row, user) for weight, row in near]


def likeness(title: str, other: str) -> float:
    """How much two titles share, from 0 to 1: single words and pairs of them (Dice)."""
    mine, theirs = (set(words_of(one)) | pairs_of(one) for one in (title, other))
    whole = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / whole if whole else 0.0


def _candidates(pairs: Sequence[str]) -> list[int]:
    """Proposals that share pairs with the title, rare pairs weighing more."""
    rows = _postings(*pairs) if pairs else []
    often = Counter(pair for pair, _ in rows)
    weights: Counter[int] = Counter()
    for pair, pk in rows:
        weights[pk] += NEWEST // often[pair]
    return [pk for pk, _ in weights.most_common(WEIGHED + 1)]


@prepared
def _postings(*pairs: str) -> QuerySet:
    """For each pair the newest proposals that have it, in one query over one index."""
    parts = [_newest(pair) for pair in pairs]
    return parts[0].union(*parts[1:], all=True)


def _newest(pair: str) -> QuerySet:
    """A slice of the index; inside a subquery where a part of a union may not be one (SQLite)."""
    newest = TitlePair.objects.filter(pair=pair).order_by("-proposal_id")[:NEWEST]
    if not connection.features.supports_slicing_ordering_in_compound:
        newest = TitlePair.objects.filter(pk__in=newest.values("pk")).order_by()
    return newest.values_list("pair", "proposal_id")


def known_to(user: User) -> QuerySet[Proposal]:
    """Proposals whose title this person may come upon: those of the own agency, and those that
    may be seen anyway; never a draft or a withdrawn one, and refused ones of the own agency alone.

    What stands at other agencies is neither shown nor counted (AZ-04, ADR 0008).
    """
    visible = Proposal.objects.visible_to(user).filter(pk=OuterRef("pk"))
    seen = Q(Exists(visible)) & ~Q(stage=Stage.REFUSED)
    return Proposal.objects.exclude(stage__in=HIDDEN).filter(_of_own_agency(user) | seen)


def _known(ids: list[int], user: User) -> list[Any]:
    """Those of few rows that `known_to` gives, each with `is_openable`; both are asked at once."""
    rows = Proposal.objects.filter(pk__in=ids).exclude(stage__in=HIDDEN).with_openness(user)
    own = ExpressionWrapper(_of_own_agency(user), BooleanField())
    found = rows.annotate(is_own=own).only(*SAID)
    return [row for row in found if row.is_own or (row.is_openable and row.stage != Stage.REFUSED)]


def _of_own_agency(user: User) -> Q:
    here = user.powers.main.unit_id if user.powers.main else None
    above = UnitScope.objects.filter(unit=OuterRef("agency"), covered=here)
    return Q(agency=here) | Q(Exists(above))


def _nearest_first(weighed: tuple[float, Proposal]) -> tuple[float, int]:
    weight, row = weighed
    return (-weight, -row.pk)


def _like(weight: float, row: Any, user: User) -> Like:
    return Like(
        proposal=row,
        words="Rất gần" if weight >= VERY_NEAR else "Gần",
        url=row.get_absolute_url() if row.is_openable else "",
        ground=_ground(row),
        may_join=row.stage in OPEN and row.proposer_id != user.pk,
    )


def _ground(row: Proposal) -> str:
    if row.stage != Stage.REFUSED:
        return ""
    return next((d.get_refusal_ground_display() for d in row.decisions.all()), "")
