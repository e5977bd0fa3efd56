"""What the head said, frozen: the decision's row, its text, and the draft of its paper."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from documents.actions import compose
from journal.deeds import found_once, write_at_end
from organisation.models import User
from organisation.prepared import prepared
from organisation.stages import Role
from proposals import decision_papers, people
from proposals.actions.lifecycle import MoveRefused, text_of
from proposals.actions.supplement import Item
from proposals.models import Decision, PlanVersion, Proposal, ReviewStep
from proposals.said import said_by
from proposals.stages import DecisionKind, DecisionState, RefusalGround, StepKind


@dataclass(frozen=True)
class Ruling:
    """What the head says: the option chosen, and what it asks for (pages.md §8)."""

    kind: DecisionKind
    guidance: str = ""  # ý kiến chỉ đạo, read by the proposer
    reason: str = ""
    hint: str = ""
    ground: str = ""
    implementer: User | None = None
    monitor: User | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    scope: str = ""
    report_every_months: int = 1
    why_necessary: str = ""
    why_feasible: str = ""
    items: tuple[Item, ...] = field(default=())
    due_on: date | None = None

    @property
    def quote(self) -> str:
        """What the timeline shows of it."""
        return "\n".join(text for text in (self.reason, self.guidance, self.hint) if text)


def version_before(proposal: Proposal, by: User) -> Any:
    """The version that a decision of this person rests on, with what stands in its way.

    `is_waiting` tells of a decision that waits for its second person, `has_appraised` whether the
    person wrote a legal check of this round. Raises MoveRefused where nothing was sent.
    """
    found = found_once(("version", proposal.pk, by.pk), lambda: _latest(proposal.pk, by.pk))
    if not found:
        raise MoveRefused("Đề xuất chưa có bản đã gửi.")
    return found[0]


@prepared
def _latest(proposal_id: int, person_id: int) -> QuerySet:
    versions = PlanVersion.objects.filter(proposal=proposal_id).select_related("content")
    checks = ReviewStep.objects.filter(
        proposal=proposal_id,
        kind=StepKind.LEGAL_CHECK,
        cancelled_at=None,
        concluded_by=person_id,
    )
    waiting = Decision.objects.filter(proposal=proposal_id, state=DecisionState.AWAITING_SECOND)
    found = versions.annotate(has_appraised=Exists(checks), is_waiting=Exists(waiting))
    return found.order_by("-number")[:1]


def written(proposal: Proposal, ruling: Ruling, by: User, **over: Any) -> Decision:
    """The decision, with the text that it rests on cited by its hash."""
    version = version_before(proposal, by)
    mandate = by.powers.mandate_for(Role.AGENCY_HEAD, proposal.deciding_unit_id)
    decision = Decision(
        proposal=proposal,
        kind=ruling.kind,
        unit=proposal.deciding_unit,
        decided_by=by,
        decided_by_position=people.position_of(by, proposal.deciding_unit_id),
        mandate=people.mandate_words(mandate),
        plan_version=version,
        refusal_ground=ruling.ground,
        starts_on=ruling.starts_on,
        ends_on=ruling.ends_on,
        implementer=ruling.implementer,
        monitor=ruling.monitor,
        report_every_months=ruling.report_every_months,
        **over,
    )
    decision.content = text_of("decision", proposal, _facts(decision, ruling, version))
    _write(decision)
    return decision


def _facts(decision: Decision, ruling: Ruling, version: Any) -> dict[str, Any]:
    person = _person_facts
    return {
        "decision": str(decision.ref),
        "kind": decision.kind,
        "plan_number": version.number,
        "plan_sha256": version.content.sha256,
        "unit": decision.proposal.deciding_unit_name,
        "unit_ref": str(decision.unit.ref),
        "mandate": decision.mandate,
        "quote": ruling.quote,
        "guidance": ruling.guidance,
        "reason": ruling.reason,
        "hint": ruling.hint,
        "refusal_ground": ruling.ground,
        "is_override": decision.is_override,
        "ground": RefusalGround(ruling.ground).label if ruling.ground else "",
        "scope": ruling.scope,
        "starts_on": _iso(ruling.starts_on),
        "ends_on": _iso(ruling.ends_on),
        "report_every_months": ruling.report_every_months,
        "implementer": person(ruling.implementer),
        "monitor": person(ruling.monitor),
        "why_necessary": ruling.why_necessary,
        "why_feasible": ruling.why_feasible,
    }


def _person_facts(user: User | None) -> dict[str, str]:
    if user is None:
        return {}
    post = user.powers.main
    return {
        "ref": str(user.ref),
        "full_name": user.full_name,
        "position": post.position if post else "",
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write(decision: Decision) -> None:
    write_at_end(("decision", decision.ref), decision.save)


def draw(decision: Decision, *, by: User) -> None:
    """Draft the paper of a decision; the clerk's road signs and numbers it."""
    facts = decision_papers.facts_of(said_by(decision), decision.unit, decision.decided_by)
    decision.document = compose(
        facts["kind"],
        stream=decision.proposal.stream,
        facts=facts,
        by=by,
        unit=decision.unit,
    )
    _write(decision)
