"""What stands beside the tasks on *Việc của tôi*, by role: one query more, for one role alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from documents.models import OfficialDocument
from organisation.days import today
from organisation.models import User
from organisation.prepared import prepared
from organisation.stages import Role
from organisation.templatetags.portal import vn_date
from pilots.models import Pilot
from pilots.queries import PilotQuerySet
from pilots.rules import AGENCY_ROLES

SHOWN = 3
AT_RISK, NUMBERS = "Thí điểm cần chú ý", "Số vừa cấp"


@dataclass(frozen=True)
class Line:
    label: str
    url: str
    more: str


@dataclass(frozen=True)
class Beside:
    """A short list with its heading, and the route of the whole list."""

    heading: str
    route: str
    lines: list[Line]


def beside_of(user: User) -> Beside | None:
    """The last numbers given, for a clerk; the pilots at risk, for who leads or follows an agency.

    None where there is nothing of the kind.
    """
    if user.powers.has(Role.CLERK):
        found = Beside(NUMBERS, "documents:register", _numbers(user))
    elif user.powers.has(*AGENCY_ROLES):
        found = Beside(AT_RISK, "pilots:index", _at_risk(user, today()))
    else:
        return None
    return found if found.lines else None


def _numbers(user: User) -> list[Line]:
    units = user.powers.own_units(Role.CLERK)
    issued = OfficialDocument.objects.filter(issuing_unit__in=units, number__isnull=False)
    rows = issued.order_by("-issued_on", "-number", "-pk")[:SHOWN]
    return [
        Line(row.full_number, row.get_absolute_url(), f"{vn_date(row.issued_on)} · {row.title}")
        for row in rows
    ]


def _at_risk(user: User, day: date) -> list[Line]:
    units = sorted(user.powers.own_units(*AGENCY_ROLES))
    found = _risky(day, *units) if units else []
    return [Line(row.proposal.title, row.get_absolute_url(), _why(row, day)) for row in found]


@prepared
def _risky(day: date, *units: int) -> QuerySet:
    own = Pilot.objects.of_units(units).under_way()
    risky = own.behind(day) | own.with_late_report(day) | own.with_open_incident()
    rows = risky.annotate(
        has_late_report=Exists(_same().with_late_report(day)),
        has_incident=Exists(_same().with_open_incident()),
    ).select_related("proposal")
    return rows.order_by("proposal__due_on", "pk")[:SHOWN]


def _same() -> PilotQuerySet:
    return Pilot.objects.filter(pk=OuterRef("pk"))


def _why(row: Pilot, day: date) -> str:
    reasons = (
        ("chậm tiến độ", row.is_behind(day)),
        ("báo cáo quá hạn", row.has_late_report),  # type: ignore[attr-defined]
        ("có sự cố chưa khắc phục", row.has_incident),  # type: ignore[attr-defined]
    )
    told = ", ".join(words for words, holds in reasons if holds)
    return f"{row.proposal.code} · {told}"
