"""The list of posts a new portal starts with; an administrator's import may add to it."""

from organisation.models import Position
from organisation.stages import Role

HEAD, DEPUTY = Role.AGENCY_HEAD, Role.DEPUTY_HEAD
# code, title, role, whether it is a leading post, rank
POSITIONS: tuple[tuple[str, str, Role, bool, int], ...] = (
    ("chu-tich-ubnd-tinh", "Chủ tịch UBND tỉnh", HEAD, True, 10),
    ("pho-chu-tich-ubnd-tinh", "Phó Chủ tịch UBND tỉnh", DEPUTY, True, 20),
    ("giam-doc-so", "Giám đốc Sở", HEAD, True, 30),
    ("pho-giam-doc-so", "Phó Giám đốc Sở", DEPUTY, True, 40),
    ("chanh-van-phong", "Chánh Văn phòng", HEAD, True, 30),
    ("pho-chanh-van-phong", "Phó Chánh Văn phòng", DEPUTY, True, 40),
    ("chanh-thanh-tra", "Chánh Thanh tra tỉnh", HEAD, True, 30),
    ("pho-chanh-thanh-tra", "Phó Chánh Thanh tra tỉnh", DEPUTY, True, 40),
    ("truong-ban", "Trưởng ban", HEAD, True, 30),
    ("pho-truong-ban", "Phó Trưởng ban", DEPUTY, True, 40),
    ("chu-tich-ubnd-huyen", "Chủ tịch UBND huyện", HEAD, True, 30),
    ("pho-chu-tich-ubnd-huyen", "Phó Chủ tịch UBND huyện", DEPUTY, True, 40),
    ("chu-tich-ubnd-thanh-pho", "Chủ tịch UBND thành phố", HEAD, True, 30),
    ("pho-chu-tich-ubnd-thanh-pho", "Phó Chủ tịch UBND thành phố", DEPUTY, True, 40),
    ("giam-doc", "Giám đốc", HEAD, True, 30),
    ("pho-giam-doc", "Phó Giám đốc", DEPUTY, True, 40),
    ("hieu-truong", "Hiệu trưởng", HEAD, True, 30),
    ("pho-hieu-truong", "Phó Hiệu trưởng", DEPUTY, True, 40),
    ("chu-tich-hoi", "Chủ tịch Hội", HEAD, True, 30),
    ("pho-chu-tich-hoi", "Phó Chủ tịch Hội", DEPUTY, True, 40),
    ("thu-truong-co-quan", "Thủ trưởng cơ quan", HEAD, True, 30),
    ("pho-thu-truong-co-quan", "Phó Thủ trưởng cơ quan", DEPUTY, True, 40),
    ("truong-phong", "Trưởng phòng", HEAD, True, 50),
    ("pho-truong-phong", "Phó Trưởng phòng", DEPUTY, True, 60),
    ("dau-moi-co-quan", "Chuyên viên đầu mối", Role.AGENCY_FOCAL, False, 70),
    ("van-thu", "Văn thư", Role.CLERK, False, 80),
    ("chuyen-vien", "Chuyên viên", Role.PROPOSER, False, 90),
    ("vien-chuc", "Viên chức", Role.PROPOSER, False, 90),
    ("dau-moi-cap-uy", "Đầu mối cấp ủy", Role.PARTY_LIAISON, False, 70),
    ("lanh-dao-theo-doi-noi-vu", "Phó Giám đốc Sở Nội vụ", Role.HOME_AFFAIRS_LEAD, True, 45),
    (
        "chuyen-vien-theo-doi-noi-vu",
        "Chuyên viên theo dõi đề xuất",
        Role.HOME_AFFAIRS_OFFICER,
        False,
        70,
    ),
    (
        "chuyen-vien-van-phong-ubnd",
        "Chuyên viên Văn phòng UBND tỉnh",
        Role.PROVINCIAL_OFFICE,
        False,
        70,
    ),
    ("dau-moi-tuyen-truyen", "Chuyên viên tuyên truyền", Role.COMMUNICATIONS_LEAD, False, 70),
    (
        "dinh-huong-tuyen-truyen",
        "Chuyên viên định hướng tuyên truyền",
        Role.PROPAGANDA_REVIEWER,
        False,
        70,
    ),
    ("thanh-tra-vien", "Thanh tra viên", Role.INSPECTOR, False, 70),
    (
        "chuyen-vien-thi-dua",
        "Chuyên viên thi đua, khen thưởng",
        Role.COMMENDATION_OFFICER,
        False,
        70,
    ),
    ("theo-doi-bao-cao", "Chuyên viên theo dõi báo cáo", Role.OBSERVER, False, 90),
    ("quan-tri-he-thong", "Quản trị hệ thống", Role.ADMIN, False, 95),
)


def load_positions() -> dict[str, Position]:
    """The posts by code; those that are missing are added, those changed by hand stay."""
    Position.objects.bulk_create(
        [
            Position(code=code, title=title, role=role, is_managerial=managerial, rank=rank)
            for code, title, role, managerial, rank in POSITIONS
        ],
        ignore_conflicts=True,
    )
    return Position.objects.in_bulk(field_name="code")
