"""Jobs wait while the database's clock lies before what was written by it (SJ-04).

What people do goes on: the next entry in the journal bears the new time and says how far the clock
lies behind (`journal.actions.record`), and jobs go on after it.
"""

import logging

from django.urls import reverse

from journal.models import Entry
from journal.sql import database_now, seconds_behind
from notifications.actions import notify
from organisation.days import today
from organisation.models import Appointment, User
from organisation.stages import Role

logger = logging.getLogger("portal.security")


def jobs_may_run() -> bool:
    """Whether time has not run back since the last entry; else the administrators are told."""
    last = Entry.objects.order_by("-pk").only("pk", "at").first()
    behind = seconds_behind(database_now(), last.at) if last else 0
    if last is None or not behind:
        return True
    logger.error("the clock ran back", extra={"alarm": "clock", "count": behind})
    _tell(last.pk)
    return False


def _tell(entry: int) -> None:
    """Once for each time that it happens."""
    posts = Appointment.objects.valid_on(today()).filter(position__role=Role.ADMIN)
    notify(
        User.objects.active().filter(pk__in=posts.values("person")).order_by("pk"),
        key=f"health-clock-{entry}",
        subject="Giờ máy chủ chạy lùi, việc tự động tạm ngừng",
        text="Giờ của cơ sở dữ liệu chậm hơn lần ghi nhật ký gần nhất. Việc tự động chạy tiếp khi "
        "giờ đúng trở lại. Kiểm tra đồng hồ máy chủ.",
        url=reverse("notifications:list"),
        by_entry=None,
        serious=True,
    )
