from proposals.models.asking import JoinRequest, LegalQuestion
from proposals.models.decisions import Decision, DecisionDraft, ProposalOutcome, RefusalAnswer
from proposals.models.plans import (
    Attachment,
    ExpectedResult,
    PartLock,
    PartVersion,
    PlanVersion,
    ProposalPlan,
)
from proposals.models.proposal import CoAuthor, CodeCounter, Field, Participant, Proposal
from proposals.models.reviews import (
    OpinionRequest,
    ReviewRule,
    ReviewStep,
    StepMember,
    SupplementItem,
    SupplementRequest,
)
from proposals.models.search import TitlePair

__all__ = [
    "Attachment",
    "CoAuthor",
    "CodeCounter",
    "Decision",
    "DecisionDraft",
    "ExpectedResult",
    "Field",
    "JoinRequest",
    "LegalQuestion",
    "OpinionRequest",
    "PartLock",
    "PartVersion",
    "Participant",
    "PlanVersion",
    "Proposal",
    "ProposalOutcome",
    "ProposalPlan",
    "RefusalAnswer",
    "ReviewRule",
    "ReviewStep",
    "StepMember",
    "SupplementItem",
    "SupplementRequest",
    "TitlePair",
]
