"""The conclusion of a case, its appeal included, and the second person who confirms it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accountability import papers, rules
from accountability.actions import deciding
from accountability.forms.liability import DecideForm, SecondForm
from accountability.rights import Sight
from accountability.stages import CaseState, Outcome
from accountability.views.base import GET_AND_POST, fetch_case, form_page, require
from accountability.workspace import councils_of, in_order, laid_before, weighed
from documents.papers import sheet_of
from organisation.access import SignedInRequest, case


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def decide(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Criteria and evidence on the left, the conclusions that are allowed on the right."""
    found = fetch_case(request, ref, "decide")
    deed = deciding.DEEDS[deciding.instance_of(found)][0]
    offered = require(request, rules.may(deed)(found, request.user) and found.waiting is None)
    allowed = deciding.choices(found)
    form = DecideForm(request.POST or None, version=found.version, case=found, allowed=allowed)

    def do() -> str:
        said = form.cleaned_data
        deciding.decide(
            found.pk,
            outcome=said["outcome"],
            reason=said["reason"],
            by=request.user,
            version=said["version"],
        )
        messages.success(request, f"Đã ghi kết luận của hồ sơ {found.code}, chờ xác nhận.")
        return found.get_absolute_url()

    context = laid_before(found) | {
        "allowed": in_order(allowed),
        "earlier": found.conclusions,
        "is_abuse": allowed == {Outcome.REFERRED},
        "is_appeal": found.state == CaseState.APPEALED,
        "back_url": found.get_absolute_url(),
    }
    return form_page(
        request, "accountability/liability/decide.html", form, do, offered=offered, **context
    )


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def confirm(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The second person reads the conclusion and its paper, and confirms it or not."""
    found = fetch_case(request, ref, "confirm")
    if rules.sight(found, request.user) < Sight.INNER:
        raise PermissionDenied  # not even that a conclusion waits is known outside (AZ-06)
    decision = found.waiting
    if decision is None:
        return redirect(found)
    deed = deciding.DEEDS[deciding.instance_of(found)][1]
    offered = require(request, rules.may(deed)(found, request.user))
    decision.case = found
    form = SecondForm(request.POST or None, version=found.version)

    def do() -> str:
        said = form.cleaned_data
        if "khong" in request.POST:
            deciding.decline(found.pk, said["reason"], by=request.user, version=said["version"])
            messages.success(request, "Đã ghi việc không xác nhận kết luận.")
        else:
            deciding.confirm(found.pk, by=request.user, version=said["version"])
            messages.success(request, f"Đã xác nhận kết luận của hồ sơ {found.code}.")
        return found.get_absolute_url()

    context = {
        "case": found,
        "decision": decision,
        "paper": sheet_of(papers.conclusion(decision)),
        "councils": councils_of(found),
        "back_url": found.get_absolute_url(),
    } | weighed(found)
    return form_page(
        request, "accountability/liability/confirm.html", form, do, offered=offered, **context
    )
