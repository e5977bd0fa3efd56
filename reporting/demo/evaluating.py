"""How a pilot of the demo ends, and what is concluded of it."""

from collections.abc import Sequence
from decimal import Decimal

from pilots.actions import concluding, evaluating, halting
from pilots.actions.conclusions import CauseLine, Conclusion, DamageLine
from pilots.models import Evaluation, Pilot
from pilots.stages import Opinion, Recommendation, Result
from reporting.demo.past import Story
from reporting.demo.piloting import measure, month_by_month, values_at
from reporting.demo.scene import Office, Scene


def ended(scene: Scene, pilot: Pilot, office: Office, *shares: str, ago: int) -> Story[Evaluation]:
    """The work is over and its result was reported two working days later."""
    yield from month_by_month(scene, pilot, office, until=ago)
    day = yield scene.past.at(ago, 15)
    measure(pilot, *shares, by=pilot.leader, on=day)
    halting.complete(pilot.pk, by=pilot.leader, summary="Hoàn thành thời gian thí điểm.")
    evaluation = Evaluation.objects.get(pilot=pilot)
    yield scene.past.at(ago - 2, 10)
    report = "Nhóm đã làm đủ các mốc công việc; số liệu từng chỉ tiêu có minh chứng kèm theo."
    evaluating.report_result(evaluation.pk, by=pilot.leader, report=report)
    return evaluation


def evaluated(
    scene: Scene,
    pilot: Pilot,
    office: Office,
    shares: Sequence[str],
    said: Conclusion,
    *,
    ago: int,
) -> Story[Evaluation]:
    """Ended, heard by party and collective, concluded six working days later, and told."""
    evaluation = yield from ended(scene, pilot, office, *shares, ago=ago)
    yield scene.past.at(ago - 4, 9)
    evaluating.record_party_opinion(
        evaluation.pk,
        by=office.liaison,
        opinion="Cấp ủy đồng ý với báo cáo kết quả.",
        document="45-CV/ĐU",
    )
    yield scene.past.at(ago - 5, 14)
    text = "Kết quả đúng với số liệu đã theo dõi hằng tháng."
    evaluating.give_opinion(
        evaluation.pk, by=office.deputy, opinion=Opinion(said.result), text=text
    )
    yield scene.past.at(ago - 6, 15)
    concluding.conclude(evaluation.pk, said, by=office.head)
    yield scene.past.at(ago - 7, 9)
    evaluating.issue_notice(evaluation.pk, by=office.focal)
    return Evaluation.objects.get(pk=evaluation.pk)


def reached(pilot: Pilot, *shares: str) -> Conclusion:
    """The targets were met."""
    return Conclusion(
        result=Result.COMPLETED,
        recommendation=Recommendation.REPLICATE,
        lessons="Nhắc hẹn bằng câu ngắn, không nêu thông tin riêng; cần người trực số điện thoại.",
        has_damage=False,
        values=_by_id(pilot, *shares),
    )


def reached_in_part(
    pilot: Pilot, *shares: str, causes: Sequence[CauseLine], damages: Sequence[DamageLine] = ()
) -> Conclusion:
    return Conclusion(
        result=Result.PARTIALLY_COMPLETED,
        recommendation=Recommendation.CONTINUE,
        lessons="Cần thử trong phạm vi hẹp hơn và dự phòng thời tiết trước khi mở rộng.",
        assessment="Kết quả đạt một phần so với mục tiêu; nguyên nhân khách quan là chủ yếu.",
        has_damage=bool(damages),
        values=_by_id(pilot, *shares),
        causes=causes,
        damages=damages,
    )


def _by_id(pilot: Pilot, *shares: str) -> dict[int, Decimal]:
    return {row.pk: value for row, value in values_at(pilot, *shares).items()}
