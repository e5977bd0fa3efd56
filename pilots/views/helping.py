"""Requests for help: the team's side inside the case, the asked agency's side outside of it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deadlines.showing import with_days_left
from deadlines.visibility import may_see_clock, opened
from organisation.access import SignedInRequest, case, signed_in
from organisation.days import today
from organisation.lists import PAGES, pages_shown
from organisation.models import User
from pilots import rules
from pilots.actions import helping
from pilots.board import Badge
from pilots.forms.deeds import ForwardForm
from pilots.forms.filters import HelpFilter
from pilots.forms.following import HelpForm
from pilots.models import HelpRequest
from pilots.stages import HELP_OPEN, HELP_TONES, HelpState
from pilots.views.base import allow, done, fetch, form_page, open_clock, page, url_of
from proposals import paging
from proposals.acts import Act

PAGE = paging.PAGE


@require_safe
@case("pilot")
def index(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    rows = pilot.help_requests.select_related("requested_by").order_by("-pk")
    return page(
        request,
        pilot,
        "help",
        "pilots/help.html",
        rows=[{"help": row, "badge": badge_of(row)} for row in rows],
        may_ask=rules.may("ask_help")(pilot, request.user),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def create(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    allow(request, pilot, "ask_help")
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("kind", "what", "unit", "needed_by", "details")
        asked = helping.Asked(**{name: said[name] for name in names})
        answer = done(
            request,
            form,
            lambda: helping.ask_help(pilot.pk, asked, by=request.user),
            lambda made: url_of("help_request", pilot, made.ref),
            said="Đã gửi yêu cầu hỗ trợ.",
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title="Gửi yêu cầu hỗ trợ",
        verb="Gửi yêu cầu hỗ trợ",
        back=url_of("help", pilot),
    )


@require_safe
@case("pilot")
def request_page(request: SignedInRequest, ref: UUID, help_ref: UUID) -> HttpResponse:
    """One request as the team and those who follow the case see it."""
    pilot = fetch(request, ref)
    row = get_object_or_404(_with_people(pilot.help_requests), ref=help_ref)
    row.pilot = pilot
    return page(
        request,
        pilot,
        "help",
        "pilots/help_request.html",
        help=row,
        help_badge=badge_of(row),
        asked_clock=open_clock(row.clock),
        opens=True,
        forwards=row.forwards.select_related("by").order_by("pk"),
        may_forward=_may_forward(row, request),
    )


@require_safe
@signed_in
def inbox(request: SignedInRequest) -> HttpResponse:
    """What was asked of the agencies that this person answers for."""
    form = HelpFilter(request.GET)
    found = HelpRequest.objects.asked_of(request.user).for_list()
    if form.is_valid():
        found = form.narrow(found)
    size = PAGE * pages_shown(request.GET)
    rows = list(found[: size + 1])
    asked = {
        name: value for name, value in request.GET.items() if value and name not in {"truoc", PAGES}
    }
    last = rows[size - 1].pk if len(rows) > size else None
    more = f"{reverse('pilots:help_inbox')}?{urlencode(asked | {'truoc': last})}" if last else ""
    context = {
        "rows": _lines(rows[:size], request.user),
        "form": form,
        "more_url": more,
        "is_filtered": bool(asked),
    }
    return render(request, "pilots/help_inbox.html", context)


@require_safe
@case("help")
def answer(request: SignedInRequest, help_ref: UUID) -> HttpResponse:
    """The request with a summary of the case, for the agency that was asked."""
    visible = HelpRequest.objects.visible_to(request.user)
    row = get_object_or_404(_with_people(visible).select_related("pilot__proposal"), ref=help_ref)
    is_open = rules.may_answer_help(row.unit_id, request.user) and row.state in HELP_OPEN
    may_forward = _may_forward(row, request)
    return render(
        request,
        "pilots/help_answer.html",
        {
            "help": row,
            "badge": badge_of(row),
            "pilot": row.pilot,
            "asked_clock": open_clock(row.clock),
            "opens": may_see_clock(request.user, row.clock) if row.clock else False,
            "forwards": row.forwards.select_related("by").order_by("pk"),
            "is_open": is_open,
            "may_forward": may_forward,
            "others": _others(row, may_forward=may_forward),
        },
    )


@require_http_methods(["GET", "POST"])
@case("help")
def forward(request: SignedInRequest, help_ref: UUID) -> HttpResponse:
    """Pass the request on to another agency."""
    visible = HelpRequest.objects.visible_to(request.user).select_related("pilot__proposal")
    row = get_object_or_404(visible, ref=help_ref)
    if not rules.may_answer_help(row.unit_id, request.user):
        allow(request, row.pilot, "forward_help")
    form = ForwardForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        moved = done(
            request,
            form,
            lambda: helping.forward_help(
                row.pk,
                said["unit"],
                by=request.user,
                reason=said["reason"],
                version=said["version"],
            ),
            reverse("pilots:help_inbox"),
            said="Đã chuyển yêu cầu hỗ trợ.",
        )
        if moved:
            return moved
    return form_page(
        request,
        row.pilot,
        form,
        title=f"Chuyển yêu cầu hỗ trợ {row.code}",
        verb="Chuyển yêu cầu",
        back=reverse("pilots:help_answer", args=[row.ref]),
        is_outside=True,
    )


def _lines(rows: list[HelpRequest], user: User) -> list[dict[str, Any]]:
    """The rows with the clock of each that is open, linked where the person may see it."""
    clocks = with_days_left([row.clock for row in rows if row.clock and row.clock.is_open], today())
    open_ones, seen = {clock.pk: clock for clock in clocks}, opened(user, clocks)
    return [
        {
            "help": row,
            "badge": badge_of(row),
            "clock": open_ones.get(row.clock_id or 0),
            "opens": row.clock_id in seen,
        }
        for row in rows
    ]


def badge_of(row: HelpRequest) -> Badge:
    return Badge(row.get_state_display(), *HELP_TONES[row.state])


def _with_people(found):
    return found.select_related("requested_by", "received_by", "answered_by", "clock__rule")


def _may_forward(row: HelpRequest, request: SignedInRequest) -> bool:
    if row.state not in (HelpState.SENT, HelpState.RECEIVED):
        return False
    by_agency = rules.may_answer_help(row.unit_id, request.user)
    return by_agency or rules.may("forward_help")(row.pilot, request.user)


def _others(row: HelpRequest, *, may_forward: bool) -> list[Act]:
    """The less usual answers to a request that is open."""
    names = {
        "work_on_help": ("Bắt đầu giải quyết", row.state != HelpState.WORKING),
        "solve_help": ("Trả lời ngay", row.state == HelpState.SENT),
        "forward_help": ("Chuyển cơ quan khác", may_forward),
        "decline_help": ("Không giải quyết được", True),
    }
    return [
        Act(label, reverse(f"pilots:{name}", args=[row.ref]))
        for name, (label, is_there) in names.items()
        if is_there
    ]
