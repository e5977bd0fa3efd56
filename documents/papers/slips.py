"""The receipt, a slip with facts of its own: it is no kind of the decree and bears no number."""

from typing import NotRequired, TypedDict

from documents.papers.body import Line
from documents.papers.printed import Head, Sheet, head_lines, parent_lines


class SlipHead(TypedDict):
    """The head of every slip: the lines of the agencies, place and day in words."""

    parent_lines: list[str]
    agency_lines: list[str]
    dated: str
    is_draft: NotRequired[bool]


class Receipt(SlipHead):
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


def receipt(said: Receipt) -> Sheet:
    """The proposer's receipt; facts that it need not have are left out."""
    told = [
        ("Mã đề xuất", said["code"]),
        ("Tên đề xuất", said["title"]),
        ("Người đề xuất", _person(said["proposer"], said["proposer_post"])),
        ("Người cùng đề xuất", "; ".join(said["co_proposers"])),
        ("Cơ quan công tác", said["proposer_agency"] or said["agency"]),
        ("Nơi nhận", said["agency"]),
        ("Nhận lúc", said["received_at"]),
        ("Thủ tục áp dụng", said.get("track", "")),
        ("Việc tiếp theo", said.get("next_step", "")),
        ("Thời hạn", said["deadline"] or "Không có thời hạn"),
        ("Căn cứ thời hạn", said.get("deadline_ground", "")),
        ("Tệp kèm theo", "; ".join(said["files"])),
        ("Bản đã gửi, số", str(said["version"])),
        ("Mã kiểm tra nội dung (SHA-256)", in_eights(said["content_sha256"])),
        ("Mã bút toán nhật ký (SHA-256)", in_eights(said["entry_hash"])),
    ]
    return Sheet(
        title=f"Phiếu tiếp nhận {said['code']}",
        head=_head(said),
        name="PHIẾU TIẾP NHẬN",
        abstract=["Đề xuất đổi mới, sáng tạo"],
        lines=[Line("fact", text.strip(), label) for label, text in told if text.strip()],
        is_draft=said.get("is_draft", False),
    )


def in_eights(digest: str) -> str:
    """A SHA-256 in groups of eight signs, to be read aloud and compared."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _head(said: SlipHead) -> Head:
    return Head(
        parent=parent_lines(said["parent_lines"]),
        agency=head_lines(said["agency_lines"]),
        dated=said["dated"],
    )


def _person(name: str, post: str) -> str:
    return ", ".join(filter(None, (name, post)))
