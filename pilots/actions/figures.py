"""Values of indicators and the days of milestones: added and corrected, never erased."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.models import StoredFile
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.templatetags.portal import vn_date, vn_quantity
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked_row,
    note,
    permit,
    raise_conflict,
)
from pilots.actions.planning import refresh_progress
from pilots.models import Indicator, IndicatorEntry, Milestone, Pilot

DAY_TAKEN = "Đã có số liệu đến ngày này. Sửa số liệu đã nhập thay vì nhập thêm."
IN_FUTURE = "Ngày của số liệu không sau hôm nay."
BEFORE_START = "Ngày của số liệu không trước ngày bắt đầu."
DROPPED = "Chỉ tiêu này đã bỏ từ bản {} của kế hoạch."
SAME_VALUE = "Số liệu mới giống số liệu đã nhập."


@dataclass(frozen=True)
class Value:
    """What somebody measured, and the file that proves it."""

    value: Decimal
    as_of: date
    note: str = ""
    evidence: StoredFile | None = None


@deed()
def enter_value(indicator_id: int, measured: Value, *, by: User) -> IndicatorEntry:
    """Add a value. Raises Conflict, PermissionDenied, Incomplete."""
    indicator = locked_row(Indicator, indicator_id)
    pilot = indicator.pilot
    permit(pilot, "enter_value", by)
    _need_in_plan(indicator)
    _check_day(pilot, measured.as_of)
    if indicator.entries.filter(as_of=measured.as_of, is_current=True).exists():
        raise Incomplete([DAY_TAKEN])
    return _write(indicator, measured, by, action="indicator.enter")


@deed()
def correct_value(entry_id: int, measured: Value, *, by: User) -> IndicatorEntry:
    """Put a value in the place of one that was wrong; the old one stays readable.

    Raises Conflict where it was corrected meanwhile, PermissionDenied, Incomplete.
    """
    indicator_id = IndicatorEntry.objects.values_list("indicator_id", flat=True).get(pk=entry_id)
    indicator = locked_row(Indicator, indicator_id)
    pilot = indicator.pilot
    permit(pilot, "enter_value", by)
    old = indicator.entries.select_for_update(of=("self",)).get(pk=entry_id)
    if not old.is_current:
        raise_conflict(pilot)
    _need_in_plan(indicator)
    _check_day(pilot, measured.as_of)
    if (old.value, old.as_of) == (measured.value, measured.as_of):
        raise Incomplete([SAME_VALUE])
    taken = indicator.entries.filter(as_of=measured.as_of, is_current=True).exclude(pk=old.pk)
    if taken.exists():
        raise Incomplete([DAY_TAKEN])
    old.is_current = False
    old.save(update_fields=["is_current"])
    return _write(indicator, measured, by, action="indicator.correct", supersedes=old)


@deed()
def finish_milestone(
    milestone_id: int,
    *,
    by: User,
    done_on: date,
    text: str = "",
    evidence: StoredFile | None = None,
) -> Milestone:
    """Say on which day a milestone was reached. Raises Conflict, PermissionDenied, Incomplete."""
    milestone = locked_row(Milestone, milestone_id)
    pilot = milestone.pilot
    permit(pilot, "finish_milestone", by)
    if milestone.done_on or milestone.dropped_in:
        raise_conflict(pilot)
    _check_day(pilot, done_on)
    milestone.done_on, milestone.done_by = done_on, by
    milestone.note, milestone.evidence = text, evidence
    milestone.save()
    holding.stop(milestone.clock, "done")
    content = keep_text(
        pilot,
        "milestone",
        name=milestone.name,
        due_on=milestone.due_on,
        done_on=done_on,
        text=text,
        quote=milestone.name,
    )
    cited = _cited(evidence)
    note(pilot, "milestone.finish", by=by, content=content, milestone=milestone.ref, **cited)
    holding.show(pilot)
    return milestone


def _write(
    indicator: Indicator,
    measured: Value,
    by: User,
    *,
    action: str,
    supersedes: IndicatorEntry | None = None,
) -> IndicatorEntry:
    pilot = indicator.pilot
    content = keep_text(
        pilot,
        "indicator_value",
        indicator=indicator.ref,
        name=indicator.name,
        unit=indicator.unit,
        value=measured.value,
        as_of=measured.as_of,
        note=measured.note,
        replaces=supersedes.value if supersedes else None,
        quote=f"{indicator.name}: {vn_quantity(measured.value, indicator.unit)}, "
        f"số liệu đến {vn_date(measured.as_of)}.",
    )
    entry = IndicatorEntry.objects.create(
        indicator=indicator,
        value=measured.value,
        as_of=measured.as_of,
        note=measured.note,
        evidence=measured.evidence,
        entered_by=by,
        supersedes=supersedes,
        content=content,
    )
    _repeat_newest(indicator)
    refresh_progress(pilot)
    cited = _cited(measured.evidence)
    note(pilot, action, by=by, content=content, indicator=indicator.ref, **cited)
    return entry


def _repeat_newest(indicator: Indicator) -> None:
    """Show the newest value in force on the indicator itself."""
    newest = indicator.entries.filter(is_current=True).order_by("-as_of", "-pk").first()
    indicator.current = newest.value if newest else None
    indicator.current_on = newest.as_of if newest else None
    indicator.save(update_fields=["current", "current_on"])


def _need_in_plan(indicator: Indicator) -> None:
    if indicator.dropped_in:
        raise Incomplete([DROPPED.format(indicator.dropped_in)])


def _check_day(pilot: Pilot, day: date) -> None:
    if day > today():
        raise Incomplete([IN_FUTURE])
    if pilot.starts_on and day < pilot.starts_on:
        raise Incomplete([BEFORE_START])


def _cited(evidence: StoredFile | None) -> dict[str, str]:
    """The digest of a file, for the journal."""
    return {"file_sha256": evidence.sha256} if evidence else {}
