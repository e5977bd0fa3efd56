"""Holds rows against what their stream froze: the registry of what each table repeats.

An app says by `register_rows` which columns repeat which facts of a content or of an entry. Each
such statement then belongs to one row and each row to one statement: an edit, a swap, a deletion
and an insertion by SQL are all seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

SHA = "*sha256"
"""Facts that stand on the entry, not in its data: the content cited, who, when, the new state."""
BY = "*by"
AT = "*at"
AFTER = "*after"


@dataclass(frozen=True)
class Rows:
    """The rows of one table, and what says how they must be.

    `stream` is the path to the `ref` in the stream's name, empty where there is one stream for all.
    `pair` finds the row of a statement, `columns` are then compared; both map a path from the row
    to a key of the facts (`a.b` for what is nested). Later statements of the same pair stand for
    earlier ones, key by key. A row without any must have nothing in these columns. A fact that a
    statement lacks (an older version of the portal did not freeze it) is not compared. A content
    has the data of the entry that cited it first among its facts.
    """

    model: type[Model]
    stream: str
    pair: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    actions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What an entry of this action says beyond its data."""
    ends: frozenset[str] = frozenset()
    """An entry of this action takes back what was told: the row is gone from then on."""
    lines: str = ""
    """Each item of this list is a statement; without `columns` items and rows are counted."""
    newest: bool = False
    """Of the lines of a stream only those of the newest statement count."""
    where: Q = field(default_factory=Q)
    """Rows this is about; others may belong to a statement and need not."""
    may_go: bool = False
    """A row may be gone although a statement tells of it (it was left for another)."""
    blank: Mapping[str, str] = field(default_factory=dict)
    """What stands in a column of which nothing was told yet, where that is not nothing."""
    untold: bool = False
    """Rows without a statement are allowed: they came with the installation or an import."""

    @property
    def is_counted(self) -> bool:
        return bool(self.lines) and not self.columns


@dataclass(frozen=True)
class Same:
    """A column that repeats other rows: `wrong` answers those that do not."""

    stream: str
    column: str
    wrong: Callable[[], QuerySet]


rows_of: dict[str, list[Rows]] = {}
endings: set[str] = set()
same_of: dict[str, list[Same]] = {}


def register_rows(prefix: str, *found: Rows | Same) -> None:
    """Hold these rows against each stream whose name begins with `prefix:` (or is `prefix`)."""
    for one in found:
        if isinstance(one, Rows):
            rows_of.setdefault(prefix, []).append(one)
        else:
            same_of.setdefault(prefix, []).append(one)


def register_ending(action: str) -> None:
    """An entry of this action says that the records of its stream were deleted, as one may."""
    endings.add(action)


def told(*actions: str, **extra: Any) -> dict[str, dict[str, Any]]:
    """These actions, each of which says the same beyond its data."""
    return dict.fromkeys(actions, extra)
