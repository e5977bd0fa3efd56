"""The words of files and official papers."""

from django.db import models


class FileState(models.TextChoices):
    """Where an uploaded file stands with the virus scanner (UP-06)."""

    QUARANTINED = "quarantined", "chờ quét virus"
    CLEAN = "clean", "đã quét virus"
    INFECTED = "infected", "có mã độc"
    UNSCANNED = "unscanned", "chưa quét virus"


class Shelf(models.TextChoices):
    """What a file of a case is for: each shelf has limits of its own (UP-02)."""

    CASE = "case", "Tệp của hồ sơ"
    EVIDENCE = "evidence", "Minh chứng"


READABLE = (FileState.CLEAN, FileState.UNSCANNED)


class PaperKind(models.TextChoices):
    """Kinds of papers (glossary §6). Slips bear no number (van-ban-nd30.md §4.4)."""

    RECEIPT_SLIP = "receipt_slip", "Phiếu tiếp nhận"
    REVIEW_SLIP = "review_slip", "Phiếu trình"
    LEGAL_CHECK_SLIP = "legal_check_slip", "Phiếu kiểm tra pháp lý"
    OFFICIAL_LETTER = "official_letter", "Công văn"
    DECISION = "decision", "Quyết định"
    REPORT = "report", "Báo cáo"
    SUBMISSION = "submission", "Tờ trình"
    NOTICE = "notice", "Thông báo"
    PLAN = "plan", "Kế hoạch"
    MINUTES = "minutes", "Biên bản"
    COPY = "copy", "Bản sao"
    REGISTER = "register", "Sổ đăng ký văn bản đi"


class CopyForm(models.TextChoices):
    """How a copy is made (NĐ 30/2020, Điều 25), in the words that stand on it."""

    WHOLE = "SAO Y", "Sao y"
    OF_COPY = "SAO LỤC", "Sao lục"
    EXTRACT = "TRÍCH SAO", "Trích sao"


SLIPS = (  # bear no number and are not signed in the portal
    *(PaperKind.RECEIPT_SLIP, PaperKind.REVIEW_SLIP, PaperKind.LEGAL_CHECK_SLIP),
    PaperKind.REGISTER,
)


class PaperState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    WAITING_SIGNATURE = "waiting_signature", "Chờ ký"
    SIGNED = "signed", "Chờ cấp số"
    ISSUED = "issued", "Đã phát hành"
    RECALLED = "recalled", "Đã thu hồi"
    REPLACED = "replaced", "Đã được thay thế"
    CORRECTED = "corrected", "Đã được đính chính"
    CANCELLED = "cancelled", "Đã hủy"


OUT = (PaperState.ISSUED, PaperState.RECALLED, PaperState.REPLACED, PaperState.CORRECTED)
IN_FORCE = (PaperState.ISSUED, PaperState.CORRECTED)
PAPER_TONES: dict[str, tuple[str, str]] = {  # colour and icon (language.md §3.4)
    PaperState.DRAFT: ("", "pencil-square"),
    PaperState.WAITING_SIGNATURE: ("blue", "hourglass-split"),
    PaperState.SIGNED: ("blue", "hourglass-split"),
    PaperState.ISSUED: ("green", "check-lg"),
    PaperState.RECALLED: ("", "dash-circle"),
    PaperState.REPLACED: ("", "dash-circle"),
    PaperState.CORRECTED: ("green", "check-lg"),
    PaperState.CANCELLED: ("", "dash-circle"),
}


class SigningAuthority(models.TextChoices):
    """In whose right a paper of a collective agency is signed (NĐ 30/2020, Điều 13)."""

    HEAD = "head", "Thẩm quyền của người đứng đầu"
    COLLECTIVE = "collective", "Thay mặt tập thể"


class SigningKind(models.TextChoices):
    """The words before the signature, as they stand in the block."""

    OWN = "", "Ký trực tiếp"
    TM = "TM", "Thay mặt tập thể"
    TM_KT = "TM+KT", "Thay mặt tập thể, ký thay"
    KT = "KT", "Ký thay"
    Q = "Q", "Quyền cấp trưởng"
    TL = "TL", "Thừa lệnh"
    TL_KT = "TL+KT", "Thừa lệnh, cấp phó ký thay"
    TUQ = "TUQ", "Thừa ủy quyền"


class Sealing(models.TextChoices):
    """Whether the issued file carries the agency's digital signature (JR-10)."""

    NONE = "", "Chưa có tệp phát hành"
    UNSIGNED = "unsigned", "Chưa ký số"
    SIGNED = "signed", "Đã ký số"
    STAMPED = "stamped", "Đã ký số, có dấu thời gian"


class Trust(models.TextChoices):
    """What the stamp of an authority is worth, and whether the province trusts who gave it."""

    UNKNOWN = "", "chưa kiểm tra chứng thư vì cổng chưa khai báo tổ chức cấp dấu thời gian tin cậy"
    TRUSTED = "trusted", "chứng thư của tổ chức cấp dấu thời gian được tin cậy"
    UNTRUSTED = "untrusted", "chứng thư của tổ chức cấp dấu thời gian không được tin cậy"
    EXPIRED = "expired", "chứng thư của tổ chức cấp dấu thời gian đã hết hạn"
    BROKEN = "broken", "dấu thời gian không khớp tệp"


class Worth(models.TextChoices):
    """What the signature inside a file is worth today."""

    NONE = "", ""
    SOUND = "sound", ""
    EXPIRED = "expired", "chứng thư số đã hết hạn, không có dấu thời gian tin cậy"
    UNTRUSTED = "untrusted", "cổng chưa khai báo chứng thư gốc của khóa ký"
    BROKEN = "broken", "chữ ký số không còn nguyên vẹn"


class Drawing(models.TextChoices):
    """How far the worker is with the file of a paper."""

    WAITING = "waiting", "Đang chuẩn bị"
    LEASED = "leased", "Đang vẽ"
    DRAWN = "drawn", "Đã có tệp"
    FAILED = "failed", "Chưa lập được tệp"


DRAW = "documents.tasks.draw_waiting"
TO_DRAW = (Drawing.WAITING, Drawing.LEASED)
