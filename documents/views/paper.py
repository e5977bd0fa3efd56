"""One paper: its page, its pages as pictures, its files. All are checked each time (AZ-05)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from documents import rules
from documents.actions.base import Refused
from documents.actions.drawing import long_job_of
from documents.actions.issuing import next_number, series_of
from documents.acts import acts_of
from documents.cases import url_of
from documents.checking import kept_bytes
from documents.described import facts_of
from documents.forms.deeds import DeedForm
from documents.models import IssuedCopy, OfficialDocument
from documents.pages import count_pages, draw_page, words_of
from documents.papers import missing
from documents.reading import paper_for
from documents.responses import file_response
from documents.signature_places import sent_to
from documents.stages import Drawing
from documents.word import render_docx
from journal.timeline import timeline
from organisation.access import SignedInRequest, case
from organisation.days import today
from organisation.models import User
from organisation.stages import Role

EVENTS = 50
PAGES_AT_ONCE = 10
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@case("paper")
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """What it says beside what it is: the clerk numbers and issues it here."""
    paper = paper_for(request.user, ref)
    acts = acts_of(paper, request.user)
    primary = acts[0] if acts and acts[0].may_lead else None
    copies = list(paper.sent_copies.select_related("received_by").order_by("place"))
    context = {
        "paper": paper,
        "primary": primary,
        "others": acts[1:] if primary else acts,
        "case_url": url_of(paper.stream),
        "copies": copies,
        "own_copies": _own_copies(copies, request.user),
        "annex_files": list(paper.annex_files.all()) if paper.has_apart else [],
        "receive_form": DeedForm(),
        "replacement": paper.replacements.issued().first(),
        "corrections": paper.corrections.issued().in_register(),
        "events": timeline(paper.own_stream, size=EVENTS).items,
        **_drawing(paper, request.user),
        **_sheets(paper, 1, PAGES_AT_ONCE),
    }
    if rules.may_issue(paper, request.user):
        context |= _desk(paper)
    if rules.may_send(paper, request.user):
        context["gaps"] = [gap for gap in missing(facts_of(paper)) if "signature" not in gap.path]
    return render(request, "documents/paper.html", context)


@require_safe
@case("paper")
def preview(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Every page as a picture with its words over it; says how far it is while it is drawn."""
    paper = paper_for(request.user, ref)
    first = request.GET.get("tu", "1")
    start = int(first) if first.isascii() and first.isdigit() and len(first) < 4 else 1
    context = {
        "paper": paper,
        **_drawing(paper, request.user),
        **_sheets(paper, max(1, start), PAGES_AT_ONCE),
    }
    piece = request.htmx and request.GET.get("cho")
    template = "documents/_sheets.html" if piece else "documents/preview.html"
    return render(request, template, context)


@require_safe
@case("paper")
def page(request: SignedInRequest, ref: UUID, number: int) -> HttpResponse:
    paper = paper_for(request.user, ref)
    if paper.file is None or kept_bytes(paper) is None:
        raise Http404
    try:
        picture = draw_page(paper.file.path, number)
    except IndexError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "no-store"})


@require_safe
@case("paper")
def file(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """The PDF as it was drawn and stored; another file in its place is never given out."""
    paper = paper_for(request.user, ref)
    if paper.file is None or kept_bytes(paper) is None:
        return redirect("documents:preview", ref=ref)
    return file_response(paper.file, inline=True)


@require_safe
@case("paper")
def word(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The same paper to be edited in Word; what is issued is always the PDF."""
    paper = paper_for(request.user, ref)
    content = render_docx(paper.facts)
    return HttpResponse(content, content_type=DOCX, headers=_attachment(paper))


@require_safe
@case("paper")
def scan_file(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    paper = paper_for(request.user, ref)
    if paper.scan is None:
        raise Http404
    return file_response(paper.scan)


def _attachment(paper: OfficialDocument) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="van-ban-{paper.ref}.docx"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _sheets(paper: OfficialDocument, first: int, at_most: int) -> dict[str, Any]:
    """The pages from one on, as far as there is a file."""
    if paper.drawing != Drawing.DRAWN or paper.file is None or kept_bytes(paper) is None:
        return {"sheets": [], "pages": 0, "more": 0}
    pages = count_pages(paper.file.path)
    sheets = words_of(paper.file.path, first=first, at_most=at_most) if first <= pages else []
    after = first + at_most
    return {"sheets": sheets, "pages": pages, "more": after if after <= pages else 0}


def _desk(paper: OfficialDocument) -> dict[str, Any]:
    """What the clerk's desk proposes: the next number, today's date, where copies go."""
    try:
        number, series = next_number(paper, today()), series_of(paper, today())
    except Refused as refusal:
        return {"desk_refusal": str(refusal)}
    facts = facts_of(paper)
    return {
        "desk": {
            "number": f"{number:02d}/{(facts.get('copy') or facts).get('notation', '')}",
            "series": series.name,
            "day": today(),
            "to": [f"{name} ({note})" if note else name for name, note in sent_to(facts)],
        },
        "issue_form": DeedForm(version=paper.version),
    }


def _own_copies(copies: list[IssuedCopy], user: User) -> list[IssuedCopy]:
    """Copies that this person, as a clerk, still has to acknowledge."""
    return [
        copy
        for copy in copies
        if copy.unit_id and not copy.received_at and user.powers.appointed(Role.CLERK, copy.unit_id)
    ]


def _drawing(paper: OfficialDocument, user: User) -> dict[str, Any]:
    """How far a paper without a file is, and whether this person may have it drawn again."""
    job = None if paper.drawing == Drawing.DRAWN else long_job_of(paper)
    mine = rules.is_drafter(paper, user) or rules.is_clerk(paper, user)
    broken_off = job is not None and job.ended is not None
    return {
        "job": job,
        "is_own_job": job is not None and job.owner_id == user.pk,
        "is_broken_off": broken_off or paper.drawing == Drawing.FAILED,
        "may_draw_again": mine and (broken_off or paper.drawing == Drawing.FAILED),
    }
