"""The bare views that everything is measured against: session, user, rows by index, no more."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from notifications.models import Notice
from organisation.access import SignedInRequest
from proposals.models import Proposal


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """25 rows by index, as text in a table."""
    found = Proposal.objects.order_by("-touched_at", "-pk")[:25]
    return render(request, "bench/rows.html", {"rows": found})


@login_required
def row(request: HttpRequest, ref: str) -> HttpResponse:
    return render(request, "bench/row.html", {"row": get_object_or_404(Proposal, ref=ref)})


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """One form, one insert, one redirect."""
    if request.method == "POST":
        Notice.objects.create(
            recipient=request.user,
            key=request.POST["key"],
            subject=request.POST["subject"],
            text=request.POST["subject"],
            url="/",
        )
        return redirect("bare_rows")
    return render(request, "bench/create.html")


urlpatterns = [
    path("bench/rows/", rows, name="bare_rows"),
    path("bench/rows/<uuid:ref>/", row, name="bare_row"),
    path("bench/create/", create, name="bare_create"),
    path("", include("config.urls")),
]
