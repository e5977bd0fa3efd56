"""Sở Nội vụ asked for a report on a subject: one agency has sent it, the others have days left."""

from datetime import timedelta

from documents.actions import issuing, signing
from organisation.days import add_working_days
from organisation.models import User
from organisation.stages import Role, UnitKind
from reporting.demo.past import Story
from reporting.demo.scene import Scene
from reporting.periods.actions import asking, opening, sending, writing
from reporting.periods.models import PeriodicReport
from reporting.periods.stages import OUTLINE, Level, PeriodKind

LABEL = "Báo cáo chuyên đề tháo gỡ điểm nghẽn"
TEXTS = (
    "Sở đã ban hành kế hoạch triển khai, phân công lãnh đạo phụ trách và đầu mối theo dõi.",
    "Đề xuất được tiếp nhận, xem xét theo đúng trình tự; các thí điểm có báo cáo tiến độ hằng kỳ.",
    "Một số quy định về trả kết quả tại nhà chưa có; nhân lực kiêm nhiệm còn ít.",
    "Tiếp tục thí điểm, đánh giá kết quả trước khi đề nghị nhân rộng.",
    "Đề nghị hướng dẫn mức chi cho hoạt động thí điểm.",
)


def asked(scene: Scene) -> Story[None]:
    """From the request to the paper of the one agency that was early."""
    day = yield scene.past.at(6, 8)
    request = asking.Asked(
        kind=PeriodKind.THEMATIC,
        label=LABEL,
        from_on=day - timedelta(days=180),
        cutoff_on=day,
        due_on=add_working_days(day, 10),
        summary_due_on=add_working_days(day, 13),
        owed_by=[UnitKind.DEPARTMENT],
        outline=list(OUTLINE),
        legal_ground="Công văn số 512/SNV-CCHC",
        note="Nêu rõ quy định chưa có hoặc không còn phù hợp.",
    )
    period = asking.ask(request, by=scene.who("chuyenvien.snv"))
    day = yield scene.past.at(5, 7)
    opening.freeze_due(day)
    yield scene.past.at(4, 9)
    office = scene.office("stnmt")
    report = PeriodicReport.objects.get(period=period, agency=office.unit, level=Level.AGENCY)
    words = writing.Words(dict(enumerate(TEXTS, start=1)), meetings=3, attendees=245)
    writing.keep_words(report.pk, words, by=office.focal)
    writing.lay(report.pk, by=office.focal)
    yield scene.past.at(3, 9)
    paper = sending.send(report.pk, by=office.head).paper
    if paper is None:
        raise LookupError(report)
    signing.sign(paper.pk, by=office.head)
    clerk = User.objects.holding(Role.CLERK, unit=office.unit).first()
    if clerk:
        issuing.issue(paper.pk, by=clerk)
