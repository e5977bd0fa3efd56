"""Intake: what waits at the desk of the focal point, taken in with one click."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case, roles
from organisation.lists import pages_shown
from organisation.stages import Role
from organisation.templatetags.portal import vn_date
from proposals import checks, digest, paging, people, rules
from proposals.actions import intake as acts
from proposals.actions import supplement
from proposals.forms.review import ReceiveForm, SendBackForm
from proposals.listing import with_days_left
from proposals.models import Proposal
from proposals.views.case import fetch, fetch_inner, files_of
from proposals.views.doing import done, done_at_once, offer

DESK = (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE, Role.AGENCY_HEAD)


@require_safe
@roles(*DESK)
def intake(request: SignedInRequest) -> HttpResponse:
    """What waits to be received, by deadline, each row with its button."""
    waiting = Proposal.objects.to_receive(request.user).select_related("proposer")
    after = request.GET.get("sau", "")
    page = paging.by_deadline(waiting, after, pages=pages_shown(request.GET))
    rows = with_days_left(page.rows)
    for row in rows:
        row.form = ReceiveForm(version=row.version)
    context = {"rows": rows, "after": page.after, "total": waiting.count()}
    return render(request, "proposals/review/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@case("proposal")
def receive(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The completeness of one proposal, and the button that takes it in."""
    is_sent = request.method == "POST"
    if is_sent and "decider" not in request.POST and (answer := _received(request, ref)):
        return answer
    proposal = fetch_inner(request, ref) if is_sent else fetch(request, ref)
    if not is_sent and not rules.may("receive")(proposal, request.user):
        return redirect(proposal)
    deciders = people.deciders(proposal)
    form = ReceiveForm(request.POST or None, version=proposal.version, deciders=deciders)
    if is_sent and form.is_valid():
        url = reverse("proposals:intake")
        answer = done(request.user, form, lambda: _receive(request, ref, form, url), url=url)
        if answer:
            return answer
    offer(request, proposal, "receive", form=form)
    facts = digest.facts_of(digest.latest_version(proposal))
    context = {
        "proposal": proposal,
        "form": form,
        "checks": checks.checks(proposal, facts, [], request.user),
        "parts": digest.read(facts),
        "files": files_of(proposal, facts),
        "deciders": [people.titled(user) for user in deciders],
    }
    return render(request, "proposals/review/receive.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@case("proposal")
def send_back(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Return a proposal for supplement, part by part."""
    proposal = fetch(request, ref)
    if not rules.may("send_back")(proposal, request.user) and request.method != "POST":
        return redirect(proposal)
    form = SendBackForm(request.POST or None, version=proposal.version, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        answer = done(request.user, form, lambda: _send_back(request, proposal, form))
        if answer:
            return answer
    offer(request, proposal, "send_back", form=form)
    return render(request, "proposals/review/send_back.html", {"proposal": proposal, "form": form})


def _received(request: SignedInRequest, ref: UUID) -> HttpResponse | None:
    """One click, from the list; None where the page must say what is missing."""
    form = ReceiveForm(request.POST)
    if not form.is_valid():
        return None
    url = reverse("proposals:intake")
    return done_at_once(
        request.user,
        form,
        lambda: _receive(request, ref, form, url),
        url=url,
        see=lambda: fetch_inner(request, ref),
    )


def _receive(request: SignedInRequest, ref: UUID, form: ReceiveForm, url: str) -> str:
    version = form.cleaned_data["version"]
    received = acts.receive(ref, by=request.user, version=version, decider=form.chosen)
    words = f"Đã tiếp nhận đề xuất {received.code}."
    if received.due_on:
        words += f" Người đứng đầu xem xét trước ngày {vn_date(received.due_on)}."
    messages.success(request, words)
    return url


def _send_back(request: SignedInRequest, proposal: Proposal, form: SendBackForm) -> str:
    said = form.cleaned_data
    asked = supplement.send_back(
        proposal.pk,
        form.items(),
        by=request.user,
        due_on=said["due_on"],
        reason=said["again"],
        version=said["version"],
    )
    messages.success(
        request,
        f"Đã trả lại đề xuất {proposal.code}. Người đề xuất bổ sung trước ngày "
        f"{vn_date(asked.due_on)}.",
    )
    return proposal.get_absolute_url()
