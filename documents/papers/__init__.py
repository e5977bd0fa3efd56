"""Which template draws which kind of paper, and what the facts of the slips are called."""

from typing import NotRequired, TypedDict

from documents.stages import PaperKind

LINE = 24  # capitals of 13 pt in the left column of 68 mm

TEMPLATES = dict.fromkeys(PaperKind, "van_ban") | {
    PaperKind.RECEIPT_SLIP: "phieu_tiep_nhan",
    PaperKind.REVIEW_SLIP: "phieu_trinh",
    PaperKind.LEGAL_CHECK_SLIP: "phieu_trinh",
}


class Head(TypedDict):
    """The head of every paper: lines of the parent and the issuing agency, place and date."""

    parent_lines: list[str]
    agency_lines: list[str]
    dated: str
    is_draft: NotRequired[bool]


class Receipt(Head):
    """The facts of `phieu_tiep_nhan`; all of them in words, as they are to be read."""

    code: str
    title: str
    proposer: str
    proposer_post: str
    proposer_agency: str
    co_proposers: list[str]
    agency: str
    received_at: str
    track: NotRequired[str]
    next_step: NotRequired[str]
    deadline: str
    deadline_ground: NotRequired[str]
    files: list[str]
    version: int
    content_sha256: str
    entry_hash: str
    check_text: str
    check_url: NotRequired[str]


class Row(TypedDict):
    label: str
    text: str


class Signature(TypedDict):
    """The lines above the signature ("KT. Giám đốc", "Phó Giám đốc") and the name below it."""

    lines: list[str]
    name: str
    also: NotRequired[str]


class ReviewSlip(Head):
    """The facts of `phieu_trinh`."""

    about: NotRequired[str]
    addressees: list[str]
    code: str
    title: str
    proposer: str
    proposer_post: str
    rows: list[Row]
    deadline: NotRequired[str]
    distribution: list[str]
    signature: Signature


class Part(TypedDict):
    """A heading ("Điều 1. …"), empty for plain text, and its paragraphs."""

    heading: NotRequired[str]
    paragraphs: list[str]


class Letter(Head):
    """The facts of `van_ban`: a công văn without `type_name`, else a paper with its name.

    A decision has `authority` (who decides), `grounds` and `decides` ("Quyết định").
    """

    type_name: str
    title: str
    number: NotRequired[str]
    notation: str
    addressees: list[str]
    authority: NotRequired[str]
    grounds: NotRequired[list[str]]
    decides: NotRequired[str]
    parts: list[Part]
    distribution: list[str]
    signature: Signature


def name_lines(name: str) -> list[str]:
    """The name of an agency in as few lines as its column takes, of about the same length."""
    words = name.split() or [""]
    fewest = max(1, -(-len(name) // LINE))
    for number in range(fewest, len(words) + 1):
        lines = _wrapped(words, -(-len(name) // number) + 2)
        if max(map(len, lines)) <= LINE:
            return lines
    return words


def _wrapped(words: list[str], width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
