"""Sở Nội vụ asks for a thematic or ad hoc report, and sets the regimes of those that come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from journal.actions import keep, record
from journal.deeds import deed
from notifications.actions import notify
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date
from organisation.trail import SETTINGS, conflict
from reporting.periods import rules
from reporting.periods.actions.base import Cause, ReportRefused
from reporting.periods.actions.opening import open_reports
from reporting.periods.models import ReportingPeriod, ReportingRegime
from reporting.periods.receiving import owing, receiver_on
from reporting.periods.rights import LEADING

NOBODY_OWES = "Không có cơ quan nào thuộc các nhóm đã chọn."
NO_RECEIVER = "Chưa có chuyên viên Sở Nội vụ để nhận báo cáo."
CHANGED = "Chế độ báo cáo này vừa được sửa từ ngày {:%d/%m/%Y}. Thao tác chưa được thực hiện."
TOO_EARLY = "Chọn ngày có hiệu lực sau ngày {day}."


@dataclass(frozen=True)
class Asked:
    """A report that is asked for once, with its own days and outline."""

    kind: str
    label: str
    from_on: date
    cutoff_on: date
    due_on: date
    summary_due_on: date
    owed_by: Sequence[str]
    outline: Sequence[str]
    legal_ground: str
    note: str = ""


@dataclass(frozen=True)
class Terms:
    """What a regime says from a day on."""

    months: Sequence[int]
    cutoff_day: int
    due_day: int
    summary_due_day: int
    owed_by: Sequence[str]
    outline: Sequence[str]
    legal_ground: str
    valid_from: date


@deed()
def ask(asked: Asked, *, by: User) -> ReportingPeriod:
    """Ask for it: the agencies are told now, their reports open on the cut-off day.

    Raises PermissionDenied, ReportRefused.
    """
    if not rules.is_officer(by):
        raise PermissionDenied
    receiver = receiver_on(today())
    if receiver is None:
        raise ReportRefused(NO_RECEIVER)
    agencies = owing(asked.owed_by, today())
    if not agencies:
        raise ReportRefused(NOBODY_OWES)
    facts = vars(asked) | {"owed_by": list(asked.owed_by), "outline": list(asked.outline)}
    period = ReportingPeriod.objects.create(
        **facts, receiver=receiver.agency, desk=receiver.desk, asked_by=by
    )
    content = keep("report_request", period.stream, {"label": asked.label, "quote": asked.note})
    record(
        "report_period.ask",
        stream=period.stream,
        by=by,
        content=content,
        kind=asked.kind,
        cutoff_on=str(asked.cutoff_on),
        due_on=str(asked.due_on),
        agencies=len(agencies),
    )
    _tell(period, [one.unit_id for one in agencies])
    if asked.cutoff_on <= today():
        open_reports(period)
    return period


@deed()
def change_regime(code: str, terms: Terms, *, by: User, seen: int) -> ReportingRegime:
    """Let a regime be another from a day on; periods that were opened stay as they were.

    `seen` is the version that the form was made from. Raises PermissionDenied, ReportRefused,
    Conflict.
    """
    if not rules.sets_regimes(by):
        raise PermissionDenied
    current = ReportingRegime.objects.select_for_update().get(code=code, valid_to=None)
    if current.pk != seen:
        raise conflict(CHANGED.format(current.valid_from))
    if terms.valid_from <= max(current.valid_from, today()):
        raise ReportRefused(TOO_EARLY.format(day=vn_date(max(current.valid_from, today()))))
    current.valid_to = terms.valid_from
    current.count_change(by)
    current.save()
    facts = vars(terms) | {
        "months": list(terms.months),
        "owed_by": list(terms.owed_by),
        "outline": list(terms.outline),
    }
    regime = ReportingRegime.objects.create(
        code=code, name=current.name, kind=current.kind, **facts
    )
    told = facts | {"valid_from": str(terms.valid_from)}
    content = keep("reporting_regime", SETTINGS, told)
    record(
        "report_regime.change",
        stream=SETTINGS,
        by=by,
        content=content,
        regime=code,
        valid_from=str(terms.valid_from),
    )
    return regime


def _tell(period: ReportingPeriod, agencies: Sequence[int]) -> None:
    roles = (*LEADING, Role.AGENCY_FOCAL)
    people = [one for unit in agencies for one in User.objects.holding(*roles, unit=unit)]
    notify(
        people,
        key=f"periodic-{period.ref}",
        subject=f"Yêu cầu báo cáo: {period.label}"[:70],
        text=f"Chốt số liệu ngày {vn_date(period.cutoff_on)}, gửi trước hết ngày "
        f"{vn_date(period.due_on)}. {period.note}"[:600],
        url="/bao-cao/",
        by_entry=Cause(period.stream),
    )
