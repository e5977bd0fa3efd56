"""The words of letters that urge."""

from django.db import models

FIRST, SECOND, LAST = 1, 2, 3  # the rungs of the ladder; the last is a report to the Chairman
RUNGS = (
    (FIRST, "Công văn lần 1"),
    (SECOND, "Công văn lần 2"),
    (LAST, "Báo cáo Chủ tịch"),
)
REMIND_AFTER = 7  # days between two reminders of one letter


class UrgingState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    WAITING = "waiting_signature", "Chờ ký"
    SENT = "sent", "Đã gửi"
    ANSWERED = "answered", "Đã trả lời"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Đã hủy"


S = UrgingState
PENDING = (S.DRAFT, S.WAITING)
OUT = (S.SENT, S.ANSWERED, S.CLOSED)
TONES: dict[str, tuple[str, str]] = {  # colour and icon
    S.DRAFT: ("", "pencil-square"),
    S.WAITING: ("blue", "hourglass-split"),
    S.SENT: ("amber", "send"),
    S.ANSWERED: ("green", "check-lg"),
    S.CLOSED: ("", "check-lg"),
    S.CANCELLED: ("", "dash-circle"),
}
