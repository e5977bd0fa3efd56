"""By when, for a letter about a case: the date of the recipient's own clock on it."""

from datetime import date

from deadlines.models import Clock
from notifications.facts import Facts
from organisation.days import WorkingDays, today
from organisation.models import User


def facts_of(user: User, stream: str, url: str) -> Facts | None:
    """The deadline that the letter is about; None where the person holds no one clock of it."""
    if not stream:
        return None
    held = Clock.objects.filter(stream=stream).held_by(user).running().exclude(due_on=None)
    clocks = list(held.by_urgency()[:20])
    found = [clock for clock in clocks if clock.url == url] or clocks
    return Facts(due=_words(found[0].due_on)) if len(found) == 1 and found[0].due_on else None


def _words(due: date) -> str:
    """The date, and how many working days are left of it."""
    now = today()
    left = WorkingDays(min(now, due), max(now, due)).between(now, due)
    rest = f"còn {left} ngày làm việc" if left > 0 else f"quá {-left} ngày làm việc"
    return f"{due:%d/%m/%Y}, {rest if left else 'đến hạn hôm nay'}"
