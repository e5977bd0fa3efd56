"""What upper floors may hang on clocks: each registers a callable in its `AppConfig.ready`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.models import Clock


@dataclass(frozen=True)
class Move:
    """A due date that a change of the calendar moves."""

    clock: Clock
    before: date
    after: date


# Each is called, in the transaction of the change, for rows that repeat the date of a clock.
dates_moved: list[Callable[[Sequence[Move]], None]] = []
