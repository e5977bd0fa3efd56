"""Clocks in working days, the rules that they run by, and who was reminded of them."""

from deadlines.models.clocks import (
    OF_REVIEW,
    OPEN,
    UNVERIFIED,
    Clock,
    ClockBar,
    ClockPause,
    ClockQuerySet,
    HolderChange,
)
from deadlines.models.reminders import Reminder
from deadlines.models.rules import DeadlineRule, LadderRung

__all__ = [
    "OF_REVIEW",
    "OPEN",
    "UNVERIFIED",
    "Clock",
    "ClockBar",
    "ClockPause",
    "ClockQuerySet",
    "DeadlineRule",
    "HolderChange",
    "LadderRung",
    "Reminder",
]
