"""What a portal starts with: fields of work, and which steps a review needs by track.

quy-trinh.md §3.1, §5. The province changes both as data.
"""

from datetime import date
from typing import NamedTuple

from proposals.models import Field, ReviewRule
from proposals.stages import StepKind, Track

ORDER = date(2021, 10, 20)  # the province's order takes effect
DECREE_73 = date(2023, 9, 29)
ND73 = "Nghị định 73/2023/NĐ-CP"
OWN = "Quy định của dự án, chờ tỉnh ban hành"
LARGE = 5_000_000_000  # đồng: beyond this a council looks at it, until the province says otherwise


FIELDS = (
    "Cải cách thủ tục hành chính",
    "Chuyển đổi số, công nghệ thông tin",
    "Tổ chức bộ máy, cán bộ, công chức",
    "Tài chính, ngân sách, tài sản công",
    "Đầu tư, doanh nghiệp, công thương",
    "Xây dựng, giao thông, đô thị",
    "Tài nguyên, môi trường, đất đai",
    "Nông nghiệp, phát triển nông thôn",
    "Giáo dục, đào tạo",
    "Y tế, chăm sóc sức khỏe",
    "Lao động, người có công, an sinh xã hội",
    "Văn hóa, thể thao, du lịch",
    "Khoa học, công nghệ",
    "Tư pháp, pháp chế",
    "Lĩnh vực khác",
)


class Seed(NamedTuple):
    """One dated rule: a step that reviews of a track need from a budget on."""

    kind: str
    track: str
    legal_ground: str
    valid_from: date
    budget_from: int = 0
    seats_from: int | None = None
    seats_to: int | None = None


RULES = (
    Seed(StepKind.LEGAL_CHECK, Track.POLICY, OWN, ORDER),
    Seed(StepKind.LEGAL_CHECK, Track.ND73, f"Điều 4 và Điều 5 {ND73}", DECREE_73),
    Seed(StepKind.PARTY_OPINION, Track.ND73, f"Điều 4 {ND73}", DECREE_73),
    Seed(StepKind.COLLECTIVE_VOTE, Track.ND73, f"Khoản 1 Điều 8 {ND73}", DECREE_73),
    Seed(
        StepKind.APPRAISAL_COUNCIL,
        Track.ND73,
        f"Khoản 2 Điều 8 {ND73}; số thành viên theo dự thảo",
        DECREE_73,
        budget_from=LARGE,
        seats_from=5,
        seats_to=9,
    ),
)


def seed_review_rules() -> int:
    """Bring in each rule that is missing; what was changed by hand stays. Answers how many came."""
    held = set(ReviewRule.objects.values_list("kind", "track", "valid_from"))
    missing = [seed for seed in RULES if (seed.kind, seed.track, seed.valid_from) not in held]
    ReviewRule.objects.bulk_create(ReviewRule(**seed._asdict()) for seed in missing)
    return len(missing)


def seed_fields() -> int:
    """Bring in each field of work that is missing. Answers how many came."""
    held = set(Field.objects.values_list("name", flat=True))
    missing = [
        Field(name=name, order_number=number)
        for number, name in enumerate(FIELDS, start=1)
        if name not in held
    ]
    return len(Field.objects.bulk_create(missing))
