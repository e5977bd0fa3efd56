"""What the portal knows of its own work."""

from django.db import models
from django.utils import timezone


class JobBeat(models.Model):
    """When a background job last ended; the worker writes it, the health page reads it."""

    job = models.CharField("công việc", max_length=120, unique=True)
    last_at = models.DateTimeField("chạy xong lần cuối", default=timezone.now)

    def __str__(self) -> str:
        return self.job
