"""Lets the demo province have a past: what a story does happened on the day that it names."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from heapq import heappop, heappush
from typing import TypeVar
from unittest.mock import patch

from django.utils import timezone

from journal.sql import demo_clock
from organisation.days import WorkingDays, today

T = TypeVar("T")
# A story yields the moment of what it does next, and gets the day of it.
Story = Generator[datetime, date, T]
LONGEST = timedelta(days=420)


class Past:
    """The working days up to today, counted backwards: 0 is the last of them."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.days = WorkingDays(today() - LONGEST, today()).working
        self.minute = 0

    def day(self, ago: int) -> date:
        return self.days[-1 - ago]

    def ago_of(self, day: date) -> int:
        """How many working days have passed since a day."""
        return sum(working > day for working in self.days)

    def at(self, ago: int, hour: int) -> datetime:
        """A moment so many working days ago; never later than it really is now."""
        self.minute = (self.minute + 7) % 60
        clock = time(hour, self.minute, tzinfo=timezone.get_default_timezone())
        return min(datetime.combine(self.day(ago), clock), self.now)

    def play(self, stories: Iterable[Story[None]]) -> None:
        """Tell all stories at once, whatever came first first: codes and keys run in that order."""
        waiting: list[tuple[datetime, int, Story[None]]] = []
        for number, story in enumerate(stories):
            heappush(waiting, (next(story), number, story))
        while waiting:
            moment, number, story = heappop(waiting)
            with _told(moment):
                following = _next(story, timezone.localdate(moment))
            if following is not None:
                heappush(waiting, (following, number, story))


def _next(story: Story[None], day: date) -> datetime | None:
    try:
        return story.send(day)
    except StopIteration:
        return None


@contextmanager
def _told(moment: datetime) -> Iterator[None]:
    """Hold Django's own clock: field defaults, `today()` and the journal then say the same."""

    class Told(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    with demo_clock(moment), patch.object(timezone, "datetime", Told):
        yield
