from pilots.models.adjustments import (
    AddedIndicator,
    AddedMilestone,
    AdjustedDay,
    AdjustedTarget,
    Adjustment,
)
from pilots.models.evaluations import Cause, Damage, Evaluation, Evaluator, FinalValue
from pilots.models.figures import Indicator, IndicatorEntry, Milestone
from pilots.models.following import (
    Finding,
    HelpForward,
    HelpRequest,
    Incident,
    ProgressReport,
)
from pilots.models.pilot import CodeCounter, Halt, Pilot, PilotMember, PlanVersion
from pilots.models.proofs import AddedProof

__all__ = [
    "AddedIndicator",
    "AddedMilestone",
    "AddedProof",
    "AdjustedDay",
    "AdjustedTarget",
    "Adjustment",
    "Cause",
    "CodeCounter",
    "Damage",
    "Evaluation",
    "Evaluator",
    "FinalValue",
    "Finding",
    "Halt",
    "HelpForward",
    "HelpRequest",
    "Incident",
    "Indicator",
    "IndicatorEntry",
    "Milestone",
    "Pilot",
    "PilotMember",
    "PlanVersion",
    "ProgressReport",
]
