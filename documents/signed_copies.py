"""The signed copy that comes back for what was issued: a scan, or our own file signed elsewhere.

A file signed elsewhere must begin with ours, byte for byte, and add signatures and nothing else
(JR-09). What a scan shows is for the clerk to compare: only that it can be whole is looked at.
"""

import pypdfium2

from documents import children
from documents.added_signatures import only_signed
from documents.seal_worth import is_copy_of, is_signed
from documents.uploads import LIMITS

READABLE = ("pdf", "jpg", "png")
LENGTH = 8  # bytes that tell how long our own file is
YES, NO = b"+1", b"+0"

NOT_A_SCAN = "Chọn tệp PDF hoặc ảnh của bản đã ký."
FOREIGN = "Tệp có chữ ký số nhưng không phải tệp cổng đã phát hành. Ký trên tệp tải từ cổng."
SEALED = "Tệp cổng đã phát hành có chữ ký số của cơ quan, không nhận tệp có thay đổi sau đó."
ALTERED = "Nội dung tệp đã ký khác tệp cổng đã phát hành. Ký lại trên tệp tải từ cổng."
UNSIGNED = "Đây là tệp cổng đã phát hành, chưa có chữ ký. Chọn bản đã ký."
TOO_SHORT = "Bản quét có {pages} trang, văn bản có {needed} trang. Quét đủ các trang."


def why_not(content: bytes, extension: str, issued: bytes) -> str:
    """Why this is no signed copy of the issued file (empty while it is drawn); empty if it may be.

    What is in the file is looked at in a locked-in child.
    """
    if extension not in READABLE:
        return NOT_A_SCAN
    if content == issued:
        return UNSIGNED
    if extension == "pdf" and is_signed(content):
        return _why_not_signed(content, issued)
    if extension != "pdf" or not issued:
        return ""
    pages, needed = (_asked(one, _count) for one in (content, issued))
    return TOO_SHORT.format(pages=pages, needed=needed) if pages < needed else ""


def _why_not_signed(content: bytes, issued: bytes) -> str:
    if not issued or not is_copy_of(issued, content):
        return FOREIGN
    if is_signed(issued):
        return SEALED
    job = len(issued).to_bytes(LENGTH, "big") + content
    return "" if _asked(job, _adds_signatures_only) else ALTERED


def _asked(job: bytes, work: children.Work) -> int:
    """What a child finds; nothing where it is lost over the file."""
    try:
        return int(children.ask_once(job, work, **LIMITS).removeprefix(b"+") or 0)
    except children.Lost:
        return 0


def _count(job: bytes) -> bytes:
    """In the child: how many pages there are; none in a file that cannot be read."""
    try:
        with pypdfium2.PdfDocument(job) as pdf:
            return b"+%d" % len(pdf)
    except pypdfium2.PdfiumError:
        return NO


def _adds_signatures_only(job: bytes) -> bytes:
    """In the child: whether what was added to ours signs it, and does nothing else."""
    ours = int.from_bytes(job[:LENGTH], "big")
    return YES if only_signed(job[LENGTH:], ours) else NO
