"""The vote of the collective and the appraisal council: called, heard, concluded."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from journal.once import OnceForm
from organisation.access import SignedInRequest, case
from proposals import digest, rules
from proposals.actions import steps, votes
from proposals.forms import steps as forms
from proposals.models import Proposal, ReviewStep
from proposals.stages import Ballot, StepKind
from proposals.views.case import fetch, fetch_inner
from proposals.views.doing import done, offer, too_late
from proposals.views.steps import GET_AND_POST, live_step


@require_http_methods(GET_AND_POST)
@case("proposal")
def vote(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The vote: called by the head, cast by each member, counted when it is closed."""
    proposal = fetch(request, ref)
    deeds = rules.actions_of(proposal, request.user)
    if "vote" not in deeds and request.method != "POST":
        return redirect(proposal)
    step = live_step(proposal, StepKind.COLLECTIVE_VOTE)
    members = list(step.members.select_related("person").order_by("pk")) if step else []
    mine = next((m for m in members if m.person_id == request.user.pk), None)
    why_not = "" if members else steps.barred(proposal, StepKind.COLLECTIVE_VOTE)
    if why_not and request.method != "POST":
        return _said_already(request, proposal, why_not)
    form, answer = _vote_form(request, proposal, step, is_called=bool(members))
    if answer:
        return answer
    if request.method == "POST":
        offer(request, proposal, "vote" if members else "open_vote", form=form)
    context = {
        "proposal": proposal,
        "step": step,
        "members": members,
        "mine": mine,
        "form": form,
        "meeting_form": form if not members else None,
        "may_call": "open_vote" in deeds and not members and not why_not,
        "silent": votes.silent(members),
        "may_close": "close_vote" in deeds and bool(members),
        "voted": sum(bool(m.ballot) for m in members),
        "briefs": digest.briefs(digest.facts_of(digest.latest_version(proposal))),
    }
    return render(request, "proposals/review/vote.html", context)


@require_http_methods(["POST"])
@case("proposal")
def close_vote(request: SignedInRequest, ref: UUID) -> HttpResponse:
    proposal = fetch_inner(request, ref)
    form = forms.CloseForm(request.POST, version=proposal.version)
    step = live_step(proposal, StepKind.COLLECTIVE_VOTE)
    if step is None or not form.is_valid():
        offer(request, proposal, "close_vote", form=form)
        if step is None:
            too_late(proposal, form)
        return redirect("proposals:vote", ref=ref)

    def do() -> str:
        said = form.cleaned_data
        votes.close_vote(
            step.pk,
            by=request.user,
            version=said["version"],
            without_silent=said["without_silent"],
        )
        messages.success(request, f"Kết quả: {votes.result_of(step.pk)}")
        return reverse("proposals:opinions", args=[ref])

    answer = done(request.user, form, do)
    if answer:
        return answer
    offer(request, proposal, "close_vote", form=form)
    messages.error(request, "; ".join(str(error) for error in form.non_field_errors()))
    return redirect("proposals:vote", ref=ref)


@require_http_methods(GET_AND_POST)
@case("proposal")
def council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The council: formed by the head, heard member by member, concluded."""
    proposal = fetch(request, ref)
    deeds = rules.actions_of(proposal, request.user)
    step = live_step(proposal, StepKind.APPRAISAL_COUNCIL)
    members = list(_heard(step)) if step else []
    mine = next((m for m in members if m.person_id == request.user.pk), None)
    is_asked = request.method != "POST"
    if not members:
        if "form_council" not in deeds and is_asked:
            return redirect(proposal)
        why_not = steps.barred(proposal, StepKind.APPRAISAL_COUNCIL)
        if why_not and is_asked:
            return _said_already(request, proposal, why_not)
        return _form_council(request, proposal)
    if mine is None and "conclude_council" not in deeds and is_asked:
        return redirect(proposal)
    return _hear_council(request, proposal, step, members, mine)


@require_http_methods(["POST"])
@case("proposal")
def conclude_council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    proposal = fetch_inner(request, ref)
    step = live_step(proposal, StepKind.APPRAISAL_COUNCIL)
    form = forms.OpinionForm(request.POST, version=proposal.version, prefix="ket-luan")
    if step is None:
        offer(request, proposal, "conclude_council", form=form)
        too_late(proposal, form)
    members = list(_heard(step))
    mine = next((m for m in members if m.person_id == request.user.pk), None)
    if form.is_valid():
        said = form.cleaned_data

        def do() -> str:
            votes.conclude_council(
                step.pk,
                by=request.user,
                conclusion=said["conclusion"],
                text=said["text"],
                version=said["version"],
            )
            messages.success(request, "Đã ghi kết luận của Hội đồng.")
            return reverse("proposals:opinions", args=[ref])

        if answer := done(request.user, form, do):
            return answer
    offer(request, proposal, "conclude_council", form=form)
    return _council_page(request, proposal, members, mine, None, form)


def _said_already(request: SignedInRequest, proposal: Proposal, why_not: str) -> HttpResponse:
    """To what was heard, with why it is not asked for again."""
    messages.info(request, why_not)
    return redirect("proposals:opinions", ref=proposal.ref)


def _vote_form(
    request: SignedInRequest, proposal: Proposal, step: ReviewStep | None, *, is_called: bool
) -> tuple[OnceForm, HttpResponse | None]:
    """The form that fits, calling the vote or casting a ballot, and its answer when sent."""
    kind = forms.BallotForm if is_called else forms.MeetingForm
    form = kind(request.POST or None, version=proposal.version)
    if request.method != "POST" or not form.is_valid():
        return form, None
    said, ref = form.cleaned_data, proposal.ref

    def do() -> str:
        if is_called and step:
            votes.cast(step.pk, said["ballot"], by=request.user)
            messages.success(request, f"Đã ghi phiếu: {Ballot(said['ballot']).label}.")
        else:
            votes.open_vote(
                proposal.pk,
                by=request.user,
                meeting_on=said["meeting_on"],
                version=said["version"],
            )
            messages.success(request, "Đã mở biểu quyết và mời các thành viên.")
        return reverse("proposals:vote", args=[ref])

    return form, done(request.user, form, do)


def _form_council(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    form = forms.CouncilForm(request.POST or None, version=proposal.version, proposal=proposal)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            votes.form_council(
                proposal.pk,
                form.seats(),
                by=request.user,
                meeting_on=form.cleaned_data["meeting_on"],
                version=form.cleaned_data["version"],
            )
            messages.success(request, "Đã thành lập Hội đồng thẩm định.")
            return reverse("proposals:council", args=[proposal.ref])

        if answer := done(request.user, form, do):
            return answer
    offer(request, proposal, "form_council", form=form)
    least, most = votes.council_size(proposal)
    context = {"proposal": proposal, "form": form, "least": least, "most": most}
    return render(request, "proposals/review/council_form.html", context)


def _hear_council(request, proposal, step, members, mine) -> HttpResponse:
    form = forms.OpinionForm(request.POST or None, version=proposal.version)
    if request.method == "POST" and mine is None:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def do() -> str:
            votes.give_appraisal(
                step.pk, by=request.user, conclusion=said["conclusion"], text=said["text"]
            )
            messages.success(request, "Đã ghi ý kiến thẩm định.")
            return reverse("proposals:council", args=[proposal.ref])

        if answer := done(request.user, form, do):
            return answer
    if request.method == "POST":
        offer(request, proposal, "give_appraisal", form=form)
    return _council_page(request, proposal, members, mine, form, None)


def _council_page(request, proposal, members, mine, form, closing) -> HttpResponse:
    may_close = rules.may("conclude_council")(proposal, request.user)
    blank = forms.OpinionForm(version=proposal.version)
    context = {
        "proposal": proposal,
        "members": members,
        "mine": mine,
        "form": (form or blank) if mine else None,
        "closing": (closing or forms.OpinionForm(version=proposal.version, prefix="ket-luan"))
        if may_close
        else None,
        "heard": sum(bool(member.content_id) for member in members),
        "briefs": digest.briefs(digest.facts_of(digest.latest_version(proposal))),
    }
    return render(request, "proposals/review/council.html", context)


def _heard(step: ReviewStep):
    return step.members.select_related("person", "content").order_by("pk")
