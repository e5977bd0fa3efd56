"""Work that takes longer than a page may: a row that survives whoever works on it."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django_fsm import FSMField, transition

from jobs.stages import RESUMABLE, UNDER_WAY, Stage
from organisation.models import User

LOST_AFTER = timedelta(seconds=60)  # without a sign of life
LOOKED_AT = timedelta(minutes=1)  # so long somebody is thought to watch


class LongJobQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "LongJobQuerySet":
        """Long work is its owner's alone."""
        return self.filter(owner=user)

    def with_clock(self) -> "LongJobQuerySet":
        """Each row with the database's time of this moment, as `now`."""
        return self.annotate(now=Now())

    def to_take(self) -> "LongJobQuerySet":
        """What waits for a worker or has lost its own; what was worked on last comes last."""
        back, ahead = (
            ExpressionWrapper(Now() + span, output_field=DateTimeField())
            for span in (-LOST_AFTER, LOST_AFTER)
        )
        lost = Q(stage=Stage.RUNNING) & (Q(beat_at__lt=back) | Q(beat_at__gt=ahead))
        oldest = F("beat_at").asc(nulls_first=True)
        return self.filter(Q(stage=Stage.WAITING) | lost).order_by(oldest, "pk")


class LongJob(models.Model):
    """One piece of long work: what was asked, how far it is, what came of it.

    `params` holds ids only. `attempts` counts workers since the last finished part.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại việc", max_length=40)
    key = models.CharField("khóa", max_length=150, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="long_jobs")
    title = models.CharField("tên việc", max_length=300)
    params = models.JSONField(default=dict)
    back_url = models.CharField("trang trước đó", max_length=300)
    stage = FSMField("trạng thái", choices=Stage.choices, default=Stage.WAITING, protected=True)
    percent = models.PositiveSmallIntegerField("phần trăm", default=0)
    words = models.CharField("đang làm gì", max_length=200, blank=True)
    steps = models.JSONField("các bước", default=list)
    warnings = models.JSONField("lưu ý", default=list)
    result_url = models.CharField("kết quả", max_length=300, blank=True)
    result_label = models.CharField("tên kết quả", max_length=60, blank=True)
    is_stop_asked = models.BooleanField("đã bấm Dừng", default=False)
    is_in_background = models.BooleanField("chạy nền", default=False)
    holder = models.CharField("tiến trình đang làm", max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần làm", default=0)
    asked_at = models.DateTimeField("yêu cầu lúc", db_default=Now())
    started = models.DateTimeField("bắt đầu lúc", null=True)
    beat_at = models.DateTimeField("dấu hiệu sống gần nhất", null=True)
    ended = models.DateTimeField("kết thúc lúc", null=True)

    objects = LongJobQuerySet.as_manager()
    now: datetime  # of `with_clock`

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="jobs_long_percent_within_100"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.RUNNING, beat_at__isnull=False) & ~Q(holder="")
                | ~Q(stage=Stage.RUNNING) & Q(holder=""),
                name="jobs_long_held_while_running",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=sorted(UNDER_WAY), ended=None)
                | ~Q(stage__in=sorted(UNDER_WAY)) & Q(ended__isnull=False),
                name="jobs_long_ended_or_under_way",
            ),
        ]
        indexes = [
            models.Index(
                fields=["beat_at"],
                condition=Q(stage__in=sorted(UNDER_WAY)),
                name="jobs_long_to_take",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.ref])

    @property
    def is_under_way(self) -> bool:
        return self.stage in UNDER_WAY

    @property
    def wants_notice(self) -> bool:
        """Whether its owner is told of its end: was sent to the background, or took long."""
        ended = self.ended or self.asked_at
        return self.is_in_background or ended - self.asked_at > LOOKED_AT

    @transition(stage, source=sorted(UNDER_WAY), target=Stage.RUNNING, custom={"label": "Làm"})
    def be_taken(self, holder: str) -> None:
        """A worker begins, goes on, or follows one that was lost."""
        self.holder, self.beat_at, self.attempts = holder, Now(), self.attempts + 1

    @transition(stage, source=Stage.RUNNING, target=Stage.WAITING, custom={"label": "Tạm nghỉ"})
    def be_laid_down(self) -> None:
        """Its worker gives it back, to go on after other work."""
        self.holder, self.beat_at = "", Now()

    @transition(stage, source=Stage.RUNNING, target=Stage.DONE, custom={"label": "Xong"})
    def be_done(self, *, url: str, label: str, warnings: Iterable[str]) -> None:
        self.result_url, self.result_label, self.warnings = url, label, list(warnings)
        self.percent = 100
        self._end()

    @transition(stage, source=Stage.RUNNING, target=Stage.FAILED, custom={"label": "Chưa làm được"})
    def be_failed(self) -> None:
        """Without a needed part there is no result."""
        self._end()

    @transition(stage, source=sorted(UNDER_WAY), target=Stage.STOPPED, custom={"label": "Dừng"})
    def be_stopped(self) -> None:
        self._end()

    @transition(
        stage, source=sorted(UNDER_WAY), target=Stage.INTERRUPTED, custom={"label": "Gián đoạn"}
    )
    def be_interrupted(self) -> None:
        """Several workers in a row were lost over the same part."""
        self._end()

    @transition(
        stage,
        source=sorted([*RESUMABLE, Stage.DONE]),
        target=Stage.WAITING,
        custom={"label": "Chạy lại"},
    )
    def be_asked_again(self) -> None:
        """What is finished stays finished."""
        self.asked_at, self.ended, self.started = Now(), None, None
        self.attempts, self.warnings, self.is_stop_asked = 0, [], False
        self.is_in_background, self.percent = False, 0

    def _end(self) -> None:
        self.holder, self.ended = "", Now()


class JobPart(models.Model):
    """A part of long work that is finished, or failed; one that is neither has no row."""

    job = models.ForeignKey(LongJob, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=80)
    name = models.CharField("phần", max_length=200, blank=True)
    made = models.JSONField("để lại cho phần sau", null=True)
    failure = models.CharField("vì sao chưa làm được", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="jobs_part_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.key
