"""The dated rows a new portal numbers its papers by, until each agency's head settles them."""

from datetime import date

from documents.models import NumberSeries, PaperType
from documents.stages import SLIPS, PaperKind
from organisation.days import today
from organisation.models import OrgUnitVersion
from organisation.stages import UnitKind

SINCE = date(2020, 3, 5)
DECREE = "Phụ lục III Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020"
ABBREVIATIONS = {
    PaperKind.OFFICIAL_LETTER: "",
    PaperKind.DECISION: "QĐ",
    PaperKind.REPORT: "BC",
    PaperKind.SUBMISSION: "TTr",
    PaperKind.NOTICE: "TB",
    PaperKind.PLAN: "KH",
    PaperKind.MINUTES: "BB",
    PaperKind.COPY: "SY",
}
# Decisions apart, all else in one row, as the province does it (van-ban-nd30.md §4.2); copies have
# numbers of their own (NĐ 30/2020, Phụ lục I, III).
SERIES: dict[str, list[PaperKind]] = {
    "Quyết định": [PaperKind.DECISION],
    "Công văn và văn bản khác": [
        kind for kind in PaperKind if kind not in (*SLIPS, PaperKind.DECISION, PaperKind.COPY)
    ],
    "Bản sao": [PaperKind.COPY],
}
ISSUING = (
    *(UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE),
    *(UnitKind.PUBLIC_SERVICE_UNIT, UnitKind.SPECIAL_ASSOCIATION),
)
UNTIL_SETTLED = "Mặc định của cổng, đến khi người đứng đầu cơ quan quy định"


def seed_papers() -> None:
    """Names of kinds, and series of numbers for agencies that have none; what is there stays."""
    PaperType.objects.bulk_create(
        [
            PaperType(
                kind=kind,
                name=kind.label,
                abbrev=abbrev,
                valid_from=SINCE,
                basis_document=DECREE,
            )
            for kind, abbrev in ABBREVIATIONS.items()
        ],
        ignore_conflicts=True,
    )
    seed_series()


def seed_series() -> None:
    issuing = OrgUnitVersion.objects.valid_on(today()).filter(kind__in=ISSUING)
    without = issuing.exclude(unit__in=NumberSeries.objects.values("agency"))
    NumberSeries.objects.bulk_create(
        NumberSeries(
            agency_id=agency,
            name=name,
            kinds=[str(kind) for kind in kinds],
            valid_from=SINCE,
            basis_document=UNTIL_SETTLED,
        )
        for agency in without.values_list("unit_id", flat=True)
        for name, kinds in SERIES.items()
    )
