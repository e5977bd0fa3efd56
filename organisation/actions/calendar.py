"""The working calendar: days with their basis. What counts by it moves in the same transaction."""

from datetime import date

from django.db import transaction
from django.forms import Form

from organisation.actions.refusals import DayTaken, YearLocked
from organisation.days import today
from organisation.hooks import Changes, Effect, calendar_change_effects, calendar_changed
from organisation.models import CalendarDay, User
from organisation.trail import (
    NOT_DONE,
    SETTINGS,
    conflict,
    expect_unchanged,
    keep,
    moment_of,
    record,
    who_did,
)

Before = str | None


def effects(changes: Changes) -> list[Effect]:
    """What would move elsewhere if the days became these rows (None: an ordinary day again)."""
    return [effect for asked in calendar_change_effects for effect in asked(changes)]


def is_locked(year: int) -> bool:
    """Whether the year is over: what was counted by it stays as it was (to-chuc.md §5, §6)."""
    return year < today().year


@transaction.atomic
def set_day(
    row: CalendarDay | None,
    *,
    by: User | None,
    day: date,
    kind: str,
    name: str,
    basis_document: str,
    is_confirmed: bool,
    seen: int | None = None,
) -> CalendarDay:
    """Add a day to the calendar, or change one.

    Raises DayTaken, YearLocked, Conflict when the row was changed after `seen`, or removed.
    """
    _refuse_past({day, row.day} if row else {day})
    row = row and _locked(row, seen)
    others = CalendarDay.objects.select_for_update(of=("self",)).filter(day=day)
    if any(row is None or other.pk != row.pk for other in others):
        raise DayTaken(day)
    moved = {day, row.day} if row else {day}
    before: Before = row.kind if row else None
    if row:
        row.count_change(by)
    row = row or CalendarDay()
    row.day, row.kind, row.name = day, kind, name
    row.basis_document, row.is_confirmed = basis_document, is_confirmed
    row.save()
    _record("calendar.set", row, by=by, before=before)
    _tell(moved)
    return row


@transaction.atomic
def remove_day(row: CalendarDay, *, by: User | None, seen: int | None = None) -> None:
    """Make the day an ordinary one again. Raises YearLocked, Conflict as `set_day` does."""
    _refuse_past({row.day})
    row = _locked(row, seen)
    _record("calendar.remove", row, by=by, before=row.kind)
    day = row.day
    row.delete()
    _tell({day})


def gone(day: date, form: Form | None = None) -> Exception:
    """The Conflict for a form about a day that stands in the calendar no longer."""
    said = {"day": day.isoformat()}
    who, at = who_did("calendar.remove", stream=SETTINGS, said=said)
    did = f"{who or 'Hệ thống'} đã đưa ngày {day:%d/%m/%Y} ra khỏi lịch{moment_of(at)}."
    return conflict(f"{did} {NOT_DONE}", who=who, at=at, form=form)


def _locked(row: CalendarDay, seen: int | None) -> CalendarDay:
    found = CalendarDay.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise gone(row.day)
    expect_unchanged(found, seen)
    return found


def _refuse_past(days: set[date]) -> None:
    for year in sorted({day.year for day in days}):
        if is_locked(year):
            raise YearLocked(year)


def _tell(days: set[date]) -> None:
    for day in sorted(days):
        for moved in calendar_changed:
            moved(day)


def _record(action: str, row: CalendarDay, *, by: User | None, before: Before) -> None:
    facts = {"name": row.name, "basis_document": row.basis_document}
    record(
        action,
        stream=SETTINGS,
        by=by,
        content=keep("calendar_day", SETTINGS, facts),
        day=row.day.isoformat(),
        kind=row.kind,
        was=before,
        is_confirmed=row.is_confirmed,
    )
