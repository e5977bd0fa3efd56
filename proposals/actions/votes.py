"""The vote of the leadership collective, and the appraisal council."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from documents.actions.settling import seat_council
from documents.models import AdvisoryBody
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from proposals import people, rules, step_papers, voting
from proposals.actions import holding, steps
from proposals.actions.lifecycle import Moved, MoveRefused, keep_text, locked, note
from proposals.actions.papering import draft
from proposals.models import Proposal, ReviewRule, ReviewStep, StepMember
from proposals.stages import Ballot, Seat, StepConclusion, StepKind

NO_MEMBERS = "Cơ quan chưa có người đứng đầu hoặc cấp phó để biểu quyết."
NOT_OPENED = "Người đứng đầu chưa mở biểu quyết."
NOBODY = "Chưa có ai biểu quyết."
TOO_EARLY = "Chưa đến ngày họp {day:%d/%m/%Y}."
SILENT = "Còn {n} thành viên chưa biểu quyết: {names}."
ALONE = "Tập thể chỉ có một người biểu quyết."
HEAD_FIRST = "Số phiếu ngang nhau: người đứng đầu cần biểu quyết trước khi kết thúc."
SEATS_FROM, SEATS_TO = 5, 9  # the draft of the decree (quy-trinh.md §5), where no rule says more


@deed()
def open_vote(
    proposal_id: int, *, by: User, meeting_on: date | None = None, version: int | None = None
) -> ReviewStep:
    """Call the collective: the head and the deputies of the deciding unit, authors left out."""
    proposal = locked(proposal_id, version=version)
    steps.need(proposal, "open_vote", by)
    step = _open_step_of(proposal, StepKind.COLLECTIVE_VOTE, by)
    seats = _collective(proposal)
    if not seats:
        raise MoveRefused(NO_MEMBERS)
    _seat(step, proposal, seats, verb="Biểu quyết")
    step.meeting_on = meeting_on or today()
    step.save(update_fields=["meeting_on"])
    entry = note(proposal, "proposal.open_vote", by=by, step=str(step.ref), members=len(seats))
    holding.tell(
        Moved(proposal, entry),
        [user for user, _ in seats if user != by],
        event="vote",
        subject="Mời biểu quyết",
        text=f'Mời đồng chí biểu quyết đề xuất "{proposal.title}".',
        url=steps.page_of(step),
    )
    return step


@deed()
def cast(step_id: int, ballot: str, *, by: User) -> StepMember:
    """Vote, or change one's vote; possible until the vote is closed."""
    step, proposal = steps.locked_step(step_id)
    steps.need(proposal, "vote", by)
    member = _seat_of(step, by)
    member.ballot, member.cast_at = Ballot(ballot), timezone.now()
    content = keep_text("ballot", proposal, {"step": str(step.ref), "ballot": member.ballot})
    member.content = content
    member.save()
    note(proposal, "proposal.vote", by=by, content=content, step=str(step.ref))
    holding.stop_tasks(proposal, steps.page_of(step), by)
    return member


@deed()
def close_vote(
    step_id: int, *, by: User, version: int | None = None, without_silent: bool = False
) -> Moved:
    """Count the ballots and conclude the vote.

    While somebody has not voted this asks for the day of the meeting, and that whoever closes says
    so. Raises MoveRefused where there is no result yet.
    """
    step, proposal = steps.locked_step(step_id, version=version)
    steps.need(proposal, "close_vote", by)
    steps.need_free(proposal, StepKind.COLLECTIVE_VOTE)
    counted = _counted(step)
    if counted.absent:
        _need_end(step, without_silent=without_silent)
    proposal.vote_passed = counted.passed
    draft(proposal, step_papers.vote_minutes(step, proposal, counted), by=by)
    passed = StepConclusion.FAVOURABLE if counted.passed else StepConclusion.UNFAVOURABLE
    return steps.finish(
        step,
        proposal,
        by=by,
        conclusion=passed,
        facts={
            "in_favour": counted.in_favour,
            "against": counted.against,
            "absent": counted.absent,
            "is_tie": counted.is_tie,
            "quote": result_in_words(counted),
        },
    )


@deed()
def form_council(
    proposal_id: int,
    seats: Sequence[tuple[User, str]],
    *,
    by: User,
    meeting_on: date | None = None,
    version: int | None = None,
) -> ReviewStep:
    """Form the appraisal council; how many sit in it is data of the rule (ReviewRule)."""
    proposal = locked(proposal_id, version=version)
    steps.need(proposal, "form_council", by)
    least, most = council_size(proposal)
    if not least <= len({user.pk for user, _ in seats}) <= most:
        raise MoveRefused(f"Hội đồng có từ {least} đến {most} người.")
    if any(rules.is_author(proposal, user) for user, _ in seats):
        raise MoveRefused("Người đề xuất không tham gia Hội đồng xem xét đề xuất của mình.")
    step = _open_step_of(proposal, StepKind.APPRAISAL_COUNCIL, by)
    _seat(step, proposal, seats, verb="Cho ý kiến thẩm định")
    _give_to_head(step, proposal)
    step.meeting_on = meeting_on
    step.save(update_fields=["meeting_on"])
    draft(proposal, step_papers.council_decision(proposal, seats, meeting_on), by=by)
    entry = note(proposal, "proposal.form_council", by=by, step=str(step.ref), members=len(seats))
    holding.tell(
        Moved(proposal, entry),
        [user for user, _ in seats if user != by],
        event="council",
        subject="Mời tham gia Hội đồng thẩm định",
        text=f'Mời đồng chí cho ý kiến thẩm định đề xuất "{proposal.title}".',
        url=steps.page_of(step),
    )
    return step


@deed()
def give_appraisal(step_id: int, *, by: User, conclusion: str, text: str) -> StepMember:
    """Write one's opinion as a member of the council, or change it until the council concludes."""
    step, proposal = steps.locked_step(step_id)
    member = _seat_of(step, by)
    facts = {"step": str(step.ref), "conclusion": StepConclusion(conclusion), "quote": text}
    member.content = keep_text("appraisal", proposal, facts)
    member.cast_at = timezone.now()
    member.save()
    note(proposal, "proposal.appraise", by=by, content=member.content, step=str(step.ref))
    holding.stop_tasks(proposal, steps.page_of(step), by)
    return member


@deed()
def conclude_council(
    step_id: int, *, by: User, conclusion: str, text: str, version: int | None = None
) -> Moved:
    """Write the council's conclusion."""
    step, proposal = steps.locked_step(step_id, version=version)
    steps.need(proposal, "conclude_council", by)
    if not step.members.exists():
        raise MoveRefused("Hội đồng chưa được thành lập.")
    draft(proposal, step_papers.council_minutes(step, proposal, conclusion, text), by=by)
    council = _council_of(step, proposal, by)
    facts = step_papers.council_report(step, proposal, conclusion, text, council)
    draft(proposal, facts, by=by, body=council.name if council else "")
    return steps.finish(step, proposal, by=by, conclusion=conclusion, facts={"quote": text})


def council_size(proposal: Proposal) -> tuple[int, int]:
    """At least and at most so many members, by the rule valid on the day of receipt."""
    rule = (
        ReviewRule.objects.valid_on(proposal.received_on or today())
        .filter(track=proposal.track, kind=StepKind.APPRAISAL_COUNCIL)
        .first()
    )
    least = rule.seats_from if rule and rule.seats_from else SEATS_FROM
    most = rule.seats_to if rule and rule.seats_to else SEATS_TO
    return least, most


def _council_of(step: ReviewStep, proposal: Proposal, by: User) -> AdvisoryBody | None:
    """The council as a body whose chair signs its report; nothing where nobody chairs it."""
    chair = step.members.filter(seat=Seat.CHAIR).select_related("person").first()
    if chair is None or proposal.deciding_unit is None:
        return None
    said = step_papers.council_said(proposal, chair.person)
    return seat_council(proposal.deciding_unit, said, by=by)


def result_in_words(counted: voting.Tally) -> str:
    """One line for the timeline: the count, and how a tie was settled."""
    words = f"{counted.in_favour} tán thành, {counted.against} không tán thành"
    if counted.is_tie:
        words += ", theo phía người đứng đầu"
    words = f"{words}: {'thông qua' if counted.passed else 'không thông qua'}."
    return f"{words} {ALONE}" if counted.is_alone else words


def silent(members: Iterable[StepMember]) -> str:
    """Who has not voted, in words; empty where all have."""
    names = [member.person.full_name for member in members if not member.ballot]
    return SILENT.format(n=len(names), names=", ".join(names)) if names else ""


def result_of(step_id: int) -> str:
    """What was counted when the vote was closed, in one line."""
    ballots = StepMember.objects.filter(step=step_id).values_list("seat", "ballot")
    return result_in_words(voting.tally(ballots))


def _counted(step: ReviewStep) -> voting.Tally:
    ballots = list(step.members.values_list("seat", "ballot"))
    if not ballots:
        raise MoveRefused(NOT_OPENED)
    try:
        return voting.tally(ballots)
    except voting.NobodyVoted:
        raise MoveRefused(NOBODY) from None
    except voting.HeadMustVote:
        raise MoveRefused(HEAD_FIRST) from None


def _need_end(step: ReviewStep, *, without_silent: bool) -> None:
    """A vote that not all have cast ends on the day of the meeting, knowingly."""
    names = silent(step.members.select_related("person").order_by("pk"))
    if step.meeting_on and step.meeting_on > today():
        raise MoveRefused(f"{TOO_EARLY.format(day=step.meeting_on)} {names}")
    if not without_silent:
        raise MoveRefused(names)


def _collective(proposal: Proposal) -> list[tuple[User, str]]:
    barred = {proposal.proposer_id, *proposal.coauthor_ids}
    heads = people.heads(proposal)
    seats = [(user, Seat.HEAD) for user in heads if user.pk not in barred]
    seats += [(user, Seat.DEPUTY) for user in people.deputies(proposal) if user not in heads]
    return [(user, seat.value) for user, seat in seats]


def _open_step_of(proposal: Proposal, kind: StepKind, by: User) -> ReviewStep:
    step = steps.live(proposal).filter(kind=kind, concluded_at=None).first()
    steps.need_free(proposal, kind)
    if step is None:
        step = steps.open_optional(proposal, kind, by=by)
    if step.members.exists():
        raise MoveRefused(steps.OPEN_ALREADY)
    return step


def _seat(
    step: ReviewStep, proposal: Proposal, seats: Sequence[tuple[User, str]], *, verb: str
) -> None:
    StepMember.objects.bulk_create(
        StepMember(step=step, person=user, seat=seat) for user, seat in seats
    )
    members, url, due = [user for user, _ in seats], steps.page_of(step), steps.task_due(proposal)
    holding.give_to_each(proposal, "OPINION", members, verb=verb, url=url, due_on=due)


def _give_to_head(step: ReviewStep, proposal: Proposal) -> None:
    """The council's conclusion is the head's task (Nghị định 73/2023, Điều 8)."""
    holding.give_to_post(
        proposal,
        "COUNCIL_REVIEW",
        Role.AGENCY_HEAD,
        barred=people.authors(proposal),
        verb="Ghi kết luận của Hội đồng thẩm định",
        url=steps.page_of(step),
    )


def _seat_of(step: ReviewStep, by: User) -> StepMember:
    member = step.members.select_for_update(of=("self",)).filter(person=by).first()
    if member is None:
        raise PermissionDenied
    return member
