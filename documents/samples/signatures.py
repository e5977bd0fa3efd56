"""Every signature block of van-ban-nd30.md §5, with made-up names."""

from documents.papers.description import Signature


def _signed(name: str, *lines: str, other_post: str = "") -> Signature:
    return Signature(lines=list(lines), name=name, other_post=other_post)


SIGNATURES: dict[str, Signature] = {
    "thu-truong": _signed("Phạm Thị Mẫu", "GIÁM ĐỐC"),
    "chu-tich": _signed("Trần Văn Mẫu", "CHỦ TỊCH"),
    "tm": _signed("Trần Văn Mẫu", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    "tm-kt": _signed("Lê Thị Mẫu", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "tm-q": _signed("Lê Thị Mẫu", "TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"),
    "kt": _signed("Vũ Văn Mẫu", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    "q": _signed("Vũ Văn Mẫu", "Q. GIÁM ĐỐC"),
    "tl": _signed("Hồ Thị Mẫu", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    "tl-kt": _signed("Đỗ Văn Mẫu", "TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    "tuq": _signed("Nguyễn Thị Mẫu", "TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"),
    "hoi-dong": _signed(
        "Lê Thị Mẫu",
        "TM. HỘI ĐỒNG",
        "CHỦ TỊCH",
        other_post="PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
    ),
}
