"""Rows of numbers, the picture of one's signature, the agency's seal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents.actions import marks
from documents.actions.base import Refused
from documents.actions.issuing import next_of
from documents.actions.registering import settle_series, stream_of
from documents.actions.settling import settle_abbreviation, settle_council, use_outside
from documents.councils import bodies_of
from documents.forms.settling import (
    AbbreviationForm,
    CouncilForm,
    OutsideForm,
    SealForm,
    SeriesForm,
    SignatureForm,
)
from documents.models import (
    Abbreviation,
    AgencySeal,
    NumberSeries,
    SignaturePicture,
    StoredFile,
)
from documents.stages import PaperKind
from documents.uploads import UploadRefused
from documents.views.base import GET_AND_POST, form_page
from documents.views.register import agency_of
from journal.once import OnceForm
from organisation.access import SignedInRequest, roles, signed_in
from organisation.days import today
from organisation.models import Appointment, User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date

MANAGES = Q(position__is_managerial=True)


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
@roles(Role.CLERK)
def abbreviations(request: SignedInRequest) -> HttpResponse:
    """How units and fields are written in the notation of a công văn, as the head settled it."""
    agency = agency_of(request.user, Role.CLERK)
    form = AbbreviationForm(request.POST or None)

    def do() -> str:
        said = form.cleaned_data
        settle_abbreviation(
            agency, said["name"], said["abbrev"], said["basis_document"], by=request.user
        )
        messages.success(request, f"Đã khai báo chữ viết tắt {said['abbrev']}.")
        return reverse("documents:abbreviations")

    rows = Abbreviation.objects.valid_on(today()).filter(agency=agency).order_by("name")
    told = [
        (row.name, f"{row.abbrev}, từ ngày {vn_date(row.valid_from)}, {row.basis_document}")
        for row in rows
    ]
    return _page(request, form, do, "Chữ viết tắt", "Khai báo chữ viết tắt", told)


@require_http_methods(GET_AND_POST)
@roles(Role.CLERK)
def councils(request: SignedInRequest) -> HttpResponse:
    """Councils that issue papers under the agency's seal or without one, and who signs for them."""
    agency = agency_of(request.user, Role.CLERK)
    leaders = User.objects.filter(
        is_active=True, appointments__in=Appointment.objects.valid_on(today()).filter(MANAGES)
    )
    form = CouncilForm(request.POST or None, people=leaders.distinct().order_by("full_name"))

    def do() -> str:
        settle_council(agency, form.council, by=request.user)
        messages.success(request, f"Đã khai báo {form.council.name}.")
        return reverse("documents:councils")

    rows = bodies_of(agency, today()).prefetch_related("seats__person")
    told = [
        (row.name, "; ".join(f"{seat.title} {seat.person.full_name}" for seat in row.seats.all()))
        for row in rows
    ]
    return _page(request, form, do, "Hội đồng, ban, tổ", "Khai báo hội đồng, ban, tổ", told)


@require_http_methods(GET_AND_POST)
@roles(Role.CLERK)
def outside(request: SignedInRequest) -> HttpResponse:
    """Write down a number that a paper outside of the portal bears."""
    agency = agency_of(request.user, Role.CLERK)
    rows = NumberSeries.objects.valid_on(today()).filter(agency=agency).order_by("body", "pk")
    form = OutsideForm(request.POST or None, rows=rows)

    def do() -> str:
        made = use_outside(form.cleaned_data["series"], form.used, by=request.user)
        messages.success(request, f"Đã ghi số {made.full_number} vào sổ.")
        return reverse("documents:register")

    told = [(row.name, f"số tiếp theo {next_of(row, today().year):02d}") for row in rows]
    return _page(request, form, do, "Ghi số dùng ngoài cổng", "Ghi vào sổ", told)


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
    context: dict[str, Any] = {"heading": heading, "verb": verb, "told": told}
    return form_page(request, form, do, "documents/settling.html", context)
