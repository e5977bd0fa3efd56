"""The head's decision: one row, one frozen text, one move, and all that follows from it."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from deadlines.lengths import take_up
from journal.deeds import deed
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.text import words
from proposals import people, rules
from proposals.actions import holding, steps, supplement
from proposals.actions.holding import Telling
from proposals.actions.lifecycle import (
    STEPS_MISSING,
    Moved,
    MoveRefused,
    check,
    locked,
    make,
    note,
)
from proposals.actions.rulings import Ruling, draw, version_before, written
from proposals.models import Decision, Proposal
from proposals.rights import Capacity
from proposals.said import said_by, title
from proposals.stages import DecisionKind, DecisionState

FEWEST_WORDS = 30
OVERRIDE = {
    DecisionKind.IMPLEMENT: "override_implement",
    DecisionKind.PILOT: "override_pilot",
}
APPROVE = {DecisionKind.IMPLEMENT: "approve_implement", DecisionKind.PILOT: "approve_pilot"}
APPRAISED = "Người đã kiểm tra pháp lý hồ sơ này không quyết định hồ sơ."
ENDED = "Đã kết thúc"
PASSED = (
    "Tập thể lãnh đạo đã thông qua đề xuất này: không ghi không đồng ý. Có thể trả lại để bổ sung "
    "rồi biểu quyết lại, hoặc trình cấp có thẩm quyền."
)
NO_SUPERIOR = "Cơ quan không có cấp trên trực tiếp để chuyển."
SHORT_REASON = "Nêu lý do, ít nhất {n} chữ. Lý do được gửi cho người đề xuất."
SHORT_OVERRIDE = "Nêu sự cần thiết và tính khả thi, ít nhất {n} chữ."
PLAN = {
    DecisionKind.IMPLEMENT: "Lập kế hoạch thực hiện",
    DecisionKind.PILOT: "Lập kế hoạch thí điểm",
}
NEEDS_MONITOR = "Chọn người theo dõi và thời gian thí điểm."
BAD_PERIOD = "Ngày kết thúc phải sau ngày bắt đầu."


@deed()
def decide(
    proposal_id: int, kind: str, *, by: User, version: int | None = None, **facts: Any
) -> Decision:
    """Decide a proposal, once. An override of the collective waits for a second person (AZ-08).

    Raises Conflict, PermissionDenied, MoveRefused.
    """
    ruling = Ruling(DecisionKind(kind), **facts)
    proposal = locked(proposal_id, version=version)
    _check_free(proposal, by)
    return DEEDS[ruling.kind](proposal, ruling, by)


def put_in_force(proposal: Proposal, decision: Decision, made: Moved, *, by: User) -> None:
    """All that follows from an approval: clocks, the paper, who holds the case, who is told."""
    holding.stop(proposal)
    draw(decision, by=by)
    doer = decision.implementer or proposal.proposer
    clock = holding.give_to_person(
        proposal,
        "PILOT_START",
        doer,
        verb=PLAN[DecisionKind(decision.kind)],
        url=proposal.get_absolute_url(),
    )
    holding.hold(proposal, clock, holder=people.titled(doer))
    told = [*people.authors(proposal), decision.implementer, decision.monitor]
    holding.tell(
        made,
        [user for user in told if user],
        event="approved",
        subject=_approved_subject(decision),
        text=title(said_by(decision)),
    )


def _approve(proposal: Proposal, ruling: Ruling, by: User) -> Decision:
    _check_period(ruling)
    if proposal.vote_passed is False:
        return _override(proposal, ruling, by)
    check(proposal, APPROVE[ruling.kind], by)
    decision = written(proposal, ruling, by)
    made = _move(APPROVE[ruling.kind], decision, by)
    put_in_force(made.proposal, decision, made, by=by)
    return decision


def _override(proposal: Proposal, ruling: Ruling, by: User) -> Decision:
    """Write down what the head means to do against the vote; a second person makes it hold."""
    steps.need(proposal, OVERRIDE[ruling.kind], by)
    if not rules.has_steps_done(proposal):
        raise MoveRefused(STEPS_MISSING)
    if not (ruling.why_necessary.strip() and ruling.why_feasible.strip()) or (
        words(f"{ruling.why_necessary} {ruling.why_feasible}") < FEWEST_WORDS
    ):
        raise MoveRefused(SHORT_OVERRIDE.format(n=FEWEST_WORDS))
    decision = written(proposal, ruling, by, state=DecisionState.AWAITING_SECOND, is_override=True)
    entry = note(
        proposal,
        "proposal.ask_second_person",
        by=by,
        content=decision.content,
        decision=str(decision.ref),
    )
    seconds = [user for user in people.seconds(proposal) if user != by]
    holding.give_to_post(
        proposal,
        "SECOND_PERSON",
        people.second_role(proposal),
        barred=[*people.authors(proposal), by],
        verb="Xác nhận quyết định",
        url=reverse("proposals:second", args=[proposal.ref]),
    )
    holding.tell(
        Moved(proposal, entry),
        seconds,
        event="second",
        subject="Chờ xác nhận quyết định",
        text="Người đứng đầu quyết định khác kết quả biểu quyết; cần người thứ hai xác nhận.",
        url=reverse("proposals:second", args=[proposal.ref]),
    )
    return decision


def _refuse(proposal: Proposal, ruling: Ruling, by: User) -> Decision:
    if words(ruling.reason) < FEWEST_WORDS or not ruling.ground:
        raise MoveRefused(SHORT_REASON.format(n=FEWEST_WORDS))
    if proposal.vote_passed:
        raise MoveRefused(PASSED)
    check(proposal, "refuse", by)
    decision = written(proposal, ruling, by)
    made = _move("refuse", decision, by)
    proposal = made.proposal
    holding.stop(proposal)
    _wait_for_answer(proposal)
    draw(decision, by=by)
    holding.tell(
        made,
        people.authors(proposal),
        event="refused",
        subject="Kết quả xem xét đề xuất",
        text=f"Đề xuất chưa được đồng ý. Lý do: {ruling.reason}",
    )
    return decision


def _wait_for_answer(proposal: Proposal) -> None:
    """The proposer may answer, once; a refusal that follows an answer is the last word."""
    if proposal.answered_at:
        holding.hold(proposal, None, holder=ENDED)
        return
    clock = holding.give_to_person(
        proposal,
        "REFUSAL_ANSWER",
        proposal.proposer,
        verb="Phản hồi (nếu có)",
        url=reverse("proposals:answer", args=[proposal.ref]),
    )
    holding.hold(proposal, clock, holder=people.titled(proposal.proposer))
    take_up(clock.rule, today())


def _escalate(proposal: Proposal, ruling: Ruling, by: User) -> Decision:
    superior = people.superior_of(proposal.deciding_unit, today())
    if superior is None:
        raise MoveRefused(NO_SUPERIOR)
    if not ruling.reason.strip():
        raise MoveRefused("Nêu lý do vượt thẩm quyền.")
    check(proposal, "escalate", by)
    decision = written(proposal, ruling, by)
    made = _move("escalate", decision, by, to_unit=str(superior.ref))
    draw(decision, by=by)
    hand_up(made, superior, by=by)
    return decision


def hand_up(made: Moved, superior: OrgUnit, *, by: User) -> None:
    """Give an escalated proposal to the superior unit: its clock, its steps, its people."""
    proposal = made.proposal
    holding.stop(proposal)
    steps.cancel_all(proposal, keep_legal_check=True)
    proposal.deciding_unit = superior
    proposal.deciding_unit_name = superior.at(today()).name
    proposal.vote_passed = None
    steps.begin_review(proposal, "HIGHER_REVIEW", on=today(), by=by)
    holding.tell_each(
        made,
        Telling(
            [*people.deciders(proposal), *people.desk(proposal)],
            event="escalated",
            subject="Chờ cấp có thẩm quyền xem xét",
            text=f'{proposal.agency_name} trình đề xuất "{proposal.title}".',
        ),
        Telling(
            people.authors(proposal),
            event="escalated-author",
            subject=f"Đã trình {people.short_name(superior, today())}",
            text=f"Đề xuất đã được chuyển tới {proposal.deciding_unit_name}.",
        ),
    )


def _return(proposal: Proposal, ruling: Ruling, by: User) -> Decision:
    check(proposal, "send_back", by)
    decision = written(proposal, ruling, by)
    supplement.give_back(
        proposal,
        ruling.items,
        by=by,
        due_on=ruling.due_on,
        reason=ruling.reason,
        decided=decision.content,
    )
    return decision


def _redirect(proposal: Proposal, ruling: Ruling, by: User) -> Decision:
    if not ruling.reason.strip():
        raise MoveRefused("Nêu lý do chuyển quy trình.")
    check(proposal, "redirect", by)
    decision = written(proposal, ruling, by)
    made = _move("redirect", decision, by)
    holding.stop(made.proposal)
    steps.cancel_all(made.proposal)
    holding.hold(made.proposal, None, holder=ENDED)
    draw(decision, by=by)
    holding.tell(
        made,
        people.authors(made.proposal),
        event="redirected",
        subject="Chuyển quy trình xây dựng văn bản",
        text=f"Lý do: {ruling.reason}",
    )
    return decision


DEEDS: dict[str, Callable[[Proposal, Ruling, User], Decision]] = {
    DecisionKind.IMPLEMENT: _approve,
    DecisionKind.PILOT: _approve,
    DecisionKind.ESCALATE: _escalate,
    DecisionKind.RETURN: _return,
    DecisionKind.REFUSE: _refuse,
    DecisionKind.REDIRECT: _redirect,
}


def _check_free(proposal: Proposal, by: User) -> None:
    """Whoever appraised the case does not decide it, nobody while a decision waits (AZ-07)."""
    version = version_before(proposal, by)
    if version.has_appraised and Capacity.HEAD in rules.capacities(proposal, by):
        raise MoveRefused(APPRAISED)
    if version.is_waiting:
        raise MoveRefused(steps.AWAITING)


def _check_period(ruling: Ruling) -> None:
    if ruling.kind == DecisionKind.PILOT and not (
        ruling.starts_on and ruling.ends_on and ruling.monitor
    ):
        raise MoveRefused(NEEDS_MONITOR)
    if ruling.starts_on and ruling.ends_on and ruling.ends_on <= ruling.starts_on:
        raise MoveRefused(BAD_PERIOD)


def _move(name: str, decision: Decision, by: User, **data: Any) -> Moved:
    return make(
        decision.proposal,
        name,
        by=by,
        content=decision.content,
        decision=str(decision.ref),
        plan_digest=decision.plan_version.content.sha256,
        **data,
    )


def _approved_subject(decision: Decision) -> str:
    if decision.kind == DecisionKind.PILOT:
        return f"Được cho thí điểm từ {decision.starts_on:%d/%m/%Y}"
    return "Được cho thực hiện"
