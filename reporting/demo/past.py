"""Lets the demo province have a past: what is done inside happened on the day that is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from unittest.mock import patch

from django.utils import timezone

from journal.sql import demo_clock
from organisation.days import WorkingDays, today

LONGEST = timedelta(days=420)


class Past:
    """The working days up to today, counted backwards: `ago(0)` is the last of them."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.days = WorkingDays(today() - LONGEST, today()).working
        self.minute = 0

    def day(self, ago: int) -> date:
        return self.days[-1 - ago]

    def ago_of(self, day: date) -> int:
        """How many working days lie between the first working day from `day` on and today."""
        return sum(working > day for working in self.days)

    @contextmanager
    def ago(self, days: int, hour: int = 9) -> Iterator[date]:
        """Do something so many working days ago; never later than it really is now."""
        self.minute = (self.minute + 7) % 60
        clock = time(hour, self.minute, tzinfo=timezone.get_default_timezone())
        moment = min(datetime.combine(self.day(days), clock), self.now)
        with demo_clock(moment), _told(moment):
            yield self.day(days)


@contextmanager
def _told(moment: datetime) -> Iterator[None]:
    """Hold Django's own clock: field defaults, `today()` and the journal then say the same."""

    class Told(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    with patch.object(timezone, "datetime", Told):
        yield
