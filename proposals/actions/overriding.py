"""The second person of an override (AZ-08), and taking a decision back before it is issued."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from documents.stages import PaperState
from journal.deeds import deed
from organisation.models import User
from organisation.text import words
from proposals import people, rules, step_papers
from proposals.actions import deciding, holding, steps
from proposals.actions.lifecycle import Moved, MoveRefused, keep_text, locked, make, note
from proposals.actions.papering import draft
from proposals.models import Decision, Proposal
from proposals.said import said_by
from proposals.stages import DecisionKind, DecisionState

FEWEST_WORDS = 5
NOT_WAITING = "Không còn quyết định nào chờ xác nhận."
ISSUED = "Văn bản đã ký hoặc đã phát hành, không thu hồi quyết định tại đây được."
NO_REASON = "Nêu lý do, ít nhất {n} chữ."
RETRACTABLE = (PaperState.DRAFT, PaperState.WAITING_SIGNATURE)


@deed()
def confirm(decision_id: int, *, by: User, version: int | None = None) -> Decision:
    """Make an override hold, as its second person. Raises PermissionDenied, MoveRefused."""
    decision, proposal = _waiting(decision_id, by, version)
    made = make(
        proposal,
        deciding.OVERRIDE[DecisionKind(decision.kind)],
        by=by,
        content=decision.content,
        decision=str(decision.ref),
    )
    decision.proposal = made.proposal
    decision.state = DecisionState.IN_FORCE
    decision.second_person, decision.seconded_at = by, timezone.now()
    decision.save()
    deciding.put_in_force(made.proposal, decision, made, by=by)
    draft(decision.proposal, step_papers.override_report(made.proposal, said_by(decision)), by=by)
    _tell_superior(made)
    return decision


@deed()
def decline(decision_id: int, reason: str, *, by: User, version: int | None = None) -> Decision:
    """Not confirm an override, with a reason: nothing is decided, the head is told."""
    decision, proposal = _waiting(decision_id, by, version)
    _need_reason(reason)
    decision.state = DecisionState.DECLINED
    decision.second_person, decision.seconded_at = by, timezone.now()
    decision.save()
    holding.stop(proposal, "SECOND_PERSON", outcome="declined")
    content = keep_text("second_person", proposal, {"quote": reason})
    entry = note(
        proposal, "proposal.decline_decision", by=by, content=content, decision=str(decision.ref)
    )
    holding.tell(
        Moved(proposal, entry),
        people.deciders(proposal),
        event="declined",
        subject="Quyết định chưa được xác nhận",
        text=f"Lý do: {reason}",
    )
    return decision


@deed()
def revoke(decision_id: int, reason: str, *, by: User, version: int | None = None) -> Decision:
    """Take a decision back until its paper is signed. Raises MoveRefused, PermissionDenied."""
    decision, proposal = _locked(decision_id, version)
    _need_reason(reason)
    if decision.state != DecisionState.IN_FORCE:
        raise MoveRefused(NOT_WAITING)
    if decision.document and decision.document.state not in RETRACTABLE:
        raise MoveRefused(ISSUED)
    content = keep_text("revocation", proposal, {"quote": reason})
    made = make(proposal, "revoke_decision", by=by, content=content, decision=str(decision.ref))
    decision.state, decision.revoked_at = DecisionState.REVOKED, timezone.now()
    decision.save()
    _back_to_head(made.proposal, by=by)
    told = {*people.authors(made.proposal), decision.implementer, decision.monitor} - {None}
    holding.tell(
        made,
        [user for user in told if user],
        event="revoked",
        subject="Quyết định đã được thu hồi để xem xét lại",
        text=f"Lý do: {reason}",
    )
    return decision


def waiting_decision(proposal: Proposal) -> Decision | None:
    """The override that waits for its second person."""
    waiting = proposal.decisions.filter(state=DecisionState.AWAITING_SECOND)
    return waiting.select_related("decided_by", "content", "monitor", "implementer").first()


def may_confirm(decision: Decision, user: User) -> bool:
    return decision.decided_by_id != user.pk and rules.may("confirm_decision")(
        decision.proposal, user
    )


def _back_to_head(proposal: Proposal, *, by: User) -> None:
    holding.stop(proposal, outcome="revoked")
    assert proposal.received_on is not None  # noqa: S101 (a constraint of the row)
    steps.begin_review(proposal, "COLLECTIVE_MEETING", on=proposal.received_on, by=by)


def _waiting(decision_id: int, by: User, version: int | None) -> tuple[Decision, Proposal]:
    decision, proposal = _locked(decision_id, version)
    if decision.state != DecisionState.AWAITING_SECOND:
        raise MoveRefused(NOT_WAITING)
    steps.need(proposal, "confirm_decision", by)
    if decision.decided_by_id == by.pk:
        raise PermissionDenied
    return decision, proposal


def _locked(decision_id: int, version: int | None) -> tuple[Decision, Proposal]:
    proposal_id = Decision.objects.values_list("proposal_id", flat=True).get(pk=decision_id)
    proposal = locked(proposal_id, version=version)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    return decision, proposal


def _need_reason(reason: str) -> None:
    if words(reason) < FEWEST_WORDS:
        raise MoveRefused(NO_REASON.format(n=FEWEST_WORDS))


def _tell_superior(made: Moved) -> None:
    """The superior learns that a head decided against the vote (quy-trinh.md §3.1)."""
    superior = people.superior_of(made.proposal.deciding_unit, made.entry.at.date())
    if superior is not None:
        holding.tell(
            made,
            people.heads_of(superior),
            event="override",
            subject="Người đứng đầu quyết định khác kết quả biểu quyết",
            text=f"{made.proposal.deciding_unit_name}: {made.proposal.title}",
        )
