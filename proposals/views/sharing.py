"""Co-proposers: asked by the proposer, who find out here what they are asked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from journal.once import run_once
from organisation.access import SignedInRequest, case
from proposals import directory, rules
from proposals.actions import coauthors as acts
from proposals.actions.coauthors import ShareRefused, shared
from proposals.forms.coauthors import InviteForm, PersonSearch, RemoveForm
from proposals.forms.sending import ConfirmForm
from proposals.models import Proposal
from proposals.stages import Stage
from proposals.views.doing import offer
from proposals.views.writing import PAGE, fetch_own


@require_http_methods(PAGE)
@case("proposal")
def coauthors(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Who takes part with which share; others are found by name and asked."""
    proposal = fetch_own(request, ref)
    invited = InviteForm(request.POST) if request.method == "POST" else None
    if invited and invited.is_valid():
        try:
            url = run_once(request.user, invited, lambda: _invite(request, proposal, invited))
            return redirect(url)
        except ShareRefused as refusal:
            invited.add_error("share_percent", str(refusal))
    if invited:
        offer(request, proposal, "invite", form=invited)
    return _page(request, proposal, invited)


@require_POST
@case("proposal")
def remove(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Take somebody off the draft."""
    proposal = fetch_own(request, ref)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    person = get_object_or_404(proposal.coauthors, person=form.cleaned_data["person"]).person

    def do() -> str:
        acts.remove(proposal.pk, person, by=request.user)
        return _url(proposal)

    return redirect(run_once(request.user, form, do))


@require_http_methods(PAGE)
@case("proposal")
def confirm_share(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """What a co-proposer is asked: to take part with a share, or not."""
    asked = Proposal.objects.visible_to(request.user).for_detail()
    proposal = get_object_or_404(asked, ref=ref)
    row = get_object_or_404(proposal.coauthors, person=request.user)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees = request.POST.get("tra-loi") == "dong-y"
        return redirect(run_once(request.user, form, lambda: _answer(request, proposal, agrees)))
    context = {"proposal": proposal, "row": row, "form": form}
    context["is_open"] = proposal.stage == Stage.DRAFT and not row.confirmed_at
    return render(request, "proposals/writing/confirm_share.html", context)


def _page(request: SignedInRequest, proposal: Proposal, invited: InviteForm | None) -> HttpResponse:
    search = PersonSearch(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    rows = list(proposal.coauthors.select_related("person").order_by("pk"))
    barred = {proposal.proposer_id, *(row.person_id for row in rows if not row.declined_at)}
    may_invite = rules.may("invite")(proposal, request.user)
    found = directory.find_people(words, apart_from=barred) if may_invite else []
    context = {
        "proposal": proposal,
        "rows": [(row, RemoveForm(initial={"person": row.person.ref})) for row in rows],
        "own_share": 100 - shared(proposal),
        "search": search,
        "words": words,
        "found": [(one, _form_for(one.person.ref, invited)) for one in found],
        "form": invited,
        "may_invite": may_invite,
    }
    status = 422 if invited and invited.errors else 200
    return render(request, "proposals/writing/coauthors.html", context, status=status)


def _form_for(ref: UUID, invited: InviteForm | None) -> InviteForm:
    """The form beside one person: the one that was posted, when it was theirs."""
    if invited and invited.data.get("person") == str(ref):
        return invited
    return InviteForm(initial={"person": ref}, auto_id=f"id_{ref}_%s")


def _invite(request: SignedInRequest, proposal: Proposal, form: InviteForm) -> str:
    said = form.cleaned_data
    acts.invite(proposal.pk, said["person"], said["share_percent"], by=request.user)
    return _url(proposal)


def _answer(request: SignedInRequest, proposal: Proposal, agrees: bool) -> str:
    if agrees:
        acts.confirm(proposal.pk, by=request.user)
        messages.success(request, "Đã xác nhận cùng đề xuất.")
        return proposal.get_absolute_url()
    acts.decline(proposal.pk, by=request.user)
    messages.success(request, "Đã trả lời không cùng đề xuất.")
    return "/"


def _url(proposal: Proposal) -> str:
    return reverse("proposals:coauthors", args=[proposal.ref])
