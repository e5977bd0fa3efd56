"""What every deed on a periodic report does: lock it, ask whether it may, write it down."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied

from deadlines.actions import UnknownRule, start, stop_all
from deadlines.models import Clock
from deadlines.parties import Holder, Subject
from documents.models import OfficialDocument
from journal.actions import conflict_on, record
from journal.models import Content, Entry
from notifications.actions import notify
from organisation.days import Calendar, today
from organisation.models import User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date
from reporting.periods import rules
from reporting.periods.models import STREAM, PeriodicReport
from reporting.periods.rights import LEADING

LONGEST_SUBJECT = 70  # language.md §10
RULE = "REPORT_PERIOD"
WRITE, SEND, SUMMARISE = "Lập báo cáo định kỳ", "Gửi báo cáo định kỳ", "Lập báo cáo tổng hợp"


class ReportRefused(Exception):
    """The deed is open, but something stands against it; `str()` says what."""


class Cause:
    """The stream of the entry that people are told about."""

    def __init__(self, stream: str) -> None:
        self.stream = stream


def locked(report_id: int, *, version: int | None = None) -> PeriodicReport:
    """The report, locked after its paper until the transaction ends.

    Raises Conflict where it has moved on since the form was made.
    """
    rows = PeriodicReport.objects.all()
    paper = rows.values_list("paper_id", flat=True).get(pk=report_id)
    list(OfficialDocument.objects.select_for_update(of=("self",)).filter(pk=paper))
    return locked_row(report_id, version=version)


def locked_row(report_id: int, *, version: int | None = None) -> PeriodicReport:
    """The same where the paper is locked already, as in a deed on the paper."""
    rows = PeriodicReport.objects.select_for_update(of=("self",))
    report = rows.select_related("period", "agency", "paper").get(pk=report_id)
    if version is not None and version != report.version:
        raise_conflict(report)
    return report


def permit(deed: str, report: PeriodicReport, by: User) -> None:
    """Raises Conflict where the deed is theirs at another state, else PermissionDenied."""
    if rules.may(deed, report, by):
        return
    if rules.is_ever(deed, report, by):
        raise_conflict(report)
    raise PermissionDenied


def raise_conflict(report: PeriodicReport) -> NoReturn:
    """Say who moved the report meanwhile, when, and where it stands now."""
    conflict = conflict_on(report.stream, url=report.get_absolute_url())
    conflict.label = report.get_state_display()
    raise conflict


def write(
    report: PeriodicReport,
    name: str,
    *,
    by: User | None,
    before: str | None = None,
    content: Content | None = None,
    **data: Any,
) -> Entry:
    """Save a locked report and write down what was done to it."""
    report.version += 1
    report.save()
    has_moved = before is not None and before != report.state
    moved = {"before": before, "after": report.state} if has_moved else {}
    return record(f"{STREAM}.{name}", stream=report.stream, by=by, content=content, **moved, **data)


def tell(
    report: PeriodicReport, entry: Entry, people: Iterable[User], *, subject: str, text: str
) -> None:
    """Tell people of it once."""
    notify(
        people,
        key=f"periodic-{report.ref}-{entry.seq}",
        subject=subject[:LONGEST_SUBJECT],
        text=text[:600],
        url=report.get_absolute_url(),
        by_entry=Cause(report.stream),
    )


def subject_of(report: PeriodicReport) -> Subject:
    kind = report.get_level_display()
    title = f"{kind}: {report.period.label}, {report.agency_name}"
    return Subject(STREAM, report.ref, "", title[:300], report.stream)


def begin(report: PeriodicReport, *, on: Any) -> Clock | None:
    """Let the clock of a report run until its day, held by whoever prepares it."""
    try:
        return start(
            RULE,
            subject=subject_of(report),
            holder=preparer(report),
            on=on,
            verb=SUMMARISE if report.is_summary else WRITE,
            url=report.get_absolute_url(),
            due_on=report.due_on,
            detail=why_due(report),
        )
    except UnknownRule:  # a portal whose rules are not seeded
        return None


def why_due(report: PeriodicReport) -> str:
    """How the day came about, for the page that says why it is this date."""
    period = report.period
    if report.return_reason:
        return f"Báo cáo được trả lại, ấn định gửi lại trước hết ngày {vn_date(report.due_on)}."
    cutoff = f"Chốt số liệu hết ngày {vn_date(period.cutoff_on)}"
    if period.regime is None:
        return f"{cutoff}, hạn gửi theo {period.legal_ground}."[:400]
    day = period.cutoff_on.replace(day=period.regime.due_days[report.is_summary])
    told = f"{cutoff}; chế độ báo cáo đặt hạn ngày {vn_date(day)}"
    if day == report.due_on:
        return f"{told}."
    calendar = Calendar.between(day, day)
    if calendar.is_working_day(day):  # all days since the cut-off were off, or the summary waits
        return f"{told}, lùi đến {vn_date(report.due_on)} để đủ thời gian sau ngày chốt số liệu."
    reason = calendar.reason(day).lower()
    return f"{told} ({reason}), lùi đến ngày làm việc tiếp theo {vn_date(report.due_on)}."


def end(report: PeriodicReport, outcome: str) -> None:
    stop_all(subject_of(report), today(), outcome)


def preparer(report: PeriodicReport) -> Holder:
    """The focal point, else the head; of the summary those who make it at Sở Nội vụ."""
    if report.is_summary:
        return Holder.post(Role.HOME_AFFAIRS_OFFICER, report.period.desk or report.agency)
    focal = User.objects.holding(Role.AGENCY_FOCAL, unit=report.agency_id).exists()
    return Holder.post(Role.AGENCY_FOCAL if focal else Role.AGENCY_HEAD, report.agency_id)


def officers(report: PeriodicReport) -> list[User]:
    """Who receives it at Sở Nội vụ."""
    desk = report.period.desk_id or 0
    return list(User.objects.holding(Role.HOME_AFFAIRS_OFFICER, unit=desk))


def house_of(report: PeriodicReport) -> list[User]:
    """Who is told of it at the agency: its head, its deputies, its focal point."""
    roles = (*LEADING, Role.AGENCY_FOCAL)
    return list(User.objects.holding(*roles, unit=report.agency_id))
