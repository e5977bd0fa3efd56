"""Delegations that one gave and received."""

from uuid import UUID

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import SignedInRequest, signed_in
from organisation.actions import delegations as actions
from organisation.actions.refusals import NotForLending
from organisation.days import today
from organisation.forms.delegations import DelegationForm
from organisation.models import Delegation
from organisation.views.deeds import done


@signed_in
@require_http_methods(["GET", "POST"])
def delegations(request: SignedInRequest) -> HttpResponseBase:
    """What a head has lent to whom, and what one may do for others; heads add to it here."""
    posts = actions.headships(request.user)
    form = DelegationForm(request.POST or None, posts=posts)
    if request.method == "POST" and not posts:
        messages.error(request, str(NotForLending()))
        return redirect("organisation:delegations")

    def give() -> str:
        facts = form.said()
        actions.delegate(facts.pop("post"), by=request.user, **facts)
        return resolve_url("organisation:delegations")

    answer = done(request, form, give, said="Đã ghi ủy quyền.")
    page = {
        "form": form if posts else None,
        "given": _listed().filter(from_appointment__person=request.user),
        "received": _listed().filter(to_person=request.user, revoked_at=None),
        "today": today(),
    }
    return answer or render(request, "organisation/delegations.html", page)


@signed_in
@require_POST
def revoke(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    own = Delegation.objects.filter(from_appointment__person=request.user)
    actions.revoke_delegation(get_object_or_404(own, ref=ref), by=request.user)
    messages.success(request, "Đã thu hồi ủy quyền.")
    return redirect("organisation:delegations")


def _listed() -> QuerySet[Delegation]:
    rows = Delegation.objects.select_related(
        "to_person", "from_appointment__person", "from_appointment__position"
    )
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "-valid_to", "-pk")
