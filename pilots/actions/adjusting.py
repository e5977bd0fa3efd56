"""Adjustments: asked for by the leader, decided by the head, kept as a version of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.actions import compose
from documents.stages import PaperKind
from organisation.days import add_working_days, today
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
from pilots.actions.planning import freeze, refresh_progress
from pilots.actions.starting import REPORT_WITHIN, open_reports, periods_of
from pilots.models import AdjustedTarget, Adjustment, Pilot, ProgressReport
from pilots.stages import AdjustmentState, Direction, ReportState

NOTHING = "Nhập ít nhất một nội dung cần điều chỉnh."
NO_REASON = "Nêu lý do điều chỉnh."
NO_ANSWER = "Nêu lý do giữ kế hoạch cũ."
EARLIER_THAN_NOW = "Thời hạn mới phải sau hôm nay."


@dataclass(frozen=True)
class Change:
    """What is to change; what is left empty stays."""

    reason: str
    ends_on: date | None = None
    scope: str = ""
    budget: int | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)  # by id of the indicator


@transaction.atomic
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
    AdjustedTarget.objects.bulk_create(
        AdjustedTarget(adjustment=adjustment, indicator_id=pk, target=target)
        for pk, target in change.targets.items()
    )
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


@transaction.atomic
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
        _apply(adjustment)
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


def _apply(adjustment: Adjustment) -> None:
    """Write the new plan on the pilot; what was measured stays, what is due is planned anew."""
    pilot = adjustment.pilot
    pilot.scope = adjustment.new_scope or pilot.scope
    if adjustment.new_budget is not None:
        pilot.budget = adjustment.new_budget
    for row in adjustment.targets.select_related("indicator"):
        row.indicator.target = row.target
        row.indicator.save(update_fields=["target"])
    if adjustment.new_ends_on:
        pilot.ends_on = adjustment.new_ends_on
        _replan_reports(pilot)
    refresh_progress(pilot)
    pilot.save()


def _replan_reports(pilot: Pilot) -> None:
    """Reports of periods to come follow the new end; those under way or sent stay."""
    pilot.reports.filter(state=ReportState.NOT_STARTED, clock=None).delete()
    held = {report.number: report for report in pilot.reports.all()}
    for number, (first, last) in enumerate(periods_of(pilot), start=1):
        report = held.get(number)
        if report is None:
            due_on = add_working_days(last, REPORT_WITHIN)
            ProgressReport.objects.create(
                pilot=pilot, number=number, period_from=first, period_to=last, due_on=due_on
            )
        elif report.state == ReportState.NOT_STARTED and report.period_to != last:
            _stretch(report, last)
    open_reports(pilot, today())


def _stretch(report: ProgressReport, last: date) -> None:
    """A period that had been cut short at the old end becomes whole, or the other way."""
    holding.stop(report.clock, "replanned")
    report.period_to, report.due_on = last, add_working_days(last, REPORT_WITHIN)
    report.clock = None
    report.save()


def _really_changing(pilot: Pilot, change: Change) -> Change:
    """Without what says the same as the plan does."""
    held = {row.pk: row.target for row in pilot.indicators.all()}
    return Change(
        reason=change.reason.strip(),
        ends_on=change.ends_on if change.ends_on != pilot.ends_on else None,
        scope=change.scope if change.scope != pilot.scope else "",
        budget=change.budget if change.budget != pilot.budget else None,
        targets={pk: new for pk, new in change.targets.items() if pk in held and held[pk] != new},
    )


def _check(pilot: Pilot, change: Change) -> None:
    lacking = []
    changed = (change.ends_on, change.scope, change.targets)
    if not any(changed) and change.budget is None:
        lacking.append(NOTHING)
    if not change.reason:
        lacking.append(NO_REASON)
    if change.ends_on and change.ends_on < today() + timedelta(days=1):
        lacking.append(EARLIER_THAN_NOW)
    for row in pilot.indicators.filter(pk__in=change.targets):
        target = change.targets[row.pk]
        is_up = row.direction == Direction.UP
        if not (target > row.baseline if is_up else target < row.baseline):
            lacking.append(f"Mục tiêu của “{row.name}” chưa đúng chiều so với số ban đầu.")
    if lacking:
        raise Incomplete(lacking)


def _url(adjustment: Adjustment) -> str:
    return reverse("pilots:adjustment", args=[adjustment.pilot.proposal.ref, adjustment.number])
