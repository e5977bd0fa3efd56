"""Writing a proposal: the start page and its six parts, saved by hand or by themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents.uploads import UploadRefused
from journal.once import run_once
from organisation.access import SignedInRequest, case, signed_in
from organisation.templatetags.portal import vn_date, vn_time
from proposals import papers, parts, rules, similarity
from proposals.actions import drafting, legal_help
from proposals.actions.attachments import attach
from proposals.actions.coauthors import shared
from proposals.actions.drafting import PartConflict, PartTaken
from proposals.actions.lifecycle import MoveRefused
from proposals.forms.asking import LegalQuestionForm
from proposals.forms.sending import ConfirmForm
from proposals.forms.sheet import Sheet
from proposals.models import PartVersion, Proposal
from proposals.routing import NoRoute
from proposals.stages import Part
from proposals.tasklist import task_list

PAGE = ["GET", "HEAD", "POST"]
CONTINUE, LATER, STAY, MORE, AUTO = "", "de-sau", "luu", "them", "tu-dong"
LEGAL = "phap-che"


@require_http_methods(PAGE)
@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """What to prepare, who reads it and what protects the writer; the button begins a draft."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(run_once(request.user, form, lambda: _begin(request)))
        except NoRoute as nowhere:
            form.add_error(None, str(nowhere))
    return render(request, "proposals/writing/start.html", {"form": form})


@require_http_methods(PAGE)
@case("proposal")
def edit(request: SignedInRequest, ref: UUID, part: str) -> HttpResponse:
    """One part of the form, for its authors as long as it may be changed."""
    proposal = fetch_own(request, ref)
    if part not in Part.values:
        raise Http404
    if request.method == "POST":
        return _save(request, proposal, Part(part))
    if not rules.may("edit")(proposal, request.user):
        return redirect(proposal)
    version = get_object_or_404(proposal.part_versions, part=part)
    sheet = Sheet.saved(proposal, version, more="them" in request.GET)
    return _show(request, proposal, sheet)


def fetch_own(request: SignedInRequest, ref: UUID) -> Proposal:
    """A proposal that this person writes; 404 for everybody else, whatever they may read."""
    own = Proposal.objects.of_author(request.user)
    return get_object_or_404(own.for_detail(), ref=ref)


def page_of(proposal: Proposal, part: str) -> str:
    return reverse("proposals:edit", args=[proposal.ref, part])


def _begin(request: SignedInRequest) -> str:
    return page_of(drafting.begin(by=request.user), Part.BASICS)


def _save(request: SignedInRequest, proposal: Proposal, part: Part) -> HttpResponse:
    then = request.POST.get("then", CONTINUE)
    sheet = Sheet.posted(request, part, complete=then == CONTINUE)
    try:
        saved = drafting.save_part(
            proposal.pk,
            part,
            sheet.answers,
            by=request.user,
            page=sheet.page(is_auto=then == AUTO),
            indicators=sheet.rows,
        )
    except (PartConflict, PartTaken) as other:
        _attach(request, proposal, sheet)
        return _conflict(request, proposal, sheet, other)
    if then == AUTO:
        return _saved(request, saved, sheet)
    _attach(request, proposal, sheet)
    if not sheet.is_sound:
        return _show(request, fetch_own(request, proposal.ref), sheet, status=422)
    if then == LEGAL and part == Part.PROBLEM:
        return _ask_legal(request, proposal, sheet)
    return _go_on(request, proposal, part, then, saved)


def _ask_legal(request: SignedInRequest, proposal: Proposal, sheet: Sheet) -> HttpResponse:
    """Send the question that stands beside the part, which is saved; the writer stays there."""
    form = LegalQuestionForm(request.POST)
    if form.is_valid():
        try:
            asked = legal_help.ask(
                proposal.pk, form.cleaned_data["legal_question"], by=request.user
            )
        except MoveRefused as refused:
            form.add_error("legal_question", refused.needs)
        else:
            due = vn_date(asked.due_on)
            messages.success(request, f"Đã gửi câu hỏi tới {asked.unit_name}, trả lời trước {due}.")
            return HttpResponseRedirect(f"{page_of(proposal, Part.PROBLEM)}#phap-che")
    fresh = fetch_own(request, proposal.ref)
    sheet = Sheet.saved(fresh, fresh.part_versions.get(part=Part.PROBLEM))
    return _show(request, fresh, sheet, status=422, legal=form)


def _go_on(
    request: SignedInRequest, proposal: Proposal, part: Part, then: str, saved: PartVersion
) -> HttpResponse:
    if then == STAY:
        return HttpResponseRedirect(page_of(proposal, part))
    if then == MORE:
        return HttpResponseRedirect(f"{page_of(proposal, part)}?them=1#chi-tieu")
    drafting.leave(proposal.pk, part, by=request.user)
    if then == LATER:
        messages.success(request, f"Đã lưu lúc {vn_time(saved.saved_at)}.")
        return redirect(reverse("proposals:list") + "?muc=ban-nhap")
    following = parts.next_part(part)
    return redirect(
        page_of(proposal, following)
        if following
        else reverse("proposals:check", args=[proposal.ref])
    )


def _show(
    request: SignedInRequest,
    proposal: Proposal,
    sheet: Sheet,
    *,
    status: int = 200,
    legal: LegalQuestionForm | None = None,
) -> HttpResponse:
    versions = list(proposal.part_versions.select_related("saved_by"))
    version = next(row for row in versions if row.part == sheet.part)
    context = {
        "proposal": proposal,
        "part": sheet.part,
        "number": list(Part).index(sheet.part) + 1,
        "sheet": sheet,
        "form": sheet.form,
        "forms": [*sheet.forms, *([legal] if legal else [])],
        "seen": version.number,
        "saved": version if version.number else None,
        "tasks": task_list(proposal, versions, sheet.part),
        "done": sum(row.is_done for row in versions),
        "writer": drafting.writer_of(proposal, sheet.part, apart_from=request.user),
    }
    return render(
        request,
        "proposals/writing/edit.html",
        context | _beside(request, proposal, sheet.part, legal),
        status=status,
    )


def _beside(
    request: SignedInRequest, proposal: Proposal, part: Part, legal: LegalQuestionForm | None
) -> dict[str, object]:
    """What single parts show beside their form."""
    if part == Part.BASICS:
        coauthors = list(proposal.coauthors.select_related("person").order_by("pk"))
        similar = similarity.like(proposal.title, request.user, apart_from=proposal.pk)
        return {
            "similar": similar,
            "coauthors": coauthors,
            "own_share": 100 - shared(proposal),
            "may_invite": rules.may("invite")(proposal, request.user),
        }
    if part == Part.PROBLEM:
        return {"legal": _legal_help(proposal, legal)}
    if part == Part.COMMITMENT:
        return {"attached": list(papers.live_files(proposal))}
    return {}


def _legal_help(proposal: Proposal, form: LegalQuestionForm | None) -> dict[str, object]:
    """What was asked about the law and answered; another question once the last is answered."""
    rows = proposal.legal_questions.select_related("content", "answer", "answered_by")
    questions = list(rows.order_by("pk"))
    waiting = next((row for row in questions if row.answered_at is None), None)
    return {
        "questions": questions,
        "clock": legal_help.clock_of(waiting) if waiting else None,
        "unit": proposal.agency_name,
        "form": None if waiting else form or LegalQuestionForm(),
    }


def _saved(request: SignedInRequest, saved: PartVersion, sheet: Sheet) -> HttpResponse:
    """The quiet line beside the buttons, and the number for the next saving."""
    context = {"saved": saved, "seen": saved.number, "problem": sheet.first_error}
    return render(request, "proposals/writing/_saved.html", context)


def _conflict(
    request: SignedInRequest, proposal: Proposal, sheet: Sheet, other: PartConflict | PartTaken
) -> HttpResponse:
    """Two versions side by side, and the choice between them; nothing was written (TX-07)."""
    context = {
        "proposal": proposal,
        "part": sheet.part,
        "other": other,
        "is_taken": isinstance(other, PartTaken),
        "differences": sheet.differences(fetch_own(request, proposal.ref)),
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in {"csrfmiddlewaretoken", "seen", "then"}
            for value in values
        ],
        "seen": proposal.part_versions.get(part=sheet.part).number,
        "url": page_of(proposal, sheet.part),
        "refused": sheet.files.errors.get("files", []) if sheet.files else [],
    }
    return render(request, "proposals/writing/conflict.html", context, status=409)


def _attach(request: SignedInRequest, proposal: Proposal, sheet: Sheet) -> None:
    """Keep what was uploaded; say beside the input what could not be taken."""
    if sheet.files is None or sheet.files.errors:
        return
    refused = []
    for upload in sheet.files.cleaned_data["files"]:
        try:
            attach(proposal, upload, by=request.user)
        except UploadRefused as refusal:
            refused.append(refusal.message)
    sheet.files.refuse(refused)
