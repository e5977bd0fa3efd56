"""Statements that every page asks: built once, then asked with other values.

Building a statement takes Django ten times what PostgreSQL takes to answer it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | str | date
Build = Callable[..., QuerySet]
FIRST_DAY = date(1900, 1, 1)


def prepared(build: Build) -> Callable[..., list[tuple]]:
    """Turn a function that builds `values_list` of its arguments into one that gives its rows.

    The function is called once for each combination of types, with stand-ins; so it must not look
    at what it is given, only put it into the statement.
    """

    @wraps(build)
    def ask(*values: Value) -> list[tuple]:
        statement = _statement(build, connection.vendor, tuple(type(value) for value in values))
        return statement.ask(values)

    return ask


class _Statement:
    def __init__(self, build: Build, kinds: tuple[type, ...]) -> None:
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
        compiler = build(*stand_ins).query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.compiler = compiler
        self.converters = compiler.get_converters([column[0] for column in compiler.select or ()])
        self.places = {_as_sent(value): place for place, value in enumerate(stand_ins)}
        if missing := set(self.places) - set(self.params):
            raise LookupError(f"{build.__name__} does not ask for {missing}")

    def ask(self, values: tuple[Value, ...]) -> list[tuple]:
        sent = [_as_sent(value) for value in values]
        params = [sent[self.places[p]] if p in self.places else p for p in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if not self.converters:
            return rows
        return [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]


@lru_cache(maxsize=200)
def _statement(build: Build, vendor: str, kinds: tuple[type, ...]) -> _Statement:
    return _Statement(build, kinds)


def _stand_in(kind: type, place: int) -> Value:
    """A value of that type that stands nowhere else in a statement."""
    if issubclass(kind, str):
        return f"\ufdd0{place}"
    return FIRST_DAY + timedelta(days=place) if issubclass(kind, date) else -1_000_000 - place


def _as_sent(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
