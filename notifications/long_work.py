"""That long work has ended, told to the person who asked for it."""

from django.utils import timezone

from jobs.hooks import long_job_ended
from jobs.models import LongJob
from jobs.stages import Stage
from notifications.actions import notify

ENDED = {
    Stage.DONE: "Đã xong",
    Stage.FAILED: "Chưa làm được",
    Stage.INTERRUPTED: "Bị gián đoạn",
}


def register() -> None:
    """Hang this on the jobs, which lie below and know nothing of notices."""
    long_job_ended.append(tell_of_end)


def tell_of_end(job: LongJob) -> None:
    """A notice to whoever left the page while the work went on; told once for each time."""
    if not job.wants_notice or job.ended is None:
        return
    ended = timezone.localtime(job.ended)
    notify(
        [job.owner],
        key=f"long-job-{job.ref}-{job.ended:%Y%m%d%H%M%S%f}",
        subject=f"{ENDED[Stage(job.stage)]} việc chạy nền",
        text=f"{job.title}. {ENDED[Stage(job.stage)]} lúc {ended:%H:%M}, ngày {ended:%d/%m/%Y}.",
        url=job.get_absolute_url(),
        by_entry=None,
    )
