"""Facts that a decision rests on cannot be edited away."""

from typing import Any

from documents.papers.description import Block, Paper

GONE = object()


def edited_away(before: Paper, after: Paper) -> list[str]:
    """The locked paths of `before` whose fact is no longer the same in `after`.

    A path is names and places joined by dots. "#result" is the block with that key, wherever it has
    been moved; "grounds.1" asks that the line is still there, at whatever place.
    """
    return [path for path in before.get("locked", []) if not _is_kept(before, after, path)]


def _is_kept(before: Paper, after: Paper, path: str) -> bool:
    wanted = _found(before, path)
    above, _, last = path.rpartition(".")
    around = _found(after, above) if above else GONE
    if last.isdigit() and isinstance(around, list) and isinstance(wanted, str):
        return wanted in around
    return bool(_found(after, path) == wanted)


def _found(facts: Paper, path: str) -> Any:
    value: Any = facts
    for step in path.split("."):
        value = _step(value, step)
    return value


def _step(value: Any, step: str) -> Any:
    if step.startswith("#"):
        return _keyed(_bodies(value), step[1:])
    if isinstance(value, list):
        return value[int(step)] if step.isdigit() and int(step) < len(value) else GONE
    return value.get(step, GONE) if isinstance(value, dict) else GONE


def _bodies(facts: Any) -> list[Block]:
    parts = [facts, facts.get("attached") or {}, *facts.get("annexes", [])]
    return [block for part in parts for block in part.get("body", [])]


def _keyed(blocks: list[Block], key: str) -> Any:
    for block in blocks:
        found = block if block.get("key") == key else _keyed(block.get("children", []), key)
        if found is not GONE:
            return found
    return GONE
