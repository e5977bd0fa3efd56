"""Compares the rows that apps registered with what their streams say, a batch of streams at once.

What is kept of a statement is its compared facts alone, long ones by their digest: memory stays
flat however long the texts are. Findings name tables, rows and columns, never what they say.
"""

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, Field, QuerySet, Value, When

from journal.findings import Finding, broken
from journal.models import Content
from journal.records import AFTER, AT, BY, SHA, Rows, Same, endings, rows_of, same_of

AT_A_TIME = 2000
LONGEST = 80
CLOCKS_APART = timedelta(minutes=2)  # the web server's clock and the database's, in one deed
Facts = dict[str, Hashable]
Key = tuple[Hashable, ...]


def prefix_of(stream: str) -> str:
    return stream.partition(":")[0]


class Told:
    """What the streams of a batch say of rows, as it is read off them entry by entry."""

    def __init__(self, prefix: str) -> None:
        self.rows = rows_of.get(prefix, [])
        self.actions = {one for rows in self.rows for one in (*rows.actions, *rows.ends)}
        self.kinds = {kind for rows in self.rows for kind in rows.kinds}
        self.of: list[dict[str, Any]] = [{} for _ in self.rows]
        self.ended: set[str] = set()

    def entry(self, stream: str, body: Mapping[str, Any]) -> None:
        """Take an entry's own facts."""
        action = body.get("action")
        if action in endings:
            self.ended.add(stream)
        if action in self.actions:
            facts = _of_entry(body)
            for rows, found in zip(self.rows, self.of, strict=True):
                if action in rows.actions:
                    _take(rows, found, stream, {**facts, **rows.actions[action]})
                elif action in rows.ends:
                    _take_back(rows, found, stream, facts)

    def content(self, row: Content, body: Mapping[str, Any], cited: Mapping[str, Any]) -> None:
        """Take a content's facts, with who cited it first."""
        if row.kind in self.kinds:
            facts = {**cited, **body["facts"], SHA: row.sha256}
            for rows, found in zip(self.rows, self.of, strict=True):
                if row.kind in rows.kinds:
                    _take(rows, found, row.stream_id, facts)


def cited_by(body: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that an entry lends to a content which it cites."""
    data = body.get("data")
    about = {BY: body.get("actor"), AT: body.get("at")}
    if body.get("to") is not None:
        about[AFTER] = body["to"]
    return {**data, **about} if isinstance(data, dict) else about


def check_rows(told: Told, names: list[str]) -> Iterator[Finding]:
    """What differs between the rows of these streams and what was told of them."""
    for rows, found in zip(told.rows, told.of, strict=True):
        for stream in told.ended:
            found.pop(stream, None)
        yield from _Comparison(rows, found).run(names)


def check_same(prefix: str, names: list[str]) -> Iterator[Finding]:
    for same in same_of.get(prefix, []):
        yield from _differing(same, prefix, _refs(names))


def _differing(same: Same, prefix: str, refs: list[str]) -> Iterator[Finding]:
    rows = same.wrong().filter(**{f"{same.stream}__in": refs})
    for pk, ref in rows.values_list("pk", same.stream).iterator(AT_A_TIME):
        label = rows.model._meta.label
        yield broken(f"{prefix}:{ref}", f"{label} {pk}: cột {same.column} khác bản gốc")


def _of_entry(body: Mapping[str, Any]) -> dict[str, Any]:
    facts = cited_by(body)
    digests = facts.get("content_sha256")
    return facts | {SHA: digests} if isinstance(digests, str) else facts


def _take(rows: Rows, found: dict[str, Any], stream: str, facts: Mapping[str, Any]) -> None:
    statements = _statements(rows, facts)
    if rows.is_counted:
        kept = found.setdefault(stream, Counter())
        if rows.newest:
            kept.clear()
        kept.update(_key(rows, one) for one in statements)
        return
    kept = found.setdefault(stream, {})
    for one in statements:
        kept.setdefault(_key(rows, one), {}).update(one)


def _take_back(rows: Rows, found: dict[str, Any], stream: str, facts: Mapping[str, Any]) -> None:
    for one in _statements(rows, facts):
        found.get(stream, {}).pop(_key(rows, one), None)


def _statements(rows: Rows, facts: Mapping[str, Any]) -> list[Facts]:
    if not rows.lines:
        found = [_wanted(rows, facts)]
    else:
        items = facts.get(rows.lines) or []
        found = [_wanted(rows, {**facts, **item}) for item in items]
    return [one for one in found if all(key in one for key in rows.pair.values())]


def _wanted(rows: Rows, facts: Mapping[str, Any]) -> Facts:
    found: Facts = {}
    for path, key in (*rows.pair.items(), *rows.columns.items()):
        value = _deep(facts, key)
        if value is not _ABSENT:
            found[key] = _plain(_field(rows, path), value)
    return found


def _key(rows: Rows, facts: Facts) -> Key:
    return tuple(facts.get(key, "") for key in rows.pair.values())


class _Absent:
    """A fact that was not frozen."""


_ABSENT = _Absent()


def _deep(facts: Mapping[str, Any], key: str) -> Any:
    """The fact of that key; `a.b` is nothing where `a` is, absent where `a` has no `b`."""
    if key in facts or "." not in key:
        return facts.get(key, _ABSENT)
    outer, _, inner = key.partition(".")
    found = facts.get(outer, _ABSENT)
    return found.get(inner, _ABSENT) if isinstance(found, dict) and found else found or ""


def _field(rows: Rows, path: str) -> Field:
    model: Any = rows.model
    *relations, last = path.split("__")
    for name in relations:
        model = model._meta.get_field(name).related_model
    found: Field = model._meta.get_field(last)
    return found


def _plain(column: Field, value: Any) -> Hashable:
    """The value as it is compared: as the column would keep it, a long text by its digest."""
    if value is None or value == "":
        return ""
    if isinstance(value, (list, dict)):
        value = json.dumps(value, sort_keys=True)
    kept = column.to_python(value)
    if isinstance(kept, bool):
        return str(kept)
    if isinstance(kept, Decimal):
        return format(kept.normalize(), "f")
    if isinstance(kept, datetime):
        return kept.astimezone(UTC)
    text = str(kept)
    return text if len(text) <= LONGEST else sha256(text.encode()).hexdigest()


class _Comparison:
    """The rows of one table in a batch of streams, against what was told of them."""

    def __init__(self, rows: Rows, told: dict[str, Any]) -> None:
        self.rows = rows
        self.told = told
        self.label = rows.model._meta.label
        self.paths = [*rows.pair, *rows.columns]
        self.fields = {path: _field(rows, path) for path in self.paths}

    def run(self, names: list[str]) -> Iterator[Finding]:
        prefix = prefix_of(names[0])
        for pk, ref, is_held, *values in self._read(names):
            stream = f"{prefix}:{ref}" if self.rows.stream else names[0]
            plain = [
                _plain(self.fields[path], value)
                for path, value in zip(self.paths, values, strict=True)
            ]
            yield from self._one(stream, pk, is_held, dict(zip(self.paths, plain, strict=True)))
        if not self.rows.may_go:
            yield from self._left()

    def _read(self, names: list[str]) -> Iterator[tuple[Any, ...]]:
        here, nowhere = Value(True), Value(False)
        held = Case(When(self.rows.where, then=here), default=nowhere) if self.rows.where else here
        found = QuerySet(self.rows.model).annotate(is_held_=ExpressionWrapper(held, BooleanField()))
        stream = self.rows.stream or "pk"
        if self.rows.stream:
            found = found.filter(**{f"{stream}__in": _refs(names)})
        named = found.order_by("pk").values_list("pk", stream, "is_held_", *self.paths)
        return named.iterator(AT_A_TIME)

    def _one(
        self, stream: str, pk: Any, is_held: bool, row: dict[str, Hashable]
    ) -> Iterator[Finding]:
        key = tuple(row[path] for path in self.rows.pair)
        kept = self.told.get(stream)
        if self.rows.is_counted:
            yield from self._line(stream, pk, key, kept, is_held=is_held)
            return
        facts = kept.pop(key, None) if kept else None
        if not is_held:
            return
        if facts is None:
            if self._is_filled(row) and not self.rows.untold:
                yield broken(stream, f"{self.label} {pk}: không nội dung nào của nhật ký nói tới")
            return
        for path, fact in self.rows.columns.items():
            if fact in facts and not _agree(facts[fact], row[path], fact):
                yield broken(stream, f"{self.label} {pk}: cột {path} khác nội dung đã ghi")

    def _is_filled(self, row: dict[str, Hashable]) -> bool:
        nothing = self.rows.blank
        told = [row[path] not in ("", "False", nothing.get(path)) for path in self.rows.columns]
        return any(told) or not told

    def _line(
        self, stream: str, pk: Any, key: Key, kept: Counter[Key] | None, *, is_held: bool
    ) -> Iterator[Finding]:
        if kept and kept[key]:
            kept[key] -= 1
        elif is_held and not self.rows.untold:
            yield broken(stream, f"{self.label} {pk}: không nội dung nào của nhật ký nói tới")

    def _left(self) -> Iterator[Finding]:
        for stream, kept in self.told.items():
            left = kept.elements() if isinstance(kept, Counter) else kept
            for _ in left:
                yield broken(stream, f"{self.label}: thiếu dòng mà nhật ký đã ghi")


def _agree(fact: Hashable, value: Hashable, key: str) -> bool:
    if key == AT and isinstance(fact, datetime) and isinstance(value, datetime):
        return abs(fact - value) <= CLOCKS_APART
    return fact == value


def _refs(names: list[str]) -> list[str]:
    return [name.partition(":")[2] for name in names]
