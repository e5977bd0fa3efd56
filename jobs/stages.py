"""How far a piece of long work is (ux §18)."""

from django.db import models


class Stage(models.TextChoices):
    WAITING = "waiting", "Đang chuẩn bị"
    RUNNING = "running", "Đang làm"
    DONE = "done", "Đã xong"
    STOPPED = "stopped", "Đã dừng"
    FAILED = "failed", "Chưa làm được"
    INTERRUPTED = "interrupted", "Bị gián đoạn"


WORK = "jobs.tasks.work"
UNDER_WAY = (Stage.WAITING, Stage.RUNNING)
RESUMABLE = (Stage.STOPPED, Stage.FAILED, Stage.INTERRUPTED)
