"""The list of pilots, the follow-up tab, and the plan before the start."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from journal.timeline import NEWEST, timeline
from organisation.access import SignedInRequest, case, signed_in
from organisation.days import today
from organisation.lists import PAGES, pages_shown
from pilots import board, rules
from pilots.actions import planning, starting
from pilots.forms.filters import PilotFilter
from pilots.forms.plan import PlanForms
from pilots.models import Halt, Pilot
from pilots.stages import HaltKind, PilotState
from pilots.views.base import done, fetch, filled, is_sent, next_page, page
from pilots.views.deeds import deed
from proposals import paging
from proposals.case import url_or_none
from proposals.models import Proposal
from proposals.paperlist import PaperRow, rows_of
from proposals.views.case import hidden_from

FEW = 3
PAGE = paging.PAGE


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """Pilots that this person may see, newest first; the filters stand in the URL."""
    form = PilotFilter(request.GET)
    day = today()
    found, after = Pilot.objects.visible_to(request.user).for_list(), ""
    if form.is_valid():
        found, after = form.narrow(found, day), form.cleaned_data["sau"]
    page_of = paging.newest_first(found, after, pages=pages_shown(request.GET), size=PAGE)
    asked = {
        name: value for name, value in request.GET.items() if value and name not in {"sau", PAGES}
    }
    context = {
        "rows": [_row(pilot, day) for pilot in page_of.rows],
        "form": form,
        "is_filtered": bool(asked),
        "more_url": _more_url(asked, page_of.after),
    }
    return render(request, "pilots/list.html", context)


@require_safe
@case("pilot")
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The follow-up tab: indicators, milestones, alerts, overall progress, the newest events."""
    pilot = fetch(request, ref)
    day = today()
    figures = board.figures_of(pilot, day)
    return page(
        request,
        pilot,
        "pilot",
        "pilots/detail.html",
        board=figures,
        alerts=board.alerts(pilot, figures.milestones, day),
        money_words=board.money_words(pilot),
        events=timeline(
            pilot.stream,
            size=NEWEST,
            hidden=hidden_from(pilot.proposal, request.user),
            reader=request.user,
        ),
        papers=[_paper(row) for row in rows_of(pilot.proposal, request.user, at_most=FEW)],
        papers_url=url_or_none("proposals:papers", ref),
        events_url=url_or_none("proposals:timeline", ref),
        evidence_url=url_or_none("accountability:evidence", ref),
        dossier=board.dossier_of(pilot),
        halt=_halt(pilot),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def plan(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Write the plan. Before the first saving the form shows what decision and proposal say."""
    pilot = _planned(request, ref)
    forms: Any = filled(request, lambda data: PlanForms(pilot, data))
    if is_sent(request) and forms.is_valid():
        answer = done(
            request,
            forms.main,
            lambda: _save(pilot, forms, request),
            lambda saved: next_page(request, saved, "plan"),
            said="Đã lưu kế hoạch.",
        )
        if answer:
            return answer
    lacking = planning.missing(pilot) if pilot.pk else []
    return render(
        request,
        "pilots/plan.html",
        {
            "pilot": pilot,
            "proposal": pilot.proposal,
            "forms": forms,
            "form": forms,
            "missing": lacking,
            "plan_title": pilot.worded("Kế hoạch thí điểm"),
            "start_label": pilot.worded("Bắt đầu thí điểm"),
            "may_start": bool(pilot.pk) and not lacking and rules.may("start")(pilot, request.user),
        },
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def start(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Start the pilot; where its plan still lacks something, go to the plan first."""
    pilot = _planned(request, ref)
    if not pilot.pk or planning.missing(pilot):
        return redirect("pilots:plan", ref=ref)
    return deed(request, ref=ref, name="start")


def _save(pilot: Pilot, forms: PlanForms, request: SignedInRequest) -> Pilot:
    """The first saving also makes the row."""
    version = forms.main.cleaned_data["version"]
    if not pilot.pk:
        pilot, version = starting.prepare(pilot.proposal_id, by=request.user), None
    return planning.save_plan(pilot.pk, forms.plan(), by=request.user, version=version)


def _planned(request: SignedInRequest, ref: UUID) -> Pilot:
    """The pilot that is not started, or the one that the decision allows, unsaved.

    Raises Http404 for those who may not see it, PermissionDenied for those who may not plan.
    """
    found = Pilot.objects.visible_to(request.user).for_detail().filter(proposal__ref=ref).first()
    if found is None:
        proposals = Proposal.objects.visible_to(request.user).for_detail()
        found = starting.draft_of(get_object_or_404(proposals, ref=ref, pilot=None))
    if found is None:
        raise Http404
    if found.state != PilotState.PLANNED or not rules.may("edit_plan")(found, request.user):
        raise PermissionDenied
    return found


def _row(pilot: Any, day: date) -> dict[str, Any]:
    """A line of the list: time against indicators, incidents, the next report."""
    time = board.elapsed(pilot, day)
    rows = [board.indicator_row(pilot, row, time) for row in pilot.indicators.all()]
    good = [row for row in rows if row.standing in board.GOOD]
    return {
        "pilot": pilot,
        "badge": board.pilot_badge(pilot, is_behind=pilot.is_behind(day)),
        "time": board.progress.percent(time),
        "good": len(good),
        "measured": len(rows),
        "is_late": pilot.next_report_due is not None and pilot.next_report_due < day,
    }


def _more_url(asked: dict[str, Any], after: str) -> str:
    return f"{reverse('pilots:index')}?{urlencode(asked | {'sau': after})}" if after else ""


def _halt(pilot: Pilot) -> Halt | None:
    """The suspension that lasts, or the early stop: since when, by whom and why."""
    if pilot.state == PilotState.SUSPENDED:
        halts = pilot.halts.filter(ended_on=None)
    elif pilot.ended_on:
        halts = pilot.halts.filter(kind=HaltKind.TERMINATION)
    else:
        return None
    return halts.select_related("decided_by").order_by("-pk").first()


def _paper(row: PaperRow) -> dict[str, Any]:
    """A paper in the words of `components/_files.html`."""
    paper = row.paper
    return {
        "name": row.name,
        "note": row.label,
        "number": paper.full_number if paper.number else "",
        "on": paper.created_at,
        "size": paper.file.size if paper.file else None,
        "url": paper.get_absolute_url() if row.label else row.url,
        "kind": "pdf" if row.url else "",
    }
