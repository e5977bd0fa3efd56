"""The council of a case: called by the head, heard by secret ballot, counted (ADR 0014)."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accountability import council_papers, people
from accountability.actions.base import (
    Incomplete,
    keep_text,
    locked,
    note,
    permit,
    raise_conflict,
    tell,
)
from accountability.actions.deciding import NOT_ALLOWED, NOT_HEARD, UNCLEAR, choices
from accountability.actions.holding import (
    give_to_each,
    stop,
)
from accountability.actions.opening import url_of
from accountability.models import Council, CouncilMember, LiabilityCase
from accountability.stages import Outcome
from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from proposals import voting
from proposals.stages import Ballot, Seat

FEWEST = 3  # the chair included; fewer is no council
RULE = "LIABILITY_VOTE"
TOO_FEW = f"Hội đồng có từ {FEWEST} người, kể cả Chủ tịch Hội đồng. Chọn thêm ủy viên."
NOT_ELIGIBLE = "Chọn ủy viên trong danh sách."
MINUTES_BY_A_MEMBER = "Chọn thư ký trong số các ủy viên."
IN_THE_PAST = "Chọn ngày họp từ hôm nay trở đi."
NO_BALLOT = "Chọn tán thành hoặc không tán thành."
NOBODY = "Chưa có ai biểu quyết."
CHAIR_FIRST = "Số phiếu ngang nhau: Chủ tịch Hội đồng cần biểu quyết trước khi kết thúc."


@deed()
def call_council(
    case_id: int,
    *,
    outcome: str,
    members: Collection[User],
    secretary: User | None,
    meeting_on: date,
    by: User,
    version: int | None = None,
) -> Council:
    """Lay the case before a council, with the conclusion that it is to vote on; `by` is its chair.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, "call_council", by)
    if case.waiting or case.sitting_id:
        raise_conflict(case)
    _check(case, outcome, members, secretary, meeting_on, by)
    seats = [(by, Seat.CHAIR)]
    seats += [(user, Seat.SECRETARY if user == secretary else Seat.MEMBER) for user in members]
    council = _seated(case, outcome, seats, meeting_on, by)
    case.sitting = council
    entry = note(
        case, "call_council", by=by, content=council.content, outcome=outcome, members=len(seats)
    )
    url, called = url_of(case, "council"), [user for user, _ in seats]
    give_to_each(case, RULE, called, verb="Biểu quyết của Hội đồng", url=url, due_on=meeting_on)
    text = "Mời biểu quyết với tư cách thành viên Hội đồng."
    tell(case, entry, members, event="liability-council", text=text, url=url)
    return council


@deed()
def cast(case_id: int, ballot: str, *, by: User) -> CouncilMember:
    """Vote, or change one's vote; possible until the vote is closed.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id)
    permit(case, "vote", by)
    if case.sitting is None:
        raise_conflict(case)
    member = case.sitting.members.select_for_update(of=("self",)).filter(person=by).first()
    if member is None:
        raise PermissionDenied
    if ballot not in Ballot.values:
        raise Incomplete([NO_BALLOT])
    member.ballot, member.cast_at = ballot, timezone.now()
    ref = str(case.sitting.ref)
    member.content = keep_text(case, "liability_ballot", council=ref, ballot=ballot)
    member.save()
    note(case, "vote", by=by, content=member.content)
    stop(case, RULE, outcome="voted", holder_user=by)
    return member


@deed()
def close_council(case_id: int, *, by: User, version: int | None = None) -> Council:
    """Count the ballots; the minutes tell how many, never who.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, "close_council", by)
    if case.sitting is None:
        raise_conflict(case)
    council, counted = case.sitting, _counted(case.sitting)
    council.in_favour, council.against = counted.in_favour, counted.against
    council.absent, council.passed = counted.absent, counted.passed
    council.closed_at = timezone.now()
    council.minutes = compose(
        PaperKind.MINUTES,
        stream=case.stream,
        facts=council_papers.minutes(case, council),
        by=by,
        unit=case.competent_unit,
    )
    council.save()
    case.sitting = None
    content = keep_text(
        case,
        "liability_council_result",
        council=str(council.ref),
        in_favour=counted.in_favour,
        against=counted.against,
        absent=counted.absent,
        passed=counted.passed,
        quote=f"{Outcome(council.outcome).label}: {in_words(council)}",
    )
    note(case, "close_council", by=by, content=content, passed=counted.passed)
    stop(case, RULE, outcome="closed")
    return council


def in_words(council: Council) -> str:
    """ "3 tán thành, 1 không tán thành, 1 không biểu quyết: thông qua." """
    told = [f"{council.in_favour} tán thành", f"{council.against} không tán thành"]
    told += [f"{council.absent} không biểu quyết"] * bool(council.absent)
    return f"{', '.join(told)}: {council.result_label.lower()}."


def _check(
    case: LiabilityCase,
    outcome: str,
    members: Collection[User],
    secretary: User | None,
    meeting_on: date,
    by: User,
) -> None:
    if not case.statement_kind:
        raise Incomplete([NOT_HEARD])
    open_to_it = choices(case)
    if not open_to_it:
        raise Incomplete([UNCLEAR])
    ids = {user.pk for user in members}
    known = people.councillors(case, by).filter(pk__in=ids).count()
    lacking = [NOT_ALLOWED] * (outcome not in open_to_it)
    lacking += [NOT_ELIGIBLE] * (known < len(ids))
    lacking += [TOO_FEW] * (len(ids) + 1 < FEWEST)
    lacking += [MINUTES_BY_A_MEMBER] * (secretary is None or secretary.pk not in ids)
    lacking += [IN_THE_PAST] * (meeting_on < today())
    if lacking:
        raise Incomplete(lacking)


def _seated(
    case: LiabilityCase, outcome: str, seats: list[tuple[User, Seat]], meeting_on: date, by: User
) -> Council:
    content = keep_text(
        case,
        "liability_council",
        outcome=outcome,
        meeting_on=meeting_on,
        seats=[{"person": str(user.ref), "seat": seat} for user, seat in seats],
        quote=f"Kết luận đề nghị: {Outcome(outcome).label}.",
    )
    council = Council(
        case=case, outcome=outcome, meeting_on=meeting_on, called_by=by, content=content
    )
    council.paper = compose(
        PaperKind.DECISION,
        stream=case.stream,
        facts=council_papers.decision(case, seats, meeting_on),
        by=by,
        unit=case.competent_unit,
    )
    council.save()
    CouncilMember.objects.bulk_create(
        CouncilMember(council=council, person=user, seat=seat) for user, seat in seats
    )
    return council


def _counted(council: Council) -> voting.Tally:
    """Counted as the vote of a collective is: an even vote goes with the chair."""
    ballots = council.members.values_list("seat", "ballot")
    try:
        return voting.tally((_side(seat), ballot) for seat, ballot in ballots)
    except voting.NobodyVoted:
        raise Incomplete([NOBODY]) from None
    except voting.HeadMustVote:
        raise Incomplete([CHAIR_FIRST]) from None


def _side(seat: str) -> str:
    return Seat.HEAD if seat == Seat.CHAIR else seat
