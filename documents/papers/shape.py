"""Refuses facts that are not shaped as `documents.papers.description` says."""

from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from documents.papers.description import Paper

DEEPEST = 8  # blocks within blocks; an article, its clauses and points are three


class Misshapen(ValueError):
    """The description of a paper has a key or a value that it cannot have; says where."""


def check(facts: dict[str, Any]) -> Paper:
    """The same facts, known to be a paper. Raises Misshapen."""
    _check(facts, Paper, "")
    return Paper(**facts)  # type: ignore[typeddict-item]


def _check(value: Any, wanted: Any, path: str) -> None:
    if path.count("children") > DEEPEST:
        raise Misshapen(f"{path}: too deep")
    if is_typeddict(wanted):
        _check_keys(value, wanted, path)
    elif get_origin(wanted) is list:
        _check_items(value, get_args(wanted)[0], path)
    elif not _is_plain(value, wanted):
        raise Misshapen(f"{path}: {value!r:.60}")


def _check_keys(value: Any, wanted: Any, path: str) -> None:
    known = _hints(wanted)
    if not isinstance(value, dict) or (unknown := value.keys() - known.keys()):
        raise Misshapen(f"{path}: {sorted(unknown) if isinstance(value, dict) else value!r:.60}")
    if "type" in known and "type" not in value:
        raise Misshapen(f"{path}: no type")
    for key, inner in value.items():
        _check(inner, known[key], f"{path}.{key}".lstrip("."))


def _check_items(value: Any, wanted: Any, path: str) -> None:
    if not isinstance(value, list):
        raise Misshapen(f"{path}: {value!r:.60}")
    for place, inner in enumerate(value):
        _check(inner, wanted, f"{path}.{place}")


def _is_plain(value: Any, wanted: Any) -> bool:
    if get_origin(wanted) is Literal:
        return isinstance(value, str) and value in get_args(wanted)
    if get_origin(wanted) in (Union, UnionType):
        return any(_is_plain(value, one) for one in get_args(wanted))
    if wanted in (None, NoneType):
        return value is None
    return isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))


@cache
def _hints(wanted: Any) -> dict[str, Any]:
    return get_type_hints(wanted)
