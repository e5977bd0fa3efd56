"""Which clocks have reached a new rung of the ladder, and whom that reaches.

Only what runs, has a date, and follows a rule whose source was verified is reminded of. How many
statements it takes does not depend on how many clocks there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, Subquery

from deadlines.agencies import unit_held
from deadlines.ladder import Ladder
from deadlines.models import OPEN, UNVERIFIED, Clock, ClockQuerySet, Reminder
from deadlines.recipients import Recipients
from deadlines.stages import Audience
from organisation.days import WorkingDays

BATCH = 5_000
STAND_IN = "stand_in"  # told because nobody holds it
ORDER = (Audience.HOLDER, Audience.HEAD, Audience.SUPERIOR, Audience.HOME_AFFAIRS)


@dataclass(frozen=True)
class Reached:
    """A clock on a new rung, and those who are told, each once, as whom they are told."""

    clock: Clock
    due_on: date
    offset: int
    days_left: int
    people: dict[int, str]


def reached(day: date, *, serious: bool) -> Iterator[Reached]:
    """Each clock that has reached a rung nobody was told of, by its deadline."""
    ladder = Ladder.on(day)
    if ladder.last_due is None:
        return
    waiting = _waiting(ladder, serious=serious)
    clocks = list(waiting.iterator(chunk_size=BATCH))
    if not clocks:
        return
    scope = OPEN & Q(paused_on=None, due_on__lte=ladder.last_due, is_serious=serious)
    recipients = Recipients(day, scope)
    counted = _span(clocks, day)
    for clock in clocks:
        upto = clock.reached
        told = ladder.told(clock.rule.code, clock.told, upto)
        told = {who: at for who, at in told.items() if _was_ahead(clock, at, counted)}
        if told and clock.due_on:
            left = counted.between(day, clock.due_on)
            yield Reached(clock, clock.due_on, upto, left, _people(clock, told, recipients))


def note(found: Iterable[Reached], day: date) -> None:
    """Remember how far people were told, so that nobody is told a rung twice."""
    rows = [
        Reminder(clock=one.clock, due_on=one.due_on, offset=one.offset, told_on=day)
        for one in found
    ]
    Reminder.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["clock", "due_on", "offset"],
        update_fields=["told_on"],
    )


def by_person(found: Iterable[Reached]) -> dict[int, list[tuple[Reached, str]]]:
    """What reaches each person, in the order found, and as whom it reaches them."""
    lines: dict[int, list[tuple[Reached, str]]] = defaultdict(list)
    for one in found:
        for person, audience in one.people.items():
            lines[person].append((one, audience))
    return lines


def _waiting(ladder: Ladder, *, serious: bool) -> ClockQuerySet:
    """Those whose rung of today is above the last one told of; what was told on a day that is yet
    to come, while the clock had run ahead, does not count (SJ-04).
    """
    day = ladder.day
    told = Reminder.objects.filter(
        clock=OuterRef("pk"), due_on=OuterRef("due_on"), told_on__lte=day
    )
    highest = told.order_by().values("clock").annotate(last=Max("offset")).values("last")
    rows = Clock.objects.running().filter(
        ~UNVERIFIED, due_on__lte=ladder.last_due, started_on__lt=day, is_serious=serious
    )
    rows = rows.annotate(reached=ladder.reached()).filter(reached__isnull=False)
    rows = rows.exclude(Exists(told.filter(offset__gte=OuterRef("reached"))))
    rows = rows.annotate(told=Subquery(highest), unit_held_id=unit_held(day))
    return rows.select_related("rule", "holder_user").order_by("due_on", "pk")


def _was_ahead(clock: Clock, offset: int, counted: WorkingDays) -> bool:
    """Whether the rung lay ahead when the clock started: three days before the end of a period of
    two days is no moment of it.
    """
    due = clock.due_on or clock.started_on
    return offset > 0 or counted.between(clock.started_on, due) > -offset


def _people(clock: Clock, told: dict[str, int], recipients: Recipients) -> dict[int, str]:
    """Everybody once: whoever is told as the holder is not told of themselves again."""
    found: dict[int, str] = {}
    for audience in ORDER:
        if audience in told:
            for person in recipients.of(clock, audience):
                found.setdefault(person, audience)
    if Audience.HOLDER in told:
        for person in recipients.stand_ins(clock):
            found.setdefault(person, STAND_IN)
    return found


def _span(clocks: list[Clock], day: date) -> WorkingDays:
    dates = [day, *(clock.started_on for clock in clocks)]
    dates += [clock.due_on for clock in clocks if clock.due_on]
    return WorkingDays(min(dates), max(dates))
