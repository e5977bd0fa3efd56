"""Adjustments of the plan, and its versions beside each other."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case
from pilots import papers, rules
from pilots.actions import adjusting
from pilots.board import Badge
from pilots.comparing import compare as compared
from pilots.forms.adjusting import AdjustmentForms
from pilots.models import Adjustment
from pilots.stages import ADJUSTMENT_TONES, AdjustmentState
from pilots.views.base import allow, done, fetch, filled, is_sent, page, url_of


@require_safe
@case("pilot")
def index(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    rows = pilot.adjustments.select_related("requested_by", "decided_by").order_by("-number")
    return page(
        request,
        pilot,
        "pilot",
        "pilots/adjustments.html",
        rows=[{"adjustment": row, "badge": badge_of(row)} for row in rows],
        versions=list(pilot.plan_versions.select_related("created_by").order_by("-number")),
        may_ask=rules.may("ask_adjustment")(pilot, request.user),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def create(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    allow(request, pilot, "ask_adjustment")
    forms: Any = filled(request, lambda data: AdjustmentForms(pilot, data))
    if is_sent(request) and forms.is_valid():
        version = forms.main.cleaned_data["version"]
        answer = done(
            request,
            forms.main,
            lambda: adjusting.ask_adjustment(
                pilot.pk, forms.change(), by=request.user, version=version
            ),
            lambda made: url_of("adjustment", pilot, made.number),
            said="Đã gửi đề nghị điều chỉnh.",
        )
        if answer:
            return answer
    context = {"pilot": pilot, "proposal": pilot.proposal, "forms": forms, "form": forms}
    return render(request, "pilots/ask_adjustment.html", context)


@require_safe
@case("pilot")
def adjustment(request: SignedInRequest, ref: UUID, number: int) -> HttpResponse:
    """What is asked for, before and after; the head decides from here."""
    pilot = fetch(request, ref)
    found = pilot.adjustments.select_related(
        "requested_by", "decided_by", "before__content", "after__content"
    )
    row = get_object_or_404(found, number=number)
    row.pilot = pilot
    is_waiting = row.state == AdjustmentState.WAITING
    return page(
        request,
        pilot,
        "pilot",
        "pilots/adjustment.html",
        adjustment=row,
        adjustment_badge=badge_of(row),
        changes=papers.changes_in_words(row),
        may_decide=is_waiting
        and rules.may("decide_adjustment")(pilot, request.user)
        and row.requested_by_id != request.user.pk,
    )


@require_safe
@case("pilot")
def compare(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Two versions of the plan: the newest, and the one before or the one named."""
    pilot = fetch(request, ref)
    versions = list(pilot.plan_versions.select_related("content").order_by("-number"))
    if not versions:
        raise Http404
    by_number = {str(version.number): version for version in versions}
    new = by_number.get(request.GET.get("ban", ""), versions[0])
    older = [version for version in versions if version.number < new.number]
    old = by_number.get(request.GET.get("voi", ""), older[0] if older else new)
    return page(
        request,
        pilot,
        "pilot",
        "pilots/compare.html",
        versions=versions,
        old=old,
        new=new,
        rows=compared(old.content.facts, new.content.facts),
    )


def badge_of(row: Adjustment) -> Badge:
    return Badge(row.get_state_display(), *ADJUSTMENT_TONES[row.state])
