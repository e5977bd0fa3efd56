"""Which facts a paper still lacks, by their Vietnamese names."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from documents.papers.description import Block, Paper
from documents.stages import SLIPS, CopyForm, PaperKind

NAMED = {
    "title": "Trích yếu nội dung",
    "agency_lines": "Tên cơ quan ban hành",
    "place": "Địa danh",
    "notation": "Ký hiệu văn bản",
    "addressees": "Nơi gửi (Kính gửi)",
    "authority": "Thẩm quyền ban hành",
    "grounds": "Căn cứ ban hành",
    "body": "Nội dung",
    "keeping": "Nơi lưu văn bản",
}
MINUTES = {
    "started": "Thời gian bắt đầu",
    "place": "Địa điểm",
    "attendants": "Thành phần tham dự",
    "chair": "Chủ trì",
    "secretary": "Thư ký",
    "ended": "Thời gian kết thúc",
}
COPY = {"notation": "Ký hiệu bản sao", "recipients": "Nơi nhận", "keeping": "Nơi lưu văn bản"}
EXTRACT = {"parts": "Phần được trích"}
SIGNATURE = {"lines": "Quyền hạn, chức vụ của người ký", "name": "Họ và tên người ký"}
OF_ALL = ("title", "agency_lines", "body", "keeping")
OF_KIND: dict[str, tuple[str, ...]] = {
    PaperKind.OFFICIAL_LETTER: ("notation", "place", "addressees"),
    PaperKind.DECISION: ("notation", "place", "authority", "grounds"),
    PaperKind.SUBMISSION: ("notation", "place", "addressees"),
    PaperKind.MINUTES: ("notation",),
}
BLOCKS = {
    "article": "Nội dung của Điều",
    "clause": "Nội dung của khoản",
    "point": "Nội dung của điểm",
    "heading": "Tiêu đề của mục",
    "table": "Cột của bảng",
}


class Gap(NamedTuple):
    """Where a fact is missing, and its Vietnamese name."""

    path: str
    label: str


def missing(facts: Paper) -> list[Gap]:
    """All that must be filled in before the paper can go to signature, in the order of reading.

    Of a copy only what is the copy's own: what it copies is whole.
    """
    copy = facts.get("copy") or {}
    if copy and not copy.get("signed_at"):
        signed: Paper = {"signature": copy.get("signature", {})}
        asked = COPY | EXTRACT if copy.get("form") == CopyForm.EXTRACT else COPY
        return [*_blank(copy, asked, "copy"), *_of_signatures(signed)]
    return [
        *_of_paper(facts),
        *_of_minutes(facts),
        *_of_blocks(facts.get("body", []), "body"),
        *_of_signatures(facts),
        *_of_companions(facts),
    ]


def _of_paper(facts: Paper) -> Iterator[Gap]:
    kind = facts.get("kind", "")
    slip = ("title", "agency_lines") if kind in SLIPS else None
    wanted = slip or (*OF_ALL, *OF_KIND.get(kind, ("notation", "place")))
    for name, label in NAMED.items():
        if name in wanted and not _is_told(facts.get(name)):
            yield Gap(name, label)
    if kind == PaperKind.DECISION and facts.get("body") and not _has(facts["body"], "article"):
        yield Gap("body", "Điều của quyết định")


def _of_minutes(facts: Paper) -> Iterator[Gap]:
    if facts.get("kind") == PaperKind.MINUTES:
        yield from _blank(facts.get("minutes") or {}, MINUTES, "minutes")


def _of_blocks(blocks: list[Block], path: str) -> Iterator[Gap]:
    for place, block in enumerate(blocks):
        here, inner = f"{path}.{place}", block.get("children", [])
        if label := BLOCKS.get(block["type"]):
            told = (block.get("title"), block.get("text"), inner, block.get("columns"))
            if not any(map(_is_told, told)):
                yield Gap(here, label)
        yield from _of_blocks(inner, f"{here}.children")


def _of_signatures(facts: Paper) -> Iterator[Gap]:
    if facts.get("kind") == PaperKind.RECEIPT_SLIP:
        return
    yield from _blank(facts.get("signature") or {}, SIGNATURE, "signature")
    if facts.get("kind") == PaperKind.MINUTES:
        second = facts.get("second_signature") or {}
        yield from _blank(second, {"name": "Họ và tên thư ký"}, "second_signature")


def _of_companions(facts: Paper) -> Iterator[Gap]:
    if attached := facts.get("attached"):
        named = {"type_name": "Tên loại văn bản kèm theo", "title": "Trích yếu văn bản kèm theo"}
        yield from _blank(attached, named | {"body": "Nội dung văn bản kèm theo"}, "attached")
        yield from _of_blocks(attached.get("body", []), "attached.body")
    for place, annex in enumerate(facts.get("annexes", [])):
        named = {"title": "Tên phụ lục", "body": "Nội dung phụ lục"}
        yield from _blank(annex, named, f"annexes.{place}")
        yield from _of_blocks(annex.get("body", []), f"annexes.{place}.body")


def _blank(facts: Mapping[str, Any], named: dict[str, str], path: str) -> Iterator[Gap]:
    for name, label in named.items():
        if not _is_told(facts.get(name)):
            yield Gap(f"{path}.{name}", label)


def _is_told(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list):
        return any(isinstance(one, int) or _is_told(one) for one in value)
    return bool(value)


def _has(blocks: list[Block], kind: str) -> bool:
    return any(one["type"] == kind or _has(one.get("children", []), kind) for one in blocks)
