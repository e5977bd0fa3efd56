"""Help with the law while a proposal is written: asked from the form, answered by the agency."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from deadlines import actions as clocks
from deadlines.models import Clock
from deadlines.parties import Holder, Subject
from journal.deeds import deed
from notifications.actions import notify
from organisation.days import add_working_days, today
from organisation.models import User
from organisation.stages import Role
from proposals import people, rules
from proposals.actions.lifecycle import MoveRefused, keep_text, locked, note, raise_conflict
from proposals.models import LegalQuestion, Proposal
from proposals.stages import Part

DAYS_TO_ANSWER = 5
KIND = "legal_question"
TITLE = "Câu hỏi về quy định đang vướng"
WAITING = "Câu hỏi trước đang chờ trả lời."
OVER = "Câu hỏi này đã được trả lời."
NOBODY = "Cơ quan chưa có đầu mối để trả lời. Đề nghị người quản trị của cơ quan cập nhật chức vụ."
HELPERS = (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE, Role.AGENCY_HEAD)


@deed()
def ask(proposal_id: int, question: str, *, by: User) -> LegalQuestion:
    """Ask the focal point of the agency; nothing of the draft goes along.

    Raises PermissionDenied, Conflict where the proposal may no longer be edited, MoveRefused.
    """
    proposal = locked(proposal_id)
    if not rules.is_author(proposal, by):
        raise PermissionDenied
    if "edit" not in rules.actions_of(proposal, by):
        raise_conflict(proposal)
    if proposal.legal_questions.filter(answered_at=None).exists():
        raise MoveRefused(WAITING)
    role, helpers = _helpers(proposal)
    asked = LegalQuestion.objects.create(
        proposal=proposal,
        unit=proposal.agency,
        unit_name=proposal.agency_name,
        content=keep_text("legal_question", proposal, {"quote": question}),
        asked_by=by,
        due_on=add_working_days(today(), DAYS_TO_ANSWER),
    )
    note(proposal, "proposal.ask_legal", by=by, content=asked.content, question=str(asked.ref))
    _give_task(asked, proposal, role)
    notify(
        helpers,
        key=f"legal-{asked.ref}",
        subject=f"Cần trả lời câu hỏi về quy định trước {asked.due_on:%d/%m/%Y}",
        text=f"Đồng chí {by.full_name} cần giúp xác định quy định đang vướng.",
        url=page_of(asked),
        by_entry=None,  # they may not know of the draft itself
    )
    return asked


@deed()
def answer(question_id: int, text: str, *, by: User) -> LegalQuestion:
    """Answer once. Raises PermissionDenied, MoveRefused."""
    of = LegalQuestion.objects.values_list("proposal_id", flat=True).get(pk=question_id)
    proposal = locked(of)
    rows = LegalQuestion.objects.select_for_update(of=("self",)).select_related("asked_by")
    asked = rows.get(pk=question_id)
    if not may_answer(asked, proposal, by):
        raise PermissionDenied
    if asked.answered_at:
        raise MoveRefused(OVER)
    asked.answer = keep_text("legal_answer", proposal, {"quote": text})
    asked.answered_by, asked.answered_at = by, timezone.now()
    asked.save()
    note(proposal, "proposal.answer_legal", by=by, content=asked.answer, question=str(asked.ref))
    clocks.stop_all(_subject(asked, proposal), today())
    notify(
        {asked.asked_by, proposal.proposer},
        key=f"legal-answer-{asked.ref}",
        subject="Có trả lời về quy định đang vướng",
        text=f"{asked.unit_name} đã trả lời câu hỏi về quy định đang vướng.",
        url=reverse("proposals:edit", args=[proposal.ref, Part.PROBLEM]),
        by_entry=proposal,
    )
    return asked


def drop_questions(proposal: Proposal) -> None:
    """Nobody need answer any more; the caller throws the draft away."""
    for asked in proposal.legal_questions.filter(answered_at=None):
        clocks.stop_all(_subject(asked, proposal), today(), "discarded")


def may_answer(asked: LegalQuestion, proposal: Proposal, user: User) -> bool:
    """The desk or the head of the agency that was asked, and none of the authors."""
    is_there = asked.unit_id in user.powers.units(*HELPERS)
    return is_there and not rules.is_author(proposal, user)


def clock_of(asked: LegalQuestion) -> Clock | None:
    """By when it is to be answered, while it waits."""
    return Clock.objects.of_subject(KIND, asked.ref).open().first()


def may_see(user: User, ref: UUID) -> bool:
    """Whether a person may see the clock of a question: whoever writes the proposal."""
    written = Proposal.objects.visible_to(user).filter(legal_questions__ref=ref)
    return written.exists()


def page_of(asked: LegalQuestion) -> str:
    return reverse("proposals:legal_question", args=[asked.ref])


def _helpers(proposal: Proposal) -> tuple[Role, list[User]]:
    """Who answers for the agency: the first role that somebody but the authors holds there."""
    authors = {user.pk for user in people.authors(proposal)}
    for role in HELPERS:
        held = User.objects.holding(role, unit=proposal.agency_id).exclude(pk__in=authors)
        if found := list(held):
            return role, found
    raise MoveRefused(NOBODY)


def _subject(asked: LegalQuestion, proposal: Proposal) -> Subject:
    """A subject of its own: the title of the draft is not for those who answer."""
    return Subject(
        kind=KIND, ref=asked.ref, code=proposal.code or "", title=TITLE, stream=proposal.stream
    )


def _give_task(asked: LegalQuestion, proposal: Proposal, role: Role) -> None:
    clocks.start(
        "OPINION",
        subject=_subject(asked, proposal),
        holder=Holder.post(role, asked.unit_id, barred=people.authors(proposal)),
        on=today(),
        verb="Trả lời câu hỏi",
        url=page_of(asked),
        due_on=asked.due_on,
    )
