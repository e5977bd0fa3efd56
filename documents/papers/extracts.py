"""Parts of a paper that a "trích sao" gives: with the numbers that they have in the whole."""

from typing import Any

from documents.papers.body import Counting, lines_of
from documents.papers.description import Annex, Block, Paper
from documents.papers.words import roman

COUNTED = frozenset(
    (*("part", "chapter", "section", "subsection", "heading"), *("article", "clause", "point"))
)
LEFT_OUT = Block(type="paragraph", text="(...)")
LONGEST = 110


def parts_of(facts: Paper) -> list[str]:
    """What may be chosen, by its first words: the blocks of the text, the annexes, and what a
    decision issues."""
    blocks = numbered(facts.get("body", []), Counting())
    annexes, attached = facts.get("annexes", []), facts.get("attached")
    named = [f"Phụ lục {roman(at)}" if len(annexes) > 1 else "Phụ lục" for at in _places(annexes)]
    titles = [f"{name}: {one.get('title', '')}" for name, one in zip(named, annexes, strict=True)]
    if attached:
        titles.append(f"{attached.get('type_name', '')} kèm theo: {attached.get('title', '')}")
    return [_short(words) for words in [*(_first_words(block) for block in blocks), *titles]]


def extracted(facts: Paper, parts: list[int]) -> Paper:
    """The same paper with these parts only; what is left out between them is shown as "(...)"."""
    chosen = set(parts)
    blocks = numbered(facts.get("body", []), Counting())
    annexes = facts.get("annexes", [])
    own = len(blocks) + len(annexes)
    rest: dict[str, Any] = {
        "body": _gapped(blocks, chosen),
        "annexes": _kept(annexes, {place - len(blocks) for place in chosen}),
        "attached": facts.get("attached") if own in chosen else {},
    }
    return {**facts, **rest}  # type: ignore[typeddict-item]


def _kept(annexes: list[Annex], chosen: set[int]) -> list[Annex]:
    """The annexes that were chosen; where there are several each keeps its number."""
    if len(annexes) == 1:
        return annexes if 0 in chosen else []
    numbered_ones = [one | Annex(number=at) for at, one in enumerate(annexes, start=1)]
    return [one for place, one in enumerate(numbered_ones) if place in chosen]


def numbered(blocks: list[Block], counting: Counting) -> list[Block]:
    """The blocks, each with the number that it is printed with."""
    found = []
    for block in blocks:
        made = block.copy()
        if block["type"] in COUNTED:
            made["number"] = counting.next(block)
        with counting.within(made):
            if children := block.get("children"):
                made["children"] = numbered(children, counting)
        found.append(made)
    return found


def _gapped(blocks: list[Block], chosen: set[int]) -> list[Block]:
    found: list[Block] = []
    for place, block in enumerate(blocks):
        if place in chosen:
            found.append(block)
        elif not found or found[-1] is not LEFT_OUT:
            found.append(LEFT_OUT)
    return found


def _places(annexes: list[Annex]) -> range:
    return range(1, len(annexes) + 1)


def _first_words(block: Block) -> str:
    lines = lines_of([block])
    words = " ".join(line.words for line in lines[:2])
    return words or "Bảng"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
