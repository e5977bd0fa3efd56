"""The proposer's one answer to a refusal, and what the head makes of it."""

from django.urls import reverse
from django.utils import timezone

from documents.models import StoredFile
from journal.deeds import deed
from journal.models import Content
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from organisation.text import words
from proposals import people
from proposals.actions import deciding, holding, steps
from proposals.actions.lifecycle import Moved, MoveRefused, check, keep_text, locked, make, note
from proposals.models import Decision, Proposal, RefusalAnswer
from proposals.stages import DecisionKind, DecisionState

FEWEST_WORDS = 10
ONCE = "Đề xuất đã được phản hồi. Mỗi lần không đồng ý được phản hồi một lần."
TOO_LATE = "Đã hết thời hạn phản hồi ngày {day}."
TOO_SHORT = "Nội dung phản hồi cần ít nhất {n} chữ."


@deed()
def answer_refusal(
    proposal_id: int,
    text: str,
    *,
    by: User,
    stored: StoredFile | None = None,
    version: int | None = None,
) -> RefusalAnswer:
    """Answer a refusal, once and in time; the head looks at it again.

    Raises Conflict, PermissionDenied, MoveRefused.
    """
    proposal = locked(proposal_id, version=version)
    steps.need(proposal, "answer_refusal", by)
    refusal = last_refusal(proposal)
    _check(proposal, refusal, text)
    content = keep_text("refusal_answer", proposal, {"quote": text})
    answer = RefusalAnswer.objects.create(decision=refusal, content=content, stored=stored)
    proposal.answered_at = timezone.now()
    file_facts = {"file_sha256": stored.sha256} if stored else {}
    entry = note(proposal, "proposal.answer_refusal", by=by, content=content, **file_facts)
    holding.stop(proposal, "REFUSAL_ANSWER")
    _give_to_head(proposal)
    holding.tell(
        Moved(proposal, entry),
        people.deciders(proposal),
        event="answered",
        subject="Có phản hồi của người đề xuất",
        text=f"Đồng chí {by.full_name} phản hồi việc không đồng ý đề xuất.",
        url=reverse("proposals:answer_review", args=[proposal.ref]),
    )
    return answer


@deed()
def reopen(proposal_id: int, *, by: User, text: str = "", version: int | None = None) -> Proposal:
    """Look at the proposal again: a new clock runs from today."""
    proposal = locked(proposal_id, version=version)
    check(proposal, "reopen", by)
    made = make(proposal, "reopen", by=by, content=_said(proposal, text))
    holding.stop(proposal)
    steps.begin_review(proposal, "COLLECTIVE_MEETING", on=today(), by=by)
    _tell_authors(made, "reopened", "Đề xuất được xem xét lại", text)
    return proposal


@deed()
def keep_refusal(
    proposal_id: int, *, by: User, text: str = "", version: int | None = None
) -> Proposal:
    """Keep the refusal: the superior decides then; where there is none, it is final."""
    proposal = locked(proposal_id, version=version)
    check(proposal, "forward_answer", by)
    superior = people.superior_of(proposal.deciding_unit, today())
    content = _said(proposal, text)
    if superior is None:
        return _final(proposal, by=by, content=content, text=text)
    made = make(proposal, "forward_answer", by=by, content=content, to_unit=str(superior.ref))
    deciding.hand_up(made, superior, by=by)
    return made.proposal


def last_refusal(proposal: Proposal) -> Decision:
    """The refusal that is in force."""
    found = proposal.decisions.filter(kind=DecisionKind.REFUSE, state=DecisionState.IN_FORCE)
    return found.select_related("content", "decided_by").order_by("-pk")[0]


def _check(proposal: Proposal, refusal: Decision, text: str) -> None:
    if proposal.answered_at or RefusalAnswer.objects.filter(decision=refusal).exists():
        raise MoveRefused(ONCE)
    clock = next(iter(holding.open_clocks(proposal, "REFUSAL_ANSWER")), None)
    if clock and clock.due_on and clock.due_on < today():
        raise MoveRefused(TOO_LATE.format(day=f"{clock.due_on:%d/%m/%Y}"))
    if words(text) < FEWEST_WORDS:
        raise MoveRefused(TOO_SHORT.format(n=FEWEST_WORDS))


def _give_to_head(proposal: Proposal) -> None:
    clock = holding.give_to_post(
        proposal,
        "ANSWER_REVIEW",
        Role.AGENCY_HEAD,
        barred=people.authors(proposal),
        verb="Xem phản hồi",
        url=reverse("proposals:answer_review", args=[proposal.ref]),
    )
    holding.show_head(proposal, clock)


def _said(proposal: Proposal, text: str) -> Content | None:
    return keep_text("answer_review", proposal, {"quote": text}) if text.strip() else None


def _final(proposal: Proposal, *, by: User, content: Content | None, text: str) -> Proposal:
    entry = note(proposal, "proposal.keep_refusal", by=by, content=content)
    holding.stop(proposal, "ANSWER_REVIEW")
    holding.hold(proposal, None, holder=deciding.ENDED)
    _tell_authors(Moved(proposal, entry), "kept", "Kết quả xem xét phản hồi", text)
    return proposal


def _tell_authors(made: Moved, event: str, subject: str, text: str) -> None:
    holding.tell(
        made, people.authors(made.proposal), event=event, subject=subject, text=text or subject
    )
