"""Which rows of a case repeat what its stream froze (journal.records)."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from accountability.models import (
    Assessment,
    Commendation,
    CommendationDecision,
    Council,
    CouncilMember,
    LiabilityCase,
    LiabilityCause,
    LiabilityDecision,
)
from accountability.stages import ON_PROPOSAL, CaseState, CommendationState, DecisionState
from journal.records import AT, BY, SHA, Rows, Same, told
from pilots.models import Evaluation
from proposals.models import ProposalOutcome
from proposals.stages import OutcomeKind, Stage

OF_CASE = "case__ref"
CONTENT = "content__sha256"
COMMENDED = (CommendationState.DECIDED, CommendationState.AWARDED)


def _outcomes_of(kind: object) -> QuerySet:
    return ProposalOutcome.objects.filter(
        proposal=OuterRef("proposal"), source_ref=OuterRef("ref"), kind=kind
    )


def _meaning() -> Case:
    """What the outcome of a case is on its proposal."""
    pairs = [When(outcome=one, then=Value(on)) for one, on in ON_PROPOSAL.items()]
    return Case(*pairs, default=Value(""))


def _unfounded_outcomes() -> QuerySet:
    """Outcomes of proposals that no record says."""
    closed = LiabilityCase.objects.filter(state=CaseState.CLOSED).annotate(on_=_meaning())
    case = closed.filter(ref=OuterRef("source_ref"), on_=OuterRef("kind"))
    award = Commendation.objects.filter(ref=OuterRef("source_ref"), state__in=COMMENDED)
    evaluation = Evaluation.objects.filter(ref=OuterRef("source_ref"))
    own = {"proposal": OuterRef("proposal")}
    told_by = (
        Q(Exists(case.filter(**own)))
        | Q(kind=OutcomeKind.COMMENDED) & Q(Exists(award.filter(**own)))
        | Q(kind=OutcomeKind.NOT_HELD_LIABLE)
        & Q(Exists(evaluation.filter(pilot__proposal=OuterRef("proposal"))))
    )
    return ProposalOutcome.objects.exclude(told_by)


def _cases_without_outcome() -> QuerySet:
    """Closed cases whose concluded proposal does not show what they ended in."""
    closed = LiabilityCase.objects.filter(
        state=CaseState.CLOSED, proposal__stage=Stage.CONCLUDED
    ).annotate(on_=_meaning())
    return closed.filter(~Exists(_outcomes_of(OuterRef("on_"))))


def _awards_without_outcome() -> QuerySet:
    held = Commendation.objects.filter(state__in=COMMENDED, proposal__stage=Stage.CONCLUDED)
    return held.filter(~Exists(_outcomes_of(OutcomeKind.COMMENDED)))


def _wrong_outcomes() -> QuerySet:
    """Cases with another outcome than their newest decision in force."""
    decisions = LiabilityDecision.objects.filter(case=OuterRef("pk"), state=DecisionState.IN_FORCE)
    newest = decisions.order_by("-seconded_at", "-pk").values("outcome")[:1]
    rows = LiabilityCase.objects.annotate(newest_=Subquery(newest))
    return rows.exclude(Q(outcome=F("newest_")) | Q(outcome="", newest_=None))


ON_PROPOSALS = (Same("proposal__ref", "kind", _unfounded_outcomes),)
DECISION = {
    "outcome": "outcome",
    "instance": "instance",
    "reason": "reason",
    "legal_ground": "legal_ground",
    "decided_by__ref": BY,
    "decided_at": AT,
}
ROWS = (
    Rows(
        LiabilityCase,
        "ref",
        pair={"charges_content__sha256": SHA},
        columns={
            "charges": "text",
            "origin": "origin",
            "opened_by__ref": BY,
            "person__ref": "person",
            "competent_unit__ref": "competent_unit",
            "appeal_unit__ref": "appeal_unit",
        },
        kinds=frozenset({"liability_charges"}),
    ),
    Rows(
        LiabilityCase,
        "ref",
        pair={"statement_content__sha256": SHA},
        columns={"statement": "text", "stated_at": AT},
        kinds=frozenset({"liability_statement"}),
        where=~Q(statement_content=None) | ~Q(statement=""),
    ),
    Rows(
        LiabilityCase,
        "ref",
        pair={"appeal_content__sha256": SHA},
        columns={"appeal": "text", "appealed_at": AT},
        kinds=frozenset({"liability_appeal"}),
    ),
    Same("ref", "outcome", _wrong_outcomes),
    Same("ref", "outcome", _cases_without_outcome),
    Rows(
        LiabilityCause,
        OF_CASE,
        pair={CONTENT: SHA},
        columns={"kind": "kind", "text": "text", "weight": "weight", "evidence": "evidence"},
        kinds=frozenset({"liability_cause"}),
    ),
    Rows(
        LiabilityCause,
        OF_CASE,
        pair={CONTENT: SHA},
        columns={"dropped_at": AT},
        actions=told("liability.drop_cause"),
    ),
    Rows(
        Assessment,
        OF_CASE,
        pair={"condition": "condition"},
        columns={
            "finding": "finding",
            "reason": "reason",
            "evidence": "evidence",
            CONTENT: SHA,
            "written_by__ref": BY,
            "written_at": AT,
        },
        kinds=frozenset({"liability_condition"}),
    ),
    Rows(
        LiabilityDecision,
        OF_CASE,
        pair={CONTENT: SHA},
        columns=DECISION,
        kinds=frozenset({"liability_decision"}),
    ),
    Rows(
        LiabilityDecision,
        OF_CASE,
        pair={CONTENT: SHA},
        columns={"second_person__ref": BY, "seconded_at": AT},
        actions=told("liability.confirm", "liability.confirm_appeal"),
        where=Q(state=DecisionState.IN_FORCE),
    ),
    Rows(
        Council,
        OF_CASE,
        pair={CONTENT: SHA},
        columns={"outcome": "outcome", "meeting_on": "meeting_on", "called_by__ref": BY},
        kinds=frozenset({"liability_council"}),
    ),
    Rows(
        Council,
        OF_CASE,
        pair={"ref": "council"},
        columns={name: name for name in ("in_favour", "against", "absent", "passed")},
        kinds=frozenset({"liability_council_result"}),
        where=~Q(closed_at=None),
    ),
    Rows(
        CouncilMember,
        "council__case__ref",
        pair={"council__content__sha256": SHA, "person__ref": "person", "seat": "seat"},
        kinds=frozenset({"liability_council"}),
        lines="seats",
    ),
    Rows(
        CouncilMember,
        "council__case__ref",
        pair={"council__ref": "council", "person__ref": BY},
        columns={"ballot": "ballot", CONTENT: SHA, "cast_at": AT},
        kinds=frozenset({"liability_ballot"}),
    ),
    Rows(
        Commendation,
        "ref",
        pair={"merit_content__sha256": SHA},
        columns={
            "merit": "text",
            "incentive__code": "incentive",
            "nominated_by__ref": BY,
            "nominee": "nominee",
            "person__ref": "person",
            "team_name": "team_name",
        },
        kinds=frozenset({"commendation_merit"}),
    ),
    Rows(
        Commendation,
        "ref",
        pair={},
        columns={"review": "text", "reviewed_by__ref": BY, "reviewed_at": AT},
        kinds=frozenset({"commendation_review"}),
    ),
    Rows(
        Commendation,
        "ref",
        pair={},
        columns={
            "decision_number": "number",
            "decision_on": "decision_on",
            "awarded_on": "awarded_on",
        },
        actions=told("commendation.award"),
    ),
    Same("ref", "state", _awards_without_outcome),
    Rows(
        CommendationDecision,
        "commendation__ref",
        pair={CONTENT: SHA},
        columns={"reason": "reason", "decided_by__ref": BY, "decided_at": AT},
        kinds=frozenset({"commendation_decision"}),
    ),
    Rows(
        CommendationDecision,
        "commendation__ref",
        pair={CONTENT: SHA},
        columns={"second_person__ref": BY, "seconded_at": AT},
        actions=told("commendation.confirm"),
        where=Q(state=DecisionState.IN_FORCE),
    ),
)
