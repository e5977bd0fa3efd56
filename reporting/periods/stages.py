"""The words of periodic reports (quy-trinh.md §11, language.md §3.4)."""

from django.db import models


class PeriodKind(models.TextChoices):
    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF_YEAR = "half_year", "6 tháng"
    YEAR = "year", "Năm"
    THEMATIC = "thematic", "Chuyên đề"
    AD_HOC = "ad_hoc", "Đột xuất"


ASKED = (PeriodKind.THEMATIC, PeriodKind.AD_HOC)  # by a letter of Sở Nội vụ, with its own dates
MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}


class Level(models.TextChoices):
    """Who reports to whom: each level has a day of its own (Nghị định 09/2019, Điều 8.5)."""

    AGENCY = "agency", "Báo cáo của cơ quan"
    PROVINCE = "province", "Báo cáo tổng hợp"


class ReportState(models.TextChoices):
    COLLECTING = "collecting", "Đang tổng hợp"
    DRAFT = "draft", "Dự thảo"
    LAID = "laid", "Chờ ký"
    SENT = "sent", "Đã gửi"
    ISSUED = "issued", "Đã phát hành"
    RETURNED = "returned", "Cần sửa"


S = ReportState
RECALLED = "Văn bản đã được thu hồi."  # why a report has to be sent again
DAYS_AGAIN = 3  # working days for it
WRITTEN = (S.DRAFT, S.RETURNED)  # while its words may be changed by who prepares it
RECEIVED = (S.SENT, S.ISSUED)
TONES: dict[str, tuple[str, str]] = {  # colour and icon
    S.COLLECTING: ("blue", "hourglass-split"),
    S.DRAFT: ("", "pencil-square"),
    S.LAID: ("blue", "hourglass-split"),
    S.SENT: ("blue", "send"),
    S.ISSUED: ("green", "check-lg"),
    S.RETURNED: ("amber", "reply"),
}

# The outline of quy-trinh.md §11; a regime or a request may have another.
OUTLINE = (
    "Công tác chỉ đạo, triển khai",
    "Kết quả thực hiện",
    "Khó khăn, hạn chế, nguyên nhân",
    "Phương hướng, nhiệm vụ thời gian tới",
    "Đề xuất, kiến nghị",
)
LONGEST_OUTLINE = 10
