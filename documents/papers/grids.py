"""Tables as they are printed: shares of the width, cells that span columns and rows.

A cell "<" goes on with the cell to its left, "^" with the one above it: so a table stays lists of
texts. Where a table says no widths, its columns share the page by what they hold; a column of
numbers stands to the right.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.papers.description import Block, Column

LEFT, ABOVE = "<", "^"
MARKS = frozenset((LEFT, ABOVE))
NUMBERS = re.compile(r"[-–+]?\d[\d.,]*\s?%?|[-–]?")
ORDINAL = ("tt", "stt", "số tt", "số thứ tự")
SHORT, SHORT_SIGNS = 10, 1_500  # rows and signs of a table that no page ends within
WIDEST = 46  # signs beyond which a column gets no wider: its text takes more lines


class Cell(NamedTuple):
    """One cell where it stands; `is_continued` says that it is a part of the cell above."""

    text: str
    align: str
    columns: int = 1
    rows: int = 1
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: shares of its width in percent, how its columns are aligned, its cells.

    `heads` are rows of the head below the titles.
    """

    shares: list[float]
    aligns: list[str]
    titles: list[str]
    rows: list[list[str]]
    heads: list[list[str]] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """Whether it is to stand on one page."""
        signs = sum(len(text) for row in self.rows for text in row)
        return len(self.rows) <= SHORT and signs <= SHORT_SIGNS

    @property
    def head_cells(self) -> list[list[Cell]]:
        """The head as it is laid out; a cell that spans rows is there again, continued, in each."""
        return laid_out([self.titles, *self.heads], ["center"] * len(self.titles))

    @property
    def cells(self) -> list[list[Cell]]:
        return laid_out(self.rows, self.aligns)


def grid_of(block: Block) -> Grid:
    columns = block.get("columns", [])
    rows = [_row(row, len(columns)) for row in block.get("rows", [])]
    return Grid(
        shares=_shares(block, columns, rows),
        aligns=[_align(column, place, rows) for place, column in enumerate(columns)],
        titles=[_bare(column.get("title", "")) for column in columns],
        rows=rows,
        heads=[_row(row, len(columns)) for row in block.get("heads", [])],
    )


def laid_out(rows: list[list[str]], aligns: list[str]) -> list[list[Cell]]:
    """Each row of texts as cells."""
    if not any(MARKS.intersection(row) for row in rows):
        return [[Cell(text, to) for text, to in zip(row, aligns, strict=True)] for row in rows]
    owners, found = _owners(rows), []
    for at, row in enumerate(rows):
        line = []
        for place, text in enumerate(row):
            top, left = owners[at][place]
            if left == place:
                down = _reach(owners, (top, left), at=at, place=place)
                across = sum(1 for owner in owners[at] if owner == (top, left))
                own = "" if text in MARKS else text
                line.append(Cell(own, aligns[place], across, down, top < at))
        found.append(line)
    return found


def _owners(rows: list[list[str]]) -> list[list[tuple[int, int]]]:
    """For each cell the one that it is a part of. A mark without a neighbour is an empty cell."""
    owners: list[list[tuple[int, int]]] = []
    for at, row in enumerate(rows):
        owners.append([])
        for place, text in enumerate(row):
            owner = (at, place)
            if text == LEFT and place:
                owner = owners[at][place - 1]
            elif text == ABOVE and at and owners[at - 1][place][1] == place:
                owner = owners[at - 1][place]
            owners[at].append(owner)
    return owners


def _reach(owners: list[list[tuple[int, int]]], owner: tuple[int, int], at: int, place: int) -> int:
    """How many rows a cell goes down from here on."""
    rows = 0
    while at + rows < len(owners) and owners[at + rows][place] == owner:
        rows += 1
    return rows


def _row(cells: list[str], number: int) -> list[str]:
    """As many cells as there are columns."""
    told = [_bare(cell) for cell in cells[:number]]
    return told + [""] * (number - len(told))


def _shares(block: Block, columns: list[Column], rows: list[list[str]]) -> list[float]:
    if any(column.get("width") for column in columns):
        widths: list[float] = [max(1, column.get("width", 1)) for column in columns]
    else:
        heads = [[column.get("title", "") for column in columns], *block.get("heads", [])]
        widths = [_need(place, [*heads, *rows[:200]]) for place in range(len(columns))]
    total = sum(widths)
    return [round(100 * width / total, 2) for width in widths]


def _need(place: int, rows: list[list[str]]) -> float:
    """How much room a column asks for: its longest word whole, long texts only so far."""
    texts = [row[place] for row in rows if place < len(row) and row[place] not in MARKS]
    longest = max((len(text) for text in texts), default=1)
    word = max((len(word) for text in texts for word in text.split()), default=1)
    return max(word + 2.0, min(longest, WIDEST) ** 0.8)


def _align(column: Column, place: int, rows: list[list[str]]) -> str:
    if align := column.get("align"):
        return align
    if _bare(column.get("title", "")).lower().rstrip(".") in ORDINAL:
        return "center"
    texts = [row[place] for row in rows if row[place] not in MARKS]
    is_numbers = any(texts) and all(NUMBERS.fullmatch(text) for text in texts)
    return "right" if is_numbers else "left"


def _bare(text: str) -> str:
    return " ".join(text.split())
