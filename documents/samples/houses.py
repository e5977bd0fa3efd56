"""The same sample as another agency would issue it: who signs must be of whoever writes."""

from typing import Any, cast

from documents.papers.description import Paper, Recipient
from documents.stages import SLIPS, PaperKind

OFFICE_NAME, COMMITTEE = "Sở Tài nguyên và Môi trường", "Ủy ban nhân dân tỉnh"
BRANCH = "Văn phòng Đăng ký đất đai tỉnh"
COUNCIL_NAME = "Hội đồng thẩm định"
OF_BLOCK = {
    **dict.fromkeys(("thu-truong", "kt", "q", "tl-kt"), "STNMT"),
    **dict.fromkeys(("chu-tich", "tm", "tm-kt", "tm-q", "tl", "tuq"), "UBND"),
    "hoi-dong": "HĐTĐ",
}
HEADS: dict[str, Any] = {
    "UBND": {
        "parent_lines": [],
        "agency_lines": ["Ủy ban nhân dân", "tỉnh Ninh Thuận"],
        "keeping": "VT, VXNV",
    },
    "STNMT": {
        "parent_lines": ["Ủy ban nhân dân tỉnh Ninh Thuận"],
        "agency_lines": [OFFICE_NAME],
        "keeping": "VT, VP",
    },
    "HĐTĐ": {
        "parent_lines": ["Ủy ban nhân dân tỉnh Ninh Thuận"],
        "agency_lines": ["Hội đồng thẩm định đề xuất đổi mới, sáng tạo"],
        "keeping": "VT, HĐTĐ",
    },
}
AUTHORITIES = {
    "UBND": "Chủ tịch Ủy ban nhân dân tỉnh Ninh Thuận",
    "STNMT": f"Giám đốc {OFFICE_NAME}",
    "HĐTĐ": "Hội đồng thẩm định đề xuất đổi mới, sáng tạo",
}
LAID_BEFORE = {
    "UBND": "Thường trực Tỉnh ủy",
    "STNMT": "Chủ tịch Ủy ban nhân dân tỉnh",
    "HĐTĐ": "Chủ tịch Ủy ban nhân dân tỉnh",
}
INSIDE = {"STNMT": "Giám đốc, các Phó Giám đốc Sở", "HĐTĐ": "Các thành viên Hội đồng"}
FEW = 3
COPIED: list[Recipient] = [
    {"text": "Ủy ban nhân dân tỉnh", "note": "b/c"},
    {
        "text": "Các Sở: Nội vụ, Tư pháp, Tài chính, Thông tin và Truyền thông",
        "note": "để phối hợp",
    },
    {"text": "Ủy ban nhân dân huyện Bác Ái"},
    {"text": "Giám đốc, các Phó Giám đốc Sở"},
]
BOUND = (
    "Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc các Sở: Tài nguyên và Môi trường, Nội vụ; Chủ "
    "tịch Ủy ban nhân dân huyện Bác Ái và Thủ trưởng các cơ quan, đơn vị có liên quan"
)
ASKED = f"Giám đốc {OFFICE_NAME} tại Tờ trình số 45/TTr-STNMT ngày 06 tháng 6 năm 2022"
SPEAKING = {  # where the department speaks of itself
    name: tuple((f"{OFFICE_NAME} {verb}", f"{name} {verb}") for verb in ("đã", "kính", "báo cáo"))
    for name in (COMMITTEE, COUNCIL_NAME)
}
DOWN = (  # from a paper of the province to one of a department; in this order
    (BOUND, "Chánh Văn phòng Sở, Trưởng các phòng, đơn vị thuộc Sở và các cá nhân có liên quan"),
    (ASKED, "Trưởng phòng Đất đai và Đo đạc bản đồ"),
    (OFFICE_NAME, BRANCH),
    ("đơn vị báo cáo Ủy ban nhân dân tỉnh", "đơn vị báo cáo Giám đốc Sở"),
    (COMMITTEE, OFFICE_NAME),
)
UP = (  # from a paper of a department to one of the province
    ("Phó Chủ tịch phụ trách khối", "Thứ trưởng phụ trách khối"),
    ("Chủ tịch Ủy ban nhân dân tỉnh", "Bộ trưởng Bộ Tài nguyên và Môi trường"),
    ("Ủy ban nhân dân tỉnh Ninh Thuận", "Bộ Tài nguyên và Môi trường"),
    ("Ủy ban nhân dân tỉnh", "Bộ Tài nguyên và Môi trường"),
    ("Giám đốc Sở Tài nguyên và Môi trường", "Chủ tịch Ủy ban nhân dân tỉnh"),
    *SPEAKING[COMMITTEE],
)
SWAPS = {
    ("UBND", "STNMT"): DOWN,
    ("UBND", "HĐTĐ"): (
        (f"{COMMITTEE} có", f"{COUNCIL_NAME} có"),
        (f"{COMMITTEE} thông", f"{COUNCIL_NAME} thông"),
    ),
    ("STNMT", "UBND"): UP,
    ("STNMT", "HĐTĐ"): SPEAKING[COUNCIL_NAME],
}


def issued_by(facts: Paper, block: str) -> Paper:
    """The paper with head, notation and words of the agency of this signature block."""
    own = "UBND" if not facts.get("parent_lines") else "STNMT"
    house = OF_BLOCK[block]
    said: Any = _swapped(facts, SWAPS.get((own, house), ()))
    kind = PaperKind(facts["kind"])
    said |= HEADS[house] | {"recipients": facts.get("recipients", [])}
    if notation := facts.get("notation"):
        field = "VXNV" if house == "UBND" else "VP"
        short = notation.partition("-")[0]
        is_letter = kind == PaperKind.OFFICIAL_LETTER
        said["notation"] = f"{house}-{field}" if is_letter else f"{short}-{house}"
    if kind in SLIPS:
        said["addressees"] = [LAID_BEFORE[house]]
    if kind == PaperKind.DECISION:
        said["authority"] = _authority(house, block)
    if house != "UBND" and any("VPUB" in one["text"] for one in said["recipients"]):
        is_long = len(said["recipients"]) > FEW
        said["recipients"] = COPIED if is_long else [{"text": INSIDE[house]}]
    if house != "UBND" and facts.get("agency_contact"):
        said["agency_contact"] = (
            "Đường 16 tháng 4, thành phố Phan Rang - Tháp Chàm, tỉnh Ninh Thuận"
        )
    return cast(Paper, said)


def _authority(house: str, block: str) -> str:
    if block.startswith("tm"):
        return "Ủy ban nhân dân tỉnh Ninh Thuận"
    return AUTHORITIES[house]


def _swapped(value: Any, swaps: tuple[tuple[str, str], ...]) -> Any:
    if isinstance(value, str):
        for old, new in swaps:
            value = value.replace(old, new)
        return value
    if isinstance(value, list):
        return [_swapped(one, swaps) for one in value]
    if isinstance(value, dict):
        return {key: _swapped(one, swaps) for key, one in value.items()}
    return value
