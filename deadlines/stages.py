"""The words of the clocks."""

from django.db import models


class Unit(models.TextChoices):
    WORKING_DAY = "working_day", "ngày làm việc"
    CALENDAR_DAY = "calendar_day", "ngày"


class SourceStatus(models.TextChoices):
    """How sure we are of a rule. A law that was not read, or read in part only, never urges by
    itself (quy-trinh.md §6, §13); what the project set itself is no law, and does.
    """

    VERIFIED = "verified", "Đã đối chiếu văn bản"
    OWN = "own", "Quy định tạm, chờ ban hành"
    PARTIAL = "partial", "Đối chiếu một phần, chưa xác minh"
    UNVERIFIED = "unverified", "Chưa xác minh"


class Audience(models.TextChoices):
    """Whom a rung of the ladder reaches."""

    HOLDER = "holder", "Người đang giữ việc"
    HEAD = "head", "Người đứng đầu cơ quan"
    SUPERIOR = "superior", "Người đứng đầu cấp trên"
    HOME_AFFAIRS = "home_affairs", "Danh sách của Sở Nội vụ"


HELD_BACK = (SourceStatus.PARTIAL, SourceStatus.UNVERIFIED)

SNOOZE_DAYS = (1, 3, 5)

# what whoever was lent the review of proposals does in the place of its giver (AZ-12)
REVIEWED = ("proposal", "legal_question")
REVIEW_RULES = (
    *("INTAKE", "COLLECTIVE_MEETING", "HIGHER_REVIEW", "OPINION"),
    *("SECOND_PERSON", "ANSWER_REVIEW"),
)

# What these are about is known to those of the case alone: nobody else is told (language.md §10).
# Whether the result can be recorded yet says whether somebody's responsibility is being weighed.
CONFIDENTIAL = ("LIABILITY_", "ABUSE_", "CONCLUSION")


def is_confidential(rule_code: str) -> bool:
    return rule_code.startswith(CONFIDENTIAL)
