"""Who carries a running pilot out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case
from pilots import rules
from pilots.actions import staffing
from pilots.forms.plan import TeamForms
from pilots.rights import Capacity
from pilots.views.base import allow, done, fetch, filled, is_sent, next_page


@require_http_methods(["GET", "POST"])
@case("pilot")
def team(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Name leader and members anew; only the head names another leader."""
    pilot = fetch(request, ref)
    allow(request, pilot, "edit_team")
    names_leader = Capacity.HEAD in rules.capacities(pilot, request.user)
    forms: Any = filled(request, lambda data: TeamForms(pilot, data, names_leader=names_leader))
    if is_sent(request) and forms.is_valid():
        answer = done(
            request,
            forms.main,
            lambda: staffing.change_team(
                pilot.pk,
                forms.leader,
                forms.lines(),
                by=request.user,
                version=forms.main.cleaned_data["version"],
            ),
            lambda changed: next_page(request, changed, "detail"),
            said="Đã lưu nhóm thực hiện.",
        )
        if answer:
            return answer
    context = {"pilot": pilot, "proposal": pilot.proposal, "forms": forms, "form": forms}
    return render(request, "pilots/team.html", context)
