"""Review steps: opened by rule or by the head, concluded by those whom they name."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from deadlines import actions as clocks
from deadlines.actions import Task
from deadlines.models import Clock
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.prepared import prepared
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
from proposals.stages import REVIEWED, DecisionState, StepConclusion, StepKind

PAGES = {
    StepKind.LEGAL_CHECK: ("proposals:legal_check", "Kiểm tra pháp lý"),
    StepKind.PARTY_OPINION: ("proposals:party_opinion", "Ghi ý kiến cấp ủy"),
    StepKind.COLLECTIVE_VOTE: ("proposals:vote", "Biểu quyết"),
    StepKind.APPRAISAL_COUNCIL: ("proposals:council", "Cho ý kiến thẩm định"),
}
BOUND_TO_A_TEXT = (StepKind.COLLECTIVE_VOTE, StepKind.APPRAISAL_COUNCIL)
OPEN_ALREADY = "Bước này đang mở."
STEP_CLOSED = "Bước xem xét này đã kết thúc."
HEARD = "Bước này đã có kết luận đối với bản hiện nay của đề xuất."
AWAITING = "Quyết định đang chờ người thứ hai xác nhận."


@deed()
def open_step(proposal_id: int, kind: str, *, by: User, version: int | None = None) -> ReviewStep:
    """Open a step that no rule asks for. Raises PermissionDenied, MoveRefused, Conflict."""
    proposal = locked(proposal_id, version=version)
    need(proposal, "open_step", by)
    if live(proposal).filter(kind=kind, concluded_at=None).exists():
        raise MoveRefused(OPEN_ALREADY)
    need_free(proposal, StepKind(kind))
    return open_optional(proposal, StepKind(kind), by=by)


def open_optional(proposal: Proposal, kind: StepKind, *, by: User) -> ReviewStep:
    """Open a step beside those that the rules ask for; the caller has asked who may."""
    opened = _open(proposal, [kind], by=by, is_required=False)
    _start(opened, proposal)
    return opened[0]


def begin_review(proposal: Proposal, rule: str, *, on: date, by: User) -> Clock:
    """Give the case to the head with this clock, and open what the rules ask for; all clocks start
    together.
    """
    opened = _open_required(proposal, by=by)
    return holding.give_to_head(proposal, rule, on=on, beside=_tasks(opened, proposal))


def open_required(proposal: Proposal, *, by: User) -> None:
    """Open each step that the rules of the day of receipt ask for and that is not there yet."""
    _start(_open_required(proposal, by=by), proposal)


def required_kinds(proposal: Proposal) -> list[StepKind]:
    """What must be heard before this proposal is decided, in the order of the procedure."""
    on = proposal.received_on or today()
    return _ordered(_rules(proposal.pk, proposal.track, on).values_list("kind", flat=True))


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
    need_free(proposal, StepKind.PARTY_OPINION)
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


def need_free(proposal: Proposal, kind: StepKind) -> None:
    """Raises MoveRefused where `barred` says why this step is not opened now."""
    if why := barred(proposal, kind):
        raise MoveRefused(why)


def barred(proposal: Proposal, kind: StepKind) -> str:
    """Why no step of that kind is opened now, in words; empty where one may be.

    The collective and the council speak once of one text (TX-05); while a decision waits for its
    second person nothing is heard that could change what it rests on (AZ-08).
    """
    if is_waiting(proposal):
        return AWAITING
    return HEARD if _is_heard(proposal, kind) else ""


def is_waiting(proposal: Proposal) -> bool:
    """Whether a decision waits for its second person: only one against a lost vote does."""
    waiting = proposal.decisions.filter(state=DecisionState.AWAITING_SECOND)
    return proposal.vote_passed is False and waiting.exists()


def openable(proposal: Proposal) -> list[StepKind]:
    """The steps that the head may open beside those that the rules ask for."""
    is_open = set(live(proposal).filter(concluded_at=None).values_list("kind", flat=True))
    return [k for k in StepKind if k not in is_open and not barred(proposal, k)]


def page_of(step: ReviewStep) -> str:
    """The page on which the step is done."""
    return reverse(PAGES[StepKind(step.kind)][0], args=[step.proposal.ref])


def _is_heard(proposal: Proposal, kind: StepKind) -> bool:
    if kind == StepKind.COLLECTIVE_VOTE and proposal.vote_passed is not None:
        return True
    heard = live(proposal).filter(kind=kind, concluded_at__isnull=False)
    return kind == StepKind.APPRAISAL_COUNCIL and heard.exists()


def _open_required(proposal: Proposal, *, by: User) -> list[ReviewStep]:
    opened = _open(proposal, _missing(proposal), by=by, is_required=True)
    proposal.required_steps_left += len(opened)
    save(proposal)
    return opened


def _missing(proposal: Proposal) -> list[StepKind]:
    """Those of `required_kinds` that this round has no step of yet."""
    on = proposal.received_on or today()
    return _ordered(kind for (kind,) in _asked_and_missing(proposal.pk, proposal.track, on))


@prepared
def _asked_and_missing(proposal_id: int, track: str, on: date) -> QuerySet:
    there = ReviewStep.objects.filter(proposal=proposal_id, cancelled_at=None)
    missing = _rules(proposal_id, track, on).exclude(kind__in=there.values("kind"))
    return missing.values_list("kind")


def _rules(proposal_id: int, track: str, on: date) -> QuerySet[ReviewRule]:
    """The rules that ask for a step of this proposal on a day."""
    plan = ProposalPlan.objects.filter(proposal=proposal_id)
    budget = Coalesce(Subquery(plan.values("budget")), 0)
    return ReviewRule.objects.valid_on(on).filter(track=track, budget_from__lte=budget)


def _ordered(kinds: Iterable[str]) -> list[StepKind]:
    asked = set(kinds)
    return [kind for kind in StepKind if kind in asked]


def _open(
    proposal: Proposal, kinds: list[StepKind], *, by: User, is_required: bool
) -> list[ReviewStep]:
    """Open a step of each kind, and write it down; the caller starts their tasks."""
    opened = ReviewStep.objects.bulk_create(
        ReviewStep(
            proposal=proposal, kind=kind, unit_id=proposal.deciding_unit_id, is_required=is_required
        )
        for kind in kinds
    )
    for step in opened:
        note(proposal, "proposal.open_step", by=by, step=str(step.ref), kind=step.kind)
    return opened


def _start(opened: list[ReviewStep], proposal: Proposal) -> None:
    clocks.start_all(subject_of(proposal), _tasks(opened, proposal))


def _tasks(opened: list[ReviewStep], proposal: Proposal) -> list[Task]:
    """Somebody's task for each step: the focal point's, or the party liaison's."""
    return [
        Task(
            "OPINION",
            holding.post(proposal, _asked(step, proposal)),
            today(),
            PAGES[StepKind(step.kind)][1],
            page_of(step),
        )
        for step in opened
        if step.kind in (StepKind.LEGAL_CHECK, StepKind.PARTY_OPINION)
    ]


def _asked(step: ReviewStep, proposal: Proposal) -> Role:
    if step.kind == StepKind.PARTY_OPINION and people.liaisons(proposal):
        return Role.PARTY_LIAISON
    return people.desk_of(proposal)


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
