"""Asking the proposer of a sent proposal to work on it together.

It is a talk between two officials and no part of the case: the authors of what was sent stay those
who were named, and whoever decides is not disturbed. The journal keeps it with the one who asks.
"""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from deadlines import actions as clocks
from deadlines.parties import Holder, Subject
from journal.actions import keep, record
from journal.deeds import deed
from journal.models import Content
from notifications.actions import notify
from organisation.days import today
from organisation.models import User
from organisation.trail import stream_of
from proposals import rules
from proposals.actions.lifecycle import MoveRefused, locked
from proposals.models import JoinRequest, Proposal
from proposals.stages import OPEN

RULE = "JOIN_ANSWER"
KIND = "join_request"
VERB = "Trả lời xin cùng tham gia"
OWN = "Đồng chí đã cùng đề xuất hồ sơ này."
CLOSED = "Đề xuất này không còn được xem xét hay thực hiện."
WAITING = "Đã xin cùng tham gia, đang chờ người đề xuất trả lời."
OVER = "Yêu cầu này đã được trả lời."


@deed()
def ask(proposal_id: int, text: str, *, by: User) -> JoinRequest:
    """Ask the proposer, who gets a task. Raises MoveRefused.

    The caller has seen to it that this person may know of the proposal.
    """
    proposal = locked(proposal_id)
    if rules.is_author(proposal, by):
        raise MoveRefused(OWN)
    if proposal.stage not in OPEN:
        raise MoveRefused(CLOSED)
    if proposal.join_requests.filter(person=by, answered_at=None).exists():
        raise MoveRefused(WAITING)
    content = keep("join_request", stream_of(by), {"quote": text})
    asked = JoinRequest.objects.create(proposal=proposal, person=by, content=content)
    _record("user.ask_to_join", asked, by=by, content=content)
    _give_task(asked, proposal)
    notify(
        [proposal.proposer],
        key=f"join-{asked.ref}",
        subject=f"[{proposal.code}] Có người xin cùng tham gia",
        text=f"Đồng chí {by.display} xin cùng tham gia đề xuất.",
        url=page_of(proposal),
        by_entry=proposal,
    )
    return asked


@deed()
def answer(request_id: int, text: str, *, is_accepted: bool, by: User) -> JoinRequest:
    """Say yes or no, once, by the proposer. Raises PermissionDenied, MoveRefused."""
    rows = JoinRequest.objects.select_for_update(of=("self",))
    asked = rows.select_related("proposal", "person").get(pk=request_id)
    if asked.proposal.proposer_id != by.pk:
        raise PermissionDenied
    if asked.answered_at:
        raise MoveRefused(OVER)
    asked.answer = keep("join_answer", stream_of(asked.person), {"quote": text})
    asked.is_accepted, asked.answered_at = is_accepted, timezone.now()
    asked.save()
    deed = "user.accept_join" if is_accepted else "user.decline_join"
    _record(deed, asked, by=by, content=asked.answer)
    clocks.stop_all(_subject(asked, asked.proposal), today())
    notify(
        [asked.person],
        key=f"join-answer-{asked.ref}",
        subject="Trả lời việc xin cùng tham gia",
        text=f"Đồng chí {by.full_name} {'nhận lời' if is_accepted else 'không nhận lời'}.",
        url=page_of_asker(asked.proposal),
        by_entry=None,  # they may not open the case
    )
    return asked


def page_of(proposal: Proposal) -> str:
    return reverse("proposals:join_requests", args=[proposal.ref])


def page_of_asker(proposal: Proposal) -> str:
    return f"{reverse('proposals:ask_to_join')}?de_xuat={proposal.ref}"


def _record(action: str, asked: JoinRequest, *, by: User, content: Content) -> None:
    record(
        action,
        stream=stream_of(asked.person),
        by=by,
        content=content,
        proposal=str(asked.proposal.ref),
        request=str(asked.ref),
    )


def _subject(asked: JoinRequest, proposal: Proposal) -> Subject:
    """A subject of its own: a decision on the case does not answer it."""
    return Subject(
        kind=KIND,
        ref=asked.ref,
        code=proposal.code or "",
        title=proposal.title,
        stream=proposal.stream,
    )


def _give_task(asked: JoinRequest, proposal: Proposal) -> None:
    clocks.start(
        RULE,
        subject=_subject(asked, proposal),
        holder=Holder.person(proposal.proposer),
        on=today(),
        verb=VERB,
        detail=f"{asked.person.display} xin cùng tham gia.",
        url=page_of(proposal),
    )
