"""Why it is this date, reminding later, and what waits this morning."""

import uuid

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from deadlines.actions import SnoozeRefused, snooze
from deadlines.explaining import explain
from deadlines.forms import DueForm, SnoozeForm
from deadlines.models import Clock
from deadlines.morning import morning_of
from deadlines.showing import with_days_left, with_keepers
from deadlines.visibility import may_open, may_see_clock
from organisation.access import SignedInRequest, case, signed_in
from organisation.days import today
from organisation.templatetags.portal import vn_date


@require_GET
@case("clock")
def clock_explain(request: SignedInRequest, ref: uuid.UUID) -> HttpResponse:
    """Show the count of one clock, day by day."""
    clock = _visible_clock(request, ref)
    with_keepers(with_days_left([clock], today()), today())
    is_openable = may_open(request.user, clock)
    context = {"clock": clock, "explanation": explain(clock), "is_openable": is_openable}
    return render(request, "deadlines/clock_explain.html", context)


@require_POST
@case("clock")
def clock_snooze(request: SignedInRequest, ref: uuid.UUID) -> HttpResponse:
    """Hide a task of one's own for some days."""
    clock = get_object_or_404(Clock.objects.open().held_by(request.user), ref=ref)
    form = SnoozeForm(request.POST)
    if form.is_valid():
        try:
            later = snooze(clock, form.cleaned_data["days"], by=request.user)
        except SnoozeRefused:
            messages.error(request, "Việc đã quá hạn nên không nhắc lại sau được.")
        else:
            messages.success(request, f"Sẽ nhắc lại ngày {vn_date(later.snoozed_until)}.")
    return redirect("/")


@require_GET
@case("proposal")
def of_proposal(request: SignedInRequest, ref: uuid.UUID) -> HttpResponse:
    """To the explanation of a date that a page shows of a proposal."""
    return _to_explanation(request, "proposal", ref)


@require_GET
@case("paper")
def of_paper(request: SignedInRequest, ref: uuid.UUID) -> HttpResponse:
    """To the explanation of a date that a page shows of a paper."""
    return _to_explanation(request, "paper", ref)


@require_GET
@signed_in
def digest(request: SignedInRequest) -> HttpResponse:
    """What waits for the person by deadline, and what is late around them."""
    now = today()
    morning = morning_of(request.user, now)
    context = {
        "today": now,
        "morning": morning,
        "own_more": morning.number - len(morning.tasks),
        "agency_more": morning.of_agency_number - len(morning.of_agency),
        "below_more": morning.below_number - len(morning.below),
    }
    return render(request, "deadlines/digest.html", context)


def _to_explanation(request: SignedInRequest, kind: str, ref: uuid.UUID) -> HttpResponse:
    """The clock of the case that is due on the day asked for: one that runs before one that ran."""
    asked = DueForm(request.GET)
    clocks = Clock.objects.of_subject(kind, ref)
    if asked.is_valid() and asked.cleaned_data["han"]:
        clocks = clocks.filter(due_on=asked.cleaned_data["han"])
    clock = clocks.order_by(F("stopped_on").desc(nulls_first=True), "pk").first()
    if clock is None or not may_see_clock(request.user, clock):
        raise Http404
    return redirect("deadlines:explain", clock.ref)


def _visible_clock(request: SignedInRequest, ref: uuid.UUID) -> Clock:
    clock = get_object_or_404(Clock.objects.for_list(), ref=ref)
    if not may_see_clock(request.user, clock):
        raise Http404
    return clock
