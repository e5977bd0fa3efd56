"""The page of a proposal and its tabs."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.models import StoredFile
from documents.responses import file_response
from journal.timeline import people_in, timeline
from organisation.access import SignedInRequest, case
from organisation.lists import pages_shown
from organisation.models import User
from organisation.prepared import prepared
from proposals import digest, proof, rules
from proposals.case import case_context, url_or_none
from proposals.forms.filters import TimelineFilter
from proposals.models import PlanVersion, Proposal, RefusalAnswer
from proposals.paperlist import papers_shown, rows_of
from proposals.rights import Sight
from proposals.stages import APPROVED, CARRIED_OUT, Part, Stage
from proposals.timeline import INNER, SINGLE_VOTES

EVENTS = 50
MANY = 20  # events, from which on each day has its heading


def fetch(request: SignedInRequest, ref: UUID) -> Proposal:
    """The proposal, where this person may see it; else the 404 of a page that is not there."""
    return _seen(_for_detail(ref), request.user)


def fetch_inner(request: SignedInRequest, ref: UUID) -> Proposal:
    """The same for forms of pages that tell of the review from inside: its authors get 403 (AZ-06).

    What only a page shows is not read along.
    """
    proposal = _seen(_row(ref), request.user)
    if not rules.sees_inner(proposal, request.user):
        raise PermissionDenied
    return proposal


def _seen(rows: list[Proposal], user: User) -> Proposal:
    """Of one row the rule is asked, which reads the same table of rights as `visible_to`: it costs
    a fraction.
    """
    if not rows or rules.sight(rows[0], user) < Sight.FULL:
        raise Http404
    return rows[0]


@prepared
def _for_detail(ref: UUID) -> QuerySet:
    return Proposal.objects.for_detail().filter(ref=ref)


@prepared
def _row(ref: UUID) -> QuerySet:
    return Proposal.objects.select_related("proposer", "deciding_unit").filter(ref=ref)


@require_safe
@case("proposal")
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The tab that follows the stage: the pilot where there is one, else what was proposed."""
    proposal = fetch(request, ref)
    if proposal.stage in CARRIED_OUT - APPROVED and (url := url_or_none("pilots:detail", ref)):
        return HttpResponseRedirect(url)
    return _content(request, proposal)


@require_safe
@case("proposal")
def content(request: SignedInRequest, ref: UUID) -> HttpResponse:
    return _content(request, fetch(request, ref))


@require_safe
@case("proposal")
def papers(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The official papers of the case that this viewer may see."""
    proposal = fetch(request, ref)
    context = case_context(proposal, request.user, "papers")
    context["papers"] = rows_of(proposal, request.user)
    return render(request, "proposals/case/papers.html", context)


@require_safe
@case("proposal")
def paper(request: SignedInRequest, ref: UUID, paper_ref: UUID) -> HttpResponseBase:
    """The file of one paper, checked like the page that lists it (AZ-05)."""
    proposal = fetch(request, ref)
    found = get_object_or_404(papers_shown(proposal, request.user), ref=paper_ref)
    if found.file is None:
        return redirect("proposals:papers", ref=ref)
    return file_response(found.file, inline=True)


@require_safe
@case("proposal")
def stored(request: SignedInRequest, ref: UUID, file: UUID) -> HttpResponseBase:
    """A file that goes with an opinion or with an answer to a refusal."""
    proposal = fetch(request, ref)
    answers = RefusalAnswer.objects.filter(decision__proposal=proposal).values("stored")
    allowed = Q(pk__in=answers)
    if rules.sees_inner(proposal, request.user):
        allowed |= Q(pk__in=proposal.opinion_requests.values("stored"))
    readable = StoredFile.objects.readable_by(request.user).filter(allowed)
    return file_response(get_object_or_404(readable, ref=file))


@require_safe
@case("proposal")
def history(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Every event that this viewer may know of, newest first, by pages."""
    proposal = fetch(request, ref)
    hidden = hidden_from(proposal, request.user)
    form = TimelineFilter(request.GET, people=people_in(proposal.stream, hidden=hidden))
    chosen = form.cleaned_data if form.is_valid() else {}
    kind, person = chosen.get("loai", ""), chosen.get("nguoi")
    page = timeline(
        proposal.stream,
        before=chosen.get("truoc"),
        size=EVENTS * pages_shown(request.GET),
        hidden=hidden,
        kind=kind,
        actor=person,
        reader=request.user,
    )
    asked = {"loai": kind, "nguoi": person or "", "truoc": page.older}
    context = case_context(proposal, request.user, "timeline") | {
        "page": page,
        "form": form,
        "has_days": page.total > MANY,
        "is_filtered": bool(kind or person),
        "more_url": f"?{urlencode(asked)}" if page.older else "",
    }
    return render(request, "proposals/case/timeline.html", context)


@require_safe
@case("proposal")
def compare(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Two versions part by part, what was added and left out in words."""
    proposal = fetch(request, ref)
    versions = list(proposal.versions.select_related("content").order_by("number"))
    if not versions:
        raise Http404
    new = versions[-1]
    old = _chosen(versions, request.GET.get("voi", ""), new)
    context = {
        "proposal": proposal,
        "versions": versions[:-1],
        "old": old,
        "new": new,
        "changes": digest.compare(digest.facts_of(old), digest.facts_of(new)) if old else [],
    }
    return render(request, "proposals/case/compare.html", context)


def hidden_from(proposal: Proposal, user: User) -> tuple[str, ...]:
    """The deeds that this viewer may not know of (AZ-06)."""
    return SINGLE_VOTES if rules.sees_inner(proposal, user) else INNER


def _content(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    context = case_context(proposal, request.user, "content")
    version = digest.latest_version(proposal)
    facts = digest.facts_of(version)
    decision = _shown_decision(context)
    is_authors = rules.is_author(proposal, request.user)
    context |= {
        "version": version,
        "parts": digest.read(facts),
        "files": files_of(proposal, facts),
        "coauthors": facts.get("coauthors", []),
        "superior_reason": facts.get("superior_reason", ""),
        "decision": decision,
        "proof": proof.deciding_entry(decision) if decision and is_authors else None,
        "asked": _asked(proposal) if proposal.stage == Stage.RETURNED else None,
        "may_answer": proposal.proposer_id == request.user.pk,
    }
    return render(request, "proposals/case/content.html", context)


def files_of(proposal: Proposal, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The attachments that a version names, each with the way to its bytes."""
    return [
        file | {"url": reverse("proposals:file", args=[proposal.ref, file["ref"]])}
        for file in facts.get("files", [])
    ]


def _asked(proposal: Proposal) -> dict[str, Any] | None:
    """What is to be supplemented, by whom it was asked and until when."""
    rows = proposal.supplement_requests.filter(answered_at=None)
    found = rows.select_related("requested_by", "content").first()
    if found is None:
        return None
    asked = found.content.facts["items"]
    said = [{"label": Part(item["part"]).label, "text": item["text"]} for item in asked]
    return {"rows": said, "by": found.requested_by, "due_on": found.due_on}


def _shown_decision(context: dict):
    """The newest decision in force, with its words; drafts and overrides under way are inner."""
    found = [d for d in context["decisions"] if d.state == "in_force"]
    return found[-1] if found else None


def _chosen(versions: list[PlanVersion], number: str, new: PlanVersion) -> PlanVersion | None:
    older = [version for version in versions if version.number < new.number]
    named = [version for version in older if str(version.number) == number]
    return next(iter(named or older[-1:]), None)
