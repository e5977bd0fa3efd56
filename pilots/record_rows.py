"""Which rows of a pilot repeat what the stream of its proposal froze (journal.records)."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from journal.records import AFTER, AT, BY, SHA, Rows, Same, told
from pilots.models import (
    AddedProof,
    Adjustment,
    Cause,
    Damage,
    Evaluation,
    Evaluator,
    FinalValue,
    Finding,
    Halt,
    HelpRequest,
    Incident,
    Indicator,
    IndicatorEntry,
    Milestone,
    Pilot,
    PlanVersion,
    ProgressReport,
)
from pilots.stages import (
    AdjustmentState,
    EvaluationState,
    HaltKind,
    PilotState,
    ReportState,
)

OF = "pilot__proposal__ref"
OF_PROPOSAL = "proposal__ref"
OF_EVALUATION = "evaluation__pilot__proposal__ref"
CONTENT = "content__sha256"
PLAN = frozenset({"pilot_plan"})
EVALUATION = frozenset({"evaluation"})
PLANNING = Q(state=PilotState.PLANNED)
CONCLUDED = Q(evaluation__state=EvaluationState.CONCLUDED)


def _wrongly_current() -> QuerySet:
    """Values shown as in force that another stands for, or the reverse."""
    later = Exists(IndicatorEntry.objects.filter(supersedes=OuterRef("pk")))
    return IndicatorEntry.objects.filter(
        Q(is_current=True) & Q(later) | Q(is_current=False) & ~Q(later)
    )


def _wrongly_newest() -> QuerySet:
    """Indicators that show another value than their newest in force."""
    entries = IndicatorEntry.objects.filter(indicator=OuterRef("pk"), is_current=True)
    newest = entries.order_by("-as_of", "-pk").values("value")[:1]
    rows = Indicator.objects.annotate(newest_=Subquery(newest))
    empty = Q(newest_=None) & Q(current=None)
    return rows.exclude(Q(current=F("newest_")) | empty)


def _wrongly_concluded() -> QuerySet:
    """Evaluations that are concluded without a conclusion, or the reverse."""
    concluded = Q(state=EvaluationState.CONCLUDED)
    return Evaluation.objects.filter(concluded & Q(content=None) | ~concluded & ~Q(content=None))


ROWS = (
    Rows(
        Pilot,
        OF_PROPOSAL,
        pair={},
        columns={
            name: name
            for name in (
                "starts_on",
                "ends_on",
                "scope",
                "report_every_months",
                "budget",
                "stop_conditions",
            )
        },
        kinds=PLAN,
        where=~PLANNING,
    ),
    Rows(
        Pilot,
        OF_PROPOSAL,
        pair={},
        columns={"result": "result"},
        actions=told("pilot.evaluate"),
    ),
    Rows(
        PlanVersion,
        OF,
        pair={CONTENT: SHA},
        columns={"created_by__ref": BY, "created_at": AT},
        kinds=PLAN,
    ),
    Rows(
        Indicator,
        OF,
        pair={"ref": "ref"},
        columns={
            name: name
            for name in ("name", "unit", "direction", "baseline", "target", "source", "frequency")
        },
        kinds=PLAN,
        lines="indicators",
        where=~Q(pilot__state=PilotState.PLANNED) & Q(dropped_in=None),
    ),
    Rows(
        Milestone,
        OF,
        pair={"ref": "ref"},
        columns={"name": "name", "due_on": "due_on"},
        kinds=PLAN,
        lines="milestones",
        where=~Q(pilot__state=PilotState.PLANNED) & Q(dropped_in=None),
    ),
    Rows(
        Milestone,
        OF,
        pair={"ref": "milestone"},
        columns={"done_on": "done_on", "note": "text", "done_by__ref": BY},
        kinds=frozenset({"milestone"}),
    ),
    Rows(
        IndicatorEntry,
        "indicator__pilot__proposal__ref",
        pair={CONTENT: SHA},
        columns={
            "indicator__ref": "indicator",
            "value": "value",
            "as_of": "as_of",
            "note": "note",
            "entered_by__ref": BY,
            "entered_at": AT,
        },
        kinds=frozenset({"indicator_value"}),
    ),
    Same("indicator__pilot__proposal__ref", "is_current", _wrongly_current),
    Same(OF, "current", _wrongly_newest),
    Rows(
        ProgressReport,
        OF,
        pair={"number": "number"},
        columns={
            **{
                name: name
                for name in (
                    "period_from",
                    "period_to",
                    "done",
                    "not_done",
                    "difficulties",
                    "requests",
                    "next_steps",
                    "spent",
                )
            },
            CONTENT: SHA,
            "sent_by__ref": BY,
            "sent_at": AT,
        },
        kinds=frozenset({"progress_report"}),
        where=Q(state__in=[ReportState.SENT, ReportState.ACCEPTED]),
    ),
    Rows(
        ProgressReport,
        OF,
        pair={"number": "number"},
        columns={"state": "state"},
        actions=told("report.send", state=ReportState.SENT)
        | told("report.accept", state=ReportState.ACCEPTED)
        | told("report.send_back", state=ReportState.NEEDS_CHANGES),
        where=~Q(state=ReportState.WRITING),
        blank={"state": ReportState.NOT_STARTED},
    ),
    Rows(
        ProgressReport,
        OF,
        pair={"number": "number"},
        columns={"answer": "quote", "answered_by__ref": BY, "answered_at": AT},
        kinds=frozenset({"report_answer"}),
        where=Q(state__in=[ReportState.NEEDS_CHANGES, ReportState.ACCEPTED]),
    ),
    Rows(
        Incident,
        OF,
        pair={"code": "code"},
        columns={
            "ref": "incident",
            "what": "quote",
            "level": "level",
            "has_harm": "has_harm",
            "reported_by__ref": BY,
            "reported_at": AT,
        },
        kinds=frozenset({"incident"}),
    ),
    Rows(
        Incident,
        OF,
        pair={"code": "code"},
        columns={
            name: name
            for name in ("description", "measures", "objective_cause", "subjective_cause")
        },
        kinds=frozenset({"incident_measures"}),
    ),
    Rows(
        Incident,
        OF,
        pair={"ref": "incident"},
        columns={"state": AFTER},
        actions=told(
            "incident.report",
            "incident.take_up",
            "incident.fix",
            "incident.measure",
            "incident.confirm",
            "incident.reopen",
        ),
    ),
    Rows(
        HelpRequest,
        OF,
        pair={"code": "code"},
        columns={
            "kind": "kind",
            "what": "quote",
            "details": "details",
            "needed_by": "needed_by",
            "requested_by__ref": BY,
            "requested_at": AT,
        },
        kinds=frozenset({"help_request"}),
    ),
    Rows(
        HelpRequest,
        OF,
        pair={"code": "code"},
        columns={"answer": "quote", "answered_by__ref": BY, "answered_at": AT},
        kinds=frozenset({"help_answer"}),
    ),
    Rows(
        HelpRequest,
        OF,
        pair={"ref": "request"},
        columns={"state": AFTER},
        actions=told(
            "help.ask",
            "help.receive",
            "help.work_on",
            "help.solve",
            "help.decline",
            "help.forward",
        ),
    ),
    Rows(
        Finding,
        OF,
        pair={"ref": "finding"},
        columns={
            "what": "quote",
            "details": "details",
            "due_on": "due_on",
            CONTENT: SHA,
            "found_by__ref": BY,
            "found_at": AT,
        },
        kinds=frozenset({"finding"}),
    ),
    Rows(
        Finding,
        OF,
        pair={"ref": "finding"},
        columns={"remedy": "quote", "remedied_by__ref": BY},
        kinds=frozenset({"finding_remedy"}),
    ),
    Rows(
        Finding,
        OF,
        pair={"ref": "finding"},
        columns={"state": AFTER},
        actions=told("finding.open", "finding.remedy", "finding.accept", "finding.send_back"),
    ),
    Rows(
        Halt,
        OF,
        pair={CONTENT: SHA},
        columns={
            "reason": "quote",
            "hand_back": "hand_back",
            "from_on": "from_on",
            "decided_by__ref": BY,
            "decided_at": AT,
        },
        kinds=frozenset(HaltKind.values),
    ),
    Rows(
        Adjustment,
        OF,
        pair={"number": "number"},
        columns={"reason": "quote", CONTENT: SHA, "requested_by__ref": BY, "requested_at": AT},
        kinds=frozenset({"adjustment"}),
    ),
    Rows(
        Adjustment,
        OF,
        pair={"number": "number"},
        columns={"answer": "quote", "decided_by__ref": BY, "decided_at": AT},
        kinds=frozenset({"adjustment_decision"}),
    ),
    Rows(
        Adjustment,
        OF,
        pair={"number": "number"},
        columns={"state": "state"},
        actions=told("pilot.ask_adjustment", state=AdjustmentState.WAITING)
        | told("pilot.adjust", state=AdjustmentState.APPROVED)
        | told("pilot.keep_plan", state=AdjustmentState.REFUSED),
    ),
    Rows(
        Evaluation,
        OF,
        pair={"report_content__sha256": SHA},
        columns={"report": "text", "reported_by__ref": BY, "reported_at": AT},
        kinds=frozenset({"result_report"}),
    ),
    Rows(
        Evaluation,
        OF,
        pair={"party_content__sha256": SHA},
        columns={
            "party_opinion": "text",
            "party_document": "document",
            "party_recorded_by__ref": BY,
            "party_recorded_at": AT,
        },
        kinds=frozenset({"evaluation_party_opinion"}),
    ),
    Rows(
        Evaluation,
        OF,
        pair={CONTENT: SHA},
        columns={
            **{
                name: name
                for name in ("result", "assessment", "lessons", "recommendation", "has_damage")
            },
            "concluded_by__ref": BY,
            "concluded_at": AT,
        },
        kinds=EVALUATION,
    ),
    Same(OF, "state", _wrongly_concluded),
    Rows(
        FinalValue,
        OF_EVALUATION,
        pair={
            "evaluation__content__sha256": SHA,
            "indicator__ref": "indicator",
            "value": "value",
            "target": "target",
            "percent": "percent",
        },
        kinds=EVALUATION,
        lines="values",
        where=CONCLUDED,
    ),
    Rows(
        Cause,
        OF_EVALUATION,
        pair={
            "evaluation__content__sha256": SHA,
            "kind": "kind",
            "text": "text",
            "weight": "weight",
        },
        kinds=EVALUATION,
        lines="causes",
        where=CONCLUDED,
    ),
    Rows(
        Damage,
        OF_EVALUATION,
        pair={
            "evaluation__content__sha256": SHA,
            "kind": "kind",
            "amount": "amount",
            "bearer": "bearer",
            "note": "note",
        },
        kinds=EVALUATION,
        lines="damages",
        where=CONCLUDED,
    ),
    Rows(
        Evaluator,
        OF_EVALUATION,
        pair={CONTENT: SHA},
        columns={"opinion": "opinion", "text": "text", "person__ref": BY, "given_at": AT},
        kinds=frozenset({"evaluation_opinion"}),
        where=~Q(content=None) | ~Q(opinion=""),
    ),
    Rows(
        AddedProof,
        OF,
        pair={CONTENT: SHA},
        columns={
            "ref": "proof",
            "heading": "heading",
            "title": "title",
            "dated_on": "dated_on",
            "file__sha256": "file_sha256",
            "added_by__ref": BY,
        },
        kinds=frozenset({"proof"}),
    ),
)
