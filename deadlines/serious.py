"""Serious incidents are not put off until the morning: each rung is told of at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from deadlines.models import Reminder
from deadlines.reminding import Reached, note, reached
from deadlines.stages import Audience, is_confidential
from notifications.actions import notify
from organisation.models import User


@dataclass(frozen=True)
class Cause:
    """The stream of the case, by which it is asked again who may be written to."""

    stream: str


@transaction.atomic
def tell_of_serious(day: date) -> int:
    """Tell of each serious clock on a new rung; answers how many. Asked at once by two, one waits
    for the other's rows and the keys of the notices tell once.
    """
    found = list(reached(day, serious=True))
    ahead = _told_ahead(found, day)
    note(found, day)
    people = User.objects.in_bulk([person for one in found for person in one.people])
    for one in found:
        again = f"-{day:%Y%m%d}" if (one.clock.pk, one.due_on, one.offset) in ahead else ""
        _tell(one, [people[person] for person in one.people], again)
    return len(found)


def _told_ahead(found: Iterable[Reached], day: date) -> set[tuple]:
    """Of these rungs, those that were told on a day that is yet to come: the clock had run ahead,
    and the key by which they were told is used up.
    """
    rows = Reminder.objects.filter(clock__in=[one.clock for one in found], told_on__gt=day)
    return set(rows.values_list("clock", "due_on", "offset"))


def _tell(one: Reached, people: list[User], again: str) -> None:
    clock = one.clock
    key = f"remind-{clock.ref.hex}-{one.due_on:%Y%m%d}-{one.offset}{again}"
    told_others = sum(audience != Audience.HOLDER for audience in one.people.values())
    copied = " Người đứng đầu cũng nhận được thông báo này." if told_others else ""
    notify(
        people,
        key=key,
        subject=subject_of(one),
        text=f"Hạn {one.due_on:%d/%m/%Y}.{copied}",
        url=clock.url,
        by_entry=Cause(clock.stream),
        serious=True,
    )


def subject_of(one: Reached) -> str:
    """The words of language.md §10: what is needed, and how long there is for it or how late."""
    rule, code = one.clock.rule, one.clock.code
    action = "Có việc" if is_confidential(rule.code) else rule.label
    start = f"[{code}] " if code else ""
    if one.days_left < 0:
        return f"{start}{action} quá hạn {-one.days_left} ngày làm việc"
    if one.days_left == 0:
        return f"{start}{action}: đến hạn hôm nay"
    return f"{start}{action}: còn {one.days_left} ngày làm việc"
