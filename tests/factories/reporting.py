"""Tasks for tests: clocks that a person or a post holds, due so many working days from today."""

from datetime import date, timedelta
from typing import Any

from deadlines.models import Clock
from deadlines.parties import Holder
from organisation.days import add_working_days, today
from organisation.models import User
from tests.factories.deadlines import make_clock


def due(days: int) -> date:
    """So many working days from today; a day before today when negative."""
    return add_working_days(today(), days) if days > 0 else today() + timedelta(days=days)


def make_task(user: User, rule: str = "OPINION", *, days: int = 3, **over: Any) -> Clock:
    """Something that this person has to do by that day."""
    facts: dict[str, Any] = {
        "holder": Holder.person(user),
        "on": today() - timedelta(days=30),
        "verb": "Cho ý kiến",
        "due_on": due(days),
    } | over
    return make_clock(rule, **facts)
