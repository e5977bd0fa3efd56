"""Tables as they are typed: "| TT | Nội dung |", or rows pasted from Word or Excel with tabs.

The first row is the head; a line "|---|---|" below it ends a head of more rows.
"""

import re

from documents.papers.description import Block, Column
from documents.papers.grids import MARKS

RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|?)+")
MOST = 400  # rows; longer tables stay as they are
ALIGNS = {(True, True): "center", (False, True): "right", (True, False): "left"}
SHOWN = {"center": ":---:", "right": "---:", "left": ":---"}


def is_table_row(line: str, *, within: bool = False) -> bool:
    bare = line.strip()
    if bare.startswith("|"):
        return True
    return bool(bare) and ("\t" in bare or (within and line.startswith("\t")))


def table_of(lines: list[str]) -> Block:
    rows = [_cells(line) for line in lines]
    rules = [at for at, line in enumerate(lines) if RULE.fullmatch(line.strip())]
    end = rules[0] if rules and rules[0] else 1
    heads = rows[:end]
    aligns = _aligns(rows[end]) if rules and rules[0] == end else []
    told = [row for at, row in enumerate(rows) if at >= end and at not in rules]
    width = max(len(row) for row in [*heads, *told])
    columns = [_column(place, heads[0], aligns) for place in range(width)]
    block: Block = {"type": "table", "columns": columns, "rows": [_full(r, width) for r in told]}
    if len(heads) > 1:
        block["heads"] = [_full(row, width) for row in heads[1:]]
    return block


def table_text(block: Block) -> list[str]:
    columns = block.get("columns", [])
    titles = [column.get("title", "") for column in columns]
    aligned = [SHOWN.get(column.get("align", ""), "---") for column in columns]
    rows = [titles, *block.get("heads", []), aligned, *block.get("rows", [])]
    return [f"| {' | '.join(_said(cell) for cell in row)} |" for row in rows]


def is_typed_table(block: Block) -> bool:
    """Whether it may be typed: it was not laid out by hand, and is not too long to be read."""
    is_laid_out = bool(block.get("title")) or any(
        column.get("width") for column in block.get("columns", [])
    )
    return not is_laid_out and bool(block.get("columns")) and len(block.get("rows", [])) <= MOST


def _cells(line: str) -> list[str]:
    bare = line.strip()
    if bare.startswith("|"):
        bare = bare[1:].removesuffix("|")
        return [cell.strip().replace("¦", "|") for cell in bare.split("|")]
    return [cell.strip() for cell in line.rstrip("\n").split("\t")]


def _column(place: int, titles: list[str], aligns: list[str]) -> Column:
    column: Column = {"title": titles[place] if place < len(titles) else ""}
    if place < len(aligns) and aligns[place]:
        column["align"] = aligns[place]  # type: ignore[typeddict-item]
    return column


def _aligns(cells: list[str]) -> list[str]:
    return [ALIGNS.get((cell.startswith(":"), cell.endswith(":")), "") for cell in cells]


def _full(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _said(cell: str) -> str:
    return cell if cell in MARKS else " ".join(cell.split()).replace("|", "¦")
