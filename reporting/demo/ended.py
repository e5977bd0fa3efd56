"""Stories that are over, or nearly: evaluated, weighed, commended, concluded."""

from accountability.actions import awarding, concluding, nominating
from accountability.models import IncentiveType
from accountability.stages import Nominee, Outcome
from organisation.models import User
from pilots.actions.conclusions import CauseLine, DamageLine
from pilots.models import Pilot
from pilots.stages import CauseKind, CauseWeight, DamageKind
from reporting.demo.evaluating import ended, evaluated, reached, reached_in_part
from reporting.demo.past import Story
from reporting.demo.piloting import started
from reporting.demo.scene import Scene
from reporting.demo.weighing import decided, heard, weighed

DROUGHT = (
    CauseLine(
        CauseKind.OBJECTIVE, "Nắng nóng bất thường kéo dài 31 ngày khi nho trổ bông.",
        CauseWeight.MAIN,
    ),
    CauseLine(
        CauseKind.SUBJECTIVE, "Bẫy sinh học đặt chậm một tuần so với kế hoạch.", CauseWeight.SLIGHT
    ),
)  # fmt: skip
RAIN = (
    CauseLine(
        CauseKind.OBJECTIVE, "Mưa kéo dài sáu tuần, đường lên ba xã bị sạt lở.", CauseWeight.MAIN
    ),
)
LOST = (
    DamageLine(
        DamageKind.PEOPLE, 84_000_000, "Hai hộ trồng thử", "Giảm sản lượng so với giống cũ."
    ),
)
FEW_ACCOUNTS = (
    CauseLine(
        CauseKind.OBJECTIVE,
        "Nhiều người có công cao tuổi không có điện thoại, ngân hàng ở xa.",
        CauseWeight.MAIN,
    ),
)
MERIT = (
    "Đề xuất và thực hiện việc nhắc hẹn bằng tin nhắn; 87% số kết quả được nhận trong 3 ngày, giảm "
    "trên 500 kết quả tồn mỗi tháng."
)


def awaiting_evaluation(scene: Scene) -> Story[None]:
    office = scene.office("ninhson")
    pilot = yield from started(
        scene, "hop-thon", office, by=scene.who("minhhoa.le"), ago=110, months=4
    )
    yield from ended(scene, pilot, office, "1.1", "1.05", ago=6)


def being_weighed(scene: Scene) -> Story[None]:
    """Reached in part, with damage: the person concerned is asked for their view."""
    office = scene.office("snnptnt")
    pilot = yield from started(scene, "giong-nho", office, by=office.first, ago=150, months=5)
    shares = ("0.6", "0.8")
    said = reached_in_part(pilot, *shares, causes=DROUGHT, damages=LOST)
    yield from evaluated(scene, pilot, office, shares, said, ago=38)
    yield from weighed(scene, pilot, office, ago=14)


def to_be_weighed(scene: Scene) -> Story[None]:
    """Reached in part: the desk is to open a liability case."""
    office = scene.office("sct")
    pilot = yield from started(scene, "cho-phien", office, by=office.first, ago=125, months=5)
    shares = ("0.55", "0.7")
    said = reached_in_part(pilot, *shares, causes=RAIN)
    yield from evaluated(scene, pilot, office, shares, said, ago=9)


def exempted(scene: Scene) -> Story[None]:
    office = scene.office("sldtbxh")
    pilot = yield from started(scene, "chi-tra", office, by=office.first, ago=180, months=5)
    shares = ("0.62", "1.02")
    said = reached_in_part(pilot, *shares, causes=FEW_ACCOUNTS)
    yield from evaluated(scene, pilot, office, shares, said, ago=65)
    case = yield from weighed(scene, pilot, office, ago=50)
    yield from heard(scene, case, ago=38)
    yield from decided(scene, case, office, Outcome.EXEMPTED, ago=34)
    yield scene.past.at(28, 10)
    concluding.conclude(pilot.proposal_id, by=office.head)


def commended(scene: Scene) -> Story[None]:
    office = scene.office("phanrang")
    pilot = yield from started(scene, "tin-nhan", office, by=office.first, ago=160, months=3)
    shares = ("1.07", "1.03")
    yield from evaluated(scene, pilot, office, shares, reached(pilot, *shares), ago=85)
    yield from _praise(scene, pilot, office.first)
    yield scene.past.at(55, 9)
    concluding.conclude(pilot.proposal_id, by=office.head)
    yield scene.past.at(2, 10)  # a second one, under review
    _nominate(pilot, "giay-khen", office.second, by=office.focal)


def _praise(scene: Scene, pilot: Pilot, person: User) -> Story[None]:
    office, officer = scene.office("phanrang"), scene.who("thidua.snv")
    yield scene.past.at(72, 9)
    row = _nominate(pilot, "bieu-duong", person, by=office.focal)
    yield scene.past.at(68, 10)
    nominating.review(row, "Đủ điều kiện: vượt cả hai chỉ tiêu, có minh chứng.", by=officer)
    nominating.submit(row, by=officer)
    yield scene.past.at(65, 9)
    awarding.decide(row, "Cách làm đơn giản, có ích, nên biểu dương.", by=office.head)
    yield scene.past.at(64, 15)
    awarding.confirm(row, by=office.deputy)
    day = yield scene.past.at(60, 8)
    awarding.award(
        row,
        number="1187/QĐ-UBND",
        decided_on=scene.past.day(64),
        awarded_on=day,
        by=officer,
    )


def _nominate(pilot: Pilot, code: str, person: User, *, by: User) -> int:
    said = nominating.Nomination(
        incentive=IncentiveType.objects.get(code=code),
        nominee=Nominee.PERSON,
        merit=MERIT,
        person=person,
    )
    return nominating.nominate(pilot.pk, said, by=by).pk
