"""Answering a refusal; what the head makes of it; the second person; taking a decision back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.papers import sheet_of
from journal.once import OnceForm
from organisation.access import SignedInRequest, case
from organisation.days import today
from organisation.templatetags.portal import vn_date
from proposals import decision_papers, digest
from proposals.actions import answering, deciding, overriding
from proposals.case import shown_clock
from proposals.forms.review import AnswerForm, AnswerReviewForm, ReasonForm, SecondForm
from proposals.models import Decision, Proposal
from proposals.said import said_by
from proposals.stages import DecisionKind, DecisionState, Stage
from proposals.views.case import fetch, fetch_inner
from proposals.views.doing import done, offer
from proposals.views.opinions import kept_file

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
@case("proposal")
def answer(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The reason that was given, and the proposer's one answer."""
    proposal = fetch(request, ref)
    if request.method != "POST" and proposal.stage != Stage.REFUSED:
        return redirect(proposal)
    form = AnswerForm(request.POST or None, request.FILES or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        answering.answer_refusal(
            proposal.pk,
            said["text"],
            by=request.user,
            stored=kept_file(said["attached"], proposal, request.user),
            version=said["version"],
        )
        messages.success(request, "Đã gửi phản hồi tới người đứng đầu.")
        return proposal.get_absolute_url()

    context = _refusal_context(proposal) if proposal.stage == Stage.REFUSED else {}
    page = "proposals/case/answer.html"
    return _page(request, page, proposal, form, do, deed="answer_refusal", **context)


@require_http_methods(GET_AND_POST)
@case("proposal")
def answer_review(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The proposer's answer, and two ways on: look again, or keep the refusal."""
    proposal = fetch(request, ref)
    if request.method != "POST" and (proposal.stage != Stage.REFUSED or not proposal.answered_at):
        return redirect(proposal)
    form = AnswerReviewForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        keeps = "giu" in request.POST
        deed = answering.keep_refusal if keeps else answering.reopen
        deed(proposal.pk, by=request.user, text=said["text"], version=said["version"])
        messages.success(request, "Đã giữ ý kiến." if keeps else "Đã mở lại để xem xét.")
        return proposal.get_absolute_url()

    context = _refusal_context(proposal) if proposal.stage == Stage.REFUSED else {}
    page = "proposals/review/answer_review.html"
    return _page(request, page, proposal, form, do, deed="reopen", **context)


@require_http_methods(GET_AND_POST)
@case("proposal")
def second(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The second person reads what the head decided against the vote, and confirms it or not."""
    proposal = fetch_inner(request, ref)
    decision = overriding.waiting_decision(proposal)
    form = SecondForm(request.POST or None, version=proposal.version)
    if decision is None:
        return _nothing(request, proposal, "confirm_decision", form)
    decision.proposal = proposal
    if not overriding.may_confirm(decision, request.user):
        raise PermissionDenied

    def do() -> str:
        said = form.cleaned_data
        if "khong" in request.POST:
            overriding.decline(
                decision.pk, said["reason"], by=request.user, version=said["version"]
            )
            messages.success(request, "Đã ghi việc không xác nhận quyết định.")
        else:
            overriding.confirm(decision.pk, by=request.user, version=said["version"])
            messages.success(request, f"Đã xác nhận quyết định cho đề xuất {proposal.code}.")
        return proposal.get_absolute_url()

    what = said_by(decision)
    paper = sheet_of(decision_papers.facts_of(what, decision.unit, decision.decided_by))
    vote = proposal.steps.filter(kind="collective_vote", cancelled_at=None).last()
    context = {"decision": decision, "paper": paper, "vote": vote}
    page = "proposals/review/second.html"
    return _page(request, page, proposal, form, do, deed="confirm_decision", **context)


@require_http_methods(GET_AND_POST)
@case("proposal")
def revoke(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Take the decision back, until its paper is signed."""
    proposal = fetch(request, ref)
    decision = _decision_in_force(proposal)
    form = ReasonForm(request.POST or None, version=proposal.version)
    if decision is None:
        return _nothing(request, proposal, "revoke_decision", form)

    def do() -> str:
        said = form.cleaned_data
        overriding.revoke(decision.pk, said["reason"], by=request.user, version=said["version"])
        messages.success(request, f"Đã thu hồi quyết định. {proposal.code} được xem xét lại.")
        return proposal.get_absolute_url()

    words = {
        "question": f"Thu hồi quyết định cho {proposal.code}?",
        "consequence": "Hồ sơ trở lại bước xem xét. Người đề xuất được thông báo lý do.",
        "verb": "Thu hồi quyết định",
        "danger": True,
    }
    return _page(request, "confirm.html", proposal, form, do, deed="revoke_decision", **words)


@require_http_methods(GET_AND_POST)
@case("proposal")
def redirect_case(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Hand a proposal to the procedure of law-making."""
    proposal = fetch(request, ref)
    form = ReasonForm(request.POST or None, version=proposal.version)

    def do() -> str:
        said = form.cleaned_data
        deciding.decide(
            proposal.pk,
            DecisionKind.REDIRECT,
            by=request.user,
            reason=said["reason"],
            version=said["version"],
        )
        messages.success(request, f"Đã chuyển {proposal.code} sang quy trình xây dựng văn bản.")
        return proposal.get_absolute_url()

    words = {
        "question": f"Chuyển {proposal.code} sang quy trình xây dựng văn bản?",
        "consequence": "Đề xuất kết thúc tại đây. Lý do được gửi cho người đề xuất.",
        "verb": "Chuyển quy trình",
        "danger": True,
    }
    return _page(request, "confirm.html", proposal, form, do, deed="redirect", **words)


def _nothing(
    request: SignedInRequest, proposal: Proposal, deed: str, form: OnceForm
) -> HttpResponse:
    """Back to the case where there is no decision to act on, for whoever might have acted."""
    if request.method == "POST":
        offer(request, proposal, deed, form=form)
    return redirect(proposal)


def _page(
    request: SignedInRequest,
    template: str,
    proposal: Proposal,
    form: OnceForm,
    do: Callable[[], str],
    *,
    deed: str,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (led := done(request.user, form, do)):
        return led
    offer(request, proposal, deed, form=form)
    back = {"back_url": proposal.get_absolute_url()}
    return render(request, template, {"proposal": proposal, "form": form} | back | context)


def _refusal_context(proposal: Proposal) -> dict[str, Any]:
    """What was refused and why, the answer if there is one, and whether the time is over."""
    decision = answering.last_refusal(proposal)
    clock = shown_clock(proposal)
    due = clock.due_on if clock else None
    is_late = bool(due and due < today() and not proposal.answered_at)
    return {
        "decision": decision,
        "answer": getattr(decision, "answer", None),
        "due_on": due,
        "too_late": answering.TOO_LATE.format(day=vn_date(due)) if is_late else "",
        "briefs": digest.briefs(digest.facts_of(digest.latest_version(proposal))),
    }


def _decision_in_force(proposal: Proposal) -> Decision | None:
    kinds = (DecisionKind.IMPLEMENT, DecisionKind.PILOT, DecisionKind.REFUSE)
    found = proposal.decisions.filter(state=DecisionState.IN_FORCE, kind__in=kinds)
    return found.order_by("-pk").first()
