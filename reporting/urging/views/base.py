"""How the pages of letters that urge are fetched and answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from documents.actions import store_upload
from documents.actions.base import Refused
from documents.models import OfficialDocument, StoredFile
from documents.pages import count_pages, words_of
from documents.signatory import NotLawful
from documents.stages import Drawing
from documents.uploads import UploadRefused
from journal.once import OnceForm, run_once
from organisation.access import SignedInRequest
from reporting.urging.actions.base import UrgingRefused
from reporting.urging.models import UrgingDispatch

PAGES_AT_ONCE = 4


def fetch(request: SignedInRequest, ref: UUID) -> UrgingDispatch:
    """The letter, where this person may see it; else the 404 of no such page."""
    visible = UrgingDispatch.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("paper__file", "unit", "created_by", "reported_to"), ref=ref
    )


def done(request: SignedInRequest, form: OnceForm, do: Callable[[], str]) -> HttpResponse | None:
    """Do it once and go where it leads; None, with the reason on the form, where it was refused."""
    try:
        return HttpResponseRedirect(run_once(request.user, form, do))
    except (UrgingRefused, Refused, NotLawful) as refusal:
        form.add_error(None, str(refusal))
        return None


def form_page(request: SignedInRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form} | context, status=status)


def kept(request: SignedInRequest, form: OnceForm, stream: str, *names: str) -> list[StoredFile]:
    """The uploaded files, checked and kept; where one is refused the form says why."""
    found = []
    for name in names:
        upload = form.cleaned_data.get(name)
        if isinstance(upload, UploadedFile):
            try:
                found.append(store_upload(upload, stream=stream, by=request.user))
            except UploadRefused as refused:
                form.add_error(name, refused.message)
    return found


def sheets_of(paper: OfficialDocument | None) -> dict[str, Any]:
    """The first pages of the paper, as far as it is drawn."""
    if paper is None or paper.drawing != Drawing.DRAWN or paper.file is None:
        return {"paper": paper, "sheets": [], "pages": 0, "more": 0}
    pages = count_pages(paper.file.path)
    sheets = words_of(paper.file.path, at_most=PAGES_AT_ONCE) if pages else []
    more = PAGES_AT_ONCE + 1 if pages > PAGES_AT_ONCE else 0
    return {"paper": paper, "sheets": sheets, "pages": pages, "more": more}
