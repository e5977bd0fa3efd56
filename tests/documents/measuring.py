"""Reads a drawn paper as a ruler would: rows of text with their fonts, and the rules between them.

pdfplumber takes the PDF apart; nothing here knows how it was drawn. Lengths are points from the
upper left corner of the page.
"""

import io
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import pdfplumber

from documents.papers.description import Paper
from documents.papers.kinds import form_of
from documents.render import render_pdf

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 20 * MM, 277 * MM
GAP = 16  # between two columns that stand on one line


class Row(NamedTuple):
    """What stands on one line of one column."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    is_bold: bool
    is_italic: bool
    colour: tuple[float, ...]
    page: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0


class Rule(NamedTuple):
    x0: float
    x1: float
    top: float
    bottom: float
    colour: tuple[float, ...]
    page: int

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Measured(NamedTuple):
    """A paper taken apart: its pages (width, height), its rows and its rules."""

    pages: list[tuple[float, float]]
    rows: list[Row]
    rules: list[Rule]

    def row(self, beginning: str, page: int = 0) -> Row:
        found = [row for row in self.rows if row.text.startswith(beginning)]
        found = [row for row in found if page in (0, row.page)]
        assert found, f"no row begins with {beginning!r}"
        return found[0]

    def below(self, row: Row, reach: float = 8) -> Rule:
        """The thin rule right under a row."""
        found = [
            rule
            for rule in self.rules
            if rule.page == row.page
            and rule.height < 1.5
            and 0 < rule.top - row.base < reach
            and rule.x0 - 3 <= row.middle <= rule.x1 + 3
        ]
        assert len(found) == 1, f"{len(found)} rules under {row.text!r}"
        return found[0]

    def at(self, test: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.rows if test(row)]

    @property
    def body(self) -> list[Row]:
        """The rows within the margins."""
        return self.at(lambda row: TOP <= row.base <= BOTTOM)

    @property
    def text(self) -> str:
        return unicodedata.normalize("NFC", " ".join(row.text for row in self.rows))


def measured(pdf: bytes) -> Measured:
    pages, rows, rules = [], [], []
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, start=1):
            pages.append((float(page.width), float(page.height)))
            rows += _rows(page.chars, number)
            rules += [
                Rule(one["x0"], one["x1"], one["top"], one["bottom"], _rgb(one), number)
                for one in page.rects
            ]
    return Measured(pages, rows, rules)


@lru_cache(maxsize=64)
def _drawn(key: str) -> Measured:
    return measured(DRAWN[key])


DRAWN: dict[str, bytes] = {}


def paper(name: str, facts: Paper) -> Measured:
    """The measures of a paper; each name is drawn once in a run."""
    if name not in DRAWN:
        DRAWN[name] = render_pdf(form_of(facts["kind"]).template, dict(facts))
    return _drawn(name)


def _rows(chars: list[dict], page: int) -> list[Row]:
    lines: dict[float, list[dict]] = {}
    for char in chars:
        lines.setdefault(round(char["bottom"] - 0.216 * char["size"], 0), []).append(char)
    return [
        _row(piece, page)
        for base in sorted(lines)
        for piece in _columns(sorted(lines[base], key=lambda char: char["x0"]))
    ]


def _columns(chars: list[dict]) -> list[list[dict]]:
    pieces = [[chars[0]]]
    for before, char in pairwise(chars):
        if char["x0"] - before["x1"] > GAP:
            pieces.append([])
        pieces[-1].append(char)
    return [piece for piece in pieces if "".join(char["text"] for char in piece).strip()]


def _row(chars: list[dict], page: int) -> Row:
    inked = [char for char in chars if char["text"].strip()]
    first = inked[0]
    return Row(
        text=unicodedata.normalize("NFC", "".join(char["text"] for char in chars)).strip(),
        x0=inked[0]["x0"],
        x1=inked[-1]["x1"],
        base=first["bottom"] - 0.216 * first["size"],
        size=round(first["size"], 1),
        is_bold="Bold" in first["fontname"],
        is_italic="Italic" in first["fontname"],
        colour=_rgb(first),
        page=page,
    )


def _rgb(thing: dict) -> tuple[float, ...]:
    colour = thing["non_stroking_color"] or (0,)
    return tuple(colour) if len(colour) == 3 else tuple(colour[:1]) * 3
