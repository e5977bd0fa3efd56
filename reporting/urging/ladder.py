"""Which rung an agency stands on: letter, second letter, report to the Chairman."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from organisation.models import OrgUnit
from organisation.stages import UnitKind
from organisation.templatetags.portal import vn_date
from reporting.urging.models import UrgedAgency, UrgedAgencyQuerySet, UrgedItem
from reporting.urging.stages import FIRST, LAST, PENDING, RUNGS, UrgingState

ABOVE = (UnitKind.PROVINCE, UnitKind.PARTY, UnitKind.COUNCIL)  # no sở writes to them so
BEING_WRITTEN = "Đang có dự thảo chưa gửi."
NOT_DUE = "Chưa hết hạn trả lời ({day})."
REPORTED = "Đã báo cáo Chủ tịch ngày {day}."
OWN, SUPERIOR = "Cơ quan đôn đốc.", "Cơ quan cấp trên."


@dataclass(frozen=True)
class Standing:
    """The next rung of an agency, what it got last, and why it cannot be urged now."""

    series: int = 1
    rung: int = FIRST
    last: UrgedAgency | None = None
    why_not: str = ""

    @property
    def label(self) -> str:
        return dict(RUNGS)[self.rung]


def standings(agencies: Collection[int], on: date) -> dict[int, Standing]:
    """Where each of these agencies stands: one query for all."""
    found = {one.agency_id: _standing(one, on) for one in _last_of(agencies, on)}
    return {agency: found.get(agency, Standing()) for agency in agencies}


def why_never(kind: str, agency_id: int, urging: OrgUnit) -> str:
    """Why an agency gets no letter of this one, whatever is late there."""
    if agency_id == urging.pk:
        return OWN
    return SUPERIOR if kind in ABOVE else ""


def earlier_of(urged: UrgedAgency) -> list[UrgedAgency]:
    """What the same agency got before in this series, the first letter first."""
    rows = UrgedAgency.objects.live().filter(agency=urged.agency_id, series=urged.series)
    rows = rows.filter(rung__lt=urged.rung).select_related("dispatch__paper")
    return list(rows.order_by("rung"))


def _last_of(agencies: Collection[int], on: date) -> UrgedAgencyQuerySet:
    """The last letter of each, and whether anything in its annex is late still."""
    same = UrgedAgency.objects.live().filter(agency=OuterRef("agency"))
    last = Subquery(same.order_by("-series", "-rung").values("pk")[:1])
    open_still = Q(clock__stopped_on=None, clock__paused_on=None, clock__due_on__lt=on)
    items = UrgedItem.objects.filter(open_still, urged=OuterRef("pk"))
    rows = UrgedAgency.objects.live().filter(agency__in=agencies, pk=last)
    return rows.annotate(is_late=Exists(items)).select_related("dispatch__paper")


def _standing(last: UrgedAgency, on: date) -> Standing:
    """Rungs go on while something of the last annex is late; else they begin anew."""
    dispatch = last.dispatch
    if dispatch.state in PENDING:
        return Standing(last.series, last.rung, last, BEING_WRITTEN)
    if dispatch.state == UrgingState.CLOSED or not last.is_late:  # type: ignore[attr-defined]
        return Standing(last.series + 1, FIRST, last)
    if last.rung == LAST:
        return Standing(last.series, LAST, last, REPORTED.format(day=vn_date(dispatch.sent_on)))
    is_early = dispatch.answer_by and dispatch.answer_by >= on
    why_not = NOT_DUE.format(day=vn_date(dispatch.answer_by)) if is_early else ""
    return Standing(last.series, last.rung + 1, last, why_not)
