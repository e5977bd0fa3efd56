from accountability.models.commendations import (
    Commendation,
    CommendationDecision,
    CommendationMember,
    IncentiveType,
)
from accountability.models.council import Council, CouncilMember
from accountability.models.evidence import (
    Assessment,
    LiabilityCause,
    OutcomeRule,
    StatementFile,
)
from accountability.models.liability import LiabilityCase, LiabilityDecision

__all__ = [
    "Assessment",
    "Commendation",
    "CommendationDecision",
    "CommendationMember",
    "Council",
    "CouncilMember",
    "IncentiveType",
    "LiabilityCase",
    "LiabilityCause",
    "LiabilityDecision",
    "OutcomeRule",
    "StatementFile",
]
