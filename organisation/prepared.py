"""Statements that every page asks: built once, then asked with other values.

Building a statement takes Django ten times what PostgreSQL takes to answer it.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from organisation.planned import Planned

Value = int | str | date | UUID
Build = Callable[..., QuerySet]
FIRST_DAY = date(1900, 1, 1)


def prepared(build: Build) -> Callable[..., list[Any]]:
    """Turn a function that builds a query set of its arguments into one that gives its rows.

    They are tuples where it builds a `values_list`, else objects, with what it selects and
    annotates. The function is called once for each combination of types, with stand-ins; so it must
    not look at what it is given, only put it into the statement.
    """

    @wraps(build)
    def ask(*values: Value) -> list[Any]:
        statement = _statement(build, connection.vendor, tuple(type(value) for value in values))
        return statement.ask(values)

    return ask


class _Statement:
    def __init__(self, build: Build, kinds: tuple[type, ...]) -> None:
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
        rows = build(*stand_ins)
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.compiler = compiler
        self.converters = compiler.get_converters([column[0] for column in compiler.select or ()])
        gives_objects = rows._iterable_class is ModelIterable  # noqa: SLF001 (no public way)
        self.objects = _Objects(compiler) if gives_objects else None
        self.places = {_as_sent(value): place for place, value in enumerate(stand_ins)}
        self.planned = Planned(self.sql, self.params, self.places, kinds)
        if missing := set(self.places) - set(self.params):
            raise LookupError(f"{build.__name__} does not ask for {missing}")

    def ask(self, values: tuple[Value, ...]) -> list[Any]:
        sent = [_as_sent(value) for value in values]
        params = [sent[self.places[p]] if p in self.places else p for p in self.params]
        with self.planned.asked_with(sent), connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]
        return self.objects.made_of(rows) if self.objects else rows


class _Objects:
    """Makes objects of rows, as a query set does: related ones and annotations come along."""

    def __init__(self, compiler: Any) -> None:
        info, select = compiler.klass_info, compiler.select
        places = info["select_fields"]
        self.own = slice(places[0], places[-1] + 1)
        self.model = info["model"]
        self.names = [column[0].target.attname for column in select[self.own]]
        self.related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
        self.annotated = compiler.annotation_col_map or {}

    def made_of(self, rows: Iterable[tuple]) -> list[Any]:
        return [self._made_of(row) for row in rows]

    def _made_of(self, row: tuple) -> Any:
        made = self.model.from_db(connection.alias, self.names, row[self.own])
        for one in self.related:
            one.populate(row, made)
        for name, place in self.annotated.items():
            setattr(made, name, row[place])
        return made


@lru_cache(maxsize=200)
def _statement(build: Build, vendor: str, kinds: tuple[type, ...]) -> _Statement:
    return _Statement(build, kinds)


def _stand_in(kind: type, place: int) -> Value:
    """A value of that type that stands nowhere else in a statement."""
    if issubclass(kind, UUID):
        return UUID(int=place)
    if issubclass(kind, str):
        return f"\ufdd0{place}"
    return FIRST_DAY + timedelta(days=place) if issubclass(kind, date) else -1_000_000 - place


def _as_sent(value: Value) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
