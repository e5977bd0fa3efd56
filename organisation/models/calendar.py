"""The working calendar: Monday to Friday, unless a row with its legal ground says otherwise."""

from django.db import models

from organisation.models.changes import Changing
from organisation.stages import DayKind


class CalendarDay(Changing):
    """A day that differs from its weekday: a holiday, a day off by swap, a Saturday at work."""

    day = models.DateField("ngày", unique=True)
    kind = models.CharField("loại", max_length=10, choices=DayKind.choices)
    name = models.CharField("tên", max_length=120)
    basis_document = models.CharField("văn bản căn cứ", max_length=200)
    is_confirmed = models.BooleanField("đã có quyết định", default=True)

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
