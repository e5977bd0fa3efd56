"""Short ways to a proposal under review, for the tests of what happens there."""

from datetime import timedelta
from typing import Any

from deadlines.seeds import seed_rules
from organisation.days import today
from organisation.models import Delegation, User
from organisation.stages import DelegationKind, DelegationSubject
from proposals.actions import deciding, intake, steps, votes
from proposals.models import Decision, Proposal, ReviewStep
from proposals.seeds import seed_review_rules
from proposals.stages import Ballot, DecisionKind, StepConclusion, StepKind
from tests.factories.organisation import Province, make_province
from tests.factories.proposals import make_proposal, start_clock

WORDS = "Cần làm ngay vì người dân đang phải đi lại nhiều lần mà cơ quan có đủ điều kiện để làm "
LONG = (WORDS * 3).strip()


def make_seeded_province() -> Province:
    seed_rules()
    seed_review_rules()
    return make_province()


def make_sent(province: Province, *, proposer: User | None = None, **over: Any) -> Proposal:
    """A proposal that waits at the desk of the department, its intake clock running."""
    proposal = make_proposal(
        proposer=proposer or province.official, agency=province.department, **over
    )
    start_clock(proposal)
    return proposal


def make_received(province: Province, **over: Any) -> Proposal:
    """A proposal that the head holds, its steps open."""
    return intake.receive(make_sent(province, **over).pk, by=province.focal)


def make_checked(province: Province, **over: Any) -> Proposal:
    """A proposal that only waits for the decision: its legal check is done."""
    proposal = make_received(province, **over)
    check_legally(proposal, by=province.focal)
    return reread(proposal)


def check_legally(proposal: Proposal, *, by: User) -> None:
    step = open_step(proposal, StepKind.LEGAL_CHECK)
    conditions = dict.fromkeys("abcd", "met")
    facts: dict[str, object] = {"conditions": conditions, "quote": "Không trái quy định."}
    steps.conclude(step.pk, by=by, conclusion=StepConclusion.FAVOURABLE, facts=facts)


def open_step(proposal: Proposal, kind: str) -> ReviewStep:
    return proposal.steps.get(kind=kind, concluded_at=None, cancelled_at=None)


def make_voted_down(province: Province) -> Proposal:
    """A proposal that its collective turned down."""
    proposal = make_checked(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    votes.cast(step.pk, Ballot.AGAINST, by=province.head)
    votes.cast(step.pk, Ballot.AGAINST, by=province.deputy)
    votes.close_vote(step.pk, by=province.head)
    return reread(proposal)


def pilot_facts(province: Province) -> dict[str, Any]:
    start = today() + timedelta(days=7)
    return {
        "starts_on": start,
        "ends_on": start + timedelta(days=180),
        "monitor": province.deputy,
        "scope": "Hai xã",
    }


def decide_pilot(proposal: Proposal, province: Province, **over: Any) -> Decision:
    facts = pilot_facts(province) | over
    return deciding.decide(proposal.pk, DecisionKind.PILOT, by=province.head, **facts)


def refuse(proposal: Proposal, province: Province, **over: Any) -> Decision:
    facts = {"ground": "not_feasible", "reason": LONG} | over
    return deciding.decide(proposal.pk, DecisionKind.REFUSE, by=province.head, **facts)


def delegate(province: Province, person: User) -> Delegation:
    """The head of the department lends the power to decide to somebody."""
    return Delegation.objects.create(
        kind=DelegationKind.TUQ,
        from_appointment=province.head.appointments.get(),
        to_person=person,
        subject=DelegationSubject.REVIEW,
        valid_from=today() - timedelta(days=1),
        valid_to=today() + timedelta(days=30),
        basis_document="Văn bản ủy quyền số 05",
    )


def afresh(user: User) -> User:
    """The person as the next request meets them: powers are read anew."""
    return User.objects.get(pk=user.pk)


def reread(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, with nothing remembered."""
    return Proposal.objects.get(pk=proposal.pk)
