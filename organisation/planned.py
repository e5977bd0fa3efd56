"""Statements that PostgreSQL reads and plans once a connection, and is then asked for by name.

Reading and planning a statement costs PostgreSQL more than answering it. After five askings it
goes on with one plan for all values where that is no dearer. A pooler that hands each transaction
another connection cannot keep them: `DISABLE_SERVER_SIDE_CURSORS`, Django's own word for that,
turns this off. Whoever counts or reads the statements of the application sees them as they were.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg2.extensions import AsIs

TYPES = {bool: "boolean", int: "bigint", str: "text", UUID: "uuid", date: "date"}
MOST = 300  # statements that write, of all shapes: whatever comes after these is sent as it is
CAST = r"(?:::[a-z ]+(?:\[\])?)?"
MARK = re.compile(rf"(?:\(%s\)|%s){CAST}")
WRITTEN = re.compile(rf"(?:\(|, |= |UNNEST\()(?:\(%s\)|%s){CAST}")  # where a column tells the type

Execute = Callable[..., Any]

_numbers = count(1)
_writings: "dict[str, Writing]" = {}
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # names, by connection


class Planned:
    """One statement under a name of its own; `places` says which parameters are the values."""

    def __init__(
        self, sql: str, params: Sequence[Any], places: Mapping[Any, int], kinds: Sequence[type]
    ) -> None:
        self.name = f"portal_{next(_numbers)}"
        self.sql, self.params, self.places = sql, params, places
        self.types = [_type_of(kind) for kind in kinds]

    def asked_with(self, values: Sequence[Any]) -> AbstractContextManager[None]:
        """While it lasts, the statement goes to the database as its name and these values."""
        if not can_be_kept():
            return nullcontext()

        def ask(execute: Execute, sql: str, params: Any, many: bool, context: dict) -> Any:
            if not _is_known(self.name, context):
                execute(self._sent_once(context["cursor"]), None, many, context)
                _remember(self.name, context)
            return execute(_asking(self.name, ["%s"] * len(values)), values, many, context)

        return connection.execute_wrapper(ask)

    def _sent_once(self, cursor: Any) -> str:
        """Its text with numbers for the values; what never changes stands in it, for the plan."""
        said = [
            AsIs(f"${self.places[one] + 1}") if one in self.places else one for one in self.params
        ]
        types = f"({', '.join(self.types)})" if self.types else ""
        return f"PREPARE {self.name}{types} AS {cursor.mogrify(self.sql, said).decode()}"


class Writing:
    """A statement that writes rows: each of its values goes into a column, which tells its type."""

    def __init__(self, sql: str) -> None:
        self.name = f"portal_{next(_numbers)}"
        self.marks = MARK.findall(sql)
        self.is_plain = len(WRITTEN.findall(sql)) == sql.count("%s") > 0
        self.sql = sql

    def sent_once(self) -> str:
        numbered = (f"${number + 1}" for number in range(len(self.marks)))
        return f"PREPARE {self.name} AS {self.sql % tuple(numbered)}"


def writes_planned() -> AbstractContextManager[None]:
    """While it lasts, a statement that writes, and was sent before, goes as its name and values."""
    return connection.execute_wrapper(_write) if can_be_kept() else nullcontext()


def can_be_kept() -> bool:
    is_pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS", False)
    return connection.vendor == "postgresql" and not is_pooled


def _write(execute: Execute, sql: str, params: Any, many: bool, context: dict) -> Any:
    if many or not params or not sql.startswith(("INSERT INTO", "UPDATE")):
        return execute(sql, params, many, context)
    writing = _writings.get(sql) or _named(sql)
    if writing is None or not writing.is_plain:
        return execute(sql, params, many, context)
    if not _is_known(writing.name, context):
        execute(writing.sent_once(), None, many, context)
        _remember(writing.name, context)
    return execute(_asking(writing.name, writing.marks), params, many, context)


def _named(sql: str) -> Writing | None:
    if len(_writings) >= MOST:
        return None
    return _writings.setdefault(sql, Writing(sql))


def _asking(name: str, marks: Sequence[str]) -> str:
    return f"EXECUTE {name}({', '.join(marks)})" if marks else f"EXECUTE {name}"


def _is_known(name: str, context: dict) -> bool:
    return name in _known.get(context["cursor"].connection, ())


def _remember(name: str, context: dict) -> None:
    _known.setdefault(context["cursor"].connection, set()).add(name)


def _type_of(kind: type) -> str:
    return next(name for known, name in TYPES.items() if issubclass(kind, known))
