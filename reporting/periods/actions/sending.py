"""A report goes out: its clock stops, its paper is composed and laid before its sender to sign."""

from datetime import date

from django.utils import timezone

from documents.actions import compose, signing
from documents.stages import PaperKind
from journal.actions import keep
from journal.deeds import deed
from journal.models import Content, Entry
from organisation.days import today
from organisation.models import User
from organisation.templatetags.portal import vn_date
from reporting.periods.actions.base import (
    ReportRefused,
    begin,
    end,
    house_of,
    locked,
    officers,
    permit,
    tell,
    write,
)
from reporting.periods.models import PeriodicReport
from reporting.periods.papers import report_paper
from reporting.periods.rights import INFORMED

PARTS_MISSING = "Còn mục chưa viết: {titles}. Ghi “Không có” nếu không có nội dung."
TOO_EARLY = "Chọn hạn gửi lại sau hôm nay."


@deed()
def send(report_id: int, *, by: User, version: int | None = None) -> PeriodicReport:
    """Send it: the words and the figures are those of the paper from now on.

    Raises Conflict, PermissionDenied, ReportRefused, and what laying a paper before its signer
    raises. Where the sender may not sign it by law, the paper stays a draft for who may.
    """
    report = locked(report_id, version=version)
    permit("send", report, by)
    parts = list(report.parts.values_list("title", "text"))
    if empty := [title for title, text in parts if not text]:
        raise ReportRefused(PARTS_MISSING.format(titles="; ".join(empty)))
    facts = report_paper(report, parts)
    paper = compose(PaperKind.REPORT, stream=report.stream, facts=facts, by=by, unit=report.agency)
    before = report.state
    report.send(by=by, paper=paper)
    end(report, "sent")
    content = _words(report, parts)
    entry = write(
        report,
        "send",
        by=by,
        before=before,
        content=content,
        paper=str(paper.ref),
        figures_digest=report.figures_sha256,
    )
    _tell_of(report, entry)
    if any(one.person == by for one in signing.lawful_signers(paper)):
        signing.send(paper.pk, by=by, signer=by)
    return report


@deed()
def give_back(
    report_id: int, reason: str, *, by: User, due_on: date, version: int | None = None
) -> PeriodicReport:
    """Give a received report back with the reason; a new clock runs until the day named.

    Raises Conflict, PermissionDenied, ReportRefused.
    """
    report = locked(report_id, version=version)
    permit("give_back", report, by)
    if due_on <= today():
        raise ReportRefused(TOO_EARLY)
    before = report.state
    report.give_back(reason=reason, due_on=due_on)
    report.clock = begin(report, on=today())
    content = keep("report_return", report.stream, {"quote": reason})
    entry = write(report, "give_back", by=by, before=before, content=content, due_on=str(due_on))
    subject = f"Cần sửa {report.said}"
    text = f"Sở Nội vụ trả lại báo cáo. Gửi lại trước hết ngày {vn_date(due_on)}."
    tell(report, entry, house_of(report), subject=subject, text=text)
    return report


def _words(report: PeriodicReport, parts: list[tuple[str, str]]) -> Content:
    said = [{"title": title, "text": text} for title, text in parts]
    return keep(
        "report_words",
        report.stream,
        {
            "parts": said,
            "meetings": report.meetings,
            "attendees": report.attendees,
            "figures_sha256": report.figures_sha256,
            "sent_at": timezone.localtime(report.sent_at).isoformat(),
        },
    )


def _tell_of(report: PeriodicReport, entry: Entry) -> None:
    if report.is_summary:
        above = report.agency.at(today()).parent
        people = list(User.objects.holding(*INFORMED, unit=above)) if above else []
    else:
        people = officers(report)
    subject = f"Đã gửi {report.said}"
    text = f"{report.agency_name} đã gửi {report.said}."
    tell(report, entry, people, subject=subject, text=text)
