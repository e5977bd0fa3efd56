"""Review steps: opened by rule or by the head, concluded by those whom they name."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from deadlines import actions as clocks
from deadlines.parties import Holder
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from proposals import people, rules, step_papers
from proposals.actions import holding
from proposals.actions.lifecycle import (
    Moved,
    MoveRefused,
    keep_text,
    locked,
    note,
    save,
    subject_of,
)
from proposals.actions.papering import draft
from proposals.models import Proposal, ProposalPlan, ReviewRule, ReviewStep
from proposals.stages import REVIEWED, StepConclusion, StepKind

PAGES = {
    StepKind.LEGAL_CHECK: ("proposals:legal_check", "Kiểm tra pháp lý"),
    StepKind.PARTY_OPINION: ("proposals:party_opinion", "Ghi ý kiến cấp ủy"),
    StepKind.COLLECTIVE_VOTE: ("proposals:vote", "Biểu quyết"),
    StepKind.APPRAISAL_COUNCIL: ("proposals:council", "Cho ý kiến thẩm định"),
}
BOUND_TO_A_TEXT = (StepKind.COLLECTIVE_VOTE, StepKind.APPRAISAL_COUNCIL)
OPEN_ALREADY = "Bước này đang mở."
STEP_CLOSED = "Bước xem xét này đã kết thúc."


@deed()
def open_step(proposal_id: int, kind: str, *, by: User, version: int | None = None) -> ReviewStep:
    """Open a step that no rule asks for. Raises PermissionDenied, MoveRefused, Conflict."""
    proposal = locked(proposal_id, version=version)
    need(proposal, "open_step", by)
    if live(proposal).filter(kind=kind, concluded_at=None).exists():
        raise MoveRefused(OPEN_ALREADY)
    return open_optional(proposal, StepKind(kind), by=by)


def open_optional(proposal: Proposal, kind: StepKind, *, by: User) -> ReviewStep:
    """Open a step beside those that the rules ask for; the caller has asked who may."""
    return _open(proposal, [kind], by=by, is_required=False)[0]


def open_required(proposal: Proposal, *, by: User) -> None:
    """Open each step that the rules of the day of receipt ask for and that is not there yet."""
    there = set(live(proposal).values_list("kind", flat=True))
    kinds = [kind for kind in required_kinds(proposal) if kind not in there]
    opened = _open(proposal, kinds, by=by, is_required=True)
    proposal.required_steps_left += len(opened)
    save(proposal)


def required_kinds(proposal: Proposal) -> list[StepKind]:
    """What must be heard before this proposal is decided, in the order of the procedure."""
    plan = ProposalPlan.objects.filter(proposal=proposal)
    budget = Coalesce(Subquery(plan.values("budget")), 0)
    rows = ReviewRule.objects.valid_on(proposal.received_on or today())
    found = rows.filter(track=proposal.track, budget_from__lte=budget)
    asked = set(found.values_list("kind", flat=True))
    return [kind for kind in StepKind if kind in asked]


@deed()
def conclude(
    step_id: int,
    *,
    by: User,
    conclusion: str,
    facts: dict[str, object],
    version: int | None = None,
) -> Moved:
    """Write down the result of a legal check or of the party committee's answer.

    Raises PermissionDenied, MoveRefused, Conflict.
    """
    step, proposal = locked_step(step_id, version=version)
    if not rules.may_conclude_step(step.kind, proposal, by):
        raise PermissionDenied
    if step.kind == StepKind.LEGAL_CHECK:
        slip = step_papers.legal_check_slip(proposal, conclusion=conclusion, facts=facts, by=by)
        draft(proposal, slip, by=by)
    return finish(step, proposal, by=by, conclusion=conclusion, facts=facts)


@deed()
def request_party_opinion(
    proposal_id: int, question: str, *, by: User, version: int | None = None
) -> Moved:
    """Ask the party committee of the deciding unit for its opinion."""
    proposal = locked(proposal_id, version=version)
    need(proposal, "request_party_opinion", by)
    step = live(proposal).filter(kind=StepKind.PARTY_OPINION, concluded_at=None).first()
    if step is None:
        step = open_optional(proposal, StepKind.PARTY_OPINION, by=by)
    content = keep_text("party_question", proposal, {"step": str(step.ref), "quote": question})
    entry = note(
        proposal, "proposal.ask_party_committee", by=by, content=content, step=str(step.ref)
    )
    draft(proposal, step_papers.party_letter(proposal, question), by=by)
    made = Moved(proposal, entry)
    url = page_of(step)
    holding.tell(
        made,
        people.liaisons(proposal),
        event="party-opinion",
        subject="Xin ý kiến cấp ủy",
        text=f'Người đứng đầu xin ý kiến cấp ủy về đề xuất "{proposal.title}".',
        url=url,
    )
    return made


def finish(
    step: ReviewStep, proposal: Proposal, *, by: User, conclusion: str, facts: dict[str, object]
) -> Moved:
    """Close a step that is locked; the caller has asked who may."""
    content = keep_text(
        f"step_{step.kind}",
        proposal,
        {"step": str(step.ref), "kind": step.kind, "conclusion": conclusion} | facts,
    )
    step.conclusion, step.content = StepConclusion(conclusion), content
    step.concluded_at, step.concluded_by = timezone.now(), by
    step.save()
    holding.stop_tasks(proposal, page_of(step))
    proposal.required_steps_left -= step.is_required
    entry = note(
        proposal,
        f"proposal.conclude_{step.kind}",
        by=by,
        content=content,
        step=str(step.ref),
        conclusion=conclusion,
    )
    return Moved(proposal, entry)


def cancel_bound_to_text(proposal: Proposal) -> None:
    """A vote or an appraisal was of a text that is about to change: it is held again."""
    _cancel(proposal, live(proposal).filter(kind__in=BOUND_TO_A_TEXT))
    proposal.vote_passed = None


def cancel_all(proposal: Proposal, *, keep_legal_check: bool = False) -> None:
    """Close the steps of a unit that no longer decides."""
    steps = live(proposal)
    if keep_legal_check:
        steps = steps.exclude(kind=StepKind.LEGAL_CHECK, concluded_at__isnull=False)
    _cancel(proposal, steps)


def live(proposal: Proposal) -> QuerySet[ReviewStep]:
    """The steps of this round of review, open or concluded."""
    return ReviewStep.objects.filter(proposal=proposal, cancelled_at=None)


def locked_step(step_id: int, *, version: int | None = None) -> tuple[ReviewStep, Proposal]:
    """An open step with its proposal, the proposal locked first (TX-06). Raises MoveRefused."""
    proposal_id = ReviewStep.objects.values_list("proposal_id", flat=True).get(pk=step_id)
    proposal = locked(proposal_id, version=version)
    step = ReviewStep.objects.select_for_update(of=("self",)).get(pk=step_id)
    step.proposal = proposal
    if not step.is_open or proposal.stage not in REVIEWED:
        raise MoveRefused(STEP_CLOSED)
    return step, proposal


def need(proposal: Proposal, action: str, by: User) -> None:
    """Raises PermissionDenied where the table of rights does not give the person this deed."""
    if not rules.may(action)(proposal, by):
        raise PermissionDenied


def page_of(step: ReviewStep) -> str:
    """The page on which the step is done."""
    return reverse(PAGES[StepKind(step.kind)][0], args=[step.proposal.ref])


def _open(
    proposal: Proposal, kinds: list[StepKind], *, by: User, is_required: bool
) -> list[ReviewStep]:
    """Open a step of each kind, and write it down."""
    opened = ReviewStep.objects.bulk_create(
        ReviewStep(
            proposal=proposal, kind=kind, unit_id=proposal.deciding_unit_id, is_required=is_required
        )
        for kind in kinds
    )
    for step in opened:
        note(proposal, "proposal.open_step", by=by, step=str(step.ref), kind=step.kind)
        if step.kind in (StepKind.LEGAL_CHECK, StepKind.PARTY_OPINION):
            _give(step, proposal)
    return opened


def _give(step: ReviewStep, proposal: Proposal) -> None:
    """Make the step somebody's task: the focal point's, or the party liaison's."""
    verb, unit = PAGES[StepKind(step.kind)][1], proposal.deciding_unit_id
    is_for_liaison = step.kind == StepKind.PARTY_OPINION and people.liaisons(proposal)
    role = Role.PARTY_LIAISON if is_for_liaison else people.desk_of(proposal)
    clocks.start(
        "OPINION",
        subject=subject_of(proposal),
        holder=Holder.post(role, unit, barred=people.authors(proposal)),
        on=today(),
        verb=verb,
        url=page_of(step),
    )


def _cancel(proposal: Proposal, steps: Iterable[ReviewStep]) -> None:
    """Close these steps with their tasks; the caller saves how many are left to conclude."""
    for step in steps:
        proposal.required_steps_left -= step.is_required and step.is_open
        step.cancelled_at = timezone.now()
        step.save(update_fields=["cancelled_at"])
        step.proposal = proposal
        holding.stop_tasks(proposal, page_of(step))


def task_due(proposal: Proposal) -> date | None:
    """Until when a task inside the review must be done: the day of the head's own clock."""
    clock = holding.head_clock(proposal)
    return clock.due_on if clock else None
