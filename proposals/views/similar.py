"""Proposals with a like title, while a title is being typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.access import SignedInRequest, signed_in
from proposals import similarity
from proposals.forms.similar import SimilarForm
from proposals.models import Proposal


@require_safe
@signed_in
def similar(request: SignedInRequest) -> HttpResponse:
    """A piece beside the title for htmx, a page of its own without it."""
    form = SimilarForm(request.GET)
    found, draft = [], None
    if form.is_valid():
        draft = _own_draft(request, form)
        apart_from = draft.pk if draft else None
        found = similarity.like(form.cleaned_data["ten"], request.user, apart_from=apart_from)
    piece = "proposals/writing/_similar.html"
    template = piece if request.htmx else "proposals/writing/similar.html"
    context = {"similar": found, "proposal": draft, "search": form}
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _own_draft(request: SignedInRequest, form: SimilarForm) -> Proposal | None:
    """The proposal whose title it is, which is not like itself."""
    ref = form.cleaned_data["de_xuat"]
    own = Proposal.objects.of_author(request.user)
    return own.filter(ref=ref).first() if ref else None
