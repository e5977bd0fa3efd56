"""What upper floors may hang on clocks: each registers a callable in its `AppConfig.ready`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.models import Clock
from organisation.days import Calendar


@dataclass(frozen=True)
class Move:
    """A due date that a change of the calendar moves, and the date that was given where one was."""

    clock: Clock
    before: date
    after: date
    given: date | None = None


# Each is called, in the transaction of the change, for rows that repeat the date of a clock.
dates_moved: list[Callable[[Sequence[Move]], None]] = []

# By the code of a rule without a number of days, where its dates are counted by a floor above: of
# these clocks, by their keys, the dates that another calendar gives. What a person named is left
# out and stays.
GivenDates = Callable[[Sequence[Clock], Calendar], Mapping[int, date]]
given_dates: dict[str, GivenDates] = {}
