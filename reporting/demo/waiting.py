"""Stories that wait for somebody before anything is allowed."""

from datetime import timedelta
from typing import Any

from organisation.models import User
from proposals.actions import (
    answering,
    coauthors,
    consulting,
    deciding,
    sending,
    supplement,
    votes,
)
from proposals.stages import DecisionKind, Part, RefusalGround, Seat, StepConclusion
from reporting.demo.past import Story
from reporting.demo.reviewing import (
    WITH_CHANGES,
    check_legally,
    checked,
    received,
    sent,
)
from reporting.demo.scene import Scene
from reporting.demo.writing import begin

REFUSAL = (
    "Bệnh viện hiện thiếu bác sĩ trực buổi tối; nếu cử đội khám lưu động hai buổi mỗi tuần thì "
    "khoa cấp cứu không đủ người theo quy định, chưa có nguồn chi trả cho buổi khám ngoài giờ và "
    "doanh nghiệp chưa cam kết bố trí phòng khám."
)
ANSWER = (
    "Đội khám lấy từ ba trạm y tế phường, không lấy người trực cấp cứu. Ba doanh nghiệp đã có văn "
    "bản đồng ý bố trí phòng và trả chi phí. Đề nghị xem lại với phạm vi một buổi mỗi tuần."
)
FOR_THE_SUPERIOR = (
    "Việc chuyển trường giữa hai huyện cần Ủy ban nhân dân tỉnh thống nhất giá trị của học bạ số."
)


def drafts(scene: Scene) -> Story[None]:
    """Two drafts of one person: one just begun, one that waits for a co-proposer."""
    author, colleague = scene.who("mau.nguyen"), scene.who("vidu.tran")
    soon = scene.past.day(0) + timedelta(days=30)
    yield scene.past.at(3, 16)
    begin("hen-do-dac", by=author, starts_on=soon, only=2)
    yield scene.past.at(1, 10)
    whole = begin("tu-nhan-ho-so", by=author, starts_on=soon)
    coauthors.invite(whole.pk, colleague, 40, by=author)


def at_the_desk(scene: Scene) -> Story[None]:
    office = scene.office("stnmt")
    yield from sent(scene, "ma-qr", by=office.first, ago=2)
    yield from sent(scene, "thu-bay", by=scene.who("mau.nguyen"), ago=0)


def overdue(scene: Scene) -> Story[None]:
    """The head should have decided it two working days ago."""
    office = scene.office("stnmt")
    yield from checked(scene, "khao-sat", office, by=scene.who("mau.nguyen"), ago=9)


def with_a_conflict(scene: Scene) -> Story[None]:
    """The proposer tells of a conflict of interest: the head's screen warns of it."""
    office = scene.office("stnmt")
    yield from checked(scene, "bay-dia-chinh", office, by=scene.who("vidu.tran"), ago=5)


def being_asked(scene: Scene) -> Story[None]:
    """Another agency is asked for its opinion."""
    office = scene.office("stnmt")
    proposal = yield from received(scene, "dung-lai-giay-to", office, by=office.second, ago=3)
    yield scene.past.at(2, 14)
    said = {"conclusion": StepConclusion.WITH_CHANGES, "text": WITH_CHANGES}
    check_legally(proposal, by=office.focal, **said)
    question = "Kho giấy tờ số hóa có đáp ứng yêu cầu an toàn thông tin của tỉnh không?"
    consulting.ask(proposal.pk, scene.unit("stttt"), question, by=office.head)


def returned(scene: Scene) -> Story[None]:
    office = scene.office("stnmt")
    proposal = yield from checked(scene, "to-luu-dong", office, by=scene.who("mau.nguyen"), ago=6)
    items = (
        supplement.Item(Part.PROBLEM, "Nêu số thửa chưa có giấy chứng nhận theo thôn.", "figures"),
        supplement.Item(Part.RESOURCES, "Tách kinh phí xăng xe và thiết bị.", "budget"),
    )
    yield scene.past.at(3, 10)
    deciding.decide(proposal.pk, DecisionKind.RETURN, by=office.head, items=items)


def escalated(scene: Scene) -> Story[None]:
    office = scene.office("ninhson")
    proposal = yield from checked(scene, "kiem-tra-ghep", office, by=scene.who("minhhoa.le"), ago=5)
    reason = "Cần hai sở cùng thực hiện, vượt thẩm quyền của Ủy ban nhân dân huyện."
    guidance = "Ủy ban nhân dân huyện đồng ý với chủ trương, đề nghị giao một sở chủ trì."
    yield scene.past.at(2, 15)
    kind = DecisionKind.ESCALATE
    deciding.decide(proposal.pk, kind, by=office.head, reason=reason, guidance=guidance)
    yield scene.past.at(1, 10)
    votes.form_council(proposal.pk, _council(scene), by=scene.who("chutich"))


def _council(scene: Scene) -> list[tuple[User, str]]:
    """Five people of four agencies; the head who formed it decides on what they say."""
    return [
        (scene.who("phochutich"), Seat.CHAIR),
        (scene.who("giamdoc.sct"), Seat.MEMBER),
        (scene.who("giamdoc.syt"), Seat.MEMBER),
        (scene.who("lanhdao.snv"), Seat.MEMBER),
        (scene.who("chuyenvien.snv"), Seat.SECRETARY),
    ]


def at_the_provincial_desk(scene: Scene) -> Story[None]:
    """The proposer asks the head above to decide, and says why."""
    author = scene.office("sgddt").first
    day = yield scene.past.at(1, 14)
    draft = begin("so-hoc-ba", by=author, starts_on=day + timedelta(days=30))
    sending.choose_recipient(draft.pk, FOR_THE_SUPERIOR, by=author)
    sending.send(draft.pk, by=author)


def refused_and_answered(scene: Scene) -> Story[None]:
    office = scene.office("syt")
    proposal = yield from checked(scene, "kham-ngoai-gio", office, by=office.first, ago=8)
    yield scene.past.at(4, 9)
    said: dict[str, Any] = {
        "ground": RefusalGround.NOT_FEASIBLE,
        "reason": REFUSAL,
        "hint": "Làm thử tại một doanh nghiệp, một buổi mỗi tuần.",
    }
    deciding.decide(proposal.pk, DecisionKind.REFUSE, by=office.head, **said)
    yield scene.past.at(1, 11)
    answering.answer_refusal(proposal.pk, ANSWER, by=office.first)
