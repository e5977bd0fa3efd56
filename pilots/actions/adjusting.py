"""Adjustments: asked for by the leader, decided by the head, kept as a version of the plan."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from pilots import papers, people
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked,
    move,
    position_of,
    raise_conflict,
    tell,
)
from pilots.actions.planning import IndicatorLine, MilestoneLine, freeze, lies_in_direction
from pilots.actions.replanning import replan
from pilots.models import (
    AddedIndicator,
    AddedMilestone,
    AdjustedDay,
    AdjustedTarget,
    Adjustment,
    Pilot,
)
from pilots.stages import AdjustmentState

T = TypeVar("T")
NOTHING = "Nhập ít nhất một nội dung cần điều chỉnh."
NO_REASON = "Nêu lý do điều chỉnh."
NO_ANSWER = "Nêu lý do giữ kế hoạch cũ."
EARLIER_THAN_NOW = "Thời hạn mới phải sau hôm nay."
WRONG_WAY = "Mục tiêu của “{}” chưa đúng chiều so với số ban đầu."
IN_THE_PAST = "Thời hạn mới của mốc “{}” phải từ hôm nay trở đi."
AFTER_THE_END = "Mốc “{}” có thời hạn sau ngày kết thúc."
NO_INDICATOR = "Giữ ít nhất một chỉ tiêu."
NO_MILESTONE = "Giữ ít nhất một mốc công việc."


@dataclass(frozen=True)
class Change:
    """What is to change; what is left empty stays. Rows are named by their ids."""

    reason: str
    ends_on: date | None = None
    scope: str = ""
    budget: int | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    dropped_indicators: Collection[int] = ()
    added_indicators: Sequence[IndicatorLine] = ()
    days: Mapping[int, date] = field(default_factory=dict)
    dropped_milestones: Collection[int] = ()
    added_milestones: Sequence[MilestoneLine] = ()

    @property
    def says_nothing(self) -> bool:
        said = (self.ends_on, self.scope, self.targets, self.dropped_indicators)
        rows = (self.added_indicators, self.days, self.dropped_milestones, self.added_milestones)
        return self.budget is None and not any((*said, *rows))


@deed()
def ask_adjustment(
    pilot_id: int, change: Change, *, by: User, version: int | None = None
) -> Adjustment:
    """Ask for a change of the plan: the pilot waits for the head.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id, version=version)
    change = _really_changing(pilot, change)
    _check(pilot, change)
    adjustment = Adjustment.objects.create(
        pilot=pilot,
        number=pilot.adjustments.count() + 1,
        reason=change.reason,
        new_ends_on=change.ends_on,
        new_scope=change.scope,
        new_budget=change.budget,
        before=pilot.plan_versions.order_by("-number")[0],
        requested_by=by,
    )
    _write_rows(adjustment, change)
    adjustment.content = keep_text(
        pilot,
        "adjustment",
        number=adjustment.number,
        changes=papers.changes_in_words(adjustment),
        quote=change.reason,
    )
    entry = move(
        pilot, "ask_adjustment", by=by, content=adjustment.content, number=adjustment.number
    )
    adjustment.clock = holding.give_to_head(
        pilot,
        "ADJUSTMENT_DECISION",
        verb=pilot.worded("Duyệt điều chỉnh thí điểm"),
        url=_url(adjustment),
        detail=change.reason,
    )
    adjustment.save()
    holding.show(pilot)
    tell(
        pilot,
        entry,
        people.heads(pilot),
        event="adjustment-asked",
        subject=pilot.worded("Chờ duyệt điều chỉnh thí điểm"),
        text=change.reason,
        url=_url(adjustment),
    )
    return adjustment


@deed()
def decide_adjustment(
    adjustment_id: int,
    *,
    by: User,
    is_approved: bool,
    answer: str = "",
    version: int | None = None,
) -> Adjustment:
    """Approve: the plan changes and is frozen as its next version. Refuse: the old plan goes on.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot_id = Adjustment.objects.values_list("pilot_id", flat=True).get(pk=adjustment_id)
    pilot = locked(pilot_id, version=version)
    adjustment = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment_id)
    adjustment.pilot = pilot
    if adjustment.state != AdjustmentState.WAITING:
        raise_conflict(pilot)
    if adjustment.requested_by_id == by.pk:
        raise PermissionDenied
    if not is_approved and not answer.strip():
        raise Incomplete([NO_ANSWER])
    content = keep_text(
        pilot, "adjustment_decision", number=adjustment.number, is_approved=is_approved,
        quote=answer,
    )  # fmt: skip
    contents = [content]
    if is_approved:
        replan(adjustment)
        adjustment.after = freeze(pilot, by=by)
        contents.append(adjustment.after.content)
    entry = move(
        pilot, "adjust" if is_approved else "keep_plan", by=by, content=contents,
        number=adjustment.number,
    )  # fmt: skip
    _close(adjustment, by, answer, is_approved=is_approved)
    holding.show(pilot)
    label = AdjustmentState(adjustment.state).label
    tell(
        pilot,
        entry,
        people.team(pilot),
        event="adjustment-decided",
        subject=f"Kết quả duyệt điều chỉnh: {label.lower()}",
        text=answer or f"{by.display}: {label.lower()}.",
        url=_url(adjustment),
    )
    return adjustment


def _close(adjustment: Adjustment, by: User, answer: str, *, is_approved: bool) -> None:
    adjustment.state = AdjustmentState.APPROVED if is_approved else AdjustmentState.REFUSED
    adjustment.decided_by, adjustment.decided_at = by, timezone.now()
    adjustment.decided_by_position, adjustment.answer = position_of(by), answer
    holding.stop(adjustment.clock, adjustment.state)
    if is_approved:
        adjustment.document = compose(
            PaperKind.DECISION,
            stream=adjustment.pilot.stream,
            facts=papers.adjustment_decision(adjustment),
            by=by,
            unit=adjustment.pilot.deciding_unit,
        )
    adjustment.save()


def _write_rows(adjustment: Adjustment, change: Change) -> None:
    """What is asked of each indicator and milestone; None drops it."""
    targets = dict.fromkeys(change.dropped_indicators) | dict(change.targets)
    AdjustedTarget.objects.bulk_create(
        AdjustedTarget(adjustment=adjustment, indicator_id=pk, target=target)
        for pk, target in targets.items()
    )
    days = dict.fromkeys(change.dropped_milestones) | dict(change.days)
    AdjustedDay.objects.bulk_create(
        AdjustedDay(adjustment=adjustment, milestone_id=pk, due_on=day) for pk, day in days.items()
    )
    for measure in change.added_indicators:
        AddedIndicator.objects.create(adjustment=adjustment, **measure.facts)
    for line in change.added_milestones:
        AddedMilestone.objects.create(adjustment=adjustment, name=line.name, due_on=line.due_on)


def _really_changing(pilot: Pilot, change: Change) -> Change:
    """Without what says the same as the plan does, or speaks of what is not in it."""
    targets = {row.pk: row.target for row in pilot.indicators.in_plan()}
    days = {row.pk: row.due_on for row in pilot.milestones.in_plan().filter(done_on=None)}
    lost, late = set(change.dropped_indicators), set(change.dropped_milestones)
    return replace(
        change,
        reason=change.reason.strip(),
        ends_on=change.ends_on if change.ends_on != pilot.ends_on else None,
        scope=change.scope if change.scope != pilot.scope else "",
        budget=change.budget if change.budget != pilot.budget else None,
        targets=_moved(change.targets, targets, lost),
        dropped_indicators=sorted(lost & set(targets)),
        days=_moved(change.days, days, late),
        dropped_milestones=sorted(late & set(days)),
    )


def _moved(wanted: Mapping[int, T], held: Mapping[int, T], dropped: set[int]) -> dict[int, T]:
    kept = {pk: new for pk, new in wanted.items() if pk in held and pk not in dropped}
    return {pk: new for pk, new in kept.items() if held[pk] != new}


def _check(pilot: Pilot, change: Change) -> None:
    lacking = [NOTHING] * change.says_nothing + [NO_REASON] * (not change.reason)
    if change.ends_on and change.ends_on < today() + timedelta(days=1):
        lacking.append(EARLIER_THAN_NOW)
    else:
        lacking += _wrong_milestones(pilot, change)
    lacking += _wrong_indicators(pilot, change)
    if lacking:
        raise Incomplete(lacking)


def _wrong_indicators(pilot: Pilot, change: Change) -> list[str]:
    rows = list(pilot.indicators.in_plan())
    kept = [row for row in rows if row.pk not in change.dropped_indicators]
    moved = [(row.name, row, change.targets[row.pk]) for row in kept if row.pk in change.targets]
    added = [(line.name, line, line.target) for line in change.added_indicators]
    found = [
        WRONG_WAY.format(name)
        for name, row, target in [*moved, *added]
        if not lies_in_direction(row.direction, row.baseline, target)
    ]
    return found if kept or added else [*found, NO_INDICATOR]


def _wrong_milestones(pilot: Pilot, change: Change) -> list[str]:
    rows = list(pilot.milestones.in_plan())
    kept = [row for row in rows if row.pk not in change.dropped_milestones]
    added = [(line.name, line.due_on) for line in change.added_milestones]
    moved = [(row.name, change.days[row.pk]) for row in kept if row.pk in change.days]
    days = [(row.name, change.days.get(row.pk, row.due_on)) for row in kept if not row.done_on]
    end = change.ends_on or pilot.ends_on
    found = [IN_THE_PAST.format(name) for name, day in [*moved, *added] if day < today()]
    found += [AFTER_THE_END.format(name) for name, day in [*days, *added] if end and day > end]
    return found if kept or added else [*found, NO_MILESTONE]


def _url(adjustment: Adjustment) -> str:
    return reverse("pilots:adjustment", args=[adjustment.pilot.proposal.ref, adjustment.number])
