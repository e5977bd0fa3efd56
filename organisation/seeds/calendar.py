"""The working calendar a new portal starts with: the package's days, corrected by hand.

The package only seeds. Due dates are counted from the rows, which people keep with their basis
(to-chuc.md §5).
"""

from collections.abc import Iterator
from datetime import date

import holidays

from organisation.models import CalendarDay
from organisation.stages import DayKind

YEARS = range(2021, 2028)
LAST_DECIDED_YEAR = 2026
LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
DAY_IN_LIEU = "Bộ luật Lao động 2019, Điều 111 và Điều 112"
SWAP = "Thông báo hoán đổi ngày làm việc năm {year} của cơ quan có thẩm quyền"
NEW_YEAR_2026 = "Văn bản số 12729/VPCP-KGVX ngày 25/12/2025"
CULTURE_DAY = "Nghị quyết số 80-NQ/TW ngày 07/01/2026 (chờ sửa Bộ luật Lao động)"
# What the package does not know; it is released after such decisions are made.
CORRECTIONS = (
    (date(2026, 1, 2), DayKind.SWAP_OFF, "Ngày nghỉ (thay cho ngày 10/01/2026)", NEW_YEAR_2026),
    (date(2026, 1, 10), DayKind.SWAP_WORK, "Làm bù cho ngày 02/01/2026", NEW_YEAR_2026),
)


def load_calendar() -> int:
    """Add the days of 2021–2027 that are missing; those changed by hand stay. Says how many."""
    held = set(CalendarDay.objects.values_list("day", flat=True))
    rows = {row.day: row for row in (*_days(), *_corrections())}
    missing = [row for day, row in sorted(rows.items()) if day not in held]
    CalendarDay.objects.bulk_create(missing)
    return len(missing)


def _corrections() -> Iterator[CalendarDay]:
    for day, kind, name, basis in CORRECTIONS:
        yield CalendarDay(day=day, kind=kind, name=name, basis_document=basis)


def _days() -> Iterator[CalendarDay]:
    known = holidays.country_holidays("VN", years=YEARS, language="vi")
    for day, name in known.items():
        yield _day_off(day, name)
    swapped = {_swapped_for(name): day for day, name in known.items() if "thay cho" in name}
    for day in sorted(known.weekend_workdays):
        if day.year in YEARS:
            yield _working_saturday(day, swapped[day])


def _day_off(day: date, name: str) -> CalendarDay:
    is_swap = "thay cho" in name
    is_confirmed = day.year <= LAST_DECIDED_YEAR and "Văn hóa" not in name
    return CalendarDay(
        day=day,
        kind=DayKind.SWAP_OFF if is_swap else DayKind.HOLIDAY,
        name=name,
        basis_document=_basis(day, name),
        is_confirmed=is_confirmed,
    )


def _basis(day: date, name: str) -> str:
    if "thay cho" in name:
        return SWAP.format(year=day.year)
    if "Văn hóa" in name:
        return CULTURE_DAY
    return DAY_IN_LIEU if "nghỉ bù" in name else LABOUR_CODE


def _working_saturday(day: date, instead_of: date) -> CalendarDay:
    return CalendarDay(
        day=day,
        kind=DayKind.SWAP_WORK,
        name=f"Làm bù cho ngày {instead_of:%d/%m/%Y}",
        basis_document=SWAP.format(year=day.year),
    )


def _swapped_for(name: str) -> date:
    """The Saturday named in "Ngày nghỉ (thay cho ngày 04/05/2024)"."""
    day, month, year = name.rsplit(" ", 1)[1].rstrip(")").split("/")
    return date(int(year), int(month), int(day))
