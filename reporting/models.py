"""What the portal knows of its own work."""

from django.db import models
from django.utils import timezone

from reporting.periods.models import (
    PeriodicReport,
    ReportingPeriod,
    ReportingRegime,
    ReportPart,
)
from reporting.urging.models import UrgedAgency, UrgedItem, UrgingDispatch

__all__ = [
    "JobBeat",
    "KeptFigures",
    "PeriodicReport",
    "ReportPart",
    "ReportingPeriod",
    "ReportingRegime",
    "UrgedAgency",
    "UrgedItem",
    "UrgingDispatch",
]


class JobBeat(models.Model):
    """When a background job last ended; the worker writes it, the health page reads it."""

    job = models.CharField("công việc", max_length=120, unique=True)
    last_at = models.DateTimeField("chạy xong lần cuối", default=timezone.now)

    def __str__(self) -> str:
        return self.job


class KeptFigures(models.Model):
    """Figures that cost more to count the more there is; `reporting.kept` counts them anew."""

    scope = models.CharField("phạm vi", max_length=60, unique=True)
    numbers = models.JSONField("số liệu", default=list)
    counted_at = models.DateTimeField("tính lúc", null=True)

    def __str__(self) -> str:
        return self.scope
