"""Periodic reports for tests: a period of a province at each step of its road."""

from datetime import date
from typing import Any

from documents.stages import PaperKind
from organisation.models import OrgUnit
from reporting.periods.actions import asking, opening, sending, writing
from reporting.periods.models import PeriodicReport, ReportingPeriod, ReportingRegime
from reporting.periods.seeds import seed_regimes
from reporting.periods.stages import OUTLINE, Level
from tests.factories.deadlines import make_rules
from tests.factories.documents import make_series
from tests.factories.organisation import Province, make_province

SINCE = date(2021, 9, 1)
TEXTS = {place: f"Nội dung mục {place}." for place in range(1, len(OUTLINE) + 1)}


def make_regimes(since: date = SINCE) -> list[ReportingRegime]:
    seed_regimes(since)
    return list(ReportingRegime.objects.order_by("pk"))


def make_reporting_province() -> Province:
    """The small province; its agencies can number what they issue."""
    make_rules()
    house = make_province()
    for one in (house.department, house.home_affairs):
        make_series(one, [*PaperKind], name=f"Dãy {one.pk}")
    return house


def make_request(house: Province, **over: Any) -> ReportingPeriod:
    """A thematic report that Sở Nội vụ asks for, due some days after its cut-off."""
    facts: dict[str, Any] = {
        "kind": "thematic",
        "label": "Chuyên đề tháo gỡ điểm nghẽn",
        "from_on": date(2021, 10, 1),
        "cutoff_on": date(2021, 12, 14),
        "due_on": date(2021, 12, 17),
        "summary_due_on": date(2021, 12, 20),
        "owed_by": ["department", "district"],
        "outline": list(OUTLINE),
        "legal_ground": "Công văn số 12/SNV-CCHC",
    } | over
    return asking.ask(asking.Asked(**facts), by=house.home_affairs_officer)


def report_of(agency: OrgUnit, level: str = Level.AGENCY) -> PeriodicReport:
    return PeriodicReport.objects.select_related("period", "paper", "figures").get(
        agency=agency, level=level
    )


def make_opened(day: date) -> None:
    """What the sweep brings on a day."""
    opening.open_due(day)
    opening.freeze_due(day)


def make_written(house: Province, agency: OrgUnit, by: Any) -> PeriodicReport:
    report = report_of(agency)
    writing.keep_words(report.pk, writing.Words(TEXTS, 2, 120), by=by)
    return report_of(agency)


def make_report_sent(house: Province) -> PeriodicReport:
    """The report of the department, written, laid before its head and sent."""
    report = make_written(house, house.department, house.focal)
    writing.lay(report.pk, by=house.focal)
    sending.send(report.pk, by=house.head)
    return report_of(house.department)
