"""The text of a paper as people type it, and back: "Điều 1.", "1.", "a)", "- " begin a block.

Numbers are counted when the paper is drawn, so whatever number was typed is taken as a mark only.
A line that begins with a blank goes on with the block before it. Tables and blocks with a name of
their own (`key`) are no text: they stay as they are, between the texts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from documents.papers import Paper
from documents.papers.body import Counting, lines_of
from documents.papers.description import Block, Recipient
from documents.papers.words import point_letter, roman

ROMAN = "[IVXLCDM]+"
MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"Phần (?:{ROMAN}|\d+)\.?(?:\s+|$)(?P<text>.*)")),
    ("chapter", re.compile(rf"Chương (?:{ROMAN}|\d+)\.?(?:\s+|$)(?P<text>.*)")),
    ("subsection", re.compile(r"Tiểu mục \d+\.?(?:\s+|$)(?P<text>.*)")),
    ("section", re.compile(r"Mục \d+\.?(?:\s+|$)(?P<text>.*)")),
    ("article", re.compile(r"Điều \d+\.?(?:\s+|$)(?P<text>.*)")),
    ("heading", re.compile(rf"{ROMAN}\.\s+(?P<text>.*)")),
    ("clause", re.compile(r"\d+\.\s+(?P<text>.*)")),
    ("point", re.compile(r"[a-zđ]{1,2}\)\s+(?P<text>.*)")),
    ("dash", re.compile(r"[-–]\s+(?P<text>.*)")),
)
TITLED = {"part", "chapter", "section", "subsection", "heading"}  # their first line is a title
MAY_BE_TITLED = {"article", "clause"}
WRITTEN: dict[str, Callable[[int], str]] = {
    "part": lambda number: f"Phần {roman(number)}",
    "chapter": lambda number: f"Chương {roman(number)}",
    "section": lambda number: f"Mục {number}",
    "subsection": lambda number: f"Tiểu mục {number}",
    "article": lambda number: f"Điều {number}.",
    "heading": lambda number: f"{roman(number)}.",
    "clause": lambda number: f"{number}.",
    "point": lambda number: f"{point_letter(number)})",
    "dash": lambda number: "-",
}
TITLE = re.compile(r"\[(?P<title>[^\]]+)\]\s*(?P<text>.*)", re.DOTALL)
NOTE = re.compile(r"^(?P<text>.*\S)\s*\((?P<note>[^()]{1,40})\)$")
GOES_ON = (" ", "\t")
ISLANDS = {"table", "quote", "fact"}


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
    """The body as it is shown to be edited."""
    texts: list[list[Block]] = [[]]
    islands: list[Island] = []
    for block in body:
        if _is_island(block):
            islands.append(Island([line.words for line in lines_of([block])][:12], [block]))
            texts.append([])
        else:
            texts[-1] += _flat(block)
    return Typed([text_of(blocks) for blocks in texts], islands)


def body_of(texts: list[str], islands: list[Island]) -> list[Block]:
    """The body again: the texts that were typed, and the islands between them."""
    found = blocks_of(texts[0]) if texts else []
    for place, island in enumerate(islands, start=1):
        found += island.blocks
        found += blocks_of(texts[place]) if place < len(texts) else []
    return found


def text_of(blocks: list[Block]) -> str:
    """Blocks as lines, numbered as they are counted from the first of them on."""
    counting = Counting()
    return "\n".join(_line(block, counting) for block in blocks)


def blocks_of(text: str) -> list[Block]:
    found: list[Block] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        if line.startswith(GOES_ON) and found:
            found[-1]["text"] = f"{found[-1].get('text', '')}\n{line.strip()}".strip()
        else:
            found.append(_block(line.strip()))
    return found


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


def _is_island(block: Block) -> bool:
    """Whether a block, or one inside it, cannot be typed."""
    if block["type"] in ISLANDS or block.get("key") or block.get("number"):
        return True
    return any(_is_island(one) for one in block.get("children", []))


def _flat(block: Block) -> list[Block]:
    """A block and those inside it, in the order of reading: how they are drawn is the same."""
    bare: Any = {name: value for name, value in block.items() if name != "children"}
    return [bare, *(one for inner in block.get("children", []) for one in _flat(inner))]


def _line(block: Block, counting: Counting) -> str:
    kind = block["type"]
    mark = WRITTEN[kind](counting.next(block)) if kind in WRITTEN else ""
    title, text = block.get("title", ""), block.get("text", "").replace("\n", "\n  ")
    if kind in TITLED:
        text = title + (f"\n  {text}" if text else "")
    elif title:
        text = f"[{title}] {text}".rstrip()
    return f"{mark} {text}".strip()


def _block(line: str) -> Block:
    for kind, mark in MARKS:
        if found := mark.fullmatch(line):
            return _marked(kind, found["text"])
    return {"type": "paragraph", "text": line}


def _marked(kind: Any, text: str) -> Block:
    if kind in TITLED:
        return {"type": kind, "title": text}
    if kind in MAY_BE_TITLED and (found := TITLE.fullmatch(text)):
        return {"type": kind, "title": found["title"], "text": found["text"]}
    return {"type": kind, "text": text}
