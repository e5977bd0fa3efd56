"""The laws that papers and rules name stand in documents/laws.toml, as their sources say."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from documents.laws import FILE, grounds

ROOT = FILE.parents[1]
ROOMS = ("documents", "proposals", "pilots", "accountability", "reporting", "deadlines")
LAWS = {law["number"]: law for law in tomllib.loads(FILE.read_text(encoding="utf-8"))["law"]}
NUMBER = re.compile(r"\b(\d+/\d{4}/(?:NĐ-CP|QH\d+|QĐ-UBND|QĐ-TTg)|\d+-(?:KL|NQ)/TW)\b")
DATED = re.compile(
    r"(?:Luật [^\"\n;.]*?|(?:Nghị định|Kết luận|Quyết định) số (?P<number>\d\S+?))"
    r" ngày \d\d? tháng \d\d? năm \d{4}"
)
# Number: day, force, end, words of the title; by hand from the specification (domain/) and from
# the pages that the file names. None: no source.
TOLD = {
    "77/2015/QH13": (
        "19 tháng 6 năm 2015",
        date(2016, 1, 1),
        None,
        "Tổ chức chính quyền địa phương",
    ),
    "47/2019/QH14": (
        "22 tháng 11 năm 2019",
        date(2020, 7, 1),
        None,
        "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền "
        "địa phương",
    ),
    "65/2025/QH15": (None, None, date(2025, 6, 16), "Tổ chức chính quyền địa phương"),
    "72/2025/QH15": (
        "16 tháng 6 năm 2025",
        date(2025, 6, 16),
        "",
        "Tổ chức chính quyền địa phương",
    ),
    "14-KL/TW": (  # cong-van-goc.txt
        "22 tháng 9 năm 2021",
        date(2021, 9, 22),
        "",
        "của Bộ Chính trị về chủ trương khuyến khích và bảo vệ cán bộ năng động, sáng tạo vì lợi "
        "ích chung",
    ),
    "73/2023/NĐ-CP": (  # quy-trinh.md §1: in force on the day it was signed
        "29 tháng 9 năm 2023",
        date(2023, 9, 29),
        "",
        "của Chính phủ quy định về khuyến khích, bảo vệ cán bộ năng động, sáng tạo, dám nghĩ, dám "
        "làm, dám chịu trách nhiệm vì lợi ích chung",
    ),
    "15/2003/QH11": (
        "26 tháng 11 năm 2003",
        date(2004, 7, 1),
        date(2024, 1, 1),
        "Thi đua, khen thưởng",
    ),
    "47/2005/QH11": (
        "14 tháng 6 năm 2005",
        date(2005, 6, 27),
        date(2024, 1, 1),
        "sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng",
    ),
    "39/2013/QH13": (
        "16 tháng 11 năm 2013",
        date(2014, 6, 1),
        date(2024, 1, 1),
        "sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng",
    ),
    "06/2022/QH15": ("15 tháng 6 năm 2022", date(2024, 1, 1), "", "Thi đua, khen thưởng"),
    "30/2020/NĐ-CP": (
        "05 tháng 3 năm 2020",
        date(2020, 3, 5),
        "",
        "của Chính phủ về công tác văn thư",
    ),
    "09/2019/NĐ-CP": (
        "24 tháng 01 năm 2019",
        date(2019, 3, 12),
        "",
        "của Chính phủ quy định về chế độ báo cáo của cơ quan hành chính nhà nước",
    ),
    "53/2019/QĐ-UBND": (  # quy-trinh.md §11
        "28 tháng 8 năm 2019",
        None,
        "",
        "của Ủy ban nhân dân tỉnh Ninh Thuận quy định chế độ báo cáo định kỳ",
    ),
    "80-NQ/TW": (  # to-chuc.md §5
        "07 tháng 01 năm 2026",
        date(2026, 1, 7),
        "",
        "của Bộ Chính trị về phát triển văn hóa Việt Nam",
    ),
}


@pytest.mark.parametrize("number", list(TOLD))
def test_a_law_says_what_its_source_says(number):
    day, since, until, title = TOLD[number]
    law = LAWS[number]

    assert law["source"]
    assert day is None or f" ngày {day}" in law["text"]
    assert title in law["text"]
    assert since is None or law["valid_from"] == since
    assert until is None or law.get("valid_to", "") == until
    assert (None in (day, since, until)) == ("unverified" in law)


def test_every_law_is_held_against_a_source():
    assert set(LAWS) == set(TOLD)


def texts():
    """The Python of the rooms and what papers are drawn from, long texts put together again."""
    for room in ROOMS:
        for path in sorted(Path(ROOT, room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, re.sub(r"[\"']\s*\n\s*f?[\"']", "", path.read_text(encoding="utf-8"))


def test_every_law_that_is_named_is_in_the_file():
    named = {(number, path.name) for path, text in texts() for number in NUMBER.findall(text)}

    assert len(named) > 20
    assert {one for one in named if one[0] not in LAWS} == set()


def test_every_law_that_is_cited_with_its_day_is_cited_as_it_stands():
    cited = [
        (found[0].replace("Căn cứ ", ""), path.name)
        for path, text in texts()
        for found in DATED.finditer(text)
        if found["number"] is None or NUMBER.fullmatch(found["number"])
    ]
    known = [law["text"] for law in LAWS.values()]

    assert len(cited) > 5
    assert [one for one in cited if not any(text.startswith(one[0]) for text in known)] == []


@pytest.mark.parametrize(
    ("day", "purposes", "numbers"),
    [
        (date(2020, 6, 30), ("authority",), ["77/2015/QH13"]),
        (date(2022, 6, 8), ("authority", "policy"), ["77/2015/QH13", "47/2019/QH14", "14-KL/TW"]),
        (date(2023, 9, 28), ("decree",), []),
        (date(2023, 9, 29), ("decree",), ["73/2023/NĐ-CP"]),
        (date(2023, 12, 31), ("praise",), ["15/2003/QH11", "47/2005/QH11", "39/2013/QH13"]),
        (date(2024, 1, 1), ("praise",), ["06/2022/QH15"]),
        (date(2025, 6, 16), ("authority",), ["72/2025/QH15"]),
        (date(2026, 11, 24), ("authority", "decree"), ["72/2025/QH15", "73/2023/NĐ-CP"]),
    ],
)
def test_a_paper_rests_on_the_laws_of_its_day(day, purposes, numbers):
    assert grounds(day, *purposes) == [f"Căn cứ {LAWS[number]['text']}" for number in numbers]
