"""What Sở Nội vụ follows: the periods with what was received, and the regimes behind them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, roles
from organisation.days import today
from organisation.lists import pages_shown
from organisation.stages import Role, UnitKind
from reporting.periods import rules
from reporting.periods.actions import asking
from reporting.periods.forms import AskForm, RegimeForm
from reporting.periods.models import ReportingPeriod, ReportingRegime, with_counts
from reporting.periods.rights import FOLLOWING
from reporting.periods.tabs import tabs
from reporting.periods.views.base import GET_AND_POST, done, form_page
from reporting.periods.views.reports import with_clocks

PAGE = 50


@roles(*FOLLOWING)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Every period, the newest first, with how many agencies sent what they owe."""
    rows = with_counts(ReportingPeriod.objects.order_by("-pk"))
    last = request.GET.get("truoc", "")
    if last.isascii() and last.isdigit() and len(last) < 19:
        rows = rows.filter(pk__lt=int(last))
    size = PAGE * pages_shown(request.GET)
    found = list(rows[: size + 1])
    context = {
        "rows": found[:size],
        "tabs": tabs(request.user, "reporting:report_periods"),
        "more_url": f"?truoc={found[size - 1].pk}" if len(found) > size else "",
        "may_ask": rules.is_officer(request.user),
    }
    return render(request, "reporting/periods/periods.html", context)


@roles(*FOLLOWING)
@require_safe
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """One period: who sent, who did not, since when; and the summary of it."""
    periods = with_counts(ReportingPeriod.objects.select_related("receiver", "asked_by"))
    period = get_object_or_404(periods, ref=ref)
    rows = period.reports.with_clocks().order_by("agency__order_number", "pk")
    rows = with_clocks(list(rows))
    context = {
        "period": period,
        "rows": [row for row in rows if not row.is_summary],
        "summary": next((row for row in rows if row.is_summary), None),
        "may_collect": rules.is_officer(request.user),
        "kinds": [UnitKind(kind).label for kind in period.owed_by],
    }
    return render(request, "reporting/periods/period.html", context)


@roles(Role.HOME_AFFAIRS_OFFICER)
@require_http_methods(GET_AND_POST)
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for a thematic or ad hoc report."""
    form = AskForm(request.POST or None)

    def do() -> str:
        said = {name: form.cleaned_data[name] for name in asking.Asked.__dataclass_fields__}
        period = asking.ask(asking.Asked(**said), by=request.user)
        messages.success(request, f"Đã yêu cầu báo cáo: {period.label}.")
        return period.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (led := done(request, form, do)):
        return led
    return form_page(request, "reporting/periods/ask.html", form)


@roles(*FOLLOWING)
@require_safe
def regimes(request: SignedInRequest) -> HttpResponse:
    """The regimes of today and of later days, with their days and who owes."""
    rows = ReportingRegime.objects.order_by("code", "valid_from")
    shown = [row for row in rows if row.valid_to is None or row.valid_to > today()]
    context = {
        "rows": [(row, [UnitKind(kind).label for kind in row.owed_by]) for row in shown],
        "tabs": tabs(request.user, "reporting:report_regimes"),
        "may_change": rules.sets_regimes(request.user),
        "today": today(),
    }
    return render(request, "reporting/periods/regimes.html", context)


@roles(Role.HOME_AFFAIRS_LEAD)
@require_http_methods(GET_AND_POST)
def change_regime(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """A regime as it is to be from a day on."""
    regime = ReportingRegime.objects.filter(ref=ref).first()
    if regime is None:
        raise Http404
    form = RegimeForm(request.POST or None, regime=regime, version=regime.pk)

    def do() -> str:
        said: dict[str, Any] = {
            name: form.cleaned_data[name]
            for name in asking.Terms.__dataclass_fields__
            if name != "months"
        }
        terms = asking.Terms(months=form.months_chosen, **said)
        seen = form.cleaned_data["version"] or 0
        asking.change_regime(regime.code, terms, by=request.user, seen=seen)
        messages.success(request, f"Đã sửa chế độ: {regime.name}.")
        return reverse("reporting:report_regimes")

    if request.method == "POST" and form.is_valid() and (led := done(request, form, do)):
        return led
    return form_page(request, "reporting/periods/regime.html", form, regime=regime)
