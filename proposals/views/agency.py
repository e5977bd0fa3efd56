"""The cases of an agency, for its head, deputies, focal point and clerk."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisation.access import SignedInRequest, roles
from organisation.lists import PAGES, pages_shown
from proposals import paging
from proposals.forms.filters import CaseFilter
from proposals.listing import counted, with_days_left
from proposals.models import Proposal
from proposals.rules import AGENCY_ROLES


@require_safe
@roles(*AGENCY_ROLES)
def agency_cases(request: SignedInRequest) -> HttpResponse:
    """Newest first; the filters stand in the URL, the next page is found by the last row."""
    form = CaseFilter(request.GET)
    found = Proposal.objects.of_agencies(request.user).select_related("proposer")
    found = found.for_list("proposer__full_name")
    after = ""
    if form.is_valid():
        found, after = form.narrow(found), form.cleaned_data["sau"]
    page = paging.newest_first(found, after, pages=pages_shown(request.GET))
    context = {
        "rows": with_days_left(page.rows),
        "form": form,
        "more_url": _more_url(request, page.after),
        "is_filtered": any(request.GET.get(name) for name in form.fields if name != "sau"),
        "count": counted(found, page.rows, has_more=bool(page.after)),
    }
    return render(request, "proposals/agency_list.html", context)


def _more_url(request: SignedInRequest, after: str) -> str:
    if not after:
        return ""
    asked = {
        name: value for name, value in request.GET.items() if value and name not in {"sau", PAGES}
    }
    return f"{reverse('proposals:agency')}?{urlencode(asked | {'sau': after})}"
