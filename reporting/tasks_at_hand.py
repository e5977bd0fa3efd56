"""Tasks of a person: their open clocks, grouped and put into the words of *Việc của tôi*."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from deadlines.models import Clock
from deadlines.stages import HELD_BACK
from deadlines.wording import button_of
from organisation.days import WorkingDays
from organisation.models import User
from organisation.prepared import prepared
from organisation.templatetags.portal import vn_date
from reporting.wording import TOGETHER

DECIDING = ("COLLECTIVE_MEETING", "HIGHER_REVIEW", "ANSWER_REVIEW")
INTAKE = ("INTAKE",)
SOON = 5  # working days
MOST_SHOWN = 200
MANY = 3  # more tasks of one kind than this become one row


@dataclass
class Task:
    """One row: what, for which case, until when, and the one button."""

    title: str
    url: str
    verb: str
    subject: str
    text: str
    due_on: date | None
    state: str
    days_left: int | None
    started_on: date
    length: int | None
    rule: str
    code: str = ""
    ref: str = ""
    is_serious: bool = False
    meta: list[str] = field(default_factory=list)
    stopped_on: date | None = None
    clock: UUID | None = None  # whose page says why it is this date
    is_unverified: bool = False

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def may_wait(self) -> bool:
        """Whether its holder may ask to be reminded later: one task, and not overdue."""
        return bool(self.ref) and not self.is_late

    @property
    def is_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= SOON


@dataclass
class Group:
    key: str
    label: str
    tasks: list[Task]


class AtHand(NamedTuple):
    """What a task says of its clock, which runs."""

    ref: UUID
    rule: str
    length: int | None
    source_status: str
    code: str
    title: str
    verb: str
    detail: str
    url: str
    is_serious: bool
    started_on: date
    due_on: date | None
    held_since: date


COLUMNS = {"rule": "rule__code", "length": "rule__amount", "source_status": "rule__source_status"}
TALLY = ("waiting", "late", "deciding", "intake")


def tally_columns(today: date) -> dict[str, Count]:
    """How many tasks there are in all, how many are late, and how many of the two queues."""
    return {
        "waiting": Count("pk"),
        "late": Count("pk", filter=Q(due_on__lt=today, paused_on=None)),
        "deciding": Count("pk", filter=Q(rule__code__in=DECIDING)),
        "intake": Count("pk", filter=Q(rule__code__in=INTAKE)),
    }


def at_hand(user: User, day: date) -> list[AtHand]:
    """The most urgent clocks that wait for this person, by deadline; one more than are shown, where
    there are more."""
    own = {(str(post.role), post.unit_id) for post in user.powers.posts}
    lent = {(str(post.role), post.unit_id) for post in user.powers.mandates} - own
    posts = [part for post in (*sorted(own), *sorted(lent)) for part in post]
    return [AtHand(*row) for row in _clocks_held(len(own))(user.pk, day, *posts)]


@cache
def _clocks_held(own: int) -> Callable[..., list[tuple]]:
    """Asks for clocks; the first so many posts are the person's own, the rest lent."""

    def ask(person: int, day: date, *posts: Any) -> QuerySet:
        pairs = list(zip(posts[::2], posts[1::2], strict=True))
        held = Clock.objects.held(person, pairs[:own], pairs[own:]).running().awake(day)
        columns = [COLUMNS.get(name, name) for name in AtHand._fields]
        return held.by_urgency().values_list(*columns)[: MOST_SHOWN + 1]

    return prepared(ask)


def tasks_of(clocks: Iterable[AtHand], today: date, counted: WorkingDays) -> list[Task]:
    """One task for each clock, in the order of the clocks; all due dates inside the span."""
    return [_task(clock, today, counted) for clock in clocks]


def together(tasks: list[Task], *, has_more: bool = False) -> list[Task]:
    """As they are shown: more than three of a kind are one row, where the first of them stood.

    Where the person has more tasks than these, there may be more of that kind.
    """
    by_rule = defaultdict(list)
    for task in tasks:
        by_rule[task.rule].append(task)
    many = {rule for rule, rows in by_rule.items() if rule in TOGETHER and len(rows) > MANY}
    shown: list[Task] = []
    for rule, rows in groupby(tasks, key=lambda task: task.rule):
        if rule not in many:
            shown.extend(rows)
        elif not any(task.rule == rule for task in shown):
            shown.append(_one_row(rule, by_rule[rule], has_more=has_more))
    return shown


def grouped(tasks: list[Task]) -> list[Group]:
    """The three groups of the page, without the empty ones."""
    groups = (
        Group("late", "Quá hạn", [task for task in tasks if task.is_late]),
        Group("soon", f"Trong {SOON} ngày làm việc tới", [task for task in tasks if task.is_soon]),
        Group("later", "Sau đó", [t for t in tasks if not t.is_late and not t.is_soon]),
    )
    return [group for group in groups if group.tasks]


def days_left(due_on: date | None, today: date, counted: WorkingDays) -> int | None:
    """Working days from today to the due date; negative when it is past."""
    return None if due_on is None else counted.between(today, due_on)


def _task(clock: AtHand, today: date, counted: WorkingDays) -> Task:
    return Task(
        title=clock.verb,
        url=clock.url,
        verb=button_of(clock.rule, clock.verb),
        subject=" · ".join(part for part in (clock.code, clock.title) if part),
        text=clock.detail,
        due_on=clock.due_on,
        state="running" if clock.due_on else "none",
        days_left=days_left(clock.due_on, today, counted),
        started_on=clock.started_on,
        length=clock.length,
        rule=clock.rule,
        ref=str(clock.ref),
        is_serious=clock.is_serious,
        code=clock.code,
        meta=[f"Giao ngày {vn_date(clock.held_since)}"],
        clock=clock.ref,
        is_unverified=clock.source_status in HELD_BACK,
    )


def _one_row(rule: str, tasks: list[Task], *, has_more: bool) -> Task:
    title, route, verb = TOGETHER[rule]
    first = tasks[0]
    said = f"Ít nhất {len(tasks)}" if has_more else len(tasks)
    return Task(
        title=title.format(n=said),
        url=reverse(route),
        verb=verb,
        subject="",
        text=f"Sớm nhất {vn_date(first.due_on)}." if first.due_on else "",
        due_on=first.due_on,
        state=first.state,
        days_left=first.days_left,
        started_on=first.started_on,
        length=first.length,
        rule=rule,
        clock=first.clock,
        is_unverified=first.is_unverified,
    )
