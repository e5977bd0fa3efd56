"""Indicators with their values, and milestones."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import StoredFile
from organisation.access import SignedInRequest, case
from organisation.days import today
from pilots import board, rules
from pilots.actions import figures
from pilots.charts import charts_of
from pilots.forms.following import MilestoneDoneForm, ValueForm
from pilots.models import Indicator, IndicatorEntry, Pilot
from pilots.views.base import allow, done, download, fetch, form_page, page, stored, url_of
from proposals.acts import Act

ENTERED = "Đã cập nhật chỉ tiêu."
ENTER = Act("Cập nhật chỉ tiêu", "#cap-nhat", "pencil-square")  # on phones the form is far below


@require_http_methods(["GET", "POST"])
@case("pilot")
def indicator(request: SignedInRequest, ref: UUID, indicator_ref: UUID) -> HttpResponse:
    """One indicator: its line, its values, who entered them; the team adds a value here."""
    pilot = fetch(request, ref)
    row = get_object_or_404(pilot.indicators, ref=indicator_ref)
    may_enter = row.dropped_in is None and rules.may("enter_value")(pilot, request.user)
    form = ValueForm(request.POST or None, request.FILES or None, initial={"as_of": today()})
    if request.method == "POST":
        allow(request, pilot, "enter_value")
        answer = _entered(request, pilot, row, form)
        if answer:
            return answer
    entries = list(
        row.entries.select_related("entered_by", "evidence", "superseded_by").order_by(
            "-as_of", "-pk"
        )
    )
    current = [entry for entry in reversed(entries) if entry.is_current]
    return page(
        request,
        pilot,
        "pilot",
        "pilots/indicator.html",
        row=board.indicator_row(pilot, row, board.elapsed(pilot, today())),
        charts=charts_of(pilot, row, current),
        entries=entries,
        form=form,
        may_enter=may_enter,
        **({"primary": ENTER} if may_enter else {}),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def correct(request: SignedInRequest, ref: UUID, entry_ref: UUID) -> HttpResponse:
    """Put another value in the place of one that was wrong."""
    pilot = fetch(request, ref)
    allow(request, pilot, "enter_value")
    entry = get_object_or_404(_entries(pilot), ref=entry_ref)
    back = url_of("indicator", pilot, entry.indicator.ref)
    initial = {"value": entry.value, "as_of": entry.as_of, "note": entry.note}
    form = ValueForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        evidence = stored(request, pilot, form)
        answer = form.is_valid() and done(
            request,
            form,
            lambda: figures.correct_value(entry.pk, _value(form, evidence), by=request.user),
            back,
            said=ENTERED,
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title=f"Sửa số liệu: {entry.indicator.name}",
        text="Số liệu cũ vẫn được lưu và đọc được.",
        verb="Lưu thay đổi",
        back=back,
    )


@require_safe
@case("pilot")
def entry_evidence(request: SignedInRequest, ref: UUID, entry_ref: UUID) -> FileResponse:
    pilot = fetch(request, ref)
    return download(request, get_object_or_404(_entries(pilot), ref=entry_ref).evidence)


@require_http_methods(["GET", "POST"])
@case("pilot")
def milestone(request: SignedInRequest, ref: UUID, milestone_ref: UUID) -> HttpResponse:
    """Say that a milestone was reached."""
    pilot = fetch(request, ref)
    allow(request, pilot, "finish_milestone")
    row = get_object_or_404(pilot.milestones.in_plan().filter(done_on=None), ref=milestone_ref)
    form = MilestoneDoneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        evidence, said = stored(request, pilot, form), form.cleaned_data
        answer = form.is_valid() and done(
            request,
            form,
            lambda: figures.finish_milestone(
                row.pk,
                by=request.user,
                done_on=said["done_on"],
                text=said["note"],
                evidence=evidence,
            ),
            url_of("detail", pilot),
            said=f"Đã hoàn thành mốc: {row.name}.",
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title=f"Hoàn thành mốc: {row.name}",
        verb="Ghi nhận hoàn thành",
        back=url_of("detail", pilot),
    )


@require_safe
@case("pilot")
def milestone_evidence(request: SignedInRequest, ref: UUID, milestone_ref: UUID) -> FileResponse:
    pilot = fetch(request, ref)
    return download(request, get_object_or_404(pilot.milestones, ref=milestone_ref).evidence)


def _entered(
    request: SignedInRequest, pilot: Pilot, row: Indicator, form: ValueForm
) -> HttpResponse | None:
    if not form.is_valid():
        return None
    evidence = stored(request, pilot, form)
    if not form.is_valid():
        return None
    return done(
        request,
        form,
        lambda: figures.enter_value(row.pk, _value(form, evidence), by=request.user),
        url_of("indicator", pilot, row.ref),
        said=ENTERED,
    )


def _entries(pilot: Pilot) -> QuerySet[IndicatorEntry]:
    return IndicatorEntry.objects.filter(indicator__pilot=pilot).select_related(
        "indicator", "evidence"
    )


def _value(form: ValueForm, evidence: StoredFile | None) -> figures.Value:
    said = form.cleaned_data
    return figures.Value(said["value"], said["as_of"], said["note"], evidence)
