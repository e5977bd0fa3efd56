"""Keyset pages: the next rows are found by the last one, so page 2,000 costs what page 1 does."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the word by which the next ones are asked for; empty at the end."""

    rows: list[Any]
    after: str


def newest_first(rows: QuerySet, after: str, *, pages: int = 1, size: int = PAGE) -> Page:
    """A page of rows ordered by `-touched_at, -pk`, or several at once; a word not ours means the
    first."""
    size *= pages
    number, pk = _read(after)
    if pk:
        rows = beyond(rows, EPOCH + number * MICROSECOND, pk)
    found = list(rows.order_by("-touched_at", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(
        found[:size], f"{(last.touched_at - EPOCH) // MICROSECOND}-{last.pk}" if last else ""
    )


def beyond(rows: Any, at: datetime, pk: int) -> Any:
    """The rows after that one. The first condition alone lets an index begin there: PostgreSQL
    walks to an alternative through all the rows before."""
    return rows.filter(Q(touched_at__lt=at) | Q(pk__lt=pk), touched_at__lte=at)


def by_deadline(rows: Any, after: str, *, pages: int = 1, size: int = PAGE) -> Page:
    """A page of rows ordered by deadline, or several at once; those without one last."""
    size *= pages
    number, pk = _read(after)
    if pk and number:
        due = date.fromordinal(number)
        rows = rows.filter(Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk) | Q(due_on=None))
    elif pk:
        rows = rows.filter(due_on=None, pk__gt=pk)
    found = list(rows.by_deadline()[: size + 1])
    last = found[size - 1] if len(found) > size else None
    word = f"{last.due_on.toordinal() if last.due_on else 0}-{last.pk}" if last else ""
    return Page(found[:size], word)


def _read(after: str) -> tuple[int, int]:
    number, _, pk = after.partition("-")
    if not (number.isascii() and number.isdigit() and pk.isascii() and pk.isdigit()):
        return 0, 0
    return int(number[:18]), int(pk[:18])
