"""Which rows of a proposal repeat what its stream froze, column by column (journal.records)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from journal.records import AT, BY, SHA, Rows, Same, told
from proposals.models import (
    Attachment,
    CoAuthor,
    Decision,
    LegalQuestion,
    OpinionRequest,
    PlanVersion,
    Proposal,
    RefusalAnswer,
    ReviewStep,
    StepMember,
    SupplementItem,
    SupplementRequest,
)
from proposals.stages import DecisionKind, DecisionState, Stage, StepConclusion, StepKind

OF = "proposal__ref"
CONTENT = "content__sha256"
OPEN_TEXT = (Stage.DRAFT, Stage.RETURNED)  # its authors write on, the frozen version stands
VERSION = frozenset({"proposal_version"})
STEPS = frozenset(f"step_{kind}" for kind in StepKind)


def _votes_misremembered() -> QuerySet:
    """Proposals that remember another result of their vote than the step of this round has."""
    live = ReviewStep.objects.filter(
        proposal=OuterRef("pk"), kind=StepKind.COLLECTIVE_VOTE, cancelled_at=None
    )
    passed = Exists(live.filter(conclusion=StepConclusion.FAVOURABLE))
    failed = Exists(live.filter(conclusion=StepConclusion.UNFAVOURABLE))
    wrong = Q(vote_passed=True) & ~Q(passed) | Q(vote_passed=False) & ~Q(failed)
    return Proposal.objects.filter(wrong | Q(vote_passed=None) & (Q(passed) | Q(failed)))


def _overrides_misremembered() -> QuerySet:
    """Proposals that were decided against their vote and do not say so, or the reverse."""
    against = Decision.objects.filter(
        proposal=OuterRef("pk"), is_override=True, state=DecisionState.IN_FORCE
    )
    said, done = Q(is_override=True), Q(Exists(against))
    return Proposal.objects.filter(said & ~done | ~said & done)


ROWS = (
    Rows(
        Proposal,
        "ref",
        pair={},
        columns={
            "title": "title",
            "requested_form": "requested_form",
            "proposer__ref": "proposer.ref",
            "proposer_position": "proposer.position",
            "agency__ref": "agency.ref",
            "agency_name": "agency.name",
        },
        kinds=VERSION,
        where=~Q(stage__in=OPEN_TEXT),
        untold=True,  # a sent proposal without entries is the checker's to find
    ),
    Rows(
        Proposal,
        "ref",
        pair={},
        columns={
            "code": "code",
            "track": "track",
            "received_on": "received_on",
            "deciding_unit__ref": "to_unit",
        },
        actions=told("proposal.submit", "proposal.escalate", "proposal.forward_answer"),
        where=~Q(stage=Stage.DRAFT),
        untold=True,
    ),
    Same("ref", "vote_passed", _votes_misremembered),
    Same("ref", "is_override", _overrides_misremembered),
    Rows(
        PlanVersion,
        OF,
        pair={CONTENT: SHA},
        columns={"number": "number", "created_by__ref": BY, "created_at": AT},
        kinds=VERSION,
    ),
    Rows(
        CoAuthor,
        OF,
        pair={"person__ref": "ref", "share_percent": "share_percent"},
        kinds=VERSION,
        lines="coauthors",
        newest=True,
        where=~Q(proposal__stage__in=OPEN_TEXT) & Q(declined_at=None),
    ),
    Rows(
        Attachment,
        OF,
        pair={"ref": "ref", "stored__sha256": "sha256"},
        kinds=VERSION,
        lines="files",
        newest=True,
        where=~Q(proposal__stage__in=OPEN_TEXT) & Q(removed_at=None),
    ),
    Rows(
        ReviewStep,
        OF,
        pair={"ref": "step"},
        columns={"kind": "kind"},
        actions=told("proposal.open_step"),
    ),
    Rows(
        ReviewStep,
        OF,
        pair={"ref": "step"},
        columns={
            "conclusion": "conclusion",
            CONTENT: SHA,
            "concluded_by__ref": BY,
            "concluded_at": AT,
        },
        kinds=STEPS,
    ),
    Rows(
        StepMember,
        "step__proposal__ref",
        pair={"step__ref": "step", "person__ref": BY},
        columns={"ballot": "ballot", CONTENT: SHA, "cast_at": AT},
        kinds=frozenset({"ballot", "appraisal"}),
    ),
    Rows(
        SupplementRequest,
        OF,
        pair={CONTENT: SHA},
        columns={"due_on": "due_on", "requested_by__ref": BY, "requested_at": AT},
        kinds=frozenset({"supplement_request"}),
    ),
    Rows(
        SupplementItem,
        "request__proposal__ref",
        pair={
            "request__content__sha256": SHA,
            "part": "part",
            "field_name": "field_name",
            "request_text": "text",
        },
        kinds=frozenset({"supplement_request"}),
        lines="items",
    ),
    Rows(
        Decision,
        OF,
        pair={"ref": "decision"},
        columns={
            "kind": "kind",
            "unit__ref": "unit_ref",
            "mandate": "mandate",
            "refusal_ground": "refusal_ground",
            "starts_on": "starts_on",
            "ends_on": "ends_on",
            "report_every_months": "report_every_months",
            "is_override": "is_override",
            "implementer__ref": "implementer.ref",
            "monitor__ref": "monitor.ref",
            "plan_version__number": "plan_number",
            "plan_version__content__sha256": "plan_sha256",
            CONTENT: SHA,
            "decided_by__ref": BY,
            "decided_at": AT,
        },
        kinds=frozenset({"decision"}),
    ),
    Rows(
        Decision,
        OF,
        pair={"ref": "decision"},
        columns={"state": "state"},
        actions=told("proposal.ask_second_person", state=DecisionState.AWAITING_SECOND)
        | told("proposal.decline_decision", state=DecisionState.DECLINED)
        | told("proposal.revoke_decision", state=DecisionState.REVOKED)
        | told(
            "proposal.approve_implement",
            "proposal.approve_pilot",
            "proposal.override_implement",
            "proposal.override_pilot",
            "proposal.refuse",
            "proposal.escalate",
            "proposal.redirect",
            state=DecisionState.IN_FORCE,
        ),
        where=~Q(kind=DecisionKind.RETURN),
    ),
    Rows(
        Decision,
        OF,
        pair={"ref": "decision"},
        columns={"second_person__ref": BY, "seconded_at": AT},
        actions=told(
            "proposal.override_implement", "proposal.override_pilot", "proposal.decline_decision"
        ),
    ),
    Rows(
        RefusalAnswer,
        "decision__proposal__ref",
        pair={CONTENT: SHA},
        columns={"answered_at": AT},
        kinds=frozenset({"refusal_answer"}),
    ),
    Rows(
        OpinionRequest,
        OF,
        pair={"ref": "request"},
        columns={"question": "quote", "unit_name": "unit", "requested_by__ref": BY},
        kinds=frozenset({"opinion_question"}),
    ),
    Rows(
        OpinionRequest,
        OF,
        pair={"ref": "request"},
        columns={
            "conclusion": "conclusion",
            CONTENT: SHA,
            "answered_by__ref": BY,
            "answered_at": AT,
        },
        kinds=frozenset({"opinion"}),
    ),
    Rows(
        LegalQuestion,
        OF,
        pair={"ref": "question"},
        columns={CONTENT: SHA, "asked_by__ref": BY, "asked_at": AT},
        kinds=frozenset({"legal_question"}),
    ),
    Rows(
        LegalQuestion,
        OF,
        pair={"ref": "question"},
        columns={"answer__sha256": SHA, "answered_by__ref": BY, "answered_at": AT},
        kinds=frozenset({"legal_answer"}),
    ),
)
