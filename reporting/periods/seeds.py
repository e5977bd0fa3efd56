"""The regimes a province starts with ([DA], quy-trinh.md §11); changed by hand from a day on."""

from datetime import date

from organisation.days import today
from organisation.stages import UnitKind
from reporting.periods.models import ReportingRegime
from reporting.periods.stages import OUTLINE, PeriodKind

GROUND = "Nghị định 09/2019/NĐ-CP; Quyết định 53/2019/QĐ-UBND"
OWED_BY = (  # whom the order of the province addresses
    UnitKind.DEPARTMENT,
    UnitKind.PUBLIC_SERVICE_UNIT,
    UnitKind.SPECIAL_ASSOCIATION,
    UnitKind.DISTRICT,
)
# code, name, kind, months of the cut-off
REGIMES = (
    ("half_year", "Báo cáo sơ kết 6 tháng đầu năm", PeriodKind.HALF_YEAR, [6]),
    ("year", "Báo cáo tổng kết năm", PeriodKind.YEAR, [12]),
)
CUTOFF_DAY, DUE_DAY, SUMMARY_DUE_DAY = 14, 17, 20


def seed_regimes(valid_from: date | None = None) -> int:
    """Bring in each regime that is missing, valid from today on. Answers how many came.

    Periods that ended before a portal began are not asked for afterwards.
    """
    held = set(ReportingRegime.objects.values_list("code", flat=True))
    missing = [one for one in REGIMES if one[0] not in held]
    ReportingRegime.objects.bulk_create(
        ReportingRegime(
            code=code,
            name=name,
            kind=kind,
            months=months,
            cutoff_day=CUTOFF_DAY,
            due_day=DUE_DAY,
            summary_due_day=SUMMARY_DUE_DAY,
            owed_by=[str(one) for one in OWED_BY],
            outline=list(OUTLINE),
            legal_ground=GROUND,
            valid_from=valid_from or today(),
        )
        for code, name, kind, months in missing
    )
    return len(missing)
