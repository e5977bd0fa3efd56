"""How a liability case of the demo goes: what is weighed, who is heard, what is concluded."""

from accountability.actions import appealing, deciding, finding, hearing, opening
from accountability.models import LiabilityCase
from accountability.stages import Condition, Finding
from pilots.models import Pilot
from reporting.demo.past import Story
from reporting.demo.scene import Office, Scene

CHARGES = "Xem xét trách nhiệm của người đề xuất đối với mục tiêu chưa đạt của thí điểm."
STATEMENT = (
    "Tôi đã báo cáo trước khi làm, theo dõi hằng tháng và đề nghị hỗ trợ ngay khi gặp khó khăn. "
    "Phần chưa đạt do nhiều người nhận không có điện thoại và ngân hàng ở xa."
)
CONCLUSION = (
    "Thực hiện đúng chủ trương, động cơ trong sáng, vì lợi ích chung; đã báo cáo và khắc phục kịp "
    "thời; nguyên nhân khách quan là chủ yếu."
)
FOUND = {
    Condition.RIGHT_POLICY: ("Nội dung đúng điểm 2 Kết luận 14-KL/TW.", "Phiếu kiểm tra pháp lý"),
    Condition.AUTHORISED: ("Được người đứng đầu cho thí điểm.", "Quyết định cho thí điểm"),
    Condition.PURE_MOTIVE: ("Không có quan hệ lợi ích.", "Bản cam kết và khai xung đột lợi ích"),
    Condition.COMMON_GOOD: ("Người dân được lợi trực tiếp.", "Báo cáo kết quả"),
    Condition.REPORTED: ("Báo cáo đủ kỳ, xử lý sự cố trong hạn.", "Báo cáo tiến độ các kỳ"),
    Condition.NO_ABUSE: ("Không phát hiện dấu hiệu vụ lợi.", "Đối chiếu chứng từ chi"),
}


def weighed(scene: Scene, pilot: Pilot, office: Office, *, ago: int) -> Story[LiabilityCase]:
    """Opened by the desk, weighed, and put to the person concerned ten working days later."""
    yield scene.past.at(ago, 9)
    case = opening.open_case(pilot.pk, person=pilot.leader, charges=CHARGES, by=office.focal)
    yield scene.past.at(ago - 2, 9)
    opening.start_facts(case.pk, by=office.focal)
    yield scene.past.at(ago - 6, 14)
    for condition, (reason, evidence) in FOUND.items():
        said = finding.FindingSaid(Finding.MET, reason, evidence)
        finding.assess(case.pk, condition, said, by=office.focal)
    yield scene.past.at(ago - 10, 9)
    finding.open_hearing(case.pk, by=office.focal)
    return case


def heard(scene: Scene, case: LiabilityCase, *, ago: int) -> Story[None]:
    yield scene.past.at(ago, 10)
    hearing.give_statement(case.pk, by=case.person, text=STATEMENT)


def decided(
    scene: Scene, case: LiabilityCase, office: Office, outcome: str, *, ago: int
) -> Story[None]:
    """Concluded by the head, confirmed by the deputy, agreed to by the person concerned."""
    yield scene.past.at(ago, 9)
    deciding.decide(case.pk, outcome=outcome, reason=CONCLUSION, by=office.head)
    yield scene.past.at(ago - 1, 14)
    deciding.confirm(case.pk, by=office.deputy)
    yield scene.past.at(ago - 3, 10)
    appealing.accept(case.pk, by=case.person)
