"""How the pages of periodic reports are fetched and answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from documents.actions.base import Refused
from documents.signatory import NotLawful
from journal.once import OnceForm, run_once
from organisation.access import SignedInRequest
from reporting.periods.actions.base import ReportRefused
from reporting.periods.models import PeriodicReport

GET_AND_POST = ["GET", "HEAD", "POST"]


def fetch(request: SignedInRequest, ref: UUID) -> PeriodicReport:
    """The report, where this person may see it; else the 404 of no such page."""
    visible = PeriodicReport.objects.visible_to(request.user)
    joined = ("period__receiver", "agency", "figures", "paper__file")
    return get_object_or_404(visible.with_clocks().select_related(*joined), ref=ref)


def done(request: SignedInRequest, form: OnceForm, do: Callable[[], str]) -> HttpResponse | None:
    """Do it once and go where it leads; None, with the reason on the form, where it was refused."""
    try:
        return HttpResponseRedirect(run_once(request.user, form, do))
    except (ReportRefused, Refused, NotLawful) as refusal:
        form.add_error(None, str(refusal))
        return None


def form_page(request: SignedInRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form} | context, status=status)
