"""The review steps: legal check, party opinion, vote, council; and what they said."""

from collections.abc import Callable
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
from proposals.actions import votes
from proposals.case import case_context
from proposals.forms import steps as forms
from proposals.models import Proposal, ReviewStep
from proposals.stages import Ballot, StepKind
from proposals.views.case import fetch
from proposals.views.doing import done

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
    proposal = _may(request, ref, "open_step")
    form = forms.OpenStepForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        acts.open_step(proposal.pk, said["kind"], by=request.user, version=said["version"])
        messages.success(request, f"Đã mở bước {StepKind(said['kind']).label}.")
        return reverse("proposals:opinions", args=[ref])

    return _ask(request, proposal, form, do, heading="Mở bước xem xét", verb="Mở bước xem xét")


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

    return _ask(
        request, proposal, form, do, heading="Phiếu kiểm tra pháp lý", verb="Ghi phiếu kiểm tra"
    )


@require_http_methods(GET_AND_POST)
@case("proposal")
def party_question(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Ask the party committee."""
    proposal = _may(request, ref, "request_party_opinion")
    form = forms.PartyQuestionForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        acts.request_party_opinion(
            proposal.pk, said["question"], by=request.user, version=said["version"]
        )
        messages.success(request, "Đã gửi nội dung xin ý kiến cấp ủy.")
        return reverse("proposals:opinions", args=[ref])

    return _ask(request, proposal, form, do, heading="Xin ý kiến cấp ủy", verb="Gửi xin ý kiến")


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

    return _ask(request, proposal, form, do, heading="Ý kiến cấp ủy", verb="Ghi ý kiến cấp ủy")


@require_http_methods(GET_AND_POST)
@case("proposal")
def vote(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The vote: called by the head, cast by each member, counted when it is closed."""
    proposal = fetch(request, ref)
    deeds = rules.actions_of(proposal, request.user)
    if "vote" not in deeds:
        return redirect(proposal)
    step = _live(proposal, StepKind.COLLECTIVE_VOTE)
    members = list(step.members.select_related("person").order_by("pk")) if step else []
    mine = next((m for m in members if m.person_id == request.user.pk), None)
    form, answer = _vote_form(request, proposal, step, is_called=bool(members))
    if answer:
        return answer
    context = {
        "proposal": proposal,
        "step": step,
        "members": members,
        "mine": mine,
        "form": form,
        "meeting_form": form if not members else None,
        "may_call": "open_vote" in deeds and not members,
        "may_close": "close_vote" in deeds and bool(members),
        "voted": sum(bool(m.ballot) for m in members),
        "briefs": digest.briefs(digest.facts_of(digest.latest_version(proposal))),
    }
    return render(request, "proposals/review/vote.html", context)


@require_http_methods(["POST"])
@case("proposal")
def close_vote(request: SignedInRequest, ref: UUID) -> HttpResponse:
    proposal = fetch(request, ref)
    form = forms.CloseForm(request.POST, version=proposal.version)
    step = _live(proposal, StepKind.COLLECTIVE_VOTE)
    if step is None or not form.is_valid():
        return redirect("proposals:vote", ref=ref)

    def do() -> str:
        votes.close_vote(step.pk, by=request.user, version=form.cleaned_data["version"])
        step.refresh_from_db()
        messages.success(request, f"Kết quả: {step.content.facts['quote']}")
        return reverse("proposals:opinions", args=[ref])

    answer = done(request.user, form, do)
    if answer:
        return answer
    messages.error(request, "; ".join(form.non_field_errors()))
    return redirect("proposals:vote", ref=ref)


@require_http_methods(GET_AND_POST)
@case("proposal")
def council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The council: formed by the head, heard member by member, concluded."""
    proposal = fetch(request, ref)
    deeds = rules.actions_of(proposal, request.user)
    step = _live(proposal, StepKind.APPRAISAL_COUNCIL)
    members = list(_heard(step)) if step else []
    mine = next((m for m in members if m.person_id == request.user.pk), None)
    if not members:
        if "form_council" not in deeds:
            return redirect(proposal)
        return _form_council(request, proposal)
    if mine is None and "conclude_council" not in deeds:
        return redirect(proposal)
    return _hear_council(request, proposal, step, members, mine)


@require_http_methods(["POST"])
@case("proposal")
def conclude_council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    proposal = fetch(request, ref)
    step = _live(proposal, StepKind.APPRAISAL_COUNCIL)
    form = forms.OpinionForm(request.POST, version=proposal.version, prefix="ket-luan")
    if step is None:
        return redirect(proposal)
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
    return _council_page(request, proposal, members, mine, None, form)


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
    least, most = votes.council_size(proposal)
    context = {"proposal": proposal, "form": form, "least": least, "most": most}
    return render(request, "proposals/review/council_form.html", context)


def _hear_council(request, proposal, step, members, mine) -> HttpResponse:
    form = forms.OpinionForm(request.POST or None, version=proposal.version)
    if request.method == "POST" and form.is_valid():
        if mine is None:
            raise PermissionDenied
        said = form.cleaned_data

        def do() -> str:
            votes.give_appraisal(
                step.pk, by=request.user, conclusion=said["conclusion"], text=said["text"]
            )
            messages.success(request, "Đã ghi ý kiến thẩm định.")
            return reverse("proposals:council", args=[proposal.ref])

        if answer := done(request.user, form, do):
            return answer
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


def _may(request: SignedInRequest, ref: UUID, deed: str) -> Proposal:
    proposal = fetch(request, ref)
    if request.method != "POST" and not rules.may(deed)(proposal, request.user):
        raise PermissionDenied
    return proposal


def _step(request: SignedInRequest, ref: UUID, kind: str) -> tuple[Proposal, ReviewStep]:
    """The open step of a kind, for whoever may conclude it."""
    proposal = fetch(request, ref)
    step = _live(proposal, kind)
    if step is None:
        raise Http404
    if not rules.may_conclude_step(kind, proposal, request.user):
        raise PermissionDenied
    return proposal, step


def _live(proposal: Proposal, kind: str) -> ReviewStep | None:
    return acts.live(proposal).filter(kind=kind, concluded_at=None).first()


def _heard(step: ReviewStep):
    return step.members.select_related("person", "content").order_by("pk")


def _ask(
    request: SignedInRequest,
    proposal: Proposal,
    form: OnceForm,
    do: Callable[[], str],
    *,
    heading: str,
    verb: str,
) -> HttpResponse:
    """One form beside the digest: shown, or done."""
    if request.method == "POST" and form.is_valid() and (answer := done(request.user, form, do)):
        return answer
    facts = digest.facts_of(digest.latest_version(proposal))
    context = {
        "proposal": proposal,
        "form": form,
        "heading": heading,
        "verb": verb,
        "briefs": digest.briefs(facts),
    }
    return render(request, "proposals/review/step.html", context)
