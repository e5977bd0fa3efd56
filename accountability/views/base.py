"""What every page of this app does: fetch what is visible, note that it was read, end a deed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accountability.actions.reading import note_view
from accountability.models import Commendation, LiabilityCase
from documents.actions import store_upload
from documents.models import StoredFile
from documents.uploads import UploadRefused
from journal.once import OnceForm
from organisation.access import SignedInRequest
from organisation.models import User
from pilots.models import Pilot
from proposals.actions.lifecycle import MoveRefused
from proposals.views.doing import done

GET_AND_POST = ["GET", "HEAD", "POST"]


def fetch_case(request: SignedInRequest, ref: UUID, page: str) -> LiabilityCase:
    """The case, where this person may know of it; each look at it is written down."""
    found = LiabilityCase.objects.visible_to(request.user).for_detail()
    case = get_object_or_404(found, ref=ref)
    if request.method != "POST":
        note_view(case, by=request.user, page=page)
    return case


def fetch_commendation(request: SignedInRequest, ref: UUID) -> Commendation:
    found = Commendation.objects.visible_to(request.user).for_detail()
    return get_object_or_404(found, ref=ref)


def fetch_pilot(request: SignedInRequest, ref: UUID) -> Pilot:
    """The pilot of the proposal in the address."""
    found = Pilot.objects.visible_to(request.user).for_detail()
    return get_object_or_404(
        found.select_related("proposal", "decision", "agency", "deciding_unit"), proposal__ref=ref
    )


def require(request: SignedInRequest, permitted: bool) -> bool:
    """Show a form only to whoever may send it; what is sent whole is judged by the action."""
    if request.method != "POST" and not permitted:
        raise PermissionDenied
    return permitted


def form_page(
    request: SignedInRequest,
    template: str,
    form: OnceForm,
    do: Callable[[], str],
    *,
    offered: bool,
    **context: Any,
) -> HttpResponse:
    """One form: sent it is done once and leads on, else it is shown with what was typed.

    Its page says more than its fields, so it is shown only to whom the form is `offered` (AZ-06).
    """
    if request.method == "POST" and form.is_valid():
        if led := done(request.user, form, do):
            return led
        put_beside(form)
    if not offered:
        raise PermissionDenied
    return render(request, template, {"form": form} | context)


def put_beside(form: OnceForm) -> None:
    """Move what the action complained of from the top to the field that the form names for it."""
    places = getattr(form, "beside", {})
    for text in form.errors.pop(NON_FIELD_ERRORS, []):
        form.add_error(places.get(text), text)


def kept_files(upload: UploadedFile | None, stream: str, user: User) -> list[StoredFile]:
    """The uploaded file once it is checked and kept; the reason where it is refused."""
    if not upload:
        return []
    try:
        return [store_upload(upload, stream=stream, by=user)]
    except UploadRefused as refused:
        raise MoveRefused(str(refused)) from refused


def kept_file(upload: UploadedFile | None, stream: str, user: User) -> StoredFile | None:
    return next(iter(kept_files(upload, stream, user)), None)
