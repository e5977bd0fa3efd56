"""The lifecycle as a picture and a table, drawn from the code: docs/lifecycle.md."""

from collections.abc import Iterator
from typing import Any

from proposals.models import Proposal
from proposals.rights import TABLE, Capacity, Sight
from proposals.stages import CLOSED, Stage

HEAD = """# Lifecycle of a proposal

Drawn from the code by `manage.py draw_lifecycle`; a test says when it is stale. Do not edit.
"""
SIGHTS = {Sight.NONE: "–", Sight.LINE: "M", Sight.FULL: "F", Sight.INNER: "F I"}


def document() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *_diagram(), "", *_moves(), "", *_rights(), ""])


def moves() -> list[Any]:
    """Every move with its source and target, in the order of the code."""
    found = Proposal.stage.field.get_all_transitions(Proposal)
    order = {name: place for place, name in enumerate(vars(Proposal))}
    return sorted(found, key=lambda move: (order[move.name], _place(move.source)))


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {Stage.DRAFT.value}"
    for stage in Stage:
        yield f"    {stage.value} : {stage.label}"
    for move in moves():
        yield f"    {move.source} --> {move.target} : {move.name}"
    for stage in Stage:
        if stage in CLOSED:
            yield f"    {stage.value} --> [*]"
    yield "```"


def _moves() -> Iterator[str]:
    yield "## Moves"
    yield ""
    yield "| move | label | from | to | deed of the table of rights | needs |"
    yield "|---|---|---|---|---|---|"
    for name, grouped in _grouped().items():
        move = grouped[0]
        sources = ", ".join(sorted((m.source for m in grouped), key=_place))
        deed = getattr(move.permission, "__name__", "") or f"made by {move.custom.get('url')}"
        needs = ", ".join(condition.__name__ for condition in move.conditions) or "–"
        label = move.custom["label"]
        yield f"| `{name}` | {label} | {sources} | {move.target} | {deed} | {needs} |"


def _rights() -> Iterator[str]:
    yield "## Rights"
    yield ""
    yield "M = a line in lists, F = the dossier, I = inner opinions and drafts, – = 404."
    yield ""
    for capacity in Capacity:
        yield f"### {capacity.value}"
        yield ""
        yield "| stage | sees | may |"
        yield "|---|---|---|"
        for stage in Stage:
            cell = TABLE[capacity].get(stage)
            sees = SIGHTS[cell.sight] if cell else SIGHTS[Sight.NONE]
            deeds = ", ".join(sorted(cell.actions)) if cell else ""
            yield f"| {stage.value} | {sees} | {deeds or '–'} |"
        yield ""


def _grouped() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for move in moves():
        found.setdefault(move.name, []).append(move)
    return found


def _place(stage: str) -> int:
    return list(Stage).index(Stage(stage))
