"""Edits of the demo's records by SQL, each with the row it is made on and the stream that tells."""

from typing import Any, NamedTuple

from accountability import models as accountability
from documents import models as documents
from pilots import models as pilots
from proposals import models as proposals

OF = "proposal__ref"
OF_PILOT = "pilot__proposal__ref"
OF_EVALUATION = "evaluation__pilot__proposal__ref"


class Edit(NamedTuple):
    """`statement` is said of the first row that fits; `stream` is what has to tell of it."""

    model: Any
    prefix: str
    stream: str
    statement: str
    fits: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.model.__name__}: {self.statement[:44]}"


def change(model: Any, stream: str, columns: str, *, prefix: str = "proposal", **fits: Any) -> Edit:
    statement = f"UPDATE {{table}} SET {columns} WHERE id = {{pk}}"  # noqa: S608
    return Edit(model, prefix, stream, statement, fits)


def remove(model: Any, stream: str, *, prefix: str = "proposal", **fits: Any) -> Edit:
    return Edit(model, prefix, stream, "DELETE FROM {table} WHERE id = {pk}", fits)


OTHER_PERSON = "(SELECT max(id) FROM organisation_user)"
CAST = "ballot = 'for_', cast_at = '2026-01-01T00:00:00Z'"
SENT = {"stage": "monitored"}
EDITS = [
    change(proposals.Proposal, "ref", "title = 'Khác'", **SENT),
    change(proposals.Proposal, "ref", "code = 'DX-2026-9999'", **SENT),
    change(proposals.Proposal, "ref", "track = 'nd73'", **SENT),
    change(proposals.Proposal, "ref", f"proposer_id = {OTHER_PERSON}", **SENT),
    change(proposals.Proposal, "ref", "received_on = '2030-01-01'", **SENT),
    change(
        proposals.Proposal,
        "ref",
        "deciding_unit_id = (SELECT max(id) FROM organisation_orgunit)",
        **SENT,
    ),
    change(proposals.Proposal, "ref", "is_override = true", **SENT),
    change(proposals.Proposal, "ref", "vote_passed = true", vote_passed=False),
    change(proposals.Decision, OF, "kind = 'implement'", kind="pilot"),
    change(proposals.Decision, OF, f"decided_by_id = {OTHER_PERSON}"),
    change(proposals.Decision, OF, "decided_at = '2020-01-01T00:00:00Z'"),
    change(proposals.Decision, OF, "starts_on = '2020-01-01'", kind="pilot"),
    change(
        proposals.Decision,
        OF,
        "content_id = (SELECT max(content_id) FROM proposals_decision)",
    ),
    change(proposals.Decision, OF, "state = 'revoked'", kind="escalate"),
    remove(proposals.Decision, OF, kind="escalate"),
    change(proposals.StepMember, "step__proposal__ref", "ballot = 'for_'", ballot="against"),
    change(proposals.StepMember, "step__proposal__ref", CAST, ballot=""),
    change(proposals.ReviewStep, OF, "conclusion = 'unfavourable'", conclusion="favourable"),
    remove(proposals.ReviewStep, OF, conclusion="", members=None),
    change(
        proposals.PlanVersion,
        OF,
        "content_id = (SELECT max(content_id) FROM proposals_planversion)",
    ),
    change(proposals.SupplementRequest, OF, "due_on = '2031-01-01'"),
    change(proposals.SupplementItem, "request__proposal__ref", "request_text = 'x'"),
    remove(proposals.SupplementItem, "request__proposal__ref"),
    change(proposals.ProposalOutcome, OF, "kind = 'commended'", kind="exempted"),
    change(pilots.Pilot, OF, "result = 'completed'", result="partially_completed"),
    change(pilots.Pilot, OF, "ends_on = '2031-01-01'", state="running"),
    change(pilots.IndicatorEntry, "indicator__pilot__proposal__ref", "value = 999"),
    remove(
        pilots.IndicatorEntry, "indicator__pilot__proposal__ref", supersedes=None, is_current=True
    ),
    change(pilots.Indicator, OF_PILOT, "current = 999", current__isnull=False),
    change(pilots.Indicator, OF_PILOT, "source = 'x'", pilot__state="running"),
    change(pilots.Evaluation, OF_PILOT, "result = 'completed'", result="partially_completed"),
    change(pilots.Evaluation, OF_PILOT, "assessment = 'x'", state="concluded"),
    change(pilots.Evaluator, OF_EVALUATION, "text = 'x'", opinion__gt=""),
    change(pilots.Cause, OF_EVALUATION, "text = 'Thiên tai'"),
    remove(pilots.Damage, OF_EVALUATION),
    change(pilots.Incident, OF_PILOT, "has_harm = true"),
    change(pilots.ProgressReport, OF_PILOT, "done = 'x'", state="accepted"),
    change(pilots.ProgressReport, OF_PILOT, "sent_at = '2021-01-01T00:00:00Z'", state="accepted"),
    remove(pilots.Finding, OF_PILOT),
    change(pilots.Finding, OF_PILOT, "due_on = '2031-01-01'"),
    change(pilots.HelpRequest, OF_PILOT, "needed_by = '2031-01-01'"),
    change(
        accountability.LiabilityCase, "ref", "outcome = 'mitigated'",
        prefix="case", outcome="exempted",
    ),
    change(
        accountability.LiabilityDecision, "case__ref", "outcome = 'mitigated'", prefix="case"
    ),
    change(accountability.Assessment, "case__ref", "finding = 'not_met'", prefix="case"),
    remove(accountability.LiabilityCause, "case__ref", prefix="case"),
    change(
        accountability.Commendation, "ref", "decision_number = '1'", prefix="case", state="awarded"
    ),
    change(
        accountability.CommendationDecision, "commendation__ref",
        f"decided_by_id = {OTHER_PERSON}", prefix="case",
    ),
    change(
        documents.OfficialDocument, "ref", "number = number + 100", prefix="paper", state="issued"
    ),
    change(
        documents.OfficialDocument, "ref", "facts = '{{}}'", prefix="paper", state="issued"
    ),
    change(
        documents.OfficialDocument, "ref", f"signer_id = {OTHER_PERSON}",
        prefix="paper", state="issued",
    ),
]  # fmt: skip
