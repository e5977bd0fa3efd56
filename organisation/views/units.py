"""Agencies: the tree, and each with its versions, people, successions and codes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, roles
from organisation.actions import units as actions
from organisation.days import today
from organisation.fields import OnceForm
from organisation.forms import units as forms
from organisation.models import Appointment, OrgSuccession, OrgUnit, OrgUnitVersion
from organisation.stages import Role
from organisation.tables.units import UnitFilter, unit_rows
from organisation.views.deeds import done

VERSION_FIELDS = (
    *("name", "short_name", "abbrev", "kind"),
    *("parent", "place_name", "locality", "basis_document"),
)


@roles(Role.ADMIN)
@require_safe
def units(request: SignedInRequest) -> HttpResponseBase:
    """All agencies of today, with head, focal point and clerk."""
    form = UnitFilter(request.GET)
    search = form.cleaned_data["q"] if form.is_valid() else ""
    page = {"rows": unit_rows(today(), search=search), "search": search, "form": form}
    return render(request, "organisation/units.html", page)


@roles(Role.ADMIN)
@require_safe
def unit(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """One agency: what it is and was called, who is appointed, who follows whom."""
    found = get_object_or_404(OrgUnit, ref=ref)
    held = Appointment.objects.valid_on(today()).filter(unit=found)
    page = {
        "unit": found,
        "version": _latest(found),
        "versions": found.versions.select_related("unit").order_by("-valid_from", "-pk"),
        "posts": held.select_related("person", "position").order_by("position__rank", "pk"),
        "successors": _successions(from_unit=found),
        "predecessors": _successions(to_unit=found),
        "codes": found.codes.order_by("scheme", "-valid_from", "pk"),
        "today": today(),
    }
    return render(request, "organisation/unit.html", page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponseBase:
    """Add an agency with its first version."""
    form = forms.NewUnitForm(request.POST or None)

    def add() -> str:
        return _page_of(actions.create_unit(by=request.user, **form.said()))

    return _ask(request, form, add, title="Thêm cơ quan", unit=None)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Give the agency another name or place from a day on; the past keeps the old one."""
    found = get_object_or_404(OrgUnit, ref=ref)
    form = forms.ChangeUnitForm(
        request.POST or None, version=found.version, unit=found, initial=_facts(found)
    )

    def save() -> str:
        actions.change_unit(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found)

    return _ask(request, form, save, title="Thay đổi cơ quan từ một ngày", unit=found)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Mend a slip in the latest version."""
    found = get_object_or_404(OrgUnit, ref=ref)
    form = forms.UnitForm(
        request.POST or None, version=found.version, unit=found, initial=_facts(found)
    )

    def save() -> str:
        actions.correct_unit(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found)

    return _ask(request, form, save, title="Sửa thông tin cơ quan", unit=found)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def order(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Set the agency's official place in lists."""
    found = get_object_or_404(OrgUnit, ref=ref)
    form = forms.OrderForm(
        request.POST or None,
        version=found.version,
        initial={"order_number": found.order_number},
    )

    def save() -> str:
        actions.set_order(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found)

    return _ask(request, form, save, title="Số thứ tự", unit=found)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """End the agency's life on a day; its past stays."""
    found = get_object_or_404(OrgUnit, ref=ref)
    form = forms.CloseUnitForm(request.POST or None, version=found.version)

    def save() -> str:
        actions.close_unit(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found)

    return _ask(request, form, save, title="Chấm dứt hoạt động", unit=found)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def succeed(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Record which agency takes over from this one."""
    found = get_object_or_404(OrgUnit, ref=ref)
    form = forms.SuccessionForm(request.POST or None, version=found.version, unit=found)

    def save() -> str:
        facts = form.said()
        actions.succeed(found, facts.pop("to_unit"), by=request.user, seen=form.seen, **facts)
        return _page_of(found)

    return _ask(request, form, save, title="Ghi cơ quan kế thừa", unit=found)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def code(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Give the agency an identifier; the earlier one of the same scheme ends."""
    found = get_object_or_404(OrgUnit, ref=ref)
    form = forms.CodeForm(request.POST or None, version=found.version)

    def save() -> str:
        actions.give_code(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found)

    return _ask(request, form, save, title="Thêm mã định danh", unit=found)


def _ask(
    request: SignedInRequest,
    form: OnceForm,
    do: Callable[[], str],
    *,
    title: str,
    unit: OrgUnit | None,
) -> HttpResponseBase:
    answer = done(request, form, do, said="Đã lưu thay đổi.")
    page = {"form": form, "title": title, "unit": unit, "version": unit and _latest(unit)}
    return answer or render(request, "organisation/unit_form.html", page)


def _latest(unit: OrgUnit) -> OrgUnitVersion:
    return unit.versions.select_related("unit").order_by("-valid_from", "-pk")[0]


def _facts(unit: OrgUnit) -> dict[str, Any]:
    version = _latest(unit)
    return {name: getattr(version, name) for name in VERSION_FIELDS}


def _successions(**which: OrgUnit) -> list[dict[str, Any]]:
    """Successions with the names that both agencies had last."""
    rows = OrgSuccession.objects.filter(**which).select_related("from_unit", "to_unit")
    return [
        {"row": row, "before": _latest(row.from_unit), "after": _latest(row.to_unit)}
        for row in rows.order_by("effective_on", "pk")
    ]


def _page_of(unit: OrgUnit) -> str:
    return resolve_url("organisation:unit", ref=unit.ref)
