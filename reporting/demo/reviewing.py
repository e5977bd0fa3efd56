"""How the people of the demo review and decide."""

from datetime import timedelta
from typing import Any

from organisation.days import today
from organisation.models import User
from proposals.actions import deciding, intake, steps
from proposals.models import Decision, Proposal, ReviewStep
from proposals.stages import DecisionKind, StepConclusion, StepKind
from reporting.demo.past import Story
from reporting.demo.scene import Office, Scene
from reporting.demo.writing import send

SOUND = "Đề xuất không trái quy định hiện hành; nội dung chưa được quy định ở văn bản nào."
WITH_CHANGES = "Không trái quy định. Cần ghi rõ thời gian lưu và người được xem giấy tờ đã số hóa."


def sent(scene: Scene, name: str, *, by: User, ago: int) -> Story[Proposal]:
    """A proposal sent so many working days ago, to begin a week later."""
    day = yield scene.past.at(ago, 8)
    return send(name, by=by, starts_on=day + timedelta(days=7))


def received(scene: Scene, name: str, office: Office, *, by: User, ago: int) -> Story[Proposal]:
    """Taken in by the focal point on the next working day."""
    proposal = yield from sent(scene, name, by=by, ago=ago)
    yield scene.past.at(ago - 1, 9)
    return intake.receive(proposal.pk, by=office.focal)


def checked(scene: Scene, name: str, office: Office, *, by: User, ago: int) -> Story[Proposal]:
    """Ready for the head: its legal check is done as well."""
    proposal = yield from received(scene, name, office, by=by, ago=ago)
    yield scene.past.at(ago - 1, 15)
    check_legally(proposal, by=office.focal)
    return Proposal.objects.get(pk=proposal.pk)


def check_legally(
    proposal: Proposal,
    *,
    by: User,
    conclusion: str = StepConclusion.FAVOURABLE,
    text: str = SOUND,
) -> None:
    step = open_step(proposal, StepKind.LEGAL_CHECK)
    facts: dict[str, Any] = {"conditions": dict.fromkeys("abcd", "met"), "quote": text}
    steps.conclude(step.pk, by=by, conclusion=conclusion, facts=facts)


def open_step(proposal: Proposal, kind: str) -> ReviewStep:
    return proposal.steps.get(kind=kind, concluded_at=None, cancelled_at=None)


def allow_pilot(
    proposal: Proposal, *, by: User, monitor: User, months: int = 6, **over: Any
) -> Decision:
    """The head allows a pilot that begins at once."""
    starts_on = today()
    facts: dict[str, Any] = {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=months * 30),
        "monitor": monitor,
        "guidance": "Làm thử đúng phạm vi, báo cáo hằng tháng.",
    } | over
    return deciding.decide(proposal.pk, DecisionKind.PILOT, by=by, **facts)
