"""Intake: the agency takes a proposal in, and its review begins."""

from typing import Any
from uuid import UUID

from journal.deeds import deed
from organisation.models import User
from proposals import digest, people, rules, step_papers
from proposals.actions import holding, steps
from proposals.actions.holding import Telling
from proposals.actions.lifecycle import Moved, MoveRefused, locked, make
from proposals.actions.papering import draft
from proposals.models import Proposal

NOT_A_DECIDER = "Chọn người xem xét trong danh sách."


@deed()
def receive(
    proposal_id: int | UUID, *, by: User, version: int | None = None, decider: User | None = None
) -> Proposal:
    """Take the proposal in: review steps open, the head's clock runs from the day of receipt.

    `decider` is who is to look at it, of those who may decide: the head, or a deputy by delegation.
    It stays a task of the head's post, so that no delegation that ends leaves it with nobody.
    Raises Conflict, PermissionDenied, MoveRefused as `move` does.
    """
    proposal = locked(proposal_id, version=version)
    if decider and decider not in people.deciders(proposal):
        raise MoveRefused(NOT_A_DECIDER)
    said: dict[str, Any] = {"decider": str(decider.ref)} if decider else {}
    made = make(proposal, "receive", by=by, **said)
    holding.stop(proposal, "INTAKE")
    assert proposal.received_on is not None  # noqa: S101 (a constraint of the row)
    clock = steps.begin_review(proposal, "COLLECTIVE_MEETING", on=proposal.received_on, by=by)
    if decider:
        holding.hold(proposal, clock, holder=people.titled(decider))
    _draw_slip(proposal, by=by)
    _tell(made)
    return proposal


def _draw_slip(proposal: Proposal, *, by: User) -> None:
    """The slip that goes with the case to the head, out of the form's own short answers."""
    facts = digest.facts_of(digest.latest_version(proposal))
    draft(proposal, step_papers.review_slip(proposal, digest.slip_rows(facts), by), by=by)


def _tell(made: Moved) -> None:
    proposal = made.proposal
    due = f"{proposal.due_on:%d/%m/%Y}" if proposal.due_on else ""
    holding.tell_each(
        made,
        Telling(
            people.deciders(proposal),
            event="review",
            subject=f"Chờ đồng chí xem xét trước {due}" if due else "Chờ đồng chí xem xét",
            text=f'Đồng chí {proposal.proposer.full_name} gửi đề xuất "{proposal.title}".',
        ),
        Telling(
            people.authors(proposal),
            event="received",
            subject="Cơ quan đã tiếp nhận đề xuất",
            text=f"Người đứng đầu xem xét trước ngày {due}." if due else "Người đứng đầu xem xét.",
        ),
        Telling(
            [one for one in people.liaisons(proposal) if not rules.is_author(proposal, one)],
            event="copy",
            subject="Bản sao đề xuất để đọc",
            text=f'Đồng chí {proposal.proposer.full_name} gửi đề xuất "{proposal.title}".',
        ),
    )
