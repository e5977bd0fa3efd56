"""The words of a report before it is sent: the focal point writes, the head looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deadlines.actions import hand_over
from deadlines.models import Clock
from deadlines.parties import Holder
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from reporting.periods.actions.base import (
    ReportRefused,
    house_of,
    locked,
    officers,
    permit,
    preparer,
    tell,
    write,
)
from reporting.periods.models import PeriodicReport, ReportPart
from reporting.periods.rights import LEADING

NOTHING_WRITTEN = "Viết nội dung ít nhất một mục trước khi trình."
NO_FIGURES = "Số liệu được chốt khi hết ngày {day}."


@dataclass(frozen=True)
class Words:
    """What is written below each heading, by its place, and the two figures that are typed."""

    texts: Mapping[int, str] = field(default_factory=dict)
    meetings: int | None = None
    attendees: int | None = None


@deed()
def keep_words(
    report_id: int, words: Words, *, by: User, version: int | None = None
) -> PeriodicReport:
    """Save what was written. Raises Conflict where somebody saved meanwhile, PermissionDenied."""
    report = locked(report_id, version=version)
    permit("write", report, by)
    parts = list(report.parts.all())
    for part in parts:
        part.text = words.texts.get(part.place, part.text)
    ReportPart.objects.bulk_update(parts, ["text"])
    report.meetings, report.attendees = words.meetings, words.attendees
    write(report, "write", by=by, parts=sum(bool(part.text) for part in parts))
    return report


@deed()
def lay(report_id: int, *, by: User, version: int | None = None) -> PeriodicReport:
    """Lay it before the head, whose task it is then. Raises Conflict, ReportRefused."""
    report = locked(report_id, version=version)
    permit("lay", report, by)
    if not report.parts.exclude(text="").exists():
        raise ReportRefused(NOTHING_WRITTEN)
    before = report.state
    report.lay()
    hand(report, Holder.post(Role.AGENCY_HEAD, report.agency_id))
    entry = write(report, "lay", by=by, before=before)
    heads = list(User.objects.holding(*LEADING, unit=report.agency_id))
    text = f"{by.full_name} trình {report.said}. Xem và gửi trước hạn."
    tell(report, entry, heads, subject=f"Chờ gửi {report.said}", text=text)
    return report


@deed()
def hand_back(report_id: int, *, by: User, version: int | None = None) -> PeriodicReport:
    """Give it back to whoever prepared it. Raises Conflict, PermissionDenied."""
    report = locked(report_id, version=version)
    permit("hand_back", report, by)
    before = report.state
    report.hand_back()
    hand(report, preparer(report))
    entry = write(report, "hand_back", by=by, before=before)
    people = officers(report) if report.is_summary else house_of(report)
    text = f"{by.full_name} trả lại {report.said} để sửa trước khi gửi."
    tell(report, entry, people, subject=f"Sửa {report.said}", text=text)
    return report


def hand(report: PeriodicReport, holder: Holder) -> None:
    """Let somebody else hold the clock; where none runs there is nothing to hand over."""
    clock = Clock.objects.filter(pk=report.clock_id or 0, stopped_on=None).first()
    if clock:
        hand_over(clock, holder, today())
