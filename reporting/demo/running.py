"""The one pilot of the demo in which everything happens, and the one that is being prepared."""

from datetime import timedelta

from django.utils import timezone

from pilots.actions import figures, findings, helping, incidents, reports, sweeping
from pilots.models import Pilot
from pilots.stages import HelpKind, IncidentLevel
from proposals.actions import joining
from reporting.demo.past import Story
from reporting.demo.piloting import allowed, measure, report, started
from reporting.demo.scene import Scene

STEPS = (
    "Ký thỏa thuận phối hợp với ba xã",
    "Tập huấn cán bộ trả kết quả",
    "Sơ kết ba tháng",
    "Tổng kết, đề xuất nhân rộng",
)
FIRST = reports.ReportText(
    done="Đã trả 34 hồ sơ tại nhà ở hai xã, ký thỏa thuận với ba xã.",
    not_done="Xã Phước Trung chưa có đường truyền ổn định.",
    difficulties="Một số hộ vắng nhà theo lịch hẹn.",
    next_steps="Gọi điện xác nhận trước một ngày; tập huấn cán bộ xã thứ ba.",
    spent=9_500_000,
)
SECOND = reports.ReportText(
    done="Đã trả 71 hồ sơ tại nhà ở ba xã, tập huấn xong cho cán bộ xã.",
    difficulties="Mưa kéo dài làm lệch bốn buổi hẹn.",
    requests="Đề nghị hỗ trợ chi phí đi lại trong mùa mưa.",
    next_steps="Thêm một buổi hẹn bù mỗi tuần; sơ kết ba tháng.",
    spent=21_800_000,
)
WOULD_JOIN = "Huyện Ninh Sơn cũng có nhiều người cao tuổi ở xa; tôi xin cùng làm ở xã Hòa Sơn."
MONTHS = (FIRST, SECOND)
FIXED = incidents.Measures(
    description="Máy tính bảng hết pin giữa buổi, ba biên nhận ghi trên giấy.",
    measures="Trang bị pin dự phòng, nhập lại ba biên nhận trong ngày.",
    objective_cause="Ba điểm trả cách xa nhau, không có chỗ sạc.",
)


def in_preparation(scene: Scene) -> Story[None]:
    yield from allowed(
        scene, "do-theo-cum", scene.office("stnmt"), by=scene.who("vidu.tran"), ago=8, months=4
    )


def under_way(scene: Scene) -> Story[None]:
    office = scene.office("stnmt")
    leader, member = scene.who("mau.nguyen"), scene.who("vidu.tran")
    pilot = yield from started(
        scene,
        "tra-ket-qua",
        office,
        by=leader,
        ago=76,
        members=[member, office.first],
        steps=STEPS,
    )
    yield from _month(scene, pilot, 1, ago=47, shares=("0.28", "0.3", "0.2", "0.5"))
    yield from _small_incident(scene, pilot)
    yield from _month(scene, pilot, 2, ago=26, shares=("0.59", "0.55", "0.5"))
    yield from _asked_in_vain(scene, pilot)
    yield from _inspected(scene, pilot)
    yield from _these_days(scene, pilot)
    day = yield scene.past.at(0, 8)
    sweeping.open_due_reports(day)


def _month(
    scene: Scene, pilot: Pilot, number: int, *, ago: int, shares: tuple[str, ...]
) -> Story[None]:
    """Figures, a milestone, a report and its acceptance."""
    milestone = pilot.milestones.order_by("due_on")[number - 1]
    day = yield scene.past.at(ago + 1, 15)
    measure(pilot, *shares, by=scene.who("vidu.tran"), on=day)
    figures.finish_milestone(milestone.pk, by=pilot.leader, done_on=day)
    yield scene.past.at(ago, 10)
    sent = report(pilot, number, MONTHS[number - 1], by=pilot.leader)
    yield scene.past.at(ago - 2, 9)
    answer = "Đã đọc. Giữ lịch gọi điện xác nhận."
    reports.accept_report(sent.pk, by=scene.office("stnmt").head, answer=answer)


def _small_incident(scene: Scene, pilot: Pilot) -> Story[None]:
    yield scene.past.at(30, 14)
    told = _told("Máy tính bảng hết pin khi đang trả kết quả.", IncidentLevel.MINOR)
    small = incidents.report_incident(pilot.pk, told, by=pilot.leader)
    incidents.write_measures(small.pk, FIXED, by=pilot.leader, is_fixed=True)
    yield scene.past.at(29, 9)
    head = scene.office("stnmt").head
    incidents.confirm_incident(small.pk, by=head, answer="Đã khắc phục kịp thời.")


def _asked_in_vain(scene: Scene, pilot: Pilot) -> Story[None]:
    """A call for help that another agency has not answered in time: it is urged (urging.py)."""
    day = yield scene.past.at(18, 9)
    asked = helping.Asked(
        HelpKind.COORDINATION,
        "Cử cán bộ khuyến nông cùng xác minh ranh đất lúa ở ba xã.",
        scene.unit("snnptnt"),
        day + timedelta(days=40),
        "Mỗi xã một buổi, theo lịch hẹn đã niêm yết.",
    )
    helping.ask_help(pilot.pk, asked, by=pilot.leader)


def _inspected(scene: Scene, pilot: Pilot) -> Story[None]:
    """What an inspector found, and what the team did about it."""
    day = yield scene.past.at(12, 14)
    found = findings.open_finding(
        pilot.pk,
        by=scene.who("thanhtra.ttt"),
        what="Chưa có danh sách người nhận thay.",
        details="Kiểm tra 20 biên nhận, hai biên nhận do người khác ký.",
        due_on=day + timedelta(days=14),
    )
    day = yield scene.past.at(6, 16)
    measure(pilot, "0.7", "0.76", "0.6", "0.83", by=scene.who("vidu.tran"), on=day)
    yield scene.past.at(4, 8)
    remedy = "Đã lập danh sách người nhận thay có xác nhận của xã."
    findings.remedy_finding(found.pk, by=pilot.leader, remedy=remedy)


def _these_days(scene: Scene, pilot: Pilot) -> Story[None]:
    """What is open now: a call for help, a finding, an incident."""
    day = yield scene.past.at(4, 10)
    asked = helping.Asked(
        HelpKind.MONEY,
        "Hỗ trợ 18 triệu đồng chi phí đi lại trong hai tháng mùa mưa.",
        scene.unit("stc"),
        day + timedelta(days=21),
        "Tính theo 16 buổi hẹn bù, định mức khoán của tỉnh.",
    )
    helping.ask_help(pilot.pk, asked, by=pilot.leader)
    joining.ask(pilot.proposal_id, WOULD_JOIN, by=scene.who("minhhoa.le"))
    day = yield scene.past.at(3, 16)
    findings.open_finding(
        pilot.pk,
        by=scene.office("stnmt").deputy,
        what="Lịch hẹn chưa được niêm yết tại xã Phước Trung.",
        details="Cán bộ xã báo chưa nhận được lịch tháng này.",
        due_on=day + timedelta(days=9),
    )
    yield scene.past.at(2, 15)
    told = _told("Thất lạc một giấy chứng nhận khi trả tại nhà.", IncidentLevel.MODERATE)
    incidents.report_incident(pilot.pk, told, by=scene.who("vidu.tran"))


def _told(what: str, level: str) -> incidents.Told:
    return incidents.Told(what, timezone.now() - timedelta(hours=2), level, has_harm=False)
