"""What every tab of a case says of its pilot: its own badge, its acts, what waits on its tabs."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from organisation.days import today
from organisation.models import User
from pilots.acts import Acts
from pilots.board import dossier_of, pilot_badge
from pilots.models import Pilot
from pilots.stages import ENDED, PilotState
from proposals.acts import Act
from proposals.case import Tab, url_or_none
from proposals.models import Proposal
from proposals.stages import CARRIED_OUT
from proposals.tracker import Step

OURS = (  # tabs of those who may see the pilot
    *("pilots:detail", "pilots:reports", "pilots:help", "pilots:incidents"),
    *("accountability:conclude", "accountability:evidence"),
)
# of every evaluated case alike, whatever is still weighed (ADR 0013)
AFTERMATH = "Ghi nhận kết quả sau khi các hồ sơ liên quan kết thúc"


def frame(proposal: Proposal, user: User, context: dict[str, Any]) -> dict[str, Any]:
    """The pilot's part of the frame, for those who may see the pilot; else nothing."""
    if proposal.stage not in CARRIED_OUT:
        return {}
    pilot = Pilot.objects.visible_to(user).for_frame().filter(proposal=proposal).first()
    if pilot is None:  # nobody is led to a page that is not there for them
        theirs = {url_or_none(route, proposal.ref) for route in OURS}
        return {"tabs": [tab for tab in context["tabs"] if tab.url not in theirs]}
    return of_pilot(pilot, user, context)


def of_pilot(pilot: Pilot, user: User, context: dict[str, Any]) -> dict[str, Any]:
    """The same of a pilot that the caller has fetched with what waits on its tabs."""
    acts = Acts(pilot, user)
    badge = pilot_badge(pilot, is_behind=pilot.is_behind(today()))
    primary = acts.primary or context["primary"]
    return {
        "pilot": pilot,
        "state_label": badge.label,
        "colour": badge.colour,
        "icon": badge.icon,
        "primary": primary,
        "others": _joined(acts.others, context, primary, pilot),
        "why_not": "",
        "leader": pilot.leader if pilot.state == PilotState.RUNNING else None,
        "deeds": acts.deeds,
        "tabs": _counted(pilot, context["tabs"]),
        "tracker": _on_the_way(pilot, context["tracker"]),
        "next_step": AFTERMATH if pilot.state == PilotState.EVALUATED else "",
    }


def _joined(
    ours: list[Act], context: dict[str, Any], primary: Act | None, pilot: Pilot
) -> list[Act]:
    """Our acts, then those of the proposal; the way to the plan is ours to name."""
    plan = reverse("pilots:start", args=[pilot.proposal.ref])
    theirs = [context["primary"], *context["others"]]
    kept = [act for act in theirs if act and act.url != plan]
    found = [act for act in [*ours, *kept] if act != primary]
    return sorted(dict.fromkeys(found), key=lambda act: act.danger)


def _on_the_way(pilot: Pilot, steps: list[Step]) -> list[Step]:
    """Whose work has ended stands at its evaluation, though the proposal is followed as before."""
    now = next((place for place, step in enumerate(steps) if step.state == "now"), None)
    if pilot.state not in ENDED or now is None or now + 1 == len(steps):
        return steps
    moved = {now: "done", now + 1: "now"}
    return [replace(step, state=moved.get(i, step.state)) for i, step in enumerate(steps)]


def _counted(pilot: Any, tabs: list[Tab]) -> list[Tab]:
    """The tabs with how much waits behind each."""
    counts = {
        "pilots:reports": pilot.waiting_reports,
        "pilots:help": pilot.waiting_help,
        "pilots:incidents": pilot.waiting_incidents,
        "accountability:evidence": dossier_of(pilot).words,
    }
    by_url = {reverse(name, args=[pilot.proposal.ref]): n for name, n in counts.items()}
    return [replace(tab, count=by_url.get(tab.url)) for tab in tabs]
