"""The working calendar: one list a year; each change is shown with what it moves, then saved."""

from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, roles
from organisation.actions.calendar import effects, gone, is_locked, remove_day, set_day
from organisation.days import today
from organisation.fields import WordedForm
from organisation.forms.calendar import CalendarDayForm, RemoveDayForm
from organisation.models import CalendarDay
from organisation.stages import Role
from organisation.views.deeds import done


class YearForm(WordedForm):
    nam = forms.IntegerField(min_value=2000, max_value=2100)


@roles(Role.ADMIN)
@require_safe
def calendar(request: SignedInRequest) -> HttpResponseBase:
    """The days of one year that differ from their weekday."""
    asked = YearForm(request.GET)
    year = asked.cleaned_data["nam"] if asked.is_valid() else today().year
    rows = list(CalendarDay.objects.filter(day__year=year).order_by("day"))
    held = {day.year for day in CalendarDay.objects.dates("day", "year")}
    page = {
        "year": year,
        "years": sorted(held | {year}),
        "rows": rows,
        "locked": is_locked(year),
        "unconfirmed": any(not row.is_confirmed for row in rows),
    }
    return render(request, "organisation/calendar.html", page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def add_day(request: SignedInRequest) -> HttpResponseBase:
    return _edit(request, None)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def edit_day(request: SignedInRequest, day: date) -> HttpResponseBase:
    return _edit(request, _row(request, day))


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def delete_day(request: SignedInRequest, day: date) -> HttpResponseBase:
    """Ask, saying what moves; by POST, make the day an ordinary one again."""
    row = _row(request, day)
    form = RemoveDayForm(request.POST or None, version=row.version)
    page = {"form": form, "row": row, "effects": effects({day: None})}

    def remove() -> str:
        remove_day(row, by=request.user, seen=form.seen)
        return _list_of(day)

    answer = done(request, form, remove, said=f"Đã xóa ngày {day:%d/%m/%Y} khỏi lịch.")
    return answer or render(request, "organisation/calendar_delete.html", page)


def _edit(request: SignedInRequest, row: CalendarDay | None) -> HttpResponseBase:
    """Ask for the day, show what moves, then save: two POSTs of one form."""
    version = row.version if row else None
    form = CalendarDayForm(request.POST or None, version=version, initial=_initial(row))
    if request.method == "POST" and form.is_valid() and "confirmed" not in request.POST:
        left: dict[date, CalendarDay | None] = {row.day: None} if row else {}
        moves = effects(left | {form.row().day: form.row()})
        page = {"form": form, "row": row, "effects": moves}
        return render(request, "organisation/calendar_confirm.html", page)

    def save() -> str:
        saved = set_day(row, by=request.user, seen=form.seen, **form.said())
        return _list_of(saved.day)

    answer = done(request, form, save, said="Đã lưu thay đổi.")
    return answer or render(request, "organisation/calendar_day.html", {"form": form, "row": row})


def _row(request: SignedInRequest, day: date) -> CalendarDay:
    """The day of the calendar; a form that was sent about one taken out meanwhile is kept (409).

    A year that is over is read in the list alone; a form from before is told so by its action.
    """
    if request.method != "POST" and is_locked(day.year):
        raise PermissionDenied
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        is_sent = request.method == "POST"
        raise gone(day, CalendarDayForm(request.POST)) if is_sent else Http404
    return row


def _initial(row: CalendarDay | None) -> dict[str, object]:
    names = ("day", "kind", "name", "basis_document", "is_confirmed")
    return {name: getattr(row, name) for name in names} if row else {"is_confirmed": True}


def _list_of(day: date) -> str:
    return f"{resolve_url('organisation:calendar')}?nam={day.year}"
