"""Asking to work on somebody's proposal, and the proposer's answers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case, signed_in
from proposals import similarity
from proposals.actions import joining
from proposals.forms.asking import JoinAnswerForm, JoinForm, WhichForm
from proposals.models import JoinRequest, Proposal
from proposals.stages import OPEN
from proposals.views.doing import done
from proposals.views.writing import PAGE, fetch_own

ACCEPT = "nhan-loi"


@require_http_methods(PAGE)
@signed_in
def ask_to_join(request: SignedInRequest) -> HttpResponse:
    """Ask the proposer of a proposal that one may know of by its title; see what was answered."""
    which = WhichForm(request.GET)
    if not which.is_valid():
        return redirect("proposals:similar")
    known = similarity.known_to(request.user).select_related("proposer")
    proposal = get_object_or_404(known, ref=which.cleaned_data["de_xuat"])
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = done(request.user, form, lambda: _ask(request, proposal, form))
        if answer:
            return answer
    rows = proposal.join_requests.filter(person=request.user)
    asked = list(rows.select_related("content", "answer").order_by("-pk"))
    may_ask = proposal.stage in OPEN and all(row.answered_at for row in asked)
    context = {"proposal": proposal, "form": form if may_ask else None, "asked": asked}
    return render(request, "proposals/writing/ask_to_join.html", context)


@require_http_methods(PAGE)
@case("proposal")
def join_requests(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Who asks to take part; the proposer answers each."""
    proposal = fetch_own(request, ref)
    form = JoinAnswerForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        asked = get_object_or_404(proposal.join_requests, ref=form.cleaned_data["request"])
        answer = done(request.user, form, lambda: _answer(request, asked, form))
        if answer:
            return answer
    if form and proposal.proposer_id != request.user.pk:
        raise PermissionDenied
    rows = proposal.join_requests.select_related("person", "content", "answer")
    may_answer = proposal.proposer_id == request.user.pk
    context = {
        "proposal": proposal,
        "form": form,
        "rows": [(row, _form_for(row, form, may_answer)) for row in rows.order_by("-pk")],
    }
    status = 422 if form and form.errors else 200
    return render(request, "proposals/writing/join_requests.html", context, status=status)


def _form_for(
    row: JoinRequest, posted: JoinAnswerForm | None, may_answer: bool
) -> JoinAnswerForm | None:
    """The form beside one request: the one that was posted, when it was for this one."""
    if row.answered_at or not may_answer:
        return None
    if posted and posted.data.get("request") == str(row.ref):
        return posted
    return JoinAnswerForm(initial={"request": row.ref}, auto_id=f"id_{row.ref}_%s")


def _ask(request: SignedInRequest, proposal: Proposal, form: JoinForm) -> str:
    joining.ask(proposal.pk, form.cleaned_data["text"], by=request.user)
    messages.success(request, "Đã gửi tới người đề xuất.")
    return joining.page_of_asker(proposal)


def _answer(request: SignedInRequest, asked: JoinRequest, form: JoinAnswerForm) -> str:
    said = form.cleaned_data
    accepts = request.POST.get("tra-loi") == ACCEPT
    joining.answer(asked.pk, said["text"], is_accepted=accepts, by=request.user)
    messages.success(request, "Đã gửi trả lời.")
    return reverse("proposals:join_requests", args=[asked.proposal.ref])
