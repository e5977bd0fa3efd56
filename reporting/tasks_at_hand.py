"""Tasks of a person: their open clocks, grouped and put into the words of *Việc của tôi*."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from deadlines.models import Clock
from organisation.days import WorkingDays
from organisation.templatetags.portal import vn_date

DECIDING = ("COLLECTIVE_MEETING", "HIGHER_REVIEW", "ANSWER_REVIEW")
INTAKE = ("INTAKE",)
SOON = 5  # working days
MOST_SHOWN = 200
MANY = 3  # more tasks of one kind than this become one row

# What is many of one kind, in words, and where the many of them are listed.
TOGETHER = {
    "COLLECTIVE_MEETING": ("{n} đề xuất chờ quyết định", "proposals:queue", "Mở hàng chờ"),
    "INTAKE": ("{n} đề xuất chờ tiếp nhận", "proposals:intake", "Tiếp nhận"),
}


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
    ref: str = ""
    is_serious: bool = False
    meta: list[str] = field(default_factory=list)
    stopped_on: date | None = None

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= SOON


@dataclass
class Group:
    key: str
    label: str
    tasks: list[Task]


def tally(clocks: QuerySet, today: date) -> dict[str, int]:
    """How many tasks there are in all, how many are late, and how many of the two queues."""
    return clocks.aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today, paused_on=None)),
        deciding=Count("pk", filter=Q(rule__code__in=DECIDING)),
        intake=Count("pk", filter=Q(rule__code__in=INTAKE)),
    )


def tasks_of(clocks: Iterable[Clock], today: date) -> list[Task]:
    """One task for each clock, in the order of the clocks; more than three of a kind are one."""
    found = list(clocks)
    counted = _span(found, today)
    tasks = [_task(clock, today, counted) for clock in found]
    return _together(tasks)


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


def _span(clocks: list[Clock], today: date) -> WorkingDays:
    dates = [clock.due_on for clock in clocks if clock.due_on] + [today]
    return WorkingDays(min(dates), max(dates))


def _task(clock: Clock, today: date, counted: WorkingDays) -> Task:
    return Task(
        title=clock.verb,
        url=clock.url,
        verb=_button(clock),
        subject=" · ".join(part for part in (clock.code, clock.title) if part),
        text=clock.detail,
        due_on=clock.due_on,
        state=clock.state,
        days_left=days_left(clock.due_on, today, counted),
        started_on=clock.started_on,
        length=clock.rule.amount,
        rule=clock.rule.code,
        ref=str(clock.ref),
        is_serious=clock.is_serious,
        meta=[f"Giao ngày {vn_date(clock.held_since)}"],
    )


def _button(clock: Clock) -> str:
    """The button is named after the act: the first words of the task, up to its object."""
    return BUTTONS.get(clock.rule.code, "Mở hồ sơ")


def _together(tasks: list[Task]) -> list[Task]:
    by_rule = defaultdict(list)
    for task in tasks:
        by_rule[task.rule].append(task)
    many = {rule for rule, rows in by_rule.items() if rule in TOGETHER and len(rows) > MANY}
    shown: list[Task] = []
    for rule, rows in groupby(tasks, key=lambda task: task.rule):
        if rule not in many:
            shown.extend(rows)
        elif not any(task.rule == rule for task in shown):
            shown.append(_one_row(rule, by_rule[rule]))
    return shown


def _one_row(rule: str, tasks: list[Task]) -> Task:
    title, route, verb = TOGETHER[rule]
    first = tasks[0]
    return Task(
        title=title.format(n=len(tasks)),
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
    )


BUTTONS = {
    "INTAKE": "Tiếp nhận",
    "COLLECTIVE_MEETING": "Ra quyết định",
    "HIGHER_REVIEW": "Ra quyết định",
    "ANSWER_REVIEW": "Xem phản hồi",
    "SUPPLEMENT": "Bổ sung hồ sơ",
    "REFUSAL_ANSWER": "Phản hồi",
    "OPINION": "Cho ý kiến",
    "CONFIRM_COAUTHOR": "Xác nhận",
    "SECOND_PERSON": "Xác nhận",
    "PILOT_START": "Lập kế hoạch",
    "PROGRESS_REPORT": "Lập báo cáo",
    "REPORT_ACCEPTANCE": "Xem báo cáo",
    "MILESTONE": "Cập nhật",
    "INCIDENT_CONFIRM": "Xác nhận",
    "INCIDENT_FIX": "Khắc phục",
    "HELP_ANSWER": "Trả lời",
    "FINDING_FIX": "Khắc phục",
    "FINDING_CONFIRM": "Xác nhận",
    "ADJUSTMENT_DECISION": "Ra quyết định",
    "RESULT_REPORT": "Lập báo cáo",
    "EVALUATION_MEETING": "Đánh giá",
    "EVALUATION_NOTICE": "Ra thông báo",
    "LIABILITY_OPEN": "Lập hồ sơ",
    "LIABILITY_STATEMENT": "Nêu ý kiến",
    "LIABILITY_DECISION": "Ghi kết luận",
    "COMMENDATION_REVIEW": "Thẩm định",
    "COMMENDATION_DECISION": "Ra quyết định",
}
