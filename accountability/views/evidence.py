"""The tab "Hồ sơ minh chứng": what proves that it was reported, allowed, watched and meant well."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accountability.proofs import dossier
from accountability.views.base import fetch_pilot
from organisation.access import SignedInRequest, case
from pilots import rules
from proposals.case import case_context


@never_cache
@require_safe
@case("pilot")
def evidence(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Ten headings, each with its records, or with what is still to be added and by whom."""
    pilot = fetch_pilot(request, ref)
    headings = dossier(pilot, request.user)
    context = case_context(pilot.proposal, request.user, "evidence")
    context |= {
        "headings": headings,
        "met": sum(heading.is_met for heading in headings),
        "may_add": "add_proof" in rules.actions_of(pilot, request.user),
    }
    return render(request, "accountability/evidence.html", context)
