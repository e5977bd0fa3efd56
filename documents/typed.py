"""The text of a paper as people type it, and back: "Điều 1.", "1.", "a)", "- " begin a block.

Numbers are counted when the paper is drawn, so whatever number was typed is taken as a mark only;
"1." and "a)" begin a new list. A line that begins with a blank goes on with the block before it.
Between “ and ” lines are taken as they are. Blocks with a name of their own (`key`) and what was
laid out by hand are no text: they stay as they are, between the texts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from documents.papers import Paper
from documents.papers.body import Counting, lines_of
from documents.papers.description import Block, Recipient
from documents.papers.words import point_letter, roman
from documents.typed_tables import is_table_row, is_typed_table, table_of, table_text

ROMAN = "[IVXLCDM]+"
NAMED = r"(?:\.?\s*$|[.:]\s+|\s+(?=[A-ZĐÀ-Ỹ]))(?P<text>.*)"  # "Chương I" alone, or with its title
MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"(?:Phần|PHẦN) (?:{ROMAN}|\d+|thứ \w+){NAMED}")),
    ("chapter", re.compile(rf"(?:Chương|CHƯƠNG) (?:{ROMAN}|\d+){NAMED}")),
    ("subsection", re.compile(rf"(?:Tiểu mục|TIỂU MỤC) \d+{NAMED}")),
    ("section", re.compile(rf"(?:Mục|MỤC) \d+{NAMED}")),
    ("article", re.compile(r"Điều \d+[.:](?:\s+|$)(?P<text>.*)")),
    ("heading", re.compile(rf"{ROMAN}\.\s+(?P<text>.*)")),
    ("clause", re.compile(r"(?P<above>(?:\d+\.)*)(?P<number>\d+)\.?(?<=\.)\s+(?P<text>.*)")),
    ("clause", re.compile(r"(?P<above>(?:\d+\.)+)(?P<number>\d+)\s+(?P<text>.*)")),
    ("point", re.compile(r"(?P<number>[a-zđ]{1,2})\)\s+(?P<text>.*)")),
    ("dash", re.compile(r"(?P<number>[-–+])\s+(?P<text>.*)")),
)
DIVISIONS = {"part", "chapter", "section", "subsection"}
TITLED = DIVISIONS | {"heading"}  # their first line is a title
ENDS: dict[str, set[str]] = {  # what cannot stand in a clause, in a dash
    "clause": {*TITLED, "article"},
    "dash": {*TITLED, "article", "clause", "point"},
}
MAY_BE_TITLED = {"article", "clause"}
WRITTEN: dict[str, Callable[[int], str]] = {
    "part": lambda number: f"Phần {roman(number)}",
    "chapter": lambda number: f"Chương {roman(number)}",
    "section": lambda number: f"Mục {number}",
    "subsection": lambda number: f"Tiểu mục {number}",
    "article": lambda number: f"Điều {number}.",
    "heading": lambda number: f"{roman(number)}.",
    "point": lambda number: f"{point_letter(number)})",
}
TITLE = re.compile(r"\[(?P<title>[^\]]+)\]\s*(?P<text>.*)", re.DOTALL)
UNTITLED = (".", ";", ":", ",", "!", "?", "”")  # a sentence ends so, a title does not
LONGEST_TITLE = 110
NOTE = re.compile(r"^(?P<text>.*\S)\s*\((?P<note>[^()]{1,40})\)$")
GOES_ON = (" ", "\t")
ISLANDS = {"quote", "fact"}


class Island(NamedTuple):
    """Blocks that are not typed: what they say, and the blocks themselves."""

    lines: list[str]
    blocks: list[Block]


@dataclass(frozen=True)
class Typed:
    """A body cut at its islands: one text more than there are islands."""

    texts: list[str]
    islands: list[Island]


def typed(body: list[Block]) -> Typed:
    """The body as it is shown to be edited, with the numbers that it is printed with."""
    texts: list[list[str]] = [[]]
    islands: list[Island] = []
    counting = Counting()
    for block in body:
        if _is_island(block):
            words = [line.words for line in lines_of([block], counting)]
            islands.append(Island(words[:12], [block]))
            texts.append([])
        else:
            texts[-1] += _lines([block], counting)
    return Typed(["\n".join(lines) for lines in texts], islands)


def body_of(texts: list[str], islands: list[Island]) -> list[Block]:
    """The body again: the texts that were typed, and the islands between them."""
    found = blocks_of(texts[0]) if texts else []
    for place, island in enumerate(islands, start=1):
        found += island.blocks
        found += blocks_of(texts[place]) if place < len(texts) else []
    return found


def text_of(blocks: list[Block]) -> str:
    """Blocks as lines, numbered as they are counted from the first of them on."""
    return "\n".join(_lines(blocks, Counting()))


def blocks_of(text: str) -> list[Block]:
    return _Reading(text.replace("\r\n", "\n").split("\n")).read()


def lines_of_text(text: str) -> list[str]:
    """One line, one thing: grounds, addressees."""
    lines = (line.strip().removeprefix("- ").rstrip(" ;.") for line in text.splitlines())
    return [line for line in lines if line]


def recipients_text(recipients: list[Recipient]) -> str:
    return "\n".join(
        f"{one.get('text', '')} ({one['note']})" if one.get("note") else one.get("text", "")
        for one in recipients
    )


def recipients_of(text: str) -> list[Recipient]:
    """Lines of "Nơi nhận": "Thường trực Tỉnh ủy (b/c)"."""
    found: list[Recipient] = []
    for line in lines_of_text(text):
        note = NOTE.match(line)
        found.append({"text": note["text"], "note": note["note"]} if note else {"text": line})
    return found


def locks(facts: Paper, name: str) -> bool:
    """Whether this fact is wholly locked, so that its field is shown and not typed."""
    return any(path.partition(".")[0] == name for path in facts.get("locked", []))


class _Reading:
    """Lines read one after the other into blocks; clauses and dashes nest, all else is flat."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.found: list[Block] = []
        self.counted = {"clause": 0, "point": 0}
        self.quoting = False

    def read(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if is_table_row(line):
                rows = self._rows(at)
                self.found.append(table_of(rows))
                at += len(rows)
                continue
            if line.strip():
                self._take(line, self._follows(at))
            at += 1
        return self.found

    def _rows(self, at: int) -> list[str]:
        """The rows of a table from here on; a line that begins with a tab has an empty cell."""
        end = at
        while end < len(self.lines) and is_table_row(self.lines[end], within=True):
            end += 1
        return self.lines[at:end]

    def _follows(self, at: int) -> str:
        """The line after this one that says something."""
        return next((line for line in self.lines[at + 1 :] if line.strip()), "")

    def _take(self, line: str, following: str) -> None:
        bare = line.strip()
        last = self.found[-1] if self.found else None
        if last and line.startswith(GOES_ON) and last["type"] != "table":
            last = _deepest(last)
            last["text"] = f"{last.get('text', '')}\n{bare}".strip()
        elif self.quoting:
            self.found.append({"type": "paragraph", "text": bare})
        elif last and last["type"] in DIVISIONS and not last.get("title") and not _mark(bare):
            last["title"] = bare
        else:
            self._add(bare, following)
        self.quoting = _is_open(bare, self.quoting)

    def _add(self, line: str, following: str) -> None:
        found = _mark(line)
        said = found[1].groupdict() if found else {}
        home = self._home(found[0], said) if found else None
        if found is None or home is None:
            self.found.append({"type": "paragraph", "text": line})
            return
        block = _marked(found[0], said["text"], following)
        self._count(found[0], said, block)
        home.append(block)

    def _home(self, kind: str, said: dict[str, Any]) -> list[Block] | None:
        """Where it belongs: "1.1." within the clause above, "+" within the dash above; None where
        there is no such thing above, so that the mark stays a part of the words."""
        deep = said.get("above", "").count(".") if kind == "clause" else said.get("number") == "+"
        home: list[Block] | None = self.found
        for _ in range(deep):
            home = _within_last(home, kind) if home else None
        return home

    def _count(self, kind: str, said: dict[str, Any], block: Block) -> None:
        """A list that begins again with "1." or "a)" begins there on paper too."""
        if kind in ("article", "heading", "part"):
            self.counted |= {"clause": 0, "point": 0}
        if kind not in self.counted or said.get("above"):
            return
        self.counted[kind] += 1
        if said["number"] in ("1", "01", "a") and self.counted[kind] > 1:
            block["number"] = self.counted[kind] = 1
        if kind == "clause":
            self.counted["point"] = 0


def _within_last(home: list[Block], kind: str) -> list[Block] | None:
    """What stands in the last block of this kind, with all that was read after it."""
    at = next((at for at in range(len(home) - 1, -1, -1) if home[at]["type"] == kind), None)
    after = home[at + 1 :] if at is not None else []
    if at is None or any(one["type"] in ENDS[kind] for one in after):
        return None
    inner = home[at].setdefault("children", [])
    inner += after
    del home[at + 1 :]
    return inner


def _is_island(block: Block) -> bool:
    """Whether a block, or one inside it, cannot be typed."""
    if block["type"] in ISLANDS or block.get("key") or block.get("number", 1) != 1:
        return True
    if block["type"] == "table" and not is_typed_table(block):
        return True
    return any(_is_island(one) for one in block.get("children", []))


def _lines(blocks: list[Block], counting: Counting) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "table":
            yield from ("", *table_text(block), "")
            continue
        yield _line(block, counting)
        with counting.within(block):
            yield from _lines(block.get("children", []), counting)


def _line(block: Block, counting: Counting) -> str:
    kind = block["type"]
    title, text = block.get("title", ""), block.get("text", "").replace("\n", "\n  ")
    if kind in TITLED:
        text = title + (f"\n  {text}" if text else "")
    elif title:
        text = f"[{title}] {text}".rstrip()
    return f"{_written(block, counting)} {text}".strip()


def _written(block: Block, counting: Counting) -> str:
    """The mark that a line of this block begins with."""
    kind = block["type"]
    if kind == "clause":
        return counting.clause(block)
    if kind == "dash":
        return "+" if counting.dashes else "-"
    return WRITTEN[kind](counting.next(block)) if kind in WRITTEN else ""


def _mark(line: str) -> tuple[str, re.Match[str]] | None:
    for kind, mark in MARKS:
        if found := mark.fullmatch(line):
            return kind, found
    return None


def _marked(kind: Any, text: str, following: str) -> Block:
    if kind in TITLED:
        return {"type": kind, "title": text}
    if kind in MAY_BE_TITLED:
        if found := TITLE.fullmatch(text):
            return {"type": kind, "title": found["title"], "text": found["text"]}
        if _is_title(kind, text, following):
            return {"type": kind, "title": text}
    return {"type": kind, "text": text}


def _is_title(kind: str, text: str, following: str) -> bool:
    """Short words without an end, and something of their own below: "Điều 1. Phạm vi"."""
    if not text or len(text) > LONGEST_TITLE or text.endswith(UNTITLED):
        return False
    if not following or following.startswith(GOES_ON):
        return False
    below = _mark(following.strip())
    inner = ("clause", "point", "dash") if kind == "article" else ("point", "dash")
    return below is None or below[0] in inner or bool(below[1].groupdict().get("above"))


def _is_open(line: str, quoting: bool) -> bool:
    """Whether words of another paper go on after this line."""
    return (quoting or line.count("“") > line.count("”")) and not (
        quoting and line.count("”") > line.count("“")
    )


def _deepest(block: Block) -> Block:
    children = block.get("children", [])
    return _deepest(children[-1]) if children else block
