"""Names and titles in lines of about the same length, as a typist breaks them."""

import re
from itertools import pairwise

from documents.fonts import width

POINTS_PER_MM = 72 / 25.4
AGENCY_MM = 66  # of the left column of 68
TITLE_MM = 150
ABOUT_MM = 64
POST_MM = 92
LONGEST = 80  # words; what is longer is left to flow
TIED = frozenset(("số", "ngày", "điều", "khoản", "điểm", "năm", "tháng", "thứ"))
COMPOUNDS = (  # of the names of agencies and of titles; a line should not end within one
    "ủy ban, nhân dân, hội đồng, văn phòng, ninh thuận, khánh hòa, bác ái, nội vụ, tài nguyên,"
    " môi trường, thương binh, xã hội, lao động, tư pháp, tài chính, giáo dục, đào tạo, khoa học,"
    " công nghệ, thông tin, truyền thông, nông nghiệp, nông thôn, phát triển, quản lý, đầu tư,"
    " xây dựng, công trình, giao thông, vận tải, công thương, y tế, dân tộc, thanh tra, du lịch,"
    " thể thao, văn hóa, quyết định, phê duyệt, ban hành, kế hoạch, thí điểm, thực hiện,"
    " triển khai, đề xuất, đổi mới, sáng tạo, kết quả, kết luận, bộ chính, chính trị, thành lập,"
    " thẩm định, đề nghị, khen thưởng, điều chỉnh, tạm dừng, chấm dứt"
)
LETTERS = {"ủy ban nhân dân": "UBND", "hội đồng nhân dân": "HĐND"}
SHORT = re.compile("|".join(LETTERS), re.IGNORECASE)
PAIRS = frozenset(COMPOUNDS.split(", "))


Split = tuple[float, list[int]]  # its cost, and how many words each line gets


def name_lines(name: str) -> list[str]:
    """The name of an agency in as few lines as its column takes in capitals."""
    words = name.split()
    broken = balanced(words, AGENCY_MM, size=13, is_upper=True)
    return _as_counted(words, broken) or [""]


def shortened(name: str) -> str:
    """The name with the people's councils and committees by their letters, as everybody does."""
    return SHORT.sub(lambda found: LETTERS[found[0].lower()], name)


def about_lines(about: str) -> list[str]:
    """The "V/v …" of a letter in as few lines as its column takes."""
    words = about.split()
    return _as_counted(words, balanced(words, ABOUT_MM, size=12))


def post_lines(post: str) -> list[str]:
    """A post above a signature in as few lines as its column takes."""
    words = post.split()
    return _as_counted(words, balanced(words, POST_MM, size=14))


def title_lines(title: str, *, is_upper: bool = False) -> list[str]:
    """A title in as few lines as it takes in the middle of the page, in bold."""
    words = title.split()
    return _as_counted(words, balanced(words, TITLE_MM, size=14, is_upper=is_upper))


def balanced(words: list[str], room_mm: float, *, size: float, is_upper: bool = False) -> list[int]:
    """How many words each line gets: as few lines as there must be, of about the same length."""
    if len(words) > LONGEST:
        return [len(words)]
    widths = [width(word.upper() if is_upper else word, size, "Bold") for word in words]
    space, room = width(" ", size, "Bold"), room_mm * POINTS_PER_MM
    fewest = _fewest(widths, space, room)
    if fewest == 1:
        return [len(words)]
    found = [_evenly(words, widths, space, (room, number)) for number in (fewest, fewest + 1)]
    return min(found)[1]


def _as_counted(words: list[str], counts: list[int]) -> list[str]:
    ends = [sum(counts[:place]) for place in range(len(counts) + 1)]
    return [" ".join(words[start:end]) for start, end in pairwise(ends) if start < end]


def _fewest(widths: list[float], space: float, room: float) -> int:
    lines, used = 1, 0.0
    for one in widths:
        if used and used + space + one > room:
            lines, used = lines + 1, one
        else:
            used += (space if used else 0) + one
    return lines


def _evenly(words: list[str], widths: list[float], space: float, goal: tuple[float, int]) -> Split:
    """The split into so many lines whose lengths stray least from one another, and its cost."""
    room, number = goal
    target = (sum(widths) + space * len(words)) / number
    costs: list[dict[int, Split]] = [{0: (number * (room / 4) ** 2, [])}]
    for _ in range(number):
        reached: dict[int, Split] = {}
        for start, (cost, counts) in costs[-1].items():
            for end, length in _line_ends(widths, space, start, room):
                strays = cost + (length - target) ** 2 + _torn(words, end, target)
                if end not in reached or strays < reached[end][0]:
                    reached[end] = strays, [*counts, end - start]
        costs.append(reached)
    return costs[-1].get(len(words), (float("inf"), [len(words)]))


def _line_ends(
    widths: list[float], space: float, start: int, room: float
) -> list[tuple[int, float]]:
    found, used = [], -space
    for end in range(start + 1, len(widths) + 1):
        used += space + widths[end - 1]
        if used > room and end > start + 1:
            break
        found.append((end, used))
    return found


def _torn(words: list[str], end: int, target: float) -> float:
    """What it costs to end a line within what belongs together: "ngày / 22/9/2021"."""
    if end >= len(words):
        return 0.0
    last, following = words[end - 1].lower(), words[end].lower().rstrip(",;")
    is_torn = last in TIED or following == "-" or f"{last} {following}" in PAIRS
    return (target / 2) ** 2 if is_torn else 0.0
