"""Liability cases and commendations for tests, brought to any state by the real road."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.actions import (
    appealing,
    awarding,
    deciding,
    finding,
    hearing,
    nominating,
    opening,
)
from accountability.actions.finding import CauseSaid, FindingSaid
from accountability.actions.nominating import Nomination
from accountability.models import Commendation, IncentiveType, LiabilityCase
from accountability.seeds import seed_accountability
from accountability.stages import CaseState, CommendationState, Condition, Finding, Nominee, Outcome
from journal.actions import keep
from organisation.models import OrgUnit, User
from organisation.stages import Role, UnitKind
from pilots.models import Cause, Evaluation, Pilot
from pilots.stages import (
    CauseKind,
    CauseWeight,
    EvaluationKind,
    EvaluationState,
    PilotState,
    Recommendation,
    Result,
)
from proposals.stages import Stage, Track
from tests.factories.organisation import make_unit, make_user
from tests.factories.pilots import Team, make_pilot, make_team
from tests.factories.proposals import make_coauthor, make_proposal

S, C = CaseState, CommendationState
CHARGES = "Xem xét việc chưa đạt chỉ tiêu trả kết quả tại nhà trong sáu tháng thí điểm."
APPEAL = "Đề nghị xem xét lại vì thiên tai là nguyên nhân chính, bất khả kháng."
REASON = "Làm đúng chủ trương, đúng thẩm quyền, động cơ trong sáng, kịp thời khắc phục thiếu sót."


@dataclass(frozen=True)
class Cast:
    """Everybody who may meet a case of one agency, and some who must not."""

    team: Team
    coauthor: User
    province: OrgUnit
    chairman: User
    vice_chairman: User
    provincial_officer: User
    home_affairs_lead: User
    home_affairs_officer: User
    inspector: User
    officer: User  # thi đua, khen thưởng
    admin: User
    stranger: User  # head of another agency
    colleague: User  # same agency, no post that matters

    def __getattr__(self, name: str) -> User:
        return getattr(self.team, name)


def make_cast() -> Cast:
    province = make_unit("Ủy ban nhân dân tỉnh Mẫu", kind=UnitKind.PROVINCE, abbrev="UBND")
    agency = make_unit("Sở Mẫu Thí Điểm", parent=province, abbrev="SMTĐ")
    home_affairs = make_unit("Sở Nội vụ", parent=province, abbrev="SNV")
    posts: dict[str, tuple[str, OrgUnit, str]] = {
        "chairman": (Role.AGENCY_HEAD, province, "chu-tich-ubnd-tinh"),
        "vice_chairman": (Role.DEPUTY_HEAD, province, "pho-chu-tich-ubnd-tinh"),
        "provincial_officer": (Role.PROVINCIAL_OFFICE, province, ""),
        "home_affairs_lead": (Role.HOME_AFFAIRS_LEAD, home_affairs, ""),
        "home_affairs_officer": (Role.HOME_AFFAIRS_OFFICER, home_affairs, ""),
        "inspector": (Role.INSPECTOR, province, ""),
        "officer": (Role.COMMENDATION_OFFICER, home_affairs, ""),
        "admin": (Role.ADMIN, province, ""),
        "stranger": (Role.AGENCY_HEAD, make_unit(parent=province), ""),
        "coauthor": (Role.PROPOSER, agency, ""),
        "colleague": (Role.PROPOSER, agency, ""),
    }
    people = {
        name: make_user(role=role, unit=unit, position=position, username=name)
        for name, (role, unit, position) in posts.items()
    }
    return Cast(team=make_team(agency), province=province, **people)


@transaction.atomic
def make_evaluated(
    cast: Cast | None = None,
    *,
    result: str = Result.NOT_COMPLETED,
    has_damage: bool = False,
    track: str = Track.POLICY,
    **over: Any,
) -> Pilot:
    """A pilot with its final evaluation concluded and one cause; law and forms are seeded."""
    cast = cast or make_cast()
    seed_accountability()
    proposal = make_proposal(
        Stage.EVALUATED, proposer=cast.team.leader, agency=cast.team.agency, track=track
    )
    make_coauthor(proposal, cast.coauthor)
    pilot = make_pilot(
        PilotState.EVALUATED, team=cast.team, proposal=proposal, result=result, **over
    )
    evaluation = make_evaluation(pilot, cast.team.head, result=result, has_damage=has_damage)
    if result != Result.COMPLETED:
        Cause.objects.create(
            evaluation=evaluation,
            kind=CauseKind.OBJECTIVE,
            text="Mưa lũ kéo dài hai tháng.",
            weight=CauseWeight.MAIN,
        )
    return pilot


def make_evaluation(pilot: Pilot, by: User, **over: Any) -> Evaluation:
    """A final evaluation that was concluded."""
    content = keep("evaluation", pilot.stream, {"quote": "Kết luận đánh giá."})
    facts: dict[str, Any] = {
        "pilot": pilot,
        "kind": EvaluationKind.FINAL,
        "state": EvaluationState.CONCLUDED,
        "report": "Đã thực hiện sáu tháng.",
        "report_content": content,
        "party_opinion": "Thống nhất.",
        "party_content": content,
        "result": Result.NOT_COMPLETED,
        "assessment": "Đã làm hết các việc trong kế hoạch.",
        "has_damage": False,
        "lessons": "Chuẩn bị phương án mùa mưa.",
        "recommendation": Recommendation.STOP,
        "content": content,
        "concluded_by": by,
        "concluded_at": timezone.now(),
    }
    return Evaluation.objects.create(**(facts | over))


def make_case(
    state: str = S.OPENED,
    *,
    cast: Cast | None = None,
    pilot: Pilot | None = None,
    person: User | None = None,
    by: User | None = None,
    outcome: str = Outcome.EXEMPTED,
    conditions: dict[str, str] | None = None,
) -> LiabilityCase:
    """A case of the proposer that went the real road to that state."""
    cast = cast or make_cast()
    pilot = pilot or make_evaluated(cast)
    case = opening.open_case(
        pilot.pk, person=person or cast.team.leader, charges=CHARGES, by=by or cast.team.focal
    )
    walk(case, state, cast, outcome=outcome, conditions=conditions)
    return fresh(case)


def walk(
    case: LiabilityCase,
    state: str,
    cast: Cast,
    *,
    outcome: str = Outcome.EXEMPTED,
    conditions: dict[str, str] | None = None,
) -> None:
    """Bring an opened case to a state: focal weighs, head decides, deputy confirms."""
    team, person = cast.team, case.person
    if state == S.OPENED:
        return
    opening.start_facts(case.pk, by=team.focal)
    if state == S.FACT_FINDING:
        return
    weigh(case, team.focal, conditions)
    finding.open_hearing(case.pk, by=team.focal)
    if state == S.HEARING:
        return
    hearing.give_statement(case.pk, by=person, text="Đã báo cáo đầy đủ và khắc phục kịp thời.")
    deciding.decide(case.pk, outcome=outcome, reason=REASON, by=team.head)
    deciding.confirm(case.pk, by=team.deputy)
    if state == S.APPEALED:
        appealing.appeal(
            case.pk,
            by=person,
            text=APPEAL,
        )
    elif state == S.CLOSED:
        appealing.accept(case.pk, by=person)


def weigh(case: LiabilityCase, by: User, conditions: dict[str, str] | None = None) -> None:
    """Every condition is met unless told otherwise, and one subjective cause."""
    finding.add_cause(
        case.pk,
        CauseSaid(
            CauseKind.SUBJECTIVE, "Chậm mời bưu điện.", CauseWeight.SLIGHT, "Báo cáo tiến độ kỳ 2"
        ),
        by=by,
    )
    for condition in Condition:
        found = (conditions or {}).get(condition, Finding.MET)
        said = FindingSaid(found, "Theo hồ sơ đã duyệt.", "Quyết định cho thí điểm, trang 2")
        finding.assess(case.pk, condition, said, by=by)


def fresh(case: LiabilityCase) -> LiabilityCase:
    """The case as the database has it now."""
    return LiabilityCase.objects.for_detail().get(pk=case.pk)


def incentive(code: str = "giay-khen") -> IncentiveType:
    return IncentiveType.objects.get(code=code)


def make_commendation(
    state: str = C.NOMINATED,
    *,
    cast: Cast | None = None,
    pilot: Pilot | None = None,
    code: str = "giay-khen",
    person: User | None = None,
    by: User | None = None,
) -> Commendation:
    """A nomination of the proposer that went the real road to that state."""
    cast = cast or make_cast()
    pilot = pilot or make_evaluated(cast, result=Result.COMPLETED)
    said = Nomination(
        incentive=incentive(code),
        nominee=Nominee.PERSON,
        merit="Hoàn thành đề xuất, vượt chỉ tiêu trả kết quả tại nhà.",
        person=person or cast.team.leader,
    )
    row = nominating.nominate(pilot.pk, said, by=by or cast.team.focal)
    _commend(row, state, cast)
    return Commendation.objects.for_detail().get(pk=row.pk)


def _commend(row: Commendation, state: str, cast: Cast) -> None:
    team = cast.team
    if state == C.NOMINATED:
        return
    if state == C.DECLINED:
        nominating.decline_review(row.pk, "Chưa đủ hồ sơ.", by=cast.officer)
        return
    nominating.review(row.pk, "Đủ điều kiện, đúng tiêu chuẩn.", by=cast.officer)
    if state == C.REVIEWED:
        return
    nominating.submit(row.pk, by=cast.officer)
    if state == C.SUBMITTED:
        return
    head, second = (team.head, team.deputy)
    if row.incentive.authority == "province":
        head, second = (cast.chairman, cast.vice_chairman)
    awarding.decide(row.pk, "Đồng ý khen thưởng.", by=head)
    awarding.confirm(row.pk, by=second)
    if state == C.AWARDED:
        today = timezone.localdate()
        awarding.award(
            row.pk, number="12/QĐ-SMTĐ", decided_on=today, awarded_on=today, by=cast.officer
        )
