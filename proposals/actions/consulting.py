"""Asking another agency for its opinion, and its answer."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from deadlines import actions as clocks
from deadlines.parties import Holder
from documents.models import StoredFile
from journal.deeds import deed
from organisation.days import add_working_days, today
from organisation.models import OrgUnit, User
from organisation.stages import Role
from proposals import people
from proposals.actions import holding, steps
from proposals.actions.lifecycle import Moved, MoveRefused, keep_text, locked, note, subject_of
from proposals.models import OpinionRequest, Proposal
from proposals.stages import REVIEWED, StepConclusion

DAYS_TO_ANSWER = 5
ASKED = "Cơ quan này đang được xin ý kiến."
OVER = "Ý kiến đã được gửi, hoặc hồ sơ đã chuyển bước."


@deed()
def ask(
    proposal_id: int,
    unit: OrgUnit,
    question: str,
    *,
    by: User,
    due_on: date | None = None,
    version: int | None = None,
) -> OpinionRequest:
    """Ask an agency; its focal point gets the task. Raises PermissionDenied, MoveRefused."""
    proposal = locked(proposal_id, version=version)
    steps.need(proposal, "consult", by)
    if proposal.opinion_requests.filter(unit=unit, answered_at=None).exists():
        raise MoveRefused(ASKED)
    if unit.pk == proposal.deciding_unit_id:
        raise MoveRefused("Chọn cơ quan khác cơ quan đang xem xét.")
    asked = OpinionRequest.objects.create(
        proposal=proposal,
        unit=unit,
        unit_name=unit.at(today()).name,
        question=question,
        requested_by=by,
        due_on=due_on or add_working_days(today(), DAYS_TO_ANSWER),
    )
    content = keep_text("opinion_question", proposal, {"unit": asked.unit_name, "quote": question})
    entry = note(proposal, "proposal.ask_opinion", by=by, content=content, request=str(asked.ref))
    _give_task(asked, proposal)
    holding.tell(
        Moved(proposal, entry),
        User.objects.holding(people.desk_role(unit.pk), unit=unit),
        event="opinion",
        subject=f"Cần cho ý kiến trước {asked.due_on:%d/%m/%Y}",
        text=f"{proposal.deciding_unit_name} xin ý kiến về một đề xuất.",
        url=page_of(asked),
    )
    return asked


@deed()
def answer(
    request_id: int,
    *,
    by: User,
    conclusion: str,
    text: str,
    stored: StoredFile | None = None,
    version: int | None = None,
) -> OpinionRequest:
    """Answer once, for the agency that was asked. Raises PermissionDenied, MoveRefused."""
    proposal_id = OpinionRequest.objects.values_list("proposal_id", flat=True).get(pk=request_id)
    proposal = locked(proposal_id)
    asked = OpinionRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if not may_answer(asked, by):
        raise PermissionDenied
    if asked.answered_at or proposal.stage not in REVIEWED:
        raise MoveRefused(OVER)
    facts = {"unit": asked.unit_name, "conclusion": StepConclusion(conclusion), "quote": text}
    asked.content = keep_text("opinion", proposal, facts)
    asked.conclusion, asked.stored = StepConclusion(conclusion), stored
    asked.answered_by, asked.answered_at = by, timezone.now()
    asked.save()
    file_facts = {"file_sha256": stored.sha256} if stored else {}
    entry = note(
        proposal,
        "proposal.give_opinion",
        by=by,
        content=asked.content,
        request=str(asked.ref),
        **file_facts,
    )
    holding.stop_tasks(proposal, page_of(asked))
    holding.tell(
        Moved(proposal, entry),
        {asked.requested_by, *people.deciders(proposal)},
        event="opinion-given",
        subject="Có ý kiến của cơ quan được hỏi",
        text=f"{asked.unit_name} đã cho ý kiến.",
        url=reverse("proposals:opinions", args=[proposal.ref]),
    )
    return asked


def may_answer(asked: OpinionRequest, user: User) -> bool:
    """The focal point or the head of the agency that was asked."""
    roles = (Role.AGENCY_FOCAL, Role.AGENCY_HEAD, Role.PROVINCIAL_OFFICE)
    return asked.unit_id in user.powers.units(*roles)


def page_of(asked: OpinionRequest) -> str:
    return reverse("proposals:give_opinion", args=[asked.ref])


def _give_task(asked: OpinionRequest, proposal: Proposal) -> None:
    clocks.start(
        "OPINION",
        subject=subject_of(proposal),
        holder=Holder.post(
            people.desk_role(asked.unit_id), asked.unit_id, barred=people.authors(proposal)
        ),
        on=today(),
        verb="Cho ý kiến",
        detail=asked.question[:400],
        url=page_of(asked),
        due_on=asked.due_on,
    )
