"""What the page of long work says: the time it took, how long it may last, what to read aloud."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs.models import LOST_AFTER, JobPart, LongJob
from jobs.stages import RESUMABLE, Stage

MARKS = (0, 25, 50, 75, 100)  # read aloud once each
SHORT = timedelta(minutes=1)  # of looking at the page every two seconds
SOON, LATER = 2, 10
FORETOLD_FROM = 5  # per cent, before which nothing can be said of the rest


@dataclass(frozen=True)
class Shown:
    """Long work as its page shows it now."""

    job: LongJob
    words: str
    lasted: str
    left: str
    lost_at: datetime | None
    poll_seconds: int
    mark: int
    said: str
    failures: list[JobPart]
    again_label: str

    @property
    def is_at_work(self) -> bool:
        return self.job.is_under_way and self.lost_at is None


def shown(job: LongJob, *, heard: int = 0) -> Shown:
    """The page of a row read `with_clock`; `heard` is the mark that was read aloud last."""
    lost_at = _lost_at(job)
    failures = list(job.parts.exclude(failure="").order_by("pk"))
    mark = 100 if job.ended else max(one for one in MARKS if one <= job.percent)
    return Shown(
        job=job,
        words=f"Đã làm được {job.percent}%." if lost_at else job.words or "Đang chuẩn bị…",
        lasted=in_words((job.ended or job.now) - job.asked_at),
        left=_left(job) if lost_at is None else "",
        lost_at=lost_at,
        poll_seconds=_poll_seconds(job, lost_at),
        mark=mark,
        said=_said(job, mark) if mark > heard else "",
        failures=failures,
        again_label=_again_label(job, lost_at, failures),
    )


def in_words(span: timedelta) -> str:
    """1 giờ 5 phút; 2 phút 5 giây; 34 giây: the two largest units."""
    seconds = max(1, round(span.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    units = [(hours, "giờ"), (minutes, "phút"), (seconds, "giây")]
    while not units[0][0]:
        units.pop(0)
    return " ".join(f"{amount} {unit}" for amount, unit in units[:2] if amount)


def _lost_at(job: LongJob) -> datetime | None:
    """When its worker gave the last sign of life, if that is long ago."""
    if job.stage == Stage.INTERRUPTED:
        return job.beat_at or job.ended
    if job.stage == Stage.RUNNING and job.beat_at and job.now - job.beat_at > LOST_AFTER:
        return job.beat_at
    return None


def _left(job: LongJob) -> str:
    """How long it may still take, by what it took so far."""
    if job.stage != Stage.RUNNING or job.started is None or job.percent < FORETOLD_FROM:
        return ""
    return in_words((job.now - job.started) * (100 - job.percent) / job.percent)


def _poll_seconds(job: LongJob, lost_at: datetime | None) -> int:
    """How often the page asks; never again when there is nothing more to come."""
    if not job.is_under_way:
        return 0
    return SOON if job.now - job.asked_at < SHORT and lost_at is None else LATER


def _said(job: LongJob, mark: int) -> str:
    if not job.ended:
        return f"{job.title}: {mark}%."
    if job.stage == Stage.DONE:
        return f"Đã xong sau {in_words(job.ended - job.asked_at)}."
    return f"{job.get_stage_display()}."


def _again_label(job: LongJob, lost_at: datetime | None, failures: list[JobPart]) -> str:
    """The words of the button to go on; empty where there is nothing to go on with."""
    if job.ended and failures:
        return "Thử lại phần lỗi"
    if lost_at or job.stage in RESUMABLE:
        return "Chạy lại"
    return ""
