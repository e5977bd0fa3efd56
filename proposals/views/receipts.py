"""Checking a draft, sending it, and the receipt that proves the sending."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deadlines.models import Clock
from documents.responses import file_response
from documents.stages import Drawing
from journal.models import Entry
from journal.once import run_once
from organisation.access import SignedInRequest, case
from organisation.days import today
from organisation.templatetags.portal import vn_date
from proposals import digest, papers, rules
from proposals.actions import sending
from proposals.actions.sending import NotReady
from proposals.forms.sending import ConfirmForm, RecipientForm
from proposals.models import Proposal
from proposals.readiness import Readiness, readiness_of
from proposals.routing import NoRoute
from proposals.stages import Part, Stage
from proposals.tasklist import task_list
from proposals.views.doing import offer
from proposals.views.writing import PAGE, fetch_own, page_of


@require_http_methods(PAGE)
@case("proposal")
def check(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Every answer once more, who will read it and by which rules; the button sends it."""
    proposal = fetch_own(request, ref)
    if request.method != "POST" and proposal.stage != Stage.DRAFT:
        return redirect(proposal)
    form = ConfirmForm(request.POST or None, version=proposal.version)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            url = reverse("proposals:receipt", args=[ref])
            run_once(request.user, form, lambda: _send(request, proposal, form, url), url=url)
            return HttpResponseRedirect(url)
        except NotReady as not_ready:
            refused = not_ready.readiness
    if request.method == "POST":
        offer(request, proposal, "submit", form=form)
    return _check_page(request, proposal, form, refused)


@require_POST
@case("proposal")
def recipient(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Choose between the two who may lawfully decide: one's own head, or the head above."""
    proposal = fetch_own(request, ref)
    is_back = bool(proposal.plan.superior_reason)
    form = RecipientForm(request.POST, version=proposal.version, is_back=is_back)
    if form.is_valid():
        try:
            return redirect(run_once(request.user, form, lambda: _choose(request, proposal, form)))
        except NoRoute as nowhere:
            form.add_error("superior_reason", str(nowhere))
    offer(request, proposal, "submit", form=form)
    return _check_page(request, proposal, _fresh(proposal), None, form)


@require_safe
@case("proposal")
def receipt(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The code, what happens next and by when, the proof and the paper."""
    proposal = fetch_own(request, ref)
    entry = Entry.objects.of(proposal.stream).filter(action="proposal.submit").first()
    if entry is None:
        raise Http404
    clock = Clock.objects.of_subject("proposal", proposal.ref).filter(rule__code="INTAKE")
    context = {
        "proposal": proposal,
        "entry": entry,
        "version": proposal.versions.select_related("content").get(number=1),
        "clock": clock.select_related("rule").first(),
        "paper": sending.receipt_of(proposal),
    }
    piece = "proposals/writing/_receipt_paper.html"
    template = piece if request.htmx else "proposals/writing/receipt.html"
    return render(request, template, context)


@require_safe
@case("proposal")
def receipt_file(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """The receipt as PDF; back to its page while the worker still draws it."""
    proposal = fetch_own(request, ref)
    paper = sending.receipt_of(proposal)
    if paper is None:
        raise Http404
    if paper.drawing != Drawing.DRAWN or paper.file is None:
        return redirect("proposals:receipt", ref=ref)
    return file_response(paper.file)


def _send(request: SignedInRequest, proposal: Proposal, form: ConfirmForm, url: str) -> str:
    version = form.cleaned_data["version"]
    sent = sending.send(proposal.pk, by=request.user, version=version).proposal
    messages.success(
        request,
        f"Đã gửi đề xuất {sent.code}. {sent.deciding_unit_name} sẽ tiếp nhận trước ngày "
        f"{vn_date(sent.due_on)}.",
    )
    return url


def _choose(request: SignedInRequest, proposal: Proposal, form: RecipientForm) -> str:
    reason = form.cleaned_data.get("superior_reason", "")
    version = form.cleaned_data["version"]
    sending.choose_recipient(proposal.pk, reason, by=request.user, version=version)
    messages.success(request, "Đã đổi người xem xét.")
    return reverse("proposals:check", args=[proposal.ref])


def _fresh(proposal: Proposal) -> ConfirmForm:
    return ConfirmForm(version=proposal.version)


def _check_page(
    request: SignedInRequest,
    proposal: Proposal,
    form: ConfirmForm,
    refused: Readiness | None,
    recipient: RecipientForm | None = None,
) -> HttpResponse:
    ready = refused or readiness_of(proposal, today())
    facts = papers.version_facts(proposal, 1)
    versions = list(proposal.part_versions.all())
    context = {
        "proposal": proposal,
        "form": form,
        "recipient": recipient or _recipient_form(proposal, ready),
        "ready": ready,
        "refused": refused,
        "gaps": [(gap, page_of(proposal, gap.part)) for gap in ready.gaps],
        "parts": _parts(proposal, facts),
        "people": facts,
        "slip": digest.slip_rows(facts),
        "tasks": task_list(proposal, versions, "kiem-tra"),
        "done": sum(row.is_done for row in versions),
        "may_send": rules.may("submit")(proposal, request.user),
    }
    status = 422 if refused or recipient else 200
    return render(request, "proposals/writing/check.html", context, status=status)


def _recipient_form(proposal: Proposal, ready: Readiness) -> RecipientForm | None:
    """The other choice; none where one's own head is an author, so that the one above must."""
    is_back = bool(proposal.plan.superior_reason)
    if ready.route and ready.route.is_superior and not is_back:
        return None
    return RecipientForm(version=proposal.version, is_back=is_back)


def _parts(proposal: Proposal, facts: papers.Facts) -> list[dict[str, object]]:
    """Each part with its answers, also those with none, and where to change them."""
    read = {part.part: part.answers for part in digest.read(facts)}
    return [
        {"label": part.label, "url": page_of(proposal, part), "answers": read.get(part, [])}
        for part in Part
    ]
