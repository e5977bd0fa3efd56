"""A paper as it is printed, word by word: what the PDF and the Word file both are drawn from."""

from dataclasses import dataclass, field
from typing import Any

from documents.fonts import width
from documents.papers.body import (
    END,
    Line,
    ended,
    last_article,
    lines_of,
    one_line,
    punctuated,
)
from documents.papers.description import Annex, Attached, Copy, Paper, Recipient, Signature
from documents.papers.extracts import extracted
from documents.papers.kinds import Form, form_of
from documents.papers.levels import levelled
from documents.papers.lines import (
    about_lines,
    name_lines,
    post_lines,
    shortened,
    taken,
    title_lines,
)
from documents.papers.words import day_text, legible, number_text, roman
from documents.stages import SLIPS, PaperKind

ABOUT = ("v/v", "về việc")
AS_ABOVE = (PaperKind.OFFICIAL_LETTER, PaperKind.SUBMISSION, PaperKind.REPORT)
SEAL_MM = 36
OPEN_TIME = "…… giờ ……, ngày …… tháng …… năm ……"
DATED, TIGHTER = 97 * 72 / 25.4, 0.2  # points: of their column, of each gap between signs
LONGEST = 24  # lines of a head or a foot that stay side by side


@dataclass(frozen=True)
class Head:
    """Fields 1 to 5b; what a kind does not bear is empty."""

    parent: list[str]
    agency: list[str]
    number: str = ""
    dated: str = ""
    about: list[str] = field(default_factory=list)

    @property
    def dating(self) -> str:
        """How place and day fit on their line: as they are, smaller, with narrower gaps, or not."""
        if width(self.dated, 14, "Italic") <= DATED:
            return ""
        small = width(self.dated, 13, "Italic")
        if small <= DATED:
            return "small"
        return "tight" if small - TIGHTER * len(self.dated) <= DATED else "broken"

    @property
    def is_loose(self) -> bool:
        """Whether it is longer than half a page: then its fields stand below one another."""
        told = [*self.parent, *self.agency, self.number, self.dated, *self.about]
        return taken(told, 68, 13) > LONGEST


@dataclass(frozen=True)
class Sign:
    """Fields 7 and 8."""

    lines: list[str]
    name: str
    other_post: list[str] = field(default_factory=list)
    picture: str = ""
    seal: str = ""
    seal_mm: int = SEAL_MM


@dataclass(frozen=True)
class Foot:
    """Fields 7, 8, 9b and 12; minutes have two signatures, the secretary's first."""

    sent: list[str]
    drafter: str
    signs: list[Sign]

    @property
    def is_loose(self) -> bool:
        """Whether it is longer than a page: then its fields stand below one another."""
        names = [line for sign in self.signs for line in (*sign.other_post, sign.name)]
        return max(taken([*self.sent, self.drafter], 70, 11), taken(names, 80, 14)) > LONGEST


@dataclass(frozen=True)
class Companion:
    """An annex, or what a decision issues, from a new page on; `page` names its pages in CSS."""

    page: str
    label: str
    name: str
    title: list[str]
    refers: list[str]
    lines: list[Line]
    is_landscape: bool = False
    head: Head | None = None
    level: int = 2  # of its label among the headings of the file


@dataclass(frozen=True)
class CopyMark:
    """What a copy on paper bears below the paper."""

    form: str
    head: Head
    foot: Foot


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on the pages of a paper."""

    title: str
    head: Head
    name: str = ""
    abstract: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    authority: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    foot: Foot = field(default_factory=lambda: Foot([], "", []))
    companions: list[Companion] = field(default_factory=list)
    copies: list[CopyMark] = field(default_factory=list)
    corner: str = ""
    urgency: str = ""
    circulation: str = ""
    is_draft: bool = False
    contact: str = ""
    check_code: str = ""
    check_url: str = ""

    @property
    def stamp(self) -> str:
        """The class of the urgency stamp: its size is fixed by the decree."""
        return {"KHẨN": "khan", "THƯỢNG KHẨN": "thuong-khan"}.get(self.urgency, "hoa-toc")


def printed(facts: Paper, *, is_whole: bool = False) -> Sheet:
    """The paper that these facts make; `is_whole` with the annexes that have files of their own."""
    said: Paper = legible(facts)
    form = form_of(said.get("kind", ""))
    name = one_line(said.get("type_name") or form.type_name)
    about = _about(said.get("title", ""), form)
    copy = said.get("copy") or {}
    if "parts" in copy:
        said = extracted(said, copy["parts"])
    if apart := said.get("apart"):
        return _apart(said, form, name, apart)
    return Sheet(
        title=f"{name or 'Công văn'} {said.get('code') or about}".strip(),
        head=_head(said, form, "" if name else about),
        name=name.upper(),
        abstract=title_lines(about) if name else [],
        addressees=_addressees(said.get("addressees", [])),
        authority=title_lines(said.get("authority", "").upper()),
        lines=levelled(_lines(said)),
        foot=_foot(said),
        companions=_companions(said, name, is_whole=is_whole or said.get("is_draft", False)),
        copies=[_copy_mark(one) for one in (*said.get("copied", []), copy) if _is_on_paper(one)],
        corner=_corner(copy),
        urgency=said.get("urgency", ""),
        circulation=said.get("circulation", ""),
        is_draft=said.get("is_draft", False),
        contact=one_line(said.get("agency_contact", "")),
        check_code=said.get("check_code", ""),
        check_url=said.get("check_url", ""),
    )


def head_lines(names: list[str]) -> list[str]:
    """Names of agencies in capitals, in as many lines as their column takes."""
    return [line.upper() for name in names for line in name_lines(name) if line]


def parent_lines(names: list[str]) -> list[str]:
    """Names of the agencies above: shortened as the decree allows where they need two lines."""
    return head_lines([name if len(name_lines(name)) == 1 else shortened(name) for name in names])


def signs_of(*signatures: Signature | None) -> list[Sign]:
    return [
        Sign(
            lines=[part for line in one.get("lines", []) for part in post_lines(line.upper())],
            name=one_line(one.get("name", "")),
            other_post=post_lines(one.get("other_post", "")),
            picture=one.get("picture", ""),
            seal=one.get("seal", ""),
            seal_mm=one.get("seal_mm", SEAL_MM),
        )
        for one in signatures
        if one
    ]


def _about(title: str, form: Form) -> str:
    """The title as it goes on from the name: "V/v …", "Về việc …", or with a capital."""
    bare = one_line(title)
    for typed in ABOUT:
        if bare.lower().startswith(f"{typed} "):
            bare = bare[len(typed) :].lstrip()
    if not bare:
        return ""
    if form.about and (bare[0].islower() or form.template == "cong_van"):
        return form.about + bare
    return bare[0].upper() + bare[1:]


def _head(said: Any, form: Form, about: str = "") -> Head:
    number, place = number_text(said.get("number")), one_line(said.get("place", ""))
    day = day_text(said.get("dated", ""))
    return Head(
        parent=parent_lines(said.get("parent_lines", [])),
        agency=head_lines(said.get("agency_lines", [])),
        number=f"Số: {number}/{one_line(said.get('notation', ''))}" if form.is_numbered else "",
        dated=", ".join(filter(None, (place, day))) if form.is_dated else "",
        about=about_lines(about),
    )


def _addressees(names: list[str]) -> list[str]:
    told = [name for name in names if name.strip()]
    return punctuated(told, dash="- ") if len(told) > 1 else [one_line(name) for name in told]


def _lines(said: Paper) -> list[Line]:
    grounds = [Line("ground", text) for text in punctuated(said.get("grounds", []))]
    body = lines_of(said.get("body", []))
    if said.get("kind") == PaperKind.DECISION:
        return [*grounds, Line("decides", lead="QUYẾT ĐỊNH:"), *ended(body)]
    if said.get("kind") == PaperKind.MINUTES:
        return [*grounds, *_minutes(said, body)]
    if said.get("kind") in SLIPS:
        return [*grounds, *body]
    return [*grounds, *ended(body)]


def _minutes(said: Paper, body: list[Line]) -> list[Line]:
    told = said.get("minutes") or {}
    attendants = punctuated(told.get("attendants", []), dash="- ")
    opening = [
        f"Thời gian bắt đầu: {told.get('started') or OPEN_TIME}",
        f"Địa điểm: {told.get('place', '')}",
        "Thành phần tham dự:",
        *attendants,
        f"Chủ trì (chủ tọa): {told.get('chair', '')}",
        f"Thư ký (người ghi biên bản): {told.get('secretary', '')}",
        "Nội dung (theo diễn biến cuộc họp):",
    ]
    closing = Line("text", f"Cuộc họp kết thúc vào {told.get('ended') or OPEN_TIME}")
    return [*(Line("text", text.strip()) for text in opening), *ended([*body, closing])]


def _foot(said: Paper) -> Foot:
    return Foot(
        sent=_sent(said.get("recipients", []), said.get("keeping", ""), _first(said)),
        drafter=_drafter(one_line(said.get("drafter", "")), said.get("copies")),
        signs=signs_of(said.get("second_signature"), said.get("signature")),
    )


def _drafter(drafter: str, copies: int | None) -> str:
    return ".".join(filter(None, (drafter, f"({copies})" if copies else "")))


def _first(said: Paper) -> str:
    """The line that every list of recipients of such a paper opens with."""
    kind, recipients = said.get("kind"), said.get("recipients", [])
    if recipients and recipients[0].get("text", "").startswith("Như "):
        return ""
    if kind == PaperKind.DECISION:
        number = last_article(said.get("body", []))
        return f"Như Điều {number}" if number else ""
    return "Như trên" if kind in AS_ABOVE and said.get("addressees") else ""


def _sent(recipients: list[Recipient], keeping: str, first: str = "") -> list[str]:
    lines = [first] if first else []
    for one in recipients:
        note = one_line(one.get("note", ""))
        text = one_line(one.get("text", "")).rstrip(" ;.,:")
        lines.append(f"{text} ({note})" if note and text else text)
    kept = one_line(keeping)
    return punctuated([*lines, f"Lưu: {kept}" if kept else ""], dash="- ")


def _companions(said: Paper, name: str, *, is_whole: bool) -> list[Companion]:
    annexes = said.get("annexes", [])
    attached = said.get("attached")
    found = [_attached(attached, said, name)] if attached else []
    for place, annex in enumerate(annexes):
        if annex.get("is_apart") and not is_whole:
            continue  # drawn in a file of its own
        is_one_of_several = len(annexes) > 1 or "number" in annex
        number = annex.get("number", place + 1)
        label = f"Phụ lục {roman(number)}" if is_one_of_several else "Phụ lục"
        found.append(_annex(annex, label, _refers(said, name or "Công văn"), place))
    return found


def _apart(said: Paper, form: Form, name: str, apart: Any) -> Sheet:
    """One annex in a file of its own: in its corner what the paper is known by, and when it was
    signed."""
    place, annexes = apart["place"], said.get("annexes", [])
    label = f"Phụ lục {roman(place + 1)}" if len(annexes) > 1 else "Phụ lục"
    annex = annexes[place]
    number = f"{number_text(said.get('number'))}/{one_line(said.get('notation', ''))}"
    return Sheet(
        title=f"{label} {one_line(annex.get('title', ''))}",
        head=Head([], []),
        companions=[_annex(annex, label, _refers(said, name or "Công văn"), place, level=1)],
        corner=f"Số: {number}; {_moment(apart['signed_at'])}",
    )


def _attached(attached: Attached, said: Paper, name: str) -> Companion:
    issuing = {key: said.get(key, []) for key in ("parent_lines", "agency_lines")}
    own = {key: attached.get(key) for key in issuing if attached.get(key)}
    return Companion(
        page="attached",
        label="",
        name=one_line(attached.get("type_name", "")).upper(),
        title=title_lines(attached.get("title", "")),
        refers=title_lines(attached.get("refers", "")) or _refers(said, name),
        lines=levelled(ended(lines_of(attached.get("body", [])))),
        head=_head(issuing | own, Form("", is_numbered=False, is_dated=False)),
    )


def _annex(annex: Annex, label: str, refers: list[str], place: int, *, level: int = 2) -> Companion:
    orientation = annex.get("orientation", "portrait")
    return Companion(
        page=f"annex-{orientation}-{'odd' if place % 2 else 'even'}",
        label=label,
        name="",
        title=[line.upper() for line in title_lines(annex.get("title", ""), is_upper=True)],
        refers=title_lines(annex.get("refers", "")) or refers,
        lines=levelled(ended(lines_of(annex.get("body", []))), above=level),
        is_landscape=orientation == "landscape",
        level=level,
    )


def _refers(said: Paper, name: str) -> list[str]:
    """ "(Kèm theo …)": an electronic paper leaves its places open, the signature fills them."""
    is_open = said.get("medium", "electronic") == "electronic"
    number = number_text(None if is_open else said.get("number"))
    day = day_text("" if is_open else said.get("dated", ""))
    agency = said.get("authority") or " ".join(said.get("agency_lines", []))
    notation = one_line(said.get("notation", ""))
    return [f"(Kèm theo {name} số {number}/{notation} {day}", f"của {one_line(agency)})"]


def _copy_mark(copy: Copy) -> CopyMark:
    sent = _sent(copy.get("recipients", []), copy.get("keeping", ""))
    signs = signs_of(copy.get("signature"))
    return CopyMark(copy.get("form", "SAO Y"), _head(copy, Form("")), Foot(sent, "", signs))


def _is_on_paper(copy: Copy) -> bool:
    return bool(copy) and not copy.get("signed_at")


def _corner(copy: Copy) -> str:
    """Field 14: "Sao y; Sở Nội vụ; 08/06/2022; 16:05:00 +07:00"."""
    if not copy.get("signed_at"):
        return ""
    agency = one_line(" ".join(copy.get("agency_lines", [])))
    form = copy.get("form", "SAO Y").capitalize()
    return f"{form}; {agency}; {_moment(copy['signed_at'])}"


def _moment(signed_at: str) -> str:
    """An ISO time in words: "08/06/2022; 16:05:00 +07:00"."""
    day, _, time = signed_at.partition("T")
    return f"{'/'.join(reversed(day.split('-')))}; {time[:8]} {time[8:]}".strip()


__all__ = ["END", "Companion", "Foot", "Head", "Line", "Sheet", "Sign", "printed"]
