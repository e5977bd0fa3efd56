"""Attachments: seen by whoever sees the proposal, taken out by its authors."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from documents.models import StoredFile
from documents.responses import file_response
from organisation.access import SignedInRequest, case
from proposals.actions import attachments
from proposals.models import Proposal
from proposals.stages import Part
from proposals.views.writing import fetch_own, page_of


@require_safe
@case("proposal")
def download(request: SignedInRequest, ref: UUID, file: UUID) -> HttpResponseBase:
    """The bytes of one attachment, checked like the page of its proposal (AZ-05)."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), ref=ref)
    row = get_object_or_404(proposal.attachments, ref=file)
    readable = StoredFile.objects.readable_by(request.user)
    return file_response(get_object_or_404(readable, pk=row.stored_id))


@require_POST
@case("proposal")
def remove(request: SignedInRequest, ref: UUID, file: UUID) -> HttpResponse:
    """Take a file out of the proposal; versions that were sent still name it."""
    proposal = fetch_own(request, ref)
    row = get_object_or_404(proposal.attachments, ref=file)
    attachments.remove(proposal.pk, row.ref, by=request.user)
    return HttpResponseRedirect(page_of(proposal, Part.COMMITMENT) + "#tep")
