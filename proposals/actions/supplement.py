"""A return for supplement, and the supplemented version that comes back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from deadlines.models import Clock
from journal.deeds import deed
from journal.models import Content
from organisation.days import add_working_days, today
from organisation.models import User
from organisation.stages import Role
from proposals import decision_papers, people
from proposals.actions import holding, steps
from proposals.actions.lifecycle import Moved, MoveRefused, locked, make, text_of
from proposals.actions.papering import draft
from proposals.actions.sending import freeze_version
from proposals.models import Proposal, SupplementItem, SupplementRequest
from proposals.said import Said, about
from proposals.stages import DecisionKind, Part, Stage

DAYS = 5
RETURNS_WITHOUT_REASON = 2
WAY_BACK = {
    Stage.SUBMITTED: "resubmit",
    Stage.UNDER_REVIEW: "resubmit_to_review",
    Stage.ESCALATED: "resubmit_to_superior",
}
NO_ITEMS = "Chọn ít nhất một phần cần bổ sung và ghi rõ nội dung."
NEEDS_REASON = "Hồ sơ đã được trả lại hai lần. Nêu lý do trả lại lần nữa; Sở Nội vụ đọc được."
PAST = "Chọn ngày từ hôm nay trở đi."


@dataclass(frozen=True)
class Item:
    """One thing to supplement: a part of the form, a field of it where named, and what is asked."""

    part: str
    text: str
    field_name: str = ""


@deed()
def send_back(
    proposal_id: int,
    items: Sequence[Item],
    *,
    by: User,
    due_on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> SupplementRequest:
    """Return the proposal to its proposer: every clock pauses, the proposer's own begins.

    Raises Conflict, PermissionDenied, MoveRefused.
    """
    proposal = locked(proposal_id, version=version)
    return give_back(proposal, items, by=by, due_on=due_on, reason=reason)


def give_back(
    proposal: Proposal,
    items: Sequence[Item],
    *,
    by: User,
    due_on: date | None,
    reason: str,
    decided: Content | None = None,
) -> SupplementRequest:
    """What `send_back` does, with a proposal that is locked and perhaps a decision to cite."""
    due = due_on or add_working_days(today(), DAYS)
    _check(proposal, items, due, reason)
    if steps.is_waiting(proposal):
        raise MoveRefused(steps.AWAITING)
    came_from = proposal.stage
    content = text_of("supplement_request", proposal, _facts(items, due, reason))
    cited = [content, decided] if decided else content
    made = make(proposal, "send_back", by=by, content=cited, items=len(items))
    proposal.returned_from = came_from
    steps.cancel_bound_to_text(proposal)
    holding.pause_all(proposal)
    _give_to_proposer(proposal, items, due)
    asked = _request(proposal, items, by=by, due_on=due, content=content)
    draft(proposal, _letter(proposal, items, due, reason), by=by)
    _tell_returned(made, asked, len(items), reason)
    return asked


@deed()
def resubmit(proposal_id: int, *, by: User, version: int | None = None) -> Proposal:
    """Send the supplemented version: frozen anew, it goes back to whoever returned it.

    Raises Conflict, PermissionDenied, MoveRefused.
    """
    proposal = locked(proposal_id, version=version, with_plan=True)
    name = WAY_BACK.get(Stage(proposal.returned_from or Stage.SUBMITTED), "resubmit")
    frozen = freeze_version(proposal, by=by)
    made = make(proposal, name, by=by, content=frozen.content, number=frozen.number)
    frozen.save()
    rows = proposal.supplement_requests.select_for_update(of=("self",))
    asked = rows.select_related("requested_by").get(answered_at=None)
    asked.answered_at, asked.answered_version = timezone.now(), frozen
    asked.save()
    _give_back(proposal, holding.take_up(proposal, "SUPPLEMENT"), by=by)
    holding.tell(
        made,
        {asked.requested_by, *people.deciders(proposal)},
        event="supplemented",
        subject="Đã có bản bổ sung",
        text=f'Đồng chí {by.full_name} đã gửi bản bổ sung của đề xuất "{proposal.title}".',
    )
    return proposal


def _check(proposal: Proposal, items: Sequence[Item], due: date, reason: str) -> None:
    if not items or not all(item.text.strip() for item in items):
        raise MoveRefused(NO_ITEMS)
    if proposal.times_returned >= RETURNS_WITHOUT_REASON and not reason.strip():
        raise MoveRefused(NEEDS_REASON)
    if due < today():
        raise MoveRefused(PAST)


def _facts(items: Sequence[Item], due: date, reason: str) -> dict[str, object]:
    told = "\n".join(f"{Part(item.part).label}: {item.text}" for item in items)
    return {
        "items": [asdict(item) for item in items],
        "due_on": due.isoformat(),
        "reason": reason,
        "quote": told,
    }


def _letter(proposal: Proposal, items: Sequence[Item], due: date, reason: str) -> dict[str, object]:
    told = [f"{Part(item.part).label}: {item.text}" for item in items]
    what = Said(kind=DecisionKind.RETURN, items=told, due_on=due, reason=reason, **about(proposal))
    return decision_papers.facts_of(what, proposal.deciding_unit)


def _request(
    proposal: Proposal, items: Sequence[Item], *, by: User, due_on: date, content: Content
) -> SupplementRequest:
    asked = SupplementRequest.objects.create(
        proposal=proposal,
        number=proposal.times_returned,
        requested_by=by,
        due_on=due_on,
        content=content,
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(
            request=asked, part=item.part, field_name=item.field_name, request_text=item.text[:1000]
        )
        for item in items
    )
    return asked


def _give_to_proposer(proposal: Proposal, items: Sequence[Item], due: date) -> None:
    clock = holding.give_to_person(
        proposal,
        "SUPPLEMENT",
        proposal.proposer,
        verb="Bổ sung hồ sơ",
        url=reverse("proposals:supplement", args=[proposal.ref]),
        detail=f"Yêu cầu: {'; '.join(item.text.rstrip('.') for item in items)}.",
        due_on=due,
    )
    holding.hold(proposal, clock, holder=people.titled(proposal.proposer))


def _give_back(proposal: Proposal, resumed: Sequence[Clock], *, by: User) -> None:
    """Whoever returned the case holds it again; a vote on the old text is held anew."""
    running = {clock.rule.code: clock for clock in resumed}
    if proposal.stage == Stage.SUBMITTED:
        desk = f"Đầu mối {proposal.deciding_unit_name}"
        holding.hold(proposal, running.get("INTAKE"), holder=desk)
        return
    steps.open_required(proposal, by=by)
    clock = next((running[rule] for rule in holding.HEAD_RULES if rule in running), None)
    holding.show_head(proposal, clock)


def _tell_returned(made: Moved, asked: SupplementRequest, number: int, reason: str) -> None:
    holding.tell(
        made,
        people.authors(made.proposal),
        event="returned",
        subject=f"Cần bổ sung {number} nội dung trước {asked.due_on:%d/%m/%Y}",
        text="Người đứng đầu đề nghị bổ sung hồ sơ.",
        url=reverse("proposals:supplement", args=[made.proposal.ref]),
    )
    if reason:  # the third return is one for Sở Nội vụ to know of (pages.md §8)
        holding.tell(
            made,
            User.objects.active().filter(pk__in=_home_affairs()),
            event="returned-again",
            subject=f"Trả lại lần {asked.number}",
            text=f"{made.proposal.deciding_unit_name} nêu lý do: {reason}",
        )


def _home_affairs() -> list[int]:
    roles = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
    day = today()
    found = User.objects.filter(
        appointments__position__role__in=roles, appointments__valid_from__lte=day
    )
    return [user.pk for user in found.distinct() if user.powers.has(*roles)]
