"""The register of an agency: taken out as a workbook, closed for a period, and printed."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from documents.actions.base import Refused
from documents.actions.papers import compose
from documents.models import NumberSeries, OfficialDocument, RegisterPeriod
from documents.registered import all_rows, between, outside_of, rows_sha256, table_of
from documents.stages import PaperKind
from journal.actions import keep, lock, record
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date

TOO_LATE = "Chọn ngày trước hôm nay: sổ hôm nay còn ghi tiếp."
CLOSED_ALREADY = "Sổ đã khóa đến hết ngày {day}. Chọn ngày sau đó."
ONE_DAY = timedelta(days=1)


def stream_of(agency: OrgUnit) -> str:
    return f"register:{agency.ref}"


@transaction.atomic
def close_period(agency: OrgUnit, last_day: date, *, by: User) -> RegisterPeriod:
    """Close the register to the end of a day and lay down its printed paper.

    The period begins where the last one ended, else with the year. Raises Refused.
    """
    if not by.powers.appointed(Role.CLERK, agency.pk):
        raise PermissionDenied
    chain = lock(stream_of(agency))  # two who close at once, one after the other
    if last_day >= today():
        raise Refused(TOO_LATE)
    first_day = _first_day(agency, last_day)
    papers = between(OfficialDocument.objects.issued(), first_day, last_day)
    outside = outside_of(agency, first_day, last_day)
    rows = list(all_rows(papers.filter(issuing_unit=agency), outside))
    paper = compose(
        PaperKind.REGISTER,
        stream=chain.name,
        facts=_facts(agency, first_day, last_day, rows),
        by=by,
        unit=agency,
    )
    period = RegisterPeriod.objects.create(
        agency=agency,
        first_day=first_day,
        last_day=last_day,
        count=len(rows),
        rows_sha256=rows_sha256(rows),
        closed_at=timezone.now(),
        closed_by=by,
        paper=paper,
    )
    record(
        "register.close",
        stream=chain.name,
        by=by,
        role="clerk",
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat(),
        count=period.count,
        rows_digest=period.rows_sha256,
        paper=str(paper.ref),
    )
    return period


@transaction.atomic
def note_export(agency: OrgUnit, *, by: User, count: int) -> None:
    """Write down that the register was taken out of the portal (XL-02)."""
    record("register.export", stream=stream_of(agency), by=by, count=count)


@transaction.atomic
def settle_series(
    agency: OrgUnit, name: str, kinds: list[str], basis_document: str, *, by: User
) -> NumberSeries:
    """From today on these kinds share one row of numbers; they leave the rows they were in."""
    if not by.powers.appointed(Role.CLERK, agency.pk):
        raise PermissionDenied
    stream = lock(stream_of(agency)).name
    for series in NumberSeries.objects.valid_on(today()).filter(agency=agency, body=""):
        left = [kind for kind in series.kinds if kind not in kinds]
        if left != series.kinds:
            series.kinds = left or series.kinds
            series.valid_to = None if left else max(today(), series.valid_from + ONE_DAY)
            series.save()
    made = NumberSeries.objects.create(
        agency=agency, name=name, kinds=kinds, valid_from=today(), basis_document=basis_document
    )
    settled = keep("number_series", stream, {"name": name, "kinds": kinds, "basis": basis_document})
    record("register.series", stream=stream, by=by, role="clerk", content=settled)
    return made


def _first_day(agency: OrgUnit, last_day: date) -> date:
    before = RegisterPeriod.objects.filter(agency=agency).order_by("-last_day").first()
    if before is None:
        return date(last_day.year, 1, 1)
    if last_day <= before.last_day:
        raise Refused(CLOSED_ALREADY.format(day=vn_date(before.last_day)))
    return before.last_day + ONE_DAY


def _facts(agency: OrgUnit, first: date, last: date, rows: list[list[str]]) -> dict[str, Any]:
    version = agency.at(today())
    above = version.parent
    return {
        "kind": PaperKind.REGISTER,
        "parent_lines": [above.at(today()).name] if above else [],
        "agency_lines": [version.name],
        "place": version.place_name,
        "title": f"từ ngày {vn_date(first)} đến hết ngày {vn_date(last)}, {len(rows)} văn bản",
        "body": [table_of(rows)],
    }
