"""Stories under Nghị định 73/2023: the party committee and the collective are heard."""

from datetime import timedelta
from typing import Any

from organisation.days import today
from organisation.models import User
from proposals.actions import deciding, intake, steps, votes
from proposals.models import Proposal
from proposals.stages import Ballot, DecisionKind, StepConclusion, StepKind
from reporting.demo.past import Story
from reporting.demo.reviewing import check_legally, checked, open_step, sent
from reporting.demo.scene import Scene

NECESSARY = (
    "Mùa khô đã bắt đầu, 86 ha cuối kênh có nguy cơ mất trắng nếu tiếp tục chia nước đều theo ngày "
    "như các năm trước."
)
FEASIBLE = (
    "Cảm biến đã có sẵn từ dự án cũ, hai hợp tác xã đồng thuận, có thể trở lại lịch cũ trong một "
    "ngày nếu không hiệu quả."
)


def against_the_vote(scene: Scene) -> Story[None]:
    """A head's own proposal, decided by the province against its vote; a deputy is to confirm."""
    desk, chairman = scene.who("theodoi.vpub"), scene.who("chutich")
    proposal = yield from sent(scene, "tuoi-luan-phien", by=scene.who("giamdoc.snnptnt"), ago=7)
    yield scene.past.at(6, 9)
    intake.receive(proposal.pk, by=desk)
    yield scene.past.at(5, 14)
    check_legally(proposal, by=desk)
    _hear_party(proposal, by=desk)
    yield scene.past.at(2, 14)
    step = votes.open_vote(proposal.pk, by=chairman)
    votes.cast(step.pk, Ballot.FOR, by=chairman)
    for deputy in ("phochutich", "phochutich2"):
        votes.cast(step.pk, Ballot.AGAINST, by=scene.who(deputy))
    votes.close_vote(step.pk, by=chairman)
    day = yield scene.past.at(1, 9)
    said: dict[str, Any] = {
        "starts_on": day + timedelta(days=10),
        "ends_on": day + timedelta(days=160),
        "monitor": desk,
        "why_necessary": NECESSARY,
        "why_feasible": FEASIBLE,
    }
    deciding.decide(proposal.pk, DecisionKind.PILOT, by=chairman, **said)


def of_a_manager(scene: Scene) -> Story[None]:
    """Under Nghị định 73/2023: the party committee and the collective are still being heard."""
    office, proposer = scene.office("stnmt"), scene.who("truongphong.qldd")
    proposal = yield from checked(scene, "uy-quyen-xac-nhan", office, by=proposer, ago=4)
    yield scene.past.at(2, 10)
    question = "Xin ý kiến cấp ủy về việc giao chi nhánh xác nhận thông tin liên hệ."
    steps.request_party_opinion(proposal.pk, question, by=office.focal)
    step = votes.open_vote(proposal.pk, by=office.head)
    votes.cast(step.pk, Ballot.FOR, by=office.head)


def _hear_party(proposal: Proposal, *, by: User) -> None:
    step = open_step(proposal, StepKind.PARTY_OPINION)
    facts: dict[str, Any] = {
        "number": "112-CV/BCSĐ",
        "issued_on": today(),
        "quote": "Đồng ý chủ trương, đề nghị theo dõi chặt việc chia nước.",
    }
    steps.conclude(step.pk, by=by, conclusion=StepConclusion.FAVOURABLE, facts=facts)
