"""Rows of numbers, the picture of one's signature, the agency's seal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents.actions import marks
from documents.actions.base import Refused
from documents.actions.registering import settle_series, stream_of
from documents.forms.settling import SealForm, SeriesForm, SignatureForm
from documents.models import AgencySeal, NumberSeries, SignaturePicture, StoredFile
from documents.stages import PaperKind
from documents.uploads import UploadRefused
from documents.views.base import GET_AND_POST, done
from documents.views.register import agency_of
from journal.once import OnceForm
from organisation.access import SignedInRequest, roles, signed_in
from organisation.days import today
from organisation.stages import Role


@require_http_methods(GET_AND_POST)
@roles(Role.CLERK)
def series(request: SignedInRequest) -> HttpResponse:
    """Which kinds share one row of numbers, as the agency's head settled it."""
    agency = agency_of(request.user, Role.CLERK)
    form = SeriesForm(request.POST or None)

    def do() -> str:
        said = form.cleaned_data
        settle_series(agency, said["name"], said["kinds"], said["basis_document"], by=request.user)
        messages.success(request, f"Đã khai báo dãy số {said['name']}.")
        return reverse("documents:series")

    rows = NumberSeries.objects.valid_on(today()).filter(agency=agency).order_by("body", "pk")
    told = [(row.name, ", ".join(PaperKind(k).label for k in row.kinds)) for row in rows]
    return _page(request, form, do, "Dãy số văn bản", "Khai báo dãy số", told)


@require_http_methods(GET_AND_POST)
@signed_in
def signature(request: SignedInRequest) -> HttpResponse:
    """The picture that stands on what one signs here."""
    person = request.user
    form = SignatureForm(request.POST or None, request.FILES or None)
    kept = _kept(request, form, f"user:{person.ref}")

    def do() -> str:
        if kept:
            marks.set_signature(person, kept)
        messages.success(request, "Đã thay ảnh chữ ký.")
        return reverse("documents:signature")

    now = SignaturePicture.objects.filter(person=person, valid_to=None).select_related("file")
    told = [("Đang dùng", one.file.name) for one in now]
    return _page(request, form, do, "Ảnh chữ ký", "Tải ảnh chữ ký lên", told)


@require_http_methods(GET_AND_POST)
@roles(Role.CLERK)
def seal(request: SignedInRequest) -> HttpResponse:
    """The picture of the agency's seal, in its true size."""
    agency = agency_of(request.user, Role.CLERK)
    form = SealForm(request.POST or None, request.FILES or None)
    kept = _kept(request, form, stream_of(agency))

    def do() -> str:
        if kept:
            marks.set_seal(agency, kept, form.cleaned_data["width_mm"], by=request.user)
        messages.success(request, "Đã thay ảnh con dấu.")
        return reverse("documents:seal")

    now = AgencySeal.objects.filter(agency=agency, valid_to=None).select_related("file")
    told = [("Đang dùng", f"{one.file.name}, {one.width_mm} mm") for one in now]
    return _page(request, form, do, "Con dấu của cơ quan", "Tải ảnh con dấu lên", told)


def _kept(request: SignedInRequest, form: OnceForm, stream: str) -> StoredFile | None:
    """The picture once it is checked and kept; the reason stands beside its field else."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return marks.keep_mark(form.cleaned_data["picture"], stream=stream, by=request.user)
    except (UploadRefused, Refused) as refusal:
        form.add_error("picture", str(refusal))
        return None


def _page(
    request: SignedInRequest,
    form: OnceForm,
    do: Callable[[], str],
    heading: str,
    verb: str,
    told: list[tuple[str, str]],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (led := done(request.user, form, do)):
        return led
    context: dict[str, Any] = {"form": form, "heading": heading, "verb": verb, "told": told}
    return render(request, "documents/settling.html", context, status=422 if form.errors else 200)
