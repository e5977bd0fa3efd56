"""How every page of a pilot is fetched, framed and answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from deadlines.models import Clock
from deadlines.showing import with_days_left
from documents.actions import store_upload
from documents.models import StoredFile
from documents.responses import file_response
from documents.stages import Shelf
from documents.uploads import UploadRefused
from journal.once import OnceForm, run_once
from organisation.access import SignedInRequest
from organisation.days import today
from pilots import frame, rules
from pilots.forms.lines import MORE, with_more
from pilots.forms.plan import Forms
from pilots.models import Pilot
from proposals.actions.lifecycle import MoveRefused
from proposals.case import extended, own_context
from proposals.views.doing import complain


def fetch(request: SignedInRequest, ref: UUID) -> Pilot:
    """The pilot of a proposal, where this person may see it; else the 404 of no such page."""
    found = Pilot.objects.visible_to(request.user).for_detail()
    return get_object_or_404(found, proposal__ref=ref)


def allow(request: SignedInRequest, pilot: Pilot, action: str) -> None:
    """The page of a deed is there for those who may do it now; others get 403."""
    if action not in rules.actions_of(pilot, request.user):
        raise PermissionDenied


def page(
    request: SignedInRequest, pilot: Pilot, tab: str, template: str, **shown: Any
) -> HttpResponse:
    """A tab of the case, with the pilot's own badge and acts in its head.

    A page that shows a `primary` act of its own keeps that of the case among the others.
    """
    context = own_context(pilot.proposal, request.user, tab)
    context |= frame.of_pilot(pilot, request.user, context)
    context = extended(context, pilot.proposal, request.user, told=frame.frame)
    context["is_inner"] = request.path not in [one.url for one in context["tabs"]]
    if "primary" in shown and context["primary"]:
        context["others"] = [context["primary"], *context["others"]]
    return render(request, template, context | shown)


def form_page(
    request: SignedInRequest,
    pilot: Pilot,
    form: Any,
    *,
    title: str,
    verb: str,
    back: str,
    text: str = "",
    template: str = "pilots/form.html",
    **shown: Any,
) -> HttpResponse:
    """A page with one form; what was wrong stands on top of it."""
    context = {
        "pilot": pilot,
        "proposal": pilot.proposal,
        "form": form,
        "title": title,
        "verb": verb,
        "back": back,
        "text": text,
    }
    return render(request, template, context | shown)


def filled(request: SignedInRequest, make: Callable[[Any], Forms]) -> Forms:
    """The forms of a page: as they are, as they were sent, or with one line more in a table."""
    if request.method != "POST":
        return make(None)
    if MORE not in request.POST:
        return make(request.POST)
    forms = make(with_more(request.POST))
    forms.leave_unasked()
    return forms


def is_sent(request: SignedInRequest) -> bool:
    """Whether the person sent the form, and did not only ask for another line."""
    return request.method == "POST" and MORE not in request.POST


def done(
    request: SignedInRequest,
    form: OnceForm,
    deed: Callable[[], object],
    url: str | Callable[[Any], str],
    *,
    said: str = "",
    place: Callable[[MoveRefused], None] | None = None,
) -> HttpResponseRedirect | None:
    """Do it once and go where it leads; None, with the reasons on the form, where it was refused:
    `place` puts them elsewhere on a page that has more than one form.

    Raises Conflict and PermissionDenied, which have pages of their own.
    """

    def do() -> str:
        made = deed()
        return url if isinstance(url, str) else url(made)

    try:
        answer = run_once(request.user, form, do, url=url if isinstance(url, str) else "")
    except MoveRefused as refused:
        place(refused) if place else complain(form, refused)
        return None
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(answer)


def stored(
    request: SignedInRequest, pilot: Pilot, form: BaseForm, name: str = "evidence"
) -> StoredFile | None:
    """Keep the file of a valid form; where it is refused, the form says why and is not valid."""
    upload = form.cleaned_data.get(name)
    if not isinstance(upload, UploadedFile):
        return None
    try:
        return store_upload(upload, stream=pilot.stream, by=request.user, shelf=Shelf.EVIDENCE)
    except UploadRefused as refused:
        form.add_error(name, refused.message)
        return None


def download(request: SignedInRequest, evidence: StoredFile | None) -> FileResponse:
    """A file of a case that the caller has checked; what waits for the scanner is not there."""
    if evidence is None:
        raise Http404
    found = StoredFile.objects.readable_by(request.user)
    return file_response(get_object_or_404(found, pk=evidence.pk))


def open_clock(clock: Clock | None) -> Clock | None:
    """The clock of a record with its days left, while it is open."""
    if clock is None or not clock.is_open:
        return None
    return with_days_left([clock], today())[0]


def next_page(request: SignedInRequest, pilot: Pilot, name: str) -> str:
    """A page of the pilot; home where the person has just handed it over and sees it no more."""
    if Pilot.objects.visible_to(request.user).filter(pk=pilot.pk).exists():
        return url_of(name, pilot)
    messages.info(
        request, f"Hồ sơ {pilot.proposal.code} từ nay do {pilot.leader.full_name} phụ trách."
    )
    return reverse("reporting:home")


def url_of(name: str, pilot: Pilot, *args: object) -> str:
    return reverse(f"pilots:{name}", args=[pilot.proposal.ref, *args])
