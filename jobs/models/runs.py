from django.db import models
from django.db.models import Q


class JobRun(models.Model):
    """That a job was done for one period, or who is at it now (SJ-01)."""

    job = models.CharField("việc", max_length=60)
    period = models.CharField("kỳ", max_length=40)
    holder = models.CharField("tiến trình đang làm", max_length=120, blank=True)
    beat_at = models.DateTimeField("dấu hiệu sống gần nhất", null=True)
    started = models.DateTimeField("bắt đầu lúc", null=True)
    finished = models.DateTimeField("xong lúc", null=True)
    attempts = models.PositiveSmallIntegerField("số lần làm", default=0)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "period"], name="jobs_run_once_a_period"),
            models.CheckConstraint(
                condition=Q(holder="") | Q(beat_at__isnull=False), name="jobs_run_held_has_beat"
            ),
            models.CheckConstraint(
                condition=Q(finished__isnull=True) | Q(holder=""), name="jobs_run_finished_is_free"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.period}"
