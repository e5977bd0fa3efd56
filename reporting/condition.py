"""The state of the portal for those who look after it: what is wrong, in words, and what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jobs.shown import in_words
from notifications.models import OutboxMessage
from reporting.health import health
from reporting.lateness import scheduled_jobs, unfinished_periods, unfrozen_reports
from reporting.watching import WORDS

SHOWN_LETTERS = 20
SHOWN_PERIODS = 20
JOBS = {
    "deadlines.digest": "Thư 07:30",
    "deadlines.tasks.remind": "Nhắc thời hạn, thư 07:30",
    "documents.draw_annexes": "Dựng phụ lục",
    "documents.stamp_late": "Bổ sung dấu thời gian",
    "documents.tasks.draw_waiting": "Dựng văn bản",
    "documents.tasks.scan_quarantined": "Kiểm tra tệp tải lên",
    "documents.tasks.sweep_files": "Dọn tệp thừa",
    "jobs.tasks.forget_old_work": "Xóa việc dài đã cũ",
    "jobs.tasks.work": "Chạy việc dài",
    "journal.tasks.anchor_past_days": "Niêm phong nhật ký",
    "journal.tasks.sweep_form_keys": "Xóa khóa biểu mẫu cũ",
    "notifications.tasks.send_waiting_mail": "Gửi thư",
    "organisation.tasks.follow_the_calendar": "Theo lịch và thay đổi cơ quan",
    "organisation.tasks.forget_old_access": "Xóa phiên đã hết hạn",
    "pilots.tasks.sweep": "Mở thí điểm và kỳ báo cáo",
    "reporting.tasks.open_reports": "Mở kỳ báo cáo",
    "reporting.tasks.verify_the_journal": "Kiểm tra nhật ký",
    "reporting.tasks.watch_the_health": "Theo dõi tình trạng",
}
ERRORS = {
    "SMTPRecipientsRefused": "Máy chủ thư không nhận địa chỉ",
    "SMTPSenderRefused": "Máy chủ thư không nhận người gửi",
    "SMTPDataError": "Máy chủ thư không nhận nội dung",
    "ConnectionRefusedError": "Không kết nối được máy chủ thư",
    "TimeoutError": "Máy chủ thư không trả lời",
    "ValueError": "Địa chỉ thư chưa đúng",
}
OTHER = "Không soạn hoặc không gửi được"


@dataclass(frozen=True)
class JobLine:
    name: str
    last_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class FailedLetter:
    """Whom it was for and why it did not go; what it said stays with its reader."""

    person: str
    username: str
    at: datetime
    reason: str


def condition() -> dict[str, Any]:
    """What the status page shows."""
    found = health()
    return {
        "health": found,
        "waited": _in_words(found.get("oldest_unsent_seconds")),
        "problems": [WORDS[problem] for problem in found["problems"]],
        "jobs": _job_lines(),
        "failed": failed_letters(),
    }


def _in_words(seconds: int | None) -> str:
    return in_words(timedelta(seconds=seconds)) if seconds is not None else ""


def _job_lines() -> list[JobLine]:
    """The schedule, after the periods that were begun and are not done and figures not frozen."""
    begun = [
        JobLine(f"{JOBS.get(run.job, run.job)}, kỳ {run.period}", None, is_late=True)
        for run in unfinished_periods()[:SHOWN_PERIODS]
    ]
    begun += [
        JobLine(f"Chốt số liệu báo cáo, {report.agency_name}", None, is_late=True)
        for report in unfrozen_reports()[:SHOWN_PERIODS]
    ]
    return begun + [
        JobLine(JOBS.get(job.task, job.task), job.last_at, job.is_late) for job in scheduled_jobs()
    ]


def failed_letters() -> list[FailedLetter]:
    """The letters given up last."""
    rows = OutboxMessage.objects.failed().select_related("recipient").order_by("-next_attempt_at")
    return [
        FailedLetter(
            row.recipient.full_name,
            row.recipient.username,
            row.next_attempt_at,
            ERRORS.get(row.error, OTHER),
        )
        for row in rows[:SHOWN_LETTERS]
    ]
