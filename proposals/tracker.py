"""The way of a case in a few steps, for the people who follow it (pages.md §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from organisation.days import WorkingDays
from organisation.templatetags.portal import vn_date, vn_period
from proposals.models import Decision, Proposal
from proposals.stages import (
    APPROVED,
    CLOSED,
    DecisionKind,
    DecisionState,
    RequestedForm,
    Stage,
)

# How far along the way each stage is: 0 writing, 1 review, 3 carrying out, 4 evaluation, 5 outcome.
PLACE = {
    Stage.DRAFT: 0,
    Stage.MONITORED: 3,
    Stage.EVALUATED: 4,
    Stage.CONCLUDED: 6,
} | dict.fromkeys(APPROVED, 3)
REVIEW, SUPERIOR = 1, 2
ENDED_IN_REVIEW = (Stage.REFUSED, Stage.REDIRECTED, Stage.WITHDRAWN)


@dataclass(frozen=True)
class Step:
    """One step of the tracker, in the words of `components/_tracker.html`."""

    label: str
    state: str
    small: str = ""


def track(proposal: Proposal, decisions: Sequence[Decision], working: WorkingDays) -> list[Step]:
    """The steps of this case: seven where a superior decides, else six."""
    went_up = _went_up(decisions)
    place = PLACE.get(Stage(proposal.stage), SUPERIOR if went_up else REVIEW)
    approval = approval_of(decisions)
    labels = [
        (0, "Soạn và gửi", vn_date(proposal.submitted_at)),
        (REVIEW, "Cơ quan xem xét", _review_words(proposal, went_up, working)),
        (
            3,
            "Thực hiện" if is_plain(proposal, decisions) else "Thí điểm",
            _period_words(proposal, approval),
        ),
        (4, "Đánh giá", vn_date(proposal.evaluated_on)),
        (5, "Ghi nhận kết quả", vn_date(proposal.closed_at) if place > 5 else ""),
        (6, "Nhân rộng", ""),
    ]
    if went_up:
        words = _superior_words(proposal, went_up, working)
        labels.insert(2, (SUPERIOR, f"{proposal.deciding_unit_name} quyết định", words))
    return [Step(label, _state(number, place, proposal), small) for number, label, small in labels]


def is_plain(proposal: Proposal, decisions: Sequence[Decision]) -> bool:
    """Whether it is carried out as it stands, by the decision or as it was asked: no pilot."""
    approval = approval_of(decisions)
    if approval:
        return approval.kind == DecisionKind.IMPLEMENT
    return proposal.requested_form == RequestedForm.IMPLEMENT


def _state(number: int, place: int, proposal: Proposal) -> str:
    if number != place:
        return "done" if number < place else "todo"
    if proposal.stage in ENDED_IN_REVIEW:
        return "done"
    return "todo" if proposal.stage in CLOSED else "now"


def _went_up(decisions: Sequence[Decision]) -> date | None:
    """The day on which the case went to the superior."""
    found = [d for d in decisions if d.kind == DecisionKind.ESCALATE]
    return timezone.localdate(found[-1].decided_at) if found else None


def approval_of(decisions: Sequence[Decision]) -> Decision | None:
    """The decision in force that allowed the work."""
    kinds = (DecisionKind.IMPLEMENT, DecisionKind.PILOT)
    found = [d for d in decisions if d.kind in kinds and d.state == DecisionState.IN_FORCE]
    return found[-1] if found else None


def _period_words(proposal: Proposal, approval: Decision | None) -> str:
    """The days on which it runs, as adjusted; before the start those of the decision."""
    if proposal.runs_from:
        return vn_period(proposal.runs_from, proposal.runs_to)
    return vn_period(approval.starts_on, approval.ends_on) if approval else ""


def _review_words(proposal: Proposal, went_up: date | None, working: WorkingDays) -> str:
    if proposal.stage == Stage.RETURNED:
        return f"Bổ sung lần {proposal.times_returned}"
    end = went_up or (timezone.localdate(proposal.decided_at) if proposal.decided_at else None)
    return _span(proposal.received_on, end, working)


def _superior_words(proposal: Proposal, went_up: date, working: WorkingDays) -> str:
    decided = timezone.localdate(proposal.decided_at) if proposal.decided_at else None
    return _span(went_up, decided, working)


def _span(start: date | None, end: date | None, working: WorkingDays) -> str:
    if not (start and end):
        return ""
    return f"{vn_date(end)}\n{working.between(start, end)} ngày làm việc"
