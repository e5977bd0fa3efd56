"""Progress reports: written by the team, sent by the leader, answered by the head."""

from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse

from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from pilots import papers, people
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked_row,
    note,
    permit,
    raise_conflict,
    step,
    tell,
)
from pilots.models import ProgressReport
from pilots.stages import ReportState

NOTHING_DONE = "Nhập việc đã làm."
NOTHING_NEXT = "Nhập việc tiếp theo."
NOT_OPEN = "Chưa đến kỳ báo cáo."
NO_REASON = "Nêu nội dung cần sửa."


@dataclass(frozen=True)
class ReportText:
    done: str = ""
    not_done: str = ""
    difficulties: str = ""
    requests: str = ""
    next_steps: str = ""
    spent: int | None = None


@deed()
def write_report(
    report_id: int, text: ReportText, *, by: User, version: int | None = None
) -> ProgressReport:
    """Keep what is written so far; nothing is required. Raises Conflict, PermissionDenied."""
    report = locked_row(ProgressReport, report_id, version=version)
    permit(report.pilot, "write_report", by)
    _fill(report, text)
    again = report.state == ReportState.NEEDS_CHANGES
    step(report, "rewrite" if again else "write", report.pilot)
    report.save()
    note(report.pilot, "report.write", by=by, number=report.number)
    return report


@deed()
def send_report(
    report_id: int, text: ReportText, *, by: User, version: int | None = None
) -> ProgressReport:
    """Send the report to the head: its text and numbers are frozen, its paper is drawn up.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    report = locked_row(ProgressReport, report_id, version=version)
    pilot = report.pilot
    permit(pilot, "submit_report", by)
    lacking = [NOTHING_DONE] * (not text.done.strip())
    lacking += [NOTHING_NEXT] * (not text.next_steps.strip())
    lacking += [NOT_OPEN] * (report.period_from > today())
    if lacking:
        raise Incomplete(lacking)
    _fill(report, text)
    before = report.state
    step(report, "send", pilot)
    report.sent_by = by
    report.content = keep_text(pilot, "progress_report", **_facts(report, text))
    report.document = compose(
        PaperKind.REPORT,
        stream=pilot.stream,
        facts=papers.progress_report(report),
        by=by,
        unit=pilot.agency,
    )
    holding.stop(report.clock, "sent")
    report.clock = _ask_head(report)
    report.save()
    entry = note(
        pilot,
        "report.send",
        by=by,
        content=report.content,
        before=before,
        after=report.state,
        number=report.number,
    )
    holding.show(pilot)
    tell(
        pilot,
        entry,
        people.heads(pilot),
        event="report-sent",
        subject=f"Chờ chấp nhận báo cáo tiến độ kỳ {report.number}",
        text=f"{by.display} đã gửi báo cáo tiến độ kỳ {report.number}.",
        url=_url(report),
    )
    return report


@deed()
def accept_report(
    report_id: int, *, by: User, answer: str = "", version: int | None = None
) -> ProgressReport:
    """Accept a report; what it says was spent stands on the pilot from now on."""
    report = _answered(report_id, "accept", by, answer, version)
    if report.spent is not None:
        report.pilot.spent = report.spent
        report.pilot.save()
    return report


@deed()
def return_report(
    report_id: int, *, by: User, answer: str, version: int | None = None
) -> ProgressReport:
    """Give a report back to be changed, with what is to be changed. Raises Incomplete."""
    if not answer.strip():
        raise Incomplete([NO_REASON])
    report = _answered(report_id, "send_back", by, answer, version)
    report.clock = holding.give_to_person(
        report.pilot,
        "PROGRESS_REPORT",
        report.pilot.leader,
        verb=f"Sửa báo cáo tiến độ kỳ {report.number}",
        url=_url(report),
        due_on=max(report.due_on, today()),
        detail=answer,
    )
    report.save(update_fields=["clock"])
    holding.show(report.pilot)
    return report


def _answered(
    report_id: int, name: str, by: User, answer: str, version: int | None
) -> ProgressReport:
    report = locked_row(ProgressReport, report_id, version=version)
    pilot = report.pilot
    permit(pilot, "accept_report", by)
    if report.sent_by_id == by.pk:
        raise_conflict(pilot)
    step(report, name, pilot)
    report.answered_by, report.answer = by, answer
    report.version += 1
    report.save()
    holding.stop(report.clock, report.state)
    content = keep_text(pilot, "report_answer", number=report.number, quote=answer)
    entry = note(
        pilot,
        f"report.{name}",
        by=by,
        content=content,
        before=ReportState.SENT,
        after=report.state,
        number=report.number,
    )
    tell(
        pilot,
        entry,
        people.team(pilot),
        event=f"report-{name}",
        subject=f"Báo cáo tiến độ kỳ {report.number}: {report.get_state_display().lower()}",
        text=answer or f"{by.display} chấp nhận báo cáo tiến độ kỳ {report.number}.",
        url=_url(report),
    )
    return report


def _fill(report: ProgressReport, text: ReportText) -> None:
    for name, value in asdict(text).items():
        setattr(report, name, value)
    report.version += 1


def _facts(report: ProgressReport, text: ReportText) -> dict[str, Any]:
    return {
        "number": report.number,
        "period_from": report.period_from,
        "period_to": report.period_to,
        "figures": papers.figures(report.pilot),
        **asdict(text),
    }


def _ask_head(report: ProgressReport) -> Any:
    return holding.give_to_head(
        report.pilot,
        "REPORT_ACCEPTANCE",
        verb=f"Chấp nhận báo cáo tiến độ kỳ {report.number}",
        url=_url(report),
    )


def _url(report: ProgressReport) -> str:
    return reverse("pilots:report", args=[report.pilot.proposal.ref, report.number])
