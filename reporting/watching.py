"""Tells those who look after the portal what is wrong with it: each thing once a day (SJ-07)."""

import logging

from django.urls import reverse

from notifications.actions import Message, notify_each
from organisation.days import today
from organisation.models import Appointment, User
from organisation.stages import Role
from reporting.health import health

WORDS = {
    "database": "Cơ sở dữ liệu không trả lời",
    "journal": "Nhật ký không còn nguyên vẹn",
    "clock": "Giờ máy chủ lệch quá 2 giây",
    "letters": "Thư chờ gửi quá 15 phút",
    "failed_letters": "Có thư không gửi được",
    "jobs": "Việc chạy nền quá giờ chưa chạy",
    "reports": "Có báo cáo định kỳ chưa chốt được số liệu",
    "anchor": "Nhật ký ngày hôm qua chưa niêm phong",
    "verification": "Nhật ký chưa được kiểm tra trong đêm qua",
    "backup": "Chưa ghi nhận bản sao lưu trong 30 giờ qua",
}
TOLD_BY_OTHERS = {"journal", "clock"}  # at once, by the job that found it

logger = logging.getLogger("portal.security")


def watch() -> list[str]:
    """Look at the portal's health, write the alarms into the log and tell the administrators."""
    problems = health()["problems"]
    for problem in problems:
        logger.error("the portal is not well", extra={"alarm": problem})
    told = [problem for problem in problems if problem not in TOLD_BY_OTHERS]
    if told:
        people = administrators()
        notify_each([_message(problem, people) for problem in told], by_entry=None)
    return problems


def administrators() -> list[User]:
    posts = Appointment.objects.valid_on(today()).filter(position__role=Role.ADMIN)
    return list(User.objects.active().filter(pk__in=posts.values("person")).order_by("pk"))


def _message(problem: str, people: list[User]) -> Message:
    return Message(
        people,
        key=f"health-{problem}-{today():%Y-%m-%d}",
        subject=WORDS[problem],
        text=f"{WORDS[problem]}. Xem trang Tình trạng hệ thống.",
        url=reverse("reporting:status"),
        serious=True,
    )
