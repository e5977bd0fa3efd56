"""Why it is this date, and reminding later."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from deadlines.actions import SnoozeRefused, snooze
from deadlines.explaining import explain
from deadlines.forms import SnoozeForm
from deadlines.models import Clock
from deadlines.showing import with_days_left, with_keepers
from deadlines.visibility import may_see_clock
from organisation.access import SignedInRequest, case
from organisation.days import today
from organisation.templatetags.portal import vn_date


@require_GET
@case("clock")
def clock_explain(request: SignedInRequest, ref: uuid.UUID) -> HttpResponse:
    """Show the count of one clock, day by day."""
    clock = _visible_clock(request, ref)
    with_keepers(with_days_left([clock], today()), today())
    context = {"clock": clock, "explanation": explain(clock)}
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


def _visible_clock(request: SignedInRequest, ref: uuid.UUID) -> Clock:
    clock = get_object_or_404(Clock.objects.for_list(), ref=ref)
    if not may_see_clock(request.user, clock):
        raise Http404
    return clock
