"""What the frame of a case says to whoever is to record its result."""

from typing import Any

from django.urls import reverse

from accountability import people, rules
from accountability.actions.concluding import obstacles
from organisation.models import User
from proposals.models import Proposal
from proposals.stages import Stage


def frame(proposal: Proposal, user: User, context: dict[str, Any]) -> dict[str, Any]:
    """The act of recording the result only where it can be done; else what has to come first.

    Nobody else has the act, so nobody else reads that something is still weighed (ADR 0013).
    """
    pilot, primary = context.get("pilot"), context["primary"]
    page = reverse("accountability:conclude", args=[proposal.ref])
    if proposal.stage != Stage.EVALUATED or pilot is None or not primary or primary.url != page:
        return {}
    pilot.proposal = proposal
    setting = people.setting_of(pilot)
    if not rules.may_conclude(setting, user):
        return {"primary": None}
    if found := obstacles(setting):
        return {"primary": None, "others": [primary, *context["others"]], "why_not": found[0]}
    return {}
