"""Asking another agency, and that agency's page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents.actions import store_upload
from documents.uploads import UploadRefused
from organisation.access import SignedInRequest, case
from organisation.templatetags.portal import vn_date
from proposals import digest
from proposals.actions import consulting
from proposals.actions.lifecycle import MoveRefused
from proposals.forms.steps import AgencyOpinionForm, ConsultForm
from proposals.models import OpinionRequest, Proposal
from proposals.views.case import fetch
from proposals.views.doing import done, offer


@require_http_methods(["GET", "HEAD", "POST"])
@case("proposal")
def consult(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Ask an agency for its opinion."""
    proposal = fetch(request, ref)
    form = ConsultForm(request.POST or None, version=proposal.version, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        answer = done(request.user, form, lambda: _ask(request, proposal, form))
        if answer:
            return answer
    offer(request, proposal, "consult", form=form)
    facts = digest.facts_of(digest.latest_version(proposal))
    context = {
        "proposal": proposal,
        "form": form,
        "heading": "Xin ý kiến cơ quan khác",
        "verb": "Gửi xin ý kiến",
        "briefs": digest.briefs(facts),
    }
    return render(request, "proposals/review/step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@case("proposal")
def give_opinion(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """What is asked, what it is about, and the answer of this agency."""
    asked = _asked(request, ref)
    form = AgencyOpinionForm(
        request.POST or None, request.FILES or None, version=asked.proposal.version
    )
    if request.method == "POST" and form.is_valid():
        answer = done(request.user, form, lambda: _answer(request, asked, form))
        if answer:
            return answer
    facts = digest.facts_of(digest.latest_version(asked.proposal))
    context = {
        "asked": asked,
        "proposal": asked.proposal,
        "form": form,
        "facts": digest.four_facts(facts),
        "briefs": digest.briefs(facts),
    }
    return render(request, "proposals/review/opinion.html", context)


def _asked(request: SignedInRequest, ref: UUID) -> OpinionRequest:
    """The question, for people of the agency that was asked; else a page that is not there."""
    seen = Proposal.objects.visible_to(request.user)
    rows = OpinionRequest.objects.filter(proposal__in=seen).select_related("proposal", "content")
    asked = get_object_or_404(rows, ref=ref)
    if not consulting.may_answer(asked, request.user):
        raise Http404
    return asked


def _ask(request: SignedInRequest, proposal: Proposal, form: ConsultForm) -> str:
    said = form.cleaned_data
    asked = consulting.ask(
        proposal.pk,
        form.chosen_unit,
        said["question"],
        by=request.user,
        due_on=said["due_on"],
        version=said["version"],
    )
    words = f"Đã xin ý kiến {asked.unit_name}, thời hạn {vn_date(asked.due_on)}."
    messages.success(request, words)
    return reverse("proposals:opinions", args=[proposal.ref])


def _answer(request: SignedInRequest, asked: OpinionRequest, form: AgencyOpinionForm) -> str:
    said = form.cleaned_data
    consulting.answer(
        asked.pk,
        by=request.user,
        conclusion=said["conclusion"],
        text=said["text"],
        stored=kept_file(said["attached"], asked.proposal, request.user),
    )
    messages.success(request, "Đã gửi ý kiến.")
    return "/"


def kept_file(upload, proposal: Proposal, user):
    """The uploaded file once it is checked and kept; the reason where it is refused."""
    if not upload:
        return None
    try:
        return store_upload(upload, stream=proposal.stream, by=user)
    except UploadRefused as refused:
        raise MoveRefused(str(refused)) from refused
