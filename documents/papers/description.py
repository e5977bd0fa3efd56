"""What a paper is made of before it is drawn: the facts that are edited, then frozen as JSON.

A paper is described by what it says, never by how it looks: no "Điều 1.", no "./.", no "V/v", no
";" after a recipient. Numbers, punctuation, lines and sizes follow from `documents.papers.printed`,
once for the PDF and for Word. All values are plain JSON; a fact that is missing is left out or
empty. `documents.papers.shape` refuses other keys and types, `documents.papers.gaps` tells by their
Vietnamese names which facts a paper still lacks before it can go to signature.
"""

from typing import Literal, TypedDict

FORMAT = "ND30-2020"

BlockType = Literal[
    "paragraph",  # lời văn
    "part",  # Phần I (Roman, through the whole paper)
    "chapter",  # Chương I (Roman, through the whole paper)
    "section",  # Mục 1 (within its chapter)
    "subsection",  # Tiểu mục 1 (within its section)
    "heading",  # I. TIÊU ĐỀ, of reports and plans (within its part)
    "article",  # Điều 1. (through the whole paper)
    "clause",  # 1. (within its article or heading; within a clause 1.1.)
    "point",  # a) in the order of the Vietnamese alphabet (within its clause)
    "dash",  # - a line of a list; within a dash +
    "table",
    "quote",  # words of another paper, between quotation marks
    "fact",  # a name and what is said to it, of slips and minutes
]
Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC"]
Circulation = Literal["", "XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ"]
Orientation = Literal["portrait", "landscape"]
Medium = Literal["electronic", "paper"]
CopyForm = Literal["SAO Y", "SAO LỤC", "TRÍCH SAO"]


class Column(TypedDict, total=False):
    title: str
    width: int  # its share of the table: widths 1, 3, 2 make sixths
    align: Literal["left", "center", "right"]


class Block(TypedDict, total=False):
    """A piece of the text. `type` is obliged; which others are looked at depends on it."""

    type: BlockType
    key: str  # a name that stays when blocks are moved; `locked` points to it
    number: int  # where counting goes on from here; else it is counted
    title: str  # of an article or a clause it stands in bold on a line of its own
    text: str  # a line break begins a new paragraph
    children: list["Block"]
    columns: list[Column]  # of a table; without widths and aligns they follow from the cells
    heads: list[list[str]]  # of a table: rows of its head below the titles
    rows: list[list[str]]  # of a table; "<" goes on with the cell on the left, "^" with that above


class Recipient(TypedDict, total=False):
    """A line of "Nơi nhận": {"text": "Thường trực Tỉnh ủy", "note": "b/c"}."""

    text: str
    note: str


class Signature(TypedDict, total=False):
    """Who signs, as computed on the day of signing: never typed.

    lines: ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]; other_post stands above the
    name. picture and seal are the SHA-256 of PNG files, whose bytes the drawing gets beside the
    facts.
    """

    lines: list[str]
    name: str
    other_post: str
    picture: str
    seal: str
    seal_mm: int  # the true width of the seal; 36 when it is left out


class Attached(TypedDict, total=False):
    """What an indirect decision issues or approves: a paper with a head of its own."""

    parent_lines: list[str]
    agency_lines: list[str]
    type_name: str
    title: str
    refers: str  # instead of the computed "(Kèm theo Quyết định số …)"
    body: list[Block]


class Annex(TypedDict, total=False):
    title: str
    refers: str  # instead of the computed "(Kèm theo Văn bản số …)"
    orientation: Orientation
    number: int  # of an extract: the number that it has in the whole
    is_apart: bool  # in a file of its own, with number and time of signing in its corner
    body: list[Block]


class Minutes(TypedDict, total=False):
    """The fixed lines of a biên bản, in words as they are to be read."""

    started: str  # "08 giờ 00, ngày 06 tháng 6 năm 2022"
    place: str
    attendants: list[str]
    chair: str
    secretary: str
    ended: str  # "11 giờ 30, ngày 06 tháng 6 năm 2022"


class Copy(TypedDict, total=False):
    """Sao y, sao lục, trích sao: what the copying agency adds below the paper."""

    form: CopyForm
    parts: list[int]  # of an extract: which blocks of the text, then which annexes, it gives
    parent_lines: list[str]
    agency_lines: list[str]
    number: int | None
    notation: str  # "SY-UBND"
    place: str
    dated: str
    recipients: list[Recipient]
    keeping: str
    signature: Signature
    signed_at: str  # ISO time with its zone: an electronic copy says it in the corner of page 1


class Paper(TypedDict, total=False):
    """The facts of one official paper."""

    kind: str  # of documents.stages.PaperKind
    format_spec: str
    medium: Medium  # an electronic paper leaves number and day of "(Kèm theo …)" open
    is_draft: bool
    code: str  # of the case, for names of files
    parent_lines: list[str]
    agency_lines: list[str]
    place: str
    dated: str  # ISO date, or "" while it is open
    number: int | None
    notation: str  # "UBND-VXNV", "QĐ-UBND"
    type_name: str  # "Quyết định"; of its kind when it is left out, none for a công văn
    title: str  # trích yếu, without "V/v" and "Về việc"
    urgency: Urgency
    circulation: Circulation
    addressees: list[str]
    authority: str  # "Chủ tịch Ủy ban nhân dân tỉnh Ninh Thuận"
    grounds: list[str]
    body: list[Block]
    recipients: list[Recipient]  # without "Như trên" and "Lưu", which are computed
    keeping: str  # "VT, VXNV"
    drafter: str  # "ĐNĐ"
    copies: int | None
    signature: Signature
    second_signature: Signature  # of minutes: the secretary's; the chair's is `signature`
    attached: Attached
    annexes: list[Annex]
    minutes: Minutes
    locked: list[str]  # "title", "grounds.0", "#result.text": see documents.papers.locks
    agency_contact: str  # field 13, at the foot of page 1
    check_code: str  # beside the QR code outside of the fields; neither is drawn when it is empty
    check_url: str
    copied: list[Copy]  # of a sao lục: the blocks of the copies that it was made from
    copy: Copy
