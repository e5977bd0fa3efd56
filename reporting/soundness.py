"""What the nightly verification of the journal found: written down, shown, and told (JR-07)."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.urls import reverse

from journal.actions import entries_of, record
from journal.findings import Report, Weight
from journal.models import Entry
from notifications.actions import notify
from organisation.days import today
from organisation.models import Appointment, User
from organisation.stages import Role

STREAM = "jobs"
RESULTS = ("sound", "broken", "incomplete")
WATCHERS = (Role.ADMIN, Role.INSPECTOR)


class Soundness(TypedDict):
    """The last verification, in figures that name nobody."""

    at: datetime
    result: str
    entries: int
    broken: int


@transaction.atomic
def write_down(report: Report) -> Entry:
    """Keep the result in the journal itself, where it can no more be changed than the rest."""
    return record(
        "verification.run",
        stream=STREAM,
        by=None,
        result=RESULTS[report.exit_code],
        entries=report.looked_at.get("entries", 0),
        broken=report.found.get(Weight.BROKEN, 0),
        undecided=report.found.get(Weight.UNDECIDED, 0),
    )


def last_soundness() -> Soundness | None:
    """What the last verification found; None before the first night."""
    last = entries_of(STREAM).filter(action="verification.run").order_by("-seq").first()
    if last is None:
        return None
    said = last.data
    return Soundness(
        at=last.at, result=said["result"], entries=said["entries"], broken=said["broken"]
    )


def tell_of_breaks() -> None:
    """Tell those who look after the portal and those who inspect it, once a day."""
    notify(
        _watchers(),
        key=f"journal.broken:{today():%Y-%m-%d}",
        subject="Nhật ký không còn nguyên vẹn",
        text="Kiểm tra hằng đêm thấy nhật ký không khớp với bản đã ghi. "
        "Giữ nguyên hiện trạng và báo người phụ trách an toàn thông tin.",
        url=reverse("notifications:list"),
        by_entry=None,
        serious=True,
    )


def _watchers() -> list[User]:
    posts = Appointment.objects.valid_on(today()).filter(position__role__in=WATCHERS)
    return list(User.objects.active().filter(pk__in=posts.values("person")).order_by("pk"))
