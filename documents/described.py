"""A paper's facts in the one shape that is edited, signed and numbered.

Papers that were composed from headings and sentences (`documents.papers.letters`) are read into
that shape when somebody first works on them.
"""

import re
from typing import Any

from documents.models import OfficialDocument
from documents.papers import Letter, Paper
from documents.papers.description import Block

ARTICLE = re.compile(r"Điều \d+\.?$")
PLACE = re.compile(r"^(?P<place>[^,]+), ngày ")
KEEPING = re.compile(r"^Lưu: ?(?P<keeping>.+)$")


def facts_of(paper: OfficialDocument) -> Paper:
    """The facts as `documents.papers.description` says, whatever shape they were kept in."""
    facts: Any = paper.facts
    if "kind" in facts or "parts" not in facts:
        return facts
    return _described(facts, paper.kind)


def _described(said: Letter, kind: str) -> Paper:
    place = PLACE.match(said.get("dated", ""))
    kept = [found["keeping"] for line in said["distribution"] if (found := KEEPING.match(line))]
    to = [line for line in said["distribution"] if not KEEPING.match(line)]
    grounds = said.get("grounds", [])
    return {
        "kind": kind,
        "code": said.get("code", ""),
        "is_draft": True,
        "parent_lines": _joined(said["parent_lines"]),
        "agency_lines": _joined(said["agency_lines"]),
        "place": place["place"] if place else "",
        "dated": "",
        "number": None,
        "notation": said["notation"],
        "type_name": said["type_name"],
        "title": said["title"],
        "addressees": said["addressees"],
        "authority": said.get("authority", ""),
        "grounds": grounds,
        "body": [block for part in said["parts"] for block in _blocks(part)],
        "recipients": [{"text": line} for line in to if not line.startswith("Như ")],
        "keeping": kept[0] if kept else "VT",
        "signature": {},
        "locked": ["title", *(f"grounds.{place}" for place in range(len(grounds)))],
    }


def _joined(lines: list[str]) -> list[str]:
    """A name that was broken into lines, in one piece again: the drawing breaks it."""
    return [" ".join(lines)] if lines else []


def _blocks(part: Any) -> list[Block]:
    paragraphs = [text.strip() for text in part["paragraphs"] if text.strip()]
    if ARTICLE.match(part.get("heading", "")):
        return [{"type": "article", "text": "\n".join(paragraphs)}]
    told: list[Block] = [{"type": "paragraph", "text": text} for text in paragraphs]
    if heading := part.get("heading", ""):
        return [{"type": "paragraph", "text": heading}, *told]
    return told
