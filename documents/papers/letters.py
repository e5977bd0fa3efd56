"""Papers that were frozen before `documents.papers.description`: headings typed, days in words."""

from typing import NotRequired, TypedDict

from documents.papers.body import Line, ended
from documents.papers.description import Signature
from documents.papers.lines import about_lines, title_lines
from documents.papers.printed import Foot, Head, Sheet, head_lines, parent_lines, signs_of


class Part(TypedDict):
    """A heading ("Điều 1. …"), empty for plain text, and its paragraphs."""

    heading: NotRequired[str]
    paragraphs: list[str]


class Letter(TypedDict):
    """A công văn without `type_name`, else a paper with its name.

    A decision has `authority` (who decides), `grounds` and `decides` ("Quyết định").
    """

    parent_lines: list[str]
    agency_lines: list[str]
    dated: str
    is_draft: NotRequired[bool]
    type_name: str
    title: str
    number: NotRequired[str]
    notation: str
    code: NotRequired[str]
    addressees: list[str]
    authority: NotRequired[str]
    grounds: NotRequired[list[str]]
    decides: NotRequired[str]
    parts: list[Part]
    distribution: list[str]
    signature: Signature


def letter(said: Letter) -> Sheet:
    """The paper as it was written: only "./." and the marks after recipients are put."""
    name, title = said["type_name"], said["title"]
    number = f"Số: {said.get('number') or ' ' * 9}/{said['notation']}"
    return Sheet(
        title=f"{name or 'Công văn'} {said.get('code') or title}",
        head=Head(
            parent=parent_lines(said["parent_lines"]),
            agency=head_lines(said["agency_lines"]),
            number=number,
            dated=said["dated"],
            about=[] if name else about_lines(f"V/v {title}"),
        ),
        name=name.upper(),
        abstract=title_lines(title) if name else [],
        addressees=_listed(said["addressees"]) if said["addressees"][1:] else said["addressees"],
        authority=said.get("authority", "").upper(),
        lines=_lines(said),
        foot=Foot(_listed(said["distribution"]), "", signs_of(said["signature"])),
        is_draft=said.get("is_draft", False),
    )


def _lines(said: Letter) -> list[Line]:
    grounds = said.get("grounds", [])
    last = len(grounds) - 1
    told = [Line("ground", f"{one}{'.' if at == last else ';'}") for at, one in enumerate(grounds)]
    if decides := said.get("decides", ""):
        told.append(Line("decides", lead=f"{decides.upper()}:"))
    body = []
    for part in said["parts"]:
        if heading := part.get("heading", ""):
            body.append(Line("article", lead=heading))
        body += [Line("text", text) for text in part["paragraphs"]]
    return told + ended(body)


def _listed(names: list[str]) -> list[str]:
    last = len(names) - 1
    bare = [name.rstrip(" ;.") for name in names]
    return [f"- {name}{'.' if at == last else ';'}" for at, name in enumerate(bare)]
