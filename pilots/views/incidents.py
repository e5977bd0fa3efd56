"""Incidents."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case
from organisation.templatetags.portal import vn_date, vn_time
from pilots import board, people, rules
from pilots.actions import incidents
from pilots.actions.base import raise_conflict
from pilots.forms.following import IncidentForm, MeasuresForm
from pilots.models import Incident
from pilots.stages import IncidentLevel, IncidentState
from pilots.views.base import (
    allow,
    done,
    download,
    fetch,
    form_page,
    open_clock,
    page,
    stored,
    url_of,
)

OPEN_TO_TEAM = (IncidentState.NEW, IncidentState.FIXING)


@require_safe
@case("pilot")
def index(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    rows = pilot.incidents.select_related("reported_by").order_by("-happened_at", "-pk")
    return page(
        request,
        pilot,
        "incidents",
        "pilots/incidents.html",
        rows=[{"incident": row, "badge": board.incident_badge(row)} for row in rows],
        may_report=rules.may("report_incident")(pilot, request.user),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def create(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Tell of an incident: four fields, the rest later."""
    pilot = fetch(request, ref)
    allow(request, pilot, "report_incident")
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = done(
            request,
            form,
            lambda: incidents.report_incident(pilot.pk, form.told(), by=request.user),
            lambda incident: url_of("incident", pilot, incident.ref),
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title="Báo sự cố",
        text="Báo sớm giúp bảo vệ người thực hiện. Diễn biến, nguyên nhân viết sau.",
        verb="Báo sự cố",
        back=url_of("incidents", pilot),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def incident(request: SignedInRequest, ref: UUID, incident_ref: UUID) -> HttpResponse:
    """One incident; the team writes measures and causes here."""
    pilot = fetch(request, ref)
    found = pilot.incidents.select_related(
        "reported_by", "fixed_by", "confirmed_by", "evidence", "clock__rule"
    )
    row = get_object_or_404(found, ref=incident_ref)
    deeds = rules.actions_of(pilot, request.user)
    form = None
    if row.state in OPEN_TO_TEAM and "measure_incident" in deeds:
        form = MeasuresForm(request.POST or None, request.FILES or None, incident=row)
    if request.method == "POST":
        allow(request, pilot, "measure_incident")
        answer = _saved(request, pilot, row, form)
        if answer:
            return answer
    judges = "confirm_incident" in deeds
    return page(
        request,
        pilot,
        "incidents",
        "pilots/incident.html",
        incident=row,
        incident_badge=board.incident_badge(row),
        form=form,
        told=_told_line(pilot, row),
        asked_clock=open_clock(row.clock),
        may_take_up=judges and row.state == IncidentState.NEW,
        may_judge=judges
        and row.state == IncidentState.AWAITING
        and row.fixed_by_id != request.user.pk,
    )


@require_safe
@case("pilot")
def evidence(request: SignedInRequest, ref: UUID, incident_ref: UUID) -> FileResponse:
    pilot = fetch(request, ref)
    return download(request, get_object_or_404(pilot.incidents, ref=incident_ref).evidence)


def _saved(
    request: SignedInRequest, pilot, row: Incident, form: MeasuresForm | None
) -> HttpResponse | None:
    if form is None:
        raise_conflict(pilot)
    if not form.is_valid():
        return None
    file = stored(request, pilot, form)
    if not form.is_valid():
        return None
    is_fixed = "fixed" in request.POST
    return done(
        request,
        form,
        lambda: incidents.write_measures(
            row.pk,
            form.said(file),
            by=request.user,
            is_fixed=is_fixed,
            version=form.cleaned_data["version"],
        ),
        url_of("incident", pilot, row.ref),
        said="Đã báo khắc phục xong. Chờ người đứng đầu xác nhận." if is_fixed else "Đã lưu.",
    )


def _told_line(pilot, row: Incident) -> str:
    """Who was told, and when: "… đã được thông báo lúc 14:10, 20/11/2026."."""
    names = people.titles(people.heads(pilot)) or f"Người đứng đầu {pilot.deciding_unit_name}"
    if row.level == IncidentLevel.SERIOUS:
        names = f"{names} và Sở Nội vụ"
    at = f"{vn_time(row.reported_at)}, {vn_date(timezone.localdate(row.reported_at))}"
    return f"Đã báo sự cố {row.code}. {names} đã được thông báo lúc {at}."
