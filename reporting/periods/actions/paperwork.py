"""What the paper of a report does to the report, in the transaction of the deed on the paper."""

from documents.hooks import Moved
from journal.deeds import deed
from organisation.days import add_working_days, today
from reporting.periods.actions.base import begin, house_of, locked_row, officers, tell, write
from reporting.periods.models import STREAM, PeriodicReport
from reporting.periods.stages import DAYS_AGAIN, RECALLED, RECEIVED, ReportState

GIVEN_BACK = "Báo cáo này đã được trả lại để sửa; gửi lại báo cáo thì có văn bản mới."


def not_yet(paper_id: int) -> str:
    """Why the paper may not go on now: its report was given back."""
    found = PeriodicReport.objects.filter(paper=paper_id).first()
    if found is None or found.state not in RECEIVED:
        return GIVEN_BACK
    return ""


@deed()
def on_moved(moved: Moved) -> None:
    kind, _, ref = moved.paper.stream.partition(":")
    if kind != STREAM:
        return
    report = locked_row(PeriodicReport.objects.values_list("pk", flat=True).get(ref=ref))
    if moved.deed == "issue":
        _issued(report, moved)
    elif moved.deed == "recall" and moved.paper.pk == report.paper_id:
        _recalled(report, moved)


def _issued(report: PeriodicReport, moved: Moved) -> None:
    if moved.paper.replaces_id == report.paper_id and report.paper_id:
        report.paper = moved.paper  # the same report in better words
        write(report, "replace", by=moved.by, paper=str(moved.paper.ref))
    elif moved.paper.pk == report.paper_id and report.state == ReportState.SENT:
        before = report.state
        report.issue()
        number, notation = moved.paper.number, moved.paper.notation
        write(report, "issue", by=moved.by, before=before, number=number, notation=notation)


def _recalled(report: PeriodicReport, moved: Moved) -> None:
    """What was recalled has to be reported anew."""
    if report.state not in RECEIVED:
        return
    before, due_on = report.state, add_working_days(today(), DAYS_AGAIN)
    report.give_back(reason=RECALLED, due_on=due_on)
    report.clock = begin(report, on=today())
    entry = write(report, "recall", by=moved.by, before=before, due_on=str(due_on))
    people = officers(report) if report.is_summary else house_of(report)
    text = f"Văn bản {report.said} đã thu hồi; cần gửi lại báo cáo."
    tell(report, entry, people, subject=f"Gửi lại {report.said}", text=text)
