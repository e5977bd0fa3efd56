"""The review steps: legal check, party opinion, vote, council; and what they said."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from journal.once import OnceForm
from organisation.access import SignedInRequest, case
from proposals import digest, rules
from proposals.actions import steps as acts
from proposals.case import case_context
from proposals.forms import steps as forms
from proposals.models import Proposal, ReviewStep
from proposals.stages import StepKind
from proposals.views.case import fetch, fetch_inner
from proposals.views.doing import done, offer

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
@case("proposal")
def opinions(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Every step and opinion of the case, for those inside; authors get the 404 of no page."""
    proposal = fetch(request, ref)
    if not rules.sees_inner(proposal, request.user):
        raise Http404
    context = case_context(proposal, request.user, "opinions")
    found = proposal.steps.select_related("content", "concluded_by").prefetch_related(
        "members__person", "members__content"
    )
    context["steps"] = list(found.order_by("-pk"))
    context["requests"] = list(
        proposal.opinion_requests.select_related("content", "answered_by", "stored").order_by("-pk")
    )
    return render(request, "proposals/case/opinions.html", context)


@require_http_methods(GET_AND_POST)
@case("proposal")
def open_step(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Open a step that no rule asks for."""
    proposal = fetch(request, ref)
    kinds = acts.openable(proposal)
    if not kinds and request.method != "POST" and rules.may("open_step")(proposal, request.user):
        messages.info(request, acts.AWAITING if acts.is_waiting(proposal) else acts.HEARD)
        return redirect(proposal)
    form = forms.OpenStepForm(request.POST or None, version=proposal.version, kinds=kinds)

    def do() -> str:
        said = form.cleaned_data
        acts.open_step(proposal.pk, said["kind"], by=request.user, version=said["version"])
        messages.success(request, f"Đã mở bước {StepKind(said['kind']).label}.")
        return reverse("proposals:opinions", args=[ref])

    words = {"heading": "Mở bước xem xét", "verb": "Mở bước xem xét"}
    return _ask(request, proposal, form, do, deeds={"open_step"}, **words)


@require_http_methods(GET_AND_POST)
@case("proposal")
def legal_check(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The legal check slip beside what was proposed."""
    proposal, step = _step(request, ref, StepKind.LEGAL_CHECK)
    form = forms.LegalCheckForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        acts.conclude(
            step.pk,
            by=request.user,
            conclusion=said["conclusion"],
            facts=form.facts(),
            version=said["version"],
        )
        messages.success(request, f"Đã ghi phiếu kiểm tra pháp lý của {proposal.code}.")
        return reverse("proposals:opinions", args=[ref])

    words = {"heading": "Phiếu kiểm tra pháp lý", "verb": "Ghi phiếu kiểm tra"}
    deeds = rules.CONCLUDING[StepKind.LEGAL_CHECK]
    return _ask(request, proposal, form, do, deeds=deeds, **words)


@require_http_methods(GET_AND_POST)
@case("proposal")
def party_question(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Ask the party committee."""
    proposal = fetch(request, ref)
    form = forms.PartyQuestionForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        acts.request_party_opinion(
            proposal.pk, said["question"], by=request.user, version=said["version"]
        )
        messages.success(request, "Đã gửi nội dung xin ý kiến cấp ủy.")
        return reverse("proposals:opinions", args=[ref])

    words = {"heading": "Xin ý kiến cấp ủy", "verb": "Gửi xin ý kiến"}
    return _ask(request, proposal, form, do, deeds={"request_party_opinion"}, **words)


@require_http_methods(GET_AND_POST)
@case("proposal")
def party_opinion(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Copy the party committee's answer, with the number of its paper."""
    proposal, step = _step(request, ref, StepKind.PARTY_OPINION)
    form = forms.PartyOpinionForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        acts.conclude(
            step.pk,
            by=request.user,
            conclusion=said["conclusion"],
            facts=form.facts(),
            version=said["version"],
        )
        messages.success(request, "Đã ghi ý kiến cấp ủy.")
        return proposal.get_absolute_url()

    words = {"heading": "Ý kiến cấp ủy", "verb": "Ghi ý kiến cấp ủy"}
    deeds = rules.CONCLUDING[StepKind.PARTY_OPINION]
    return _ask(request, proposal, form, do, deeds=deeds, **words)


def _step(request: SignedInRequest, ref: UUID, kind: str) -> tuple[Proposal, ReviewStep]:
    """The open step of a kind, for whoever may conclude it."""
    proposal = fetch_inner(request, ref)
    if not rules.may_conclude_step(kind, proposal, request.user):
        raise PermissionDenied
    step = live_step(proposal, kind)
    if step is None:
        raise Http404
    return proposal, step


def _ask(
    request: SignedInRequest,
    proposal: Proposal,
    form: OnceForm,
    do: Callable[[], str],
    *,
    deeds: Iterable[str],
    heading: str,
    verb: str,
) -> HttpResponse:
    """One form beside the digest: shown to whom it is for, or done."""
    if request.method == "POST" and form.is_valid() and (answer := done(request.user, form, do)):
        return answer
    offer(request, proposal, *deeds, form=form)
    facts = digest.facts_of(digest.latest_version(proposal))
    context = {
        "proposal": proposal,
        "form": form,
        "heading": heading,
        "verb": verb,
        "briefs": digest.briefs(facts),
    }
    return render(request, "proposals/review/step.html", context)


def live_step(proposal: Proposal, kind: str) -> ReviewStep | None:
    return acts.live(proposal).filter(kind=kind, concluded_at=None).first()
