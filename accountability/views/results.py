"""What a proposal ended in: before the conclusion what stands in its way, after it the outcomes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accountability import people, rules
from accountability.actions import concluding
from accountability.forms.liability import PlainForm
from accountability.models import Commendation, LiabilityCase
from accountability.views.base import GET_AND_POST, fetch_pilot, form_page
from organisation.access import SignedInRequest, case
from pilots.models import Pilot
from pilots.stages import RESULT_TONES, Result
from proposals.case import case_context
from proposals.models import Proposal
from proposals.stages import OutcomeKind

TAB = "results"


@never_cache
@require_http_methods(GET_AND_POST)
@case("pilot")
def conclude(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The tab "Kết quả": outcomes, cases and nominations that this viewer may know of."""
    pilot = fetch_pilot(request, ref)
    proposal = pilot.proposal
    form = PlainForm(request.POST or None, version=proposal.version)

    def do() -> str:
        concluding.conclude(proposal.pk, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, f"Đã ghi nhận kết quả của đề xuất {proposal.code}.")
        return reverse("accountability:conclude", args=[ref])

    context = _context(request, pilot, proposal)
    offered = request.method != "POST" or bool(context["may_conclude"])
    return form_page(request, "accountability/results.html", form, do, offered=offered, **context)


def _context(request: SignedInRequest, pilot: Pilot, proposal: Proposal) -> dict[str, object]:
    user, setting = request.user, people.setting_of(pilot)
    may_conclude, nominates = rules.may_conclude(setting, user), rules.nominates(setting, user)
    cases = LiabilityCase.objects.visible_to(user).filter(proposal=proposal).for_list()
    commendations = Commendation.objects.visible_to(user).filter(proposal=proposal).for_list()
    outcomes = proposal.outcomes.order_by("recorded_at", "pk").values_list("kind", "recorded_at")
    return case_context(proposal, user, TAB) | {
        "evaluation": setting.evaluation,
        "result": _result(setting),
        "outcomes": [{"label": OutcomeKind(k).label, "at": at} for k, at in outcomes],
        "cases": list(cases),
        "commendations": list(commendations),
        "may_conclude": may_conclude,
        "obstacles": concluding.obstacles(setting) if may_conclude else [],
        "may_open": rules.may_open(setting, user),
        "may_nominate": setting.is_completed and nominates,
        "why_not_nominate": nominates and not setting.is_completed,
        "concluder": _concluder(setting),
    }


def _result(setting: people.Setting) -> dict[str, str]:
    if not setting.evaluation or not setting.evaluation.result:
        return {}
    result = Result(setting.evaluation.result)
    colour, icon = RESULT_TONES[result]
    return {"label": result.label, "colour": colour, "icon": icon}


def _concluder(setting: people.Setting) -> str:
    """Who concludes, in the words for everybody: blind to cases, so that it betrays none."""
    barred = people.involved_ids(setting.pilot)
    unit = people.competent_unit(setting.pilot.deciding_unit, barred)
    found = people.heads(unit, barred)
    return found[0].display if found else str(unit)
