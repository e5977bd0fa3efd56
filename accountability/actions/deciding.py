"""The conclusion: chosen out of what the law leaves open, confirmed by a second person."""

from collections.abc import Mapping

from django.utils import timezone

from accountability import outcomes, papers, people
from accountability.actions.base import (
    Incomplete,
    decline_waiting,
    forget,
    keep_text,
    locked,
    move,
    note,
    permit,
    position_of,
    raise_conflict,
    tell,
)
from accountability.actions.concluding import ask_to_record
from accountability.actions.holding import (
    give_to_person,
    give_to_post,
    stop,
)
from accountability.actions.opening import url_of
from accountability.actions.recording import add_outcome
from accountability.models import LiabilityCase, LiabilityDecision, OutcomeRule
from accountability.stages import (
    CaseState,
    DecisionState,
    Instance,
    Outcome,
)
from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.text import words

FEWEST_WORDS = 10
NOT_HEARD = "Chưa có ý kiến của người liên quan."
COUNCIL_SITS = "Hội đồng đang xem xét. Kết thúc biểu quyết trước khi kết luận."
UNCLEAR = "Còn tiêu chí cần làm rõ. Bổ sung bằng chứng trước khi kết luận."
NOT_ALLOWED = "Chọn một kết luận trong các kết luận được phép."
SHORT_REASON = f"Nêu lý do, ít nhất {FEWEST_WORDS} chữ. Lý do được gửi cho người liên quan."
DEEDS = {
    Instance.FIRST: ("decide", "confirm"),
    Instance.APPEAL: ("decide_appeal", "confirm_appeal"),
}


def criteria_of(case: LiabilityCase) -> dict[str, str]:
    """How each condition stands, by its name."""
    return dict(case.assessments.values_list("condition", "finding"))


def choices(case: LiabilityCase, conditions: Mapping[str, str] | None = None) -> frozenset[Outcome]:
    """The conclusions that are open to this case today (quy-trinh.md §8, pages.md §11).

    Any sign of abuse ends the way to protection, whatever else was found. `conditions` saves a
    query where they are at hand.
    """
    found = criteria_of(case) if conditions is None else conditions
    if outcomes.is_abuse(found):
        return frozenset({Outcome.REFERRED})
    rows = OutcomeRule.objects.valid_on(today())
    evaluation = case.evaluation
    return outcomes.allowed(
        case.proposal.track, evaluation.result, bool(evaluation.has_damage), found, rows
    )


def instance_of(case: LiabilityCase) -> Instance:
    return Instance.APPEAL if case.state == CaseState.APPEALED else Instance.FIRST


def unit_of(case: LiabilityCase) -> OrgUnit:
    """Whose head decides now."""
    is_first = instance_of(case) == Instance.FIRST
    return case.competent_unit if is_first else case.appeal_unit


@deed()
def decide(
    case_id: int, *, outcome: str, reason: str, by: User, version: int | None = None
) -> LiabilityDecision:
    """Conclude a case, or its appeal; nothing takes effect until a second person confirms.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    instance = instance_of(case)
    deed = DEEDS[instance][0]
    permit(case, deed, by)
    if case.waiting:
        raise_conflict(case)
    _check(case, outcome, reason)
    decision = _written(case, instance, outcome, reason, by)
    note(case, deed, by=by, content=decision.content, outcome=outcome)
    forget(case)
    stop(case, "LIABILITY_DECISION", "LIABILITY_APPEAL_DECISION", outcome="decided")
    give_to_post(
        case,
        "SECOND_PERSON",
        people.confirmers(case, unit_of(case), by),
        verb="Xác nhận kết luận",
        url=url_of(case, "confirm"),
        barred=case.barred_ids | case.assessor_ids | {by.pk},
    )
    return decision


@deed()
def confirm(case_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """A second person confirms: the conclusion holds, its paper is drawn, the person is served.

    Raises Conflict, PermissionDenied.
    """
    case = locked(LiabilityCase, case_id, version=version)
    instance = instance_of(case)
    permit(case, DEEDS[instance][1], by)
    decision = case.waiting
    if decision is None:
        raise_conflict(case)
    decision.case = case
    decision.state = DecisionState.IN_FORCE
    decision.second_person, decision.seconded_at = by, timezone.now()
    decision.document = compose(
        PaperKind.DECISION,
        stream=case.stream,
        facts=papers.conclusion(decision),
        by=decision.decided_by,
        unit=unit_of(case),
    )
    decision.save()
    case.outcome = decision.outcome
    entry = move(
        case, DEEDS[instance][1], by=by, content=decision.content, outcome=decision.outcome
    )
    forget(case)
    stop(case, "SECOND_PERSON", outcome="confirmed")
    if instance == Instance.FIRST:
        _serve(case)
    else:
        add_outcome(case)
        ask_to_record(case.pilot)
    text = "Đã có kết luận. Kết luận kèm lý do có trong hồ sơ."
    tell(case, entry, [case.person], event=f"liability-{instance}", text=text)
    return case


@deed()
def decline(case_id: int, reason: str, *, by: User, version: int | None = None) -> LiabilityCase:
    """A second person does not confirm, and says why: whoever decided decides anew.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    instance = instance_of(case)
    permit(case, DEEDS[instance][1], by)
    decision = decline_waiting(case, reason, by)
    content = keep_text(case, "liability_decline", reason=reason, quote=reason)
    entry = note(case, "decline_decision", by=by, content=content)
    stop(case, "SECOND_PERSON", outcome="declined")
    is_first = instance == Instance.FIRST
    give_to_person(
        case,
        "LIABILITY_DECISION" if is_first else "LIABILITY_APPEAL_DECISION",
        decision.decided_by,
        verb="Kết luận lại",
        url=url_of(case, "decide"),
    )
    text = "Người thứ hai không xác nhận kết luận."
    tell(case, entry, [decision.decided_by], event="liability-declined", text=text)
    return case


def _check(case: LiabilityCase, outcome: str, reason: str) -> None:
    if not case.statement_kind:
        raise Incomplete([NOT_HEARD])
    if case.sitting_id:
        raise Incomplete([COUNCIL_SITS])
    open_to_it = choices(case)
    if not open_to_it:
        raise Incomplete([UNCLEAR])
    lacking = [NOT_ALLOWED] * (outcome not in open_to_it)
    lacking += [SHORT_REASON] * (words(reason) < FEWEST_WORDS)
    if lacking:
        raise Incomplete(lacking)


def _written(
    case: LiabilityCase, instance: Instance, outcome: str, reason: str, by: User
) -> LiabilityDecision:
    decision = LiabilityDecision(
        case=case,
        instance=instance,
        outcome=outcome,
        reason=reason,
        legal_ground=_ground(case, outcome),
        decided_by=by,
        decided_by_position=position_of(by),
    )
    decision.content = keep_text(
        case,
        "liability_decision",
        instance=instance,
        outcome=outcome,
        reason=reason,
        legal_ground=decision.legal_ground,
        conditions=criteria_of(case),
        quote=reason,
    )
    decision.save()
    return decision


def _ground(case: LiabilityCase, outcome: str) -> str:
    """The law that leaves this conclusion open."""
    rows = OutcomeRule.objects.valid_on(today()).filter(outcome=outcome)
    found = rows.filter(track__in=["", case.proposal.track]).order_by("-valid_from", "pk").first()
    return found.legal_ground if found else outcomes.GENERAL


def _serve(case: LiabilityCase) -> None:
    """Put the conclusion before the person, who may appeal once within the clock."""
    give_to_person(
        case,
        "LIABILITY_APPEAL",
        case.person,
        verb="Xem kết luận, khiếu nại nếu không đồng ý",
        url=case.get_absolute_url(),
    )
