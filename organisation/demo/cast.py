"""Who works where in the demo province. All people are invented, and their names say so."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from organisation.stages import Gender, OfficialKind, UnitKind

SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Tô "
    "Cao Đoàn Lương Thái Châu"
)
MIDDLES = (
    ("Văn", Gender.MALE),
    ("Thị", Gender.FEMALE),
    ("Hữu", Gender.MALE),
    ("Ngọc", Gender.FEMALE),
    ("Đức", Gender.MALE),
    ("Thanh", Gender.FEMALE),
)
GIVEN = ("Mẫu", "Ví Dụ", "Minh Họa", "Thí Dụ", "Giả Định", "Tham Khảo")
# sign-in prefix, post of the head, post of the deputy; by agency, else by kind
LEADERS = {
    "vpub": ("chanhvp", "chanh-van-phong", "pho-chanh-van-phong"),
    "ttt": ("chanhtt", "chanh-thanh-tra", "pho-chanh-thanh-tra"),
    "bdt": ("truongban", "truong-ban", "pho-truong-ban"),
    "bqlkcn": ("truongban", "truong-ban", "pho-truong-ban"),
    "tcdn": ("hieutruong", "hieu-truong", "pho-hieu-truong"),
    "phanrang": ("chutich", "chu-tich-ubnd-thanh-pho", "pho-chu-tich-ubnd-thanh-pho"),
    UnitKind.DEPARTMENT: ("giamdoc", "giam-doc-so", "pho-giam-doc-so"),
    UnitKind.DISTRICT: ("chutich", "chu-tich-ubnd-huyen", "pho-chu-tich-ubnd-huyen"),
    UnitKind.PUBLIC_SERVICE_UNIT: ("giamdoc", "giam-doc", "pho-giam-doc"),
    UnitKind.SPECIAL_ASSOCIATION: ("chutich", "chu-tich-hoi", "pho-chu-tich-hoi"),
    UnitKind.VERTICAL: ("thutruong", "thu-truong-co-quan", "pho-thu-truong-co-quan"),
    UnitKind.SUB_UNIT: ("truongphong", "truong-phong", "pho-truong-phong"),
}
STAFF = (
    ("daumoi", "dau-moi-co-quan"),
    ("vanthu", "van-thu"),
    ("canbo1", "chuyen-vien"),
    ("canbo2", "chuyen-vien"),
)
WITH_PARTY_CELL = {UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.PUBLIC_SERVICE_UNIT}
CADRES = {UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.PARTY, UnitKind.COUNCIL}
# sign-in name, name (empty: the next invented one), (post, agency) in order of weight
NAMED = (
    ("chutich", "", (("chu-tich-ubnd-tinh", "ubnd"),)),
    ("phochutich", "", (("pho-chu-tich-ubnd-tinh", "ubnd"),)),
    ("phochutich2", "", (("pho-chu-tich-ubnd-tinh", "ubnd"),)),
    (
        "theodoi.vpub",
        "",
        (("chuyen-vien-van-phong-ubnd", "vpub"), ("dau-moi-co-quan", "ubnd")),
    ),
    ("vanthu.ubnd", "", (("van-thu", "ubnd"),)),
    ("mau.nguyen", "Nguyễn Văn Mẫu", (("chuyen-vien", "stnmt"),)),
    ("vidu.tran", "Trần Thị Ví Dụ", (("chuyen-vien", "stnmt"),)),
    ("minhhoa.le", "Lê Văn Minh Họa", (("chuyen-vien", "ninhson"),)),
    ("lanhdao.snv", "", (("lanh-dao-theo-doi-noi-vu", "snv"),)),
    ("chuyenvien.snv", "", (("chuyen-vien-theo-doi-noi-vu", "snv"),)),
    ("chuyenvien2.snv", "", (("chuyen-vien-theo-doi-noi-vu", "snv"),)),
    ("thidua.snv", "", (("chuyen-vien-thi-dua", "snv"),)),
    ("thanhtra.ttt", "", (("thanh-tra-vien", "ttt"),)),
    ("thanhtra2.ttt", "", (("thanh-tra-vien", "ttt"),)),
    ("tuyentruyen.stttt", "", (("dau-moi-tuyen-truyen", "stttt"),)),
    ("tuyengiao.btgtu", "", (("dinh-huong-tuyen-truyen", "btgtu"),)),
    ("theodoi.btctu", "", (("theo-doi-bao-cao", "btctu"),)),
    ("theodoi.vptu", "", (("theo-doi-bao-cao", "vptu"),)),
    ("theodoi.ubkttu", "", (("theo-doi-bao-cao", "ubkttu"),)),
    ("theodoi.hdnd", "", (("theo-doi-bao-cao", "hdnd"),)),
    ("quantri", "", (("quan-tri-he-thong", "snv"),)),
    ("quantri2", "", (("quan-tri-he-thong", "stttt"),)),
)


@dataclass(frozen=True)
class Person:
    username: str
    full_name: str
    gender: str
    official_kind: str
    posts: tuple[tuple[str, str], ...]  # post, agency


def people(kinds: dict[str, str]) -> Iterator[Person]:
    """Everybody, always the same, for agencies given by code with their kinds."""
    given = {name for _, name, _ in NAMED if name}
    names = (row for row in _names() if row[0] not in given)
    for username, full_name, posts in NAMED:
        name, gender = next(names) if not full_name else (full_name, _gender(full_name))
        yield Person(username, name, gender, _official_kind(kinds[posts[0][1]]), posts)
    for code, kind in kinds.items():
        for prefix, post in _staff(code, kind):
            name, gender = next(names)
            posts = ((post, code),)
            yield Person(f"{prefix}.{code}", name, gender, _official_kind(kind), posts)


def _staff(code: str, kind: str) -> Iterator[tuple[str, str]]:
    leaders = LEADERS.get(code) or LEADERS.get(kind)
    if leaders is None:  # the province and the bodies of the Party have named people only
        return
    prefix, head, deputy = leaders
    yield prefix, head
    yield "pho", deputy
    if kind == UnitKind.SUB_UNIT:
        yield from STAFF[2:]
        return
    yield from STAFF
    if kind in WITH_PARTY_CELL:
        yield "capuy", "dau-moi-cap-uy"


def _names() -> Iterator[tuple[str, str]]:
    """Invented names, neighbours unlike each other."""
    names = product(GIVEN, MIDDLES, SURNAMES.split())
    for given, (middle, gender), surname in names:  # pragma: no branch (more than are needed)
        yield f"{surname} {middle} {given}", gender


def _gender(full_name: str) -> str:
    return Gender.FEMALE if " Thị " in full_name else Gender.MALE


def _official_kind(kind: str) -> str:
    if kind in CADRES:
        return OfficialKind.CADRE
    is_service = kind in {UnitKind.PUBLIC_SERVICE_UNIT, UnitKind.SPECIAL_ASSOCIATION}
    return OfficialKind.PUBLIC_EMPLOYEE if is_service else OfficialKind.CIVIL_SERVANT
