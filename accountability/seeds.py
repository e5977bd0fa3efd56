"""What the province starts with: the decision table, and the forms of encouragement with their law.

Both are data with validity; what was changed by hand stays.
"""

from datetime import date
from typing import NamedTuple

from accountability.models import IncentiveType, OutcomeRule
from accountability.outcomes import ORDER, ROWS
from accountability.stages import Authority, IncentiveNature

DECREE_73 = date(2023, 9, 29)
KL14 = "Điểm 7 Kết luận 14-KL/TW"
ND73 = "Điều 10 Nghị định 73/2023/NĐ-CP"
LAW = "Luật Thi đua, khen thưởng"


class Incentive(NamedTuple):
    """One dated form of encouragement (quy-trinh.md §7)."""

    code: str
    label: str
    nature: str
    authority: str
    legal_ground: str
    valid_from: date
    for_teams: bool = True
    order_number: int = 0


N, A = IncentiveNature, Authority
INCENTIVES = (
    Incentive("bieu-duong", "Biểu dương trước tập thể", N.PRAISE, A.HEAD, KL14, ORDER, True, 1),
    Incentive("giay-khen", "Giấy khen", N.REWARD, A.HEAD, LAW, ORDER, True, 2),
    Incentive("bang-khen", "Bằng khen", N.REWARD, A.PROVINCE, LAW, ORDER, True, 3),
    Incentive(
        "nang-luong",
        "Nâng bậc lương trước thời hạn 12 tháng",
        N.SALARY,
        A.HEAD,
        ND73,
        DECREE_73,
        False,
        4,
    ),
    Incentive("uu-tien", "Ưu tiên bố trí, sử dụng", N.PLACEMENT, A.HEAD, KL14, ORDER, False, 5),
)
KEY = ("track", "result", "has_damage", "all_met", "outcome", "valid_from")


def seed_outcome_rules() -> int:
    """Bring in each row of the decision table that is missing; answers how many came."""
    held = set(OutcomeRule.objects.values_list(*KEY))
    missing = [row for row in ROWS if tuple(getattr(row, name) for name in KEY) not in held]
    OutcomeRule.objects.bulk_create(OutcomeRule(**row._asdict()) for row in missing)
    return len(missing)


def seed_incentives() -> int:
    """Bring in each form of encouragement that is missing; answers how many came."""
    held = set(IncentiveType.objects.values_list("code", "valid_from"))
    missing = [row for row in INCENTIVES if (row.code, row.valid_from) not in held]
    IncentiveType.objects.bulk_create(IncentiveType(**row._asdict()) for row in missing)
    return len(missing)


def seed_accountability() -> int:
    return seed_outcome_rules() + seed_incentives()
