"""The bare views that everything is measured against: session, user, rows by index, no more."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path, reverse_lazy
from django.views.generic import CreateView

from notifications.models import Notice
from proposals.models import Proposal


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """25 rows by index, as text in a table."""
    found = Proposal.objects.order_by("-touched_at", "-pk")[:25]
    return render(request, "bench/rows.html", {"rows": found})


@login_required
def row(request: HttpRequest, ref: str) -> HttpResponse:
    return render(request, "bench/row.html", {"row": get_object_or_404(Proposal, ref=ref)})


class Create(LoginRequiredMixin, CreateView):
    """What Django itself gives for a form that adds a row: checked, written in a transaction."""

    model = Notice
    fields = ("key", "subject", "text", "url")
    template_name = "bench/create.html"
    success_url = reverse_lazy("bare_rows")

    @transaction.atomic
    def form_valid(self, form: ModelForm) -> HttpResponse:
        form.instance.recipient = self.request.user
        return super().form_valid(form)


urlpatterns = [
    path("bench/rows/", rows, name="bare_rows"),
    path("bench/rows/<uuid:ref>/", row, name="bare_row"),
    path("bench/create/", Create.as_view(), name="bare_create"),
    path("", include("config.urls")),
]
