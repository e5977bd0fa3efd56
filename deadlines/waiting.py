"""What waits for each person on a day: how much, and the first of it; for everybody at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber

from deadlines.models import OF_REVIEW, OPEN, Clock, ClockQuerySet
from deadlines.recipients import Recipients
from deadlines.stages import is_confidential
from deadlines.wording import TO_CASE, button_of
from organisation.days import WorkingDays
from organisation.stages import Role

MOST = 10
HOLDER = ("holder_user_id", "holder_unit_id", "holder_role", "of_review")
Held = tuple[int | None, int | None, str, bool]


@dataclass(frozen=True)
class Line:
    """One task in a letter: code, act, date and page, nothing that a mailbox may not know."""

    code: str
    action: str
    button: str
    due_on: date | None
    days_left: int | None
    url: str
    order: tuple

    @property
    def said(self) -> dict[str, str]:
        told = {"code": self.code, "action": self.action, "button": self.button}
        return told | {"due": self._due(), "url": self.url}

    def _due(self) -> str:
        if self.due_on is None or self.days_left is None:
            return ""
        left = f"còn {self.days_left} ngày làm việc"
        if self.days_left < 0:
            left = f"quá {-self.days_left} ngày làm việc"
        return f"{self.due_on:%d/%m/%Y}, {left if self.days_left else 'đến hạn hôm nay'}"


@dataclass(frozen=True)
class Tasks:
    """What waits for one person."""

    number: int
    late: int
    lines: list[Line]


class Waiting:
    """Everybody's tasks of a day, as `ClockQuerySet.held_by` finds them for one; ten queries."""

    def __init__(self, day: date) -> None:
        clocks = (
            Clock.objects.running()
            .awake(day)
            .annotate(of_review=Case(When(OF_REVIEW, then=Value(True)), default=Value(False)))
        )
        self.held = _counts(clocks, day)
        self.first = _first(clocks, day)
        self.recipients = Recipients(day, OPEN & Q(paused_on=None))
        self.barred = _counts(clocks, day, self.recipients.everybody)
        self.posts: dict[int, set[Held]] = defaultdict(set)
        for (unit, role), found in self.recipients.by_post.items():
            for person in found:
                self.posts[person] |= {(None, unit, role, True), (None, unit, role, False)}
        for (unit, role), found in self.recipients.lent.items():
            for person in found:
                self.posts[person].add((None, unit, role, True))

    @property
    def heads(self) -> set[int]:
        """Those who head an agency and for whom something waits."""
        posts = self.recipients.by_post.items()
        heads = [person for (_, role), who in posts if role == Role.AGENCY_HEAD for person in who]
        return {person for person in heads if self.of(person).number}

    def of(self, person: int, *, most: int = 0) -> Tasks:
        """How much waits for a person, and so many of it by deadline."""
        own: set[Held] = {(person, None, "", True), (person, None, "", False)}
        number = late = 0
        found: list[tuple[Clock, Line]] = []
        for held in own | self.posts[person]:
            all_of, late_of = self.held.get((*held, None), (0, 0))
            all_barred, late_barred = self.barred.get((*held, person), (0, 0))
            number, late = number + all_of - all_barred, late + late_of - late_barred
            found += self.first.get(held, ())
        lines = [line for clock, line in found if (clock.pk, person) not in self.recipients.barred]
        return Tasks(number, late, sorted(lines, key=lambda line: line.order)[:most])


def _counts(
    clocks: ClockQuerySet, day: date, barred: Collection[int] = ()
) -> dict[tuple[Any, ...], tuple[int, int]]:
    """How many clocks there are and how many of them are late: by holder, and by barred person
    where such are given.
    """
    who = F("bars__person") if barred else Value(None, output_field=IntegerField())
    rows = clocks.filter(bars__person__in=barred) if barred else clocks
    asked = rows.order_by().annotate(who=who).values(*HOLDER, "who")
    counted = asked.annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
    names = (*HOLDER, "who")
    return {tuple(row[n] for n in names): (row["number"], row["late"]) for row in counted}


def _first(clocks: ClockQuerySet, day: date) -> dict[Held, list[tuple[Clock, Line]]]:
    """The most urgent clocks of each holder."""
    order: list[Any] = [
        F("due_on").asc(nulls_last=True),
        F("is_serious").desc(),
        F("started_on"),
        F("pk"),
    ]
    place = Window(RowNumber(), partition_by=[F(name) for name in HOLDER], order_by=order)
    rows = clocks.annotate(place=place).filter(place__lte=MOST).select_related("rule")
    found = list(rows)
    dates = [day, *(clock.due_on for clock in found if clock.due_on)]
    counted = WorkingDays(min(dates), max(dates))
    first: dict[Held, list[tuple[Clock, Line]]] = defaultdict(list)
    for clock in found:
        held = (clock.holder_user_id, clock.holder_unit_id, clock.holder_role, clock.of_review)
        first[held].append((clock, _line(clock, day, counted)))
    return first


def _line(clock: Clock, day: date, counted: WorkingDays) -> Line:
    code, label = clock.rule.code, clock.rule.label
    act, button = label, button_of(code, clock.verb)
    if is_confidential(code):
        act, button = "Có việc đến hạn", TO_CASE
    return Line(
        code=clock.code,
        action=act,
        button=button,
        due_on=clock.due_on,
        days_left=counted.between(day, clock.due_on) if clock.due_on else None,
        url=clock.url,
        order=(clock.due_on or date.max, not clock.is_serious, clock.started_on, clock.pk),
    )
