"""Why it is this date: an account that a clerk can redo by hand."""

from dataclasses import dataclass
from datetime import date

from deadlines.actions import period_of
from deadlines.counting import Pause, count
from deadlines.models import Clock, DeadlineRule


@dataclass(frozen=True)
class ExplainedDay:
    """One day of the count: its number where it counts, and the reason."""

    day: date
    number: int | None
    reason: str


@dataclass(frozen=True)
class Explanation:
    """The whole way from the start event to the due date."""

    rule: DeadlineRule
    started_on: date
    given_due_on: date | None
    days: list[ExplainedDay]
    pauses: tuple[Pause, ...]
    paused_on: date | None
    due_on: date | None
    stored_due_on: date | None

    @property
    def agrees(self) -> bool:
        """Whether the stored date is what the count gives today."""
        return self.due_on == self.stored_due_on


def explain(clock: Clock) -> Explanation:
    """Count a clock anew, day by day."""
    period = period_of(clock)
    days = numbered(count(period))
    return Explanation(
        rule=clock.rule,
        started_on=clock.started_on,
        given_due_on=clock.given_due_on,
        days=days,
        pauses=tuple(period.pauses),
        paused_on=clock.paused_on,
        due_on=days[-1].day if days else None,
        stored_due_on=clock.due_on,
    )


def numbered(days: list) -> list[ExplainedDay]:
    """Counted days with the number each one bears; the others bear none."""
    number, explained = 0, []
    for counted in days:
        number += counted.counts
        explained.append(
            ExplainedDay(counted.day, number if counted.counts else None, counted.reason)
        )
    return explained
