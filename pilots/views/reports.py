"""Progress reports."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case
from organisation.days import today
from pilots import board, rules
from pilots.actions import reports
from pilots.actions.base import raise_conflict
from pilots.acts import WRITABLE
from pilots.forms.following import ReportForm
from pilots.models import ProgressReport
from pilots.stages import ReportState
from pilots.views.base import allow, done, fetch, page, url_of
from proposals.case import url_or_none


@require_safe
@case("pilot")
def index(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    day = today()
    rows = list(pilot.reports.select_related("sent_by").order_by("number"))
    begun = [row for row in rows if row.period_from <= day]
    return page(
        request,
        pilot,
        "reports",
        "pilots/reports.html",
        rows=[{"report": row, "badge": board.report_badge(row, day)} for row in begun],
        following=next((row for row in rows if row.period_from > day), None),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def report(request: SignedInRequest, ref: UUID, number: int) -> HttpResponse:
    """Write and send the report of a period; once sent it is read here."""
    pilot = fetch(request, ref)
    row = get_object_or_404(pilot.reports.select_related("content", "document"), number=number)
    row.pilot = pilot
    deeds = rules.actions_of(pilot, request.user)
    is_open = row.state in WRITABLE and row.period_from <= today()
    form = None
    if is_open and "write_report" in deeds:
        form = ReportForm(request.POST or None, report=row, is_sent="send" in request.POST)
    if request.method == "POST":
        allow(request, pilot, "write_report")
        answer = _saved(request, pilot, row, form)
        if answer:
            return answer
    return page(
        request,
        pilot,
        "reports",
        "pilots/report.html",
        report=row,
        form=form,
        report_badge=board.report_badge(row, today()),
        figures=board.figures_of(pilot, today()),
        money_words=board.money_words(pilot),
        frozen=row.content.facts if row.content else None,
        paper_url=url_or_none("documents:detail", row.document.ref) if row.document else None,
        may_send="submit_report" in deeds,
        may_answer="accept_report" in deeds
        and row.state == ReportState.SENT
        and row.sent_by_id != request.user.pk,
    )


def _saved(
    request: SignedInRequest, pilot, row: ProgressReport, form: ReportForm | None
) -> HttpResponse | None:
    """Keep the draft, or send it: the button says which."""
    if form is None:
        raise_conflict(pilot)
    if not form.is_valid():
        return None
    is_sent = "send" in request.POST
    act = reports.send_report if is_sent else reports.write_report
    said = f"Đã gửi báo cáo tiến độ kỳ {row.number}." if is_sent else "Đã lưu bản nháp."
    version = form.cleaned_data["version"]
    return done(
        request,
        form,
        lambda: act(row.pk, form.text(), by=request.user, version=version),
        url_of("report", pilot, row.number),
        said=said,
    )
