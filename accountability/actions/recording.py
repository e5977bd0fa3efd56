"""What a proposal ended in: one row for each record that says so."""

from accountability.models import Commendation, LiabilityCase
from accountability.stages import ON_PROPOSAL, CaseState, CommendationState
from pilots.models import Evaluation
from proposals.models import Proposal, ProposalOutcome
from proposals.stages import OutcomeKind, Stage

COMMENDED = (CommendationState.DECIDED, CommendationState.AWARDED)


def add_outcome(record: LiabilityCase | Commendation) -> None:
    """Add what a record says to a proposal that was concluded before it was settled."""
    if record.proposal.stage == Stage.CONCLUDED:
        kind = OutcomeKind.COMMENDED
        if isinstance(record, LiabilityCase):
            kind = OutcomeKind(ON_PROPOSAL[record.outcome])
        _write(record.proposal, kind, record)


def write_outcomes(proposal: Proposal, evaluation: Evaluation) -> list[str]:
    """Write down every outcome of a proposal as it is concluded; answers their kinds.

    What was completed and never weighed is not held liable.
    """
    cases = LiabilityCase.objects.filter(proposal=proposal, state=CaseState.CLOSED).order_by("pk")
    found = [(OutcomeKind(ON_PROPOSAL[case.outcome]), case) for case in cases]
    if not found:
        _write(proposal, OutcomeKind.NOT_HELD_LIABLE, evaluation)
    for kind, case in found:
        _write(proposal, kind, case)
    commended = Commendation.objects.filter(proposal=proposal, state__in=COMMENDED)
    for commendation in commended.order_by("pk"):
        _write(proposal, OutcomeKind.COMMENDED, commendation)
    kinds = proposal.outcomes.values_list("kind", flat=True)
    return sorted(set(kinds))


def _write(
    proposal: Proposal, kind: OutcomeKind, source: LiabilityCase | Commendation | Evaluation
) -> None:
    ProposalOutcome.objects.get_or_create(proposal=proposal, kind=kind, source_ref=source.ref)
