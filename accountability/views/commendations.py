"""Commendations: the list, a nomination, and its way to the award."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accountability import acts, papers, people, rules, tracker
from accountability.actions import awarding, nominating
from accountability.forms.commendations import AwardForm, DecideForm, NominateForm, ReviewForm
from accountability.forms.liability import PlainForm, SecondForm
from accountability.models import Commendation
from accountability.people import Setting
from accountability.rights import Sight
from accountability.tables import running_clock, with_due
from accountability.timeline import INNER
from accountability.views.base import (
    GET_AND_POST,
    fetch_commendation,
    fetch_pilot,
    form_page,
    require,
)
from documents.papers import sheet_of
from documents.responses import file_response
from journal.timeline import timeline
from organisation.access import SignedInRequest, case, signed_in
from organisation.days import today
from organisation.lists import pages_shown
from proposals.models import Proposal
from proposals.paging import newest_first

EVENTS = 50


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    rows = Commendation.objects.visible_to(request.user).for_list()
    page = newest_first(rows, request.GET.get("sau", ""), pages=pages_shown(request.GET))
    context = {"rows": with_due(page.rows, "commendation"), "after": page.after}
    return render(request, "accountability/commendations/list.html", context)


@require_http_methods(GET_AND_POST)
@case("pilot")
def nominate(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Nominate from the case; the merit is filled in from the evaluation."""
    pilot = fetch_pilot(request, ref)
    setting = people.setting_of(pilot)
    offered = require(request, rules.may_nominate(setting, request.user))
    who = people.involved(pilot)
    form = NominateForm(request.POST or None, people=who, initial={"merit": _merit(setting)})

    def do() -> str:
        said = form.cleaned_data
        what = nominating.Nomination(
            incentive=said["incentive"],
            nominee=said["nominee"],
            merit=said["merit"],
            person=said["person"],
            team_name=said["team_name"],
            members=tuple(said["members"]),
        )
        made = nominating.nominate(pilot.pk, what, by=request.user)
        messages.success(request, f"Đã đề nghị khen thưởng {made.who}.")
        return made.get_absolute_url()

    context = {
        "heading": "Đề nghị khen thưởng",
        "lead": f"{pilot.proposal.code} · {pilot.proposal.title}",
        "verb": "Đề nghị khen thưởng",
        "back_url": pilot.get_absolute_url(),
        "back_label": pilot.proposal.code,
    }
    return form_page(request, "accountability/form.html", form, do, offered=offered, **context)


@require_safe
@case("commendation")
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    row = fetch_commendation(request, ref)
    sight = rules.commendation_sight(row, request.user)
    offered = acts.commendation_acts(row, request.user)
    hidden = () if sight >= Sight.INNER else INNER
    context = {
        "row": row,
        "sees_case": Proposal.objects.visible_to(request.user).filter(pk=row.proposal_id).exists(),
        "badge": row.badge,
        "steps": tracker.commendation_steps(row),
        "clock": running_clock("commendation", row.ref),
        "primary": offered[0] if offered else None,
        "others": offered[1:],
        "waiting": row.waiting if sight >= Sight.INNER else None,
        "not_confirmed": row.not_confirmed if sight >= Sight.INNER else None,
        "decision": row.in_force,
        "sees_inner": sight >= Sight.INNER,
        "members": people.users(row.nominee_ids) if row.team_name else [],
        "events": timeline(row.stream, size=EVENTS, hidden=hidden).items,
    }
    return render(request, "accountability/commendations/detail.html", context)


@require_http_methods(GET_AND_POST)
@case("commendation")
def review(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The officer finds the conditions met, or sends it no further."""
    row = fetch_commendation(request, ref)
    offered = require(request, rules.may_commend("review")(row, request.user))
    form = ReviewForm(request.POST or None, version=row.version)

    def do() -> str:
        said, declines = form.cleaned_data, "khong" in request.POST
        deed = nominating.decline_review if declines else nominating.review
        deed(row.pk, said["text"], by=request.user, version=said["version"])
        messages.success(request, "Đã ghi ý kiến thẩm định.")
        return row.get_absolute_url()

    context = _words(row, "Thẩm định đề nghị khen thưởng", "Đủ điều kiện", "Chưa xét")
    return form_page(
        request, "accountability/commendations/step.html", form, do, offered=offered, **context
    )


@require_http_methods(GET_AND_POST)
@case("commendation")
def submit(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Lay it before whoever decides on this form."""
    row = fetch_commendation(request, ref)
    offered = require(request, rules.may_commend("submit")(row, request.user))
    form = PlainForm(request.POST or None, version=row.version)

    def do() -> str:
        made = nominating.submit(row.pk, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, f"Đã trình {made.deciding_unit_name}.")
        return row.get_absolute_url()

    context = {
        "question": f"Trình quyết định {row.incentive.label} cho {row.who}?",
        "consequence": f"{people.deciding_unit(row)} quyết định. Văn bản trình được lập.",
        "verb": "Trình quyết định",
        "back_url": row.get_absolute_url(),
        "back_label": row.code,
    }
    return form_page(request, "accountability/confirm.html", form, do, offered=offered, **context)


@require_http_methods(GET_AND_POST)
@case("commendation")
def decide(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The competent head commends, or not."""
    row = fetch_commendation(request, ref)
    offered = require(
        request, rules.may_commend("decide")(row, request.user) and row.waiting is None
    )
    form = DecideForm(request.POST or None, version=row.version)

    def do() -> str:
        said = form.cleaned_data
        if "khong" in request.POST:
            awarding.decline(row.pk, said["text"], by=request.user, version=said["version"])
            messages.success(request, "Đã ghi việc chưa xét. Người đề nghị được thông báo.")
        else:
            awarding.decide(row.pk, said["text"], by=request.user, version=said["version"])
            messages.success(request, "Đã ghi quyết định, chờ xác nhận.")
        return row.get_absolute_url()

    context = _words(row, "Quyết định khen thưởng", "Đồng ý khen thưởng", "Chưa xét")
    return form_page(
        request, "accountability/commendations/step.html", form, do, offered=offered, **context
    )


@require_http_methods(GET_AND_POST)
@case("commendation")
def confirm(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The second person reads the decision and its paper, and confirms it or not."""
    row = fetch_commendation(request, ref)
    if rules.commendation_sight(row, request.user) < Sight.INNER:
        raise PermissionDenied  # not even that a decision waits is known outside (AZ-06)
    decision = row.waiting
    if decision is None:
        return redirect(row)
    offered = require(request, rules.may_commend("confirm")(row, request.user))
    decision.commendation = row
    form = SecondForm(request.POST or None, version=row.version)

    def do() -> str:
        said = form.cleaned_data
        if "khong" in request.POST:
            awarding.decline_decision(
                row.pk, said["reason"], by=request.user, version=said["version"]
            )
            messages.success(request, "Đã ghi việc không xác nhận quyết định.")
        else:
            awarding.confirm(row.pk, by=request.user, version=said["version"])
            messages.success(request, "Đã xác nhận quyết định khen thưởng.")
        return row.get_absolute_url()

    context = _words(
        row, "Xác nhận quyết định khen thưởng", "Xác nhận quyết định", "Không xác nhận"
    )
    context |= {"decision": decision, "paper": sheet_of(papers.commendation_decision(decision))}
    return form_page(
        request, "accountability/commendations/step.html", form, do, offered=offered, **context
    )


@require_http_methods(GET_AND_POST)
@case("commendation")
def award(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The number of the decision and the day of the award."""
    row = fetch_commendation(request, ref)
    offered = require(request, rules.may_commend("award")(row, request.user))
    form = AwardForm(
        request.POST or None,
        version=row.version,
        initial=_issued(row) | {"awarded_on": today()},
    )

    def do() -> str:
        said = form.cleaned_data
        awarding.award(
            row.pk,
            number=said["number"],
            decided_on=said["decided_on"],
            awarded_on=said["awarded_on"],
            by=request.user,
            version=said["version"],
        )
        messages.success(request, f"Đã ghi nhận trao {row.incentive.label} cho {row.who}.")
        return row.get_absolute_url()

    context = _words(row, "Ghi nhận đã trao", "Ghi nhận đã trao")
    return form_page(
        request, "accountability/commendations/step.html", form, do, offered=offered, **context
    )


@require_safe
@case("commendation")
def paper(request: SignedInRequest, ref: UUID, paper_ref: UUID) -> FileResponse:
    """The decision for whoever sees the nomination; tờ trình or slip for those at work."""
    row = fetch_commendation(request, ref)
    found = [row.in_force.document if row.in_force else None]
    if rules.commendation_sight(row, request.user) >= Sight.INNER:
        found.append(row.submission)
    for document in found:
        if document and document.ref == paper_ref and document.file:
            return file_response(document.file, inline=True)
    raise Http404


def _issued(row: Commendation) -> dict[str, object]:
    """Number and day of the decision, as the register has them once it is issued."""
    paper = row.in_force.document if row.in_force else None
    number, day = (paper.full_number, paper.issued_on) if paper else ("", None)
    return {"number": number, "decided_on": day or today()}


def _merit(setting: Setting) -> str:
    """What the evaluation says, as a first draft of the merit."""
    evaluation = setting.evaluation
    if evaluation is None:
        return ""
    values = evaluation.final_values.select_related("indicator").order_by("indicator__place", "pk")
    reached = [f"{row.indicator.name}: đạt {row.percent}% mục tiêu." for row in values]
    title = setting.pilot.proposal.title
    lines = [f"Hoàn thành đề xuất “{title}”.", *reached, evaluation.assessment]
    return "\n".join(line for line in lines if line)


def _words(row: Commendation, heading: str, verb: str, other: str = "") -> dict[str, object]:
    return {
        "row": row,
        "heading": heading,
        "verb": verb,
        "other": other,
        "back_url": row.get_absolute_url(),
    }
