"""The head's screen: the digest, the decision, and the page that confirms it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from deadlines.lengths import within
from documents.letterheads import addressed
from documents.papers import sheet_of
from organisation.access import SignedInRequest, case
from organisation.days import today, working_days_between
from organisation.models import User
from organisation.prepared import prepared
from organisation.stages import Role
from proposals import checks, decision_papers, digest, people, rules
from proposals.actions import deciding, drafts
from proposals.actions.supplement import DAYS
from proposals.acts import OWN_CASE
from proposals.forms.decision import DecisionForm
from proposals.models import Proposal
from proposals.paging import PAGE
from proposals.said import Said, about
from proposals.screen import Screen, screen_of, steps_of
from proposals.stages import REVIEWED, DecisionKind, Part, RefusalGround
from proposals.views.case import fetch, fetch_inner
from proposals.views.doing import done, offer

QUEUE_LENGTH = PAGE * 4
DECIDES = {"approve_pilot"}


@require_http_methods(["GET", "HEAD", "POST"])
@case("proposal")
def decide(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Read on the left, decide on the right; a valid form goes on to the confirming page."""
    if request.method == "POST":
        proposal = fetch_inner(request, ref)
        form = DecisionForm(request.POST, version=proposal.version, proposal=proposal)
        offer(request, proposal, *DECIDES, form=form)
        if "sua" not in request.POST and form.is_valid():
            return _confirm_page(request, proposal, form)
        return _screen_again(request, form)
    screen = screen_of(ref, request.user)
    if screen is None or not may_decide(screen.proposal, request.user):
        return _not_here(request, fetch(request, ref))
    proposal = screen.proposal
    form = DecisionForm(
        initial=_initial(screen) | screen.typed, version=proposal.version, proposal=proposal
    )
    return _screen(request, screen, form)


@require_POST
@case("proposal")
def confirm(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Make the decision, once, and go on to the next case or back to the queue."""
    proposal = fetch_inner(request, ref)
    form = DecisionForm(request.POST, version=proposal.version, proposal=proposal)
    if form.is_valid():
        goes_on = "tiep" in request.POST
        url = next_url(request.user, proposal) if goes_on else proposal.get_absolute_url()
        answer = done(request.user, form, lambda: _decide(request, proposal, form, url), url=url)
        if answer:
            return answer
    offer(request, proposal, *DECIDES, form=form)
    return _screen_again(request, form)


@require_POST
@case("proposal")
def later(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Keep the notes for this person alone, and open the next case."""
    proposal = fetch_inner(request, ref)
    offer(request, proposal, *DECIDES, form=DecisionForm(request.POST, proposal=proposal))
    drafts.put_off(proposal.pk, request.POST.dict(), by=request.user)
    messages.success(request, f"Đã giữ ghi chú của {proposal.code}. Chỉ đồng chí xem được.")
    return HttpResponseRedirect(next_url(request.user, proposal))


def may_decide(proposal: Proposal, user) -> bool:
    return bool(rules.actions_of(proposal, user) & DECIDES)


def next_url(user, proposal: Proposal) -> str:
    """The case after this one in the queue, else the queue."""
    refs = _queue(user)
    place = refs.index(proposal.ref) + 1 if proposal.ref in refs else 0
    rest = [ref for ref in refs[place:] + refs[:place] if ref != proposal.ref]
    return reverse("proposals:decide", args=[rest[0]]) if rest else reverse("proposals:queue")


def said_in(form: DecisionForm, proposal: Proposal) -> Said:
    """What the decision would say, before it is written down."""
    facts = form.facts()
    people_said = {
        name: _named(facts[name]) if facts.get(name) else "" for name in ("implementer", "monitor")
    }
    ground = RefusalGround(facts["ground"]).label if facts.get("ground") else ""
    items = [f"{Part(item.part).label}: {item.text}" for item in facts.pop("items", ())]
    kind = form.cleaned_data["kind"]
    plan = digest.facts_of(digest.latest_version(proposal)) if kind == DecisionKind.PILOT else {}
    words = about(proposal) | facts | people_said | {"ground": str(ground)}
    return Said(kind=kind, items=items, plan=plan, **words)


def _named(user: User) -> str:
    """As papers name a person, with the post of today."""
    post = user.powers.main
    return addressed(user, post.position if post else "")


def _screen_again(request: SignedInRequest, form: DecisionForm) -> HttpResponse:
    """The screen with a form that was sent; nobody may decide on a case that was never sent."""
    screen = screen_of(form.proposal.ref, request.user)
    if screen is None:
        raise Http404
    return _screen(request, screen, form)


def _screen(request: SignedInRequest, screen: Screen, form: DecisionForm) -> HttpResponse:
    proposal, facts = screen.proposal, screen.facts
    form.superior = screen.superior
    steps = steps_of(proposal.pk)
    found = checks.checks(proposal, facts, steps, request.user, screen.running)
    context = {
        "proposal": proposal,
        "form": form,
        "failing": [check for check in found if not check.passed],
        "passed": [check for check in found if check.passed],
        "facts": digest.four_facts(facts),
        "briefs": digest.briefs(facts),
        "minutes": digest.minutes_to_read(facts),
        "files": facts.get("files", []),
        "slip_url": _slip_url(screen),
        "clock": screen.clock,
        "mandate": _mandate(proposal, request.user),
        "late": screen.days_late,
    } | _pager(request.user, proposal)
    return render(request, "proposals/review/decide.html", context)


def _slip_url(screen: Screen) -> str:
    """The slip that goes with the case, once it was composed."""
    case = screen.proposal.ref
    return reverse("proposals:paper", args=[case, screen.slip]) if screen.slip else ""


def _confirm_page(request: SignedInRequest, proposal: Proposal, form: DecisionForm) -> HttpResponse:
    what = said_in(form, proposal)
    context = {
        "proposal": proposal,
        "form": form,
        "sentence": _sentence(what, form.facts().get("monitor")),
        "is_override": form.is_override and what.kind in deciding.OVERRIDE,
        "paper": sheet_of(decision_papers.facts_of(what, proposal.deciding_unit, request.user)),
        "paper_kind": decision_papers.KINDS[DecisionKind(what.kind)],
        "may_answer": within("REFUSAL_ANSWER") if what.kind == DecisionKind.REFUSE else "",
        "items": form.items() if what.kind == DecisionKind.RETURN else (),
        "mandate": _mandate(proposal, request.user),
    }
    return render(request, "proposals/review/confirm.html", context)


def _decide(request: SignedInRequest, proposal: Proposal, form: DecisionForm, url: str) -> str:
    said = form.cleaned_data
    deciding.decide(
        proposal.pk, said["kind"], by=request.user, version=said["version"], **form.facts()
    )
    drafts.forget(proposal.pk, by=request.user)
    messages.success(request, _done_words(form, proposal))
    return url


def _done_words(form: DecisionForm, proposal: Proposal) -> str:
    kind = form.cleaned_data["kind"]
    if kind == DecisionKind.RETURN:
        days = working_days_between(today(), form.cleaned_data["due_on"])
        return (
            f"Đã trả lại đề xuất {proposal.code}. Người đề xuất có {days} ngày làm việc để bổ sung."
        )
    if form.is_override and kind in deciding.OVERRIDE:
        return f"Quyết định cho đề xuất {proposal.code} chờ người thứ hai xác nhận."
    return f"Đã ghi quyết định cho đề xuất {proposal.code}. Dự thảo văn bản đã chuyển văn thư."


def _not_here(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    """Why the screen does not open: one's own case, or a stage at which nothing is decided."""
    if rules.is_author(proposal, request.user) and proposal.stage in REVIEWED:
        messages.error(request, OWN_CASE)
    elif proposal.stage not in REVIEWED:
        messages.info(request, f"Hồ sơ đang ở trạng thái: {proposal.state_label}.")
    else:
        messages.error(request, "Chỉ người đứng đầu quyết định.")
    return redirect(proposal)


def _initial(screen: Screen) -> dict[str, Any]:
    """What can be proposed from the form of the proposer, so that little is typed."""
    proposal = screen.proposal
    plan = proposal.plan
    start = max(plan.starts_on or today(), today())
    months = plan.duration_months or 6
    return {
        "do_by": proposal.proposer_id,
        "pilot_from": start,
        "pilot_to": _months_later(start, months),
        "scope": plan.scope,
        "due_on": screen.due_after(DAYS),
    }


def _months_later(day: date, months: int) -> date:
    """The last day of a period of whole months that begins on that day."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    length = (first_of_next - date(year, month, 1)).days
    return date(year, month, min(day.day, length))


def _mandate(proposal: Proposal, user) -> str:
    return people.mandate_words(
        user.powers.mandate_for(Role.AGENCY_HEAD, proposal.deciding_unit_id)
    )


def _queue(user: User) -> list[UUID]:
    units = sorted(user.powers.units(Role.AGENCY_HEAD))
    return [ref for (ref,) in _waiting(user.pk, *units)] if units else []


@prepared
def _waiting(person: int, *units: int) -> QuerySet:
    waiting = Proposal.objects.decided_at(units, person).by_deadline()
    return waiting.values_list("ref")[:QUEUE_LENGTH]


def _pager(user, proposal: Proposal) -> dict[str, Any]:
    refs = _queue(user)
    if proposal.ref not in refs:
        return {}
    place = refs.index(proposal.ref)
    return {
        "place": place + 1,
        "queue_length": len(refs),
        "before_ref": refs[place - 1] if place else None,
        "after_ref": refs[place + 1] if place + 1 < len(refs) else None,
    }


def _sentence(what: Said, monitor: User | None) -> str:
    """The decision in one sentence, as the confirming page says it."""
    words = {
        DecisionKind.IMPLEMENT: f"quyết định cho thực hiện đề xuất này {what.period}".rstrip(),
        DecisionKind.PILOT: f"quyết định cho thí điểm đề xuất này {what.period}",
        DecisionKind.ESCALATE: "chuyển đề xuất này tới cấp có thẩm quyền",
        DecisionKind.RETURN: "trả lại đề xuất này để bổ sung",
        DecisionKind.REFUSE: "không đồng ý đề xuất này",
        DecisionKind.REDIRECT: "chuyển đề xuất này sang quy trình xây dựng văn bản",
    }[DecisionKind(what.kind)]
    who = f" {people.titled(monitor)} theo dõi." if monitor else ""
    return f"Đồng chí {words}.{who}"
