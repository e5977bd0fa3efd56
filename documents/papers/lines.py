"""Names and titles in lines of about the same length, as a typist breaks them."""

import re
from itertools import accumulate, pairwise
from typing import NamedTuple

from documents.fonts import width

POINTS_PER_MM = 72 / 25.4
LONGEST = 80  # words; longer texts fill their lines
TORN = 0.6  # of a line: as bad as lines that differ by so much
SURELY_NARROW = 12  # signs
TIED = frozenset(("số", "ngày", "điều", "khoản", "điểm", "năm", "tháng", "thứ"))
COMPOUNDS = (  # of the names of agencies and of titles; a line should not end within one
    "ủy ban, ban nhân, nhân dân, hội đồng, văn phòng, ninh thuận, khánh hòa, bác ái, nội vụ,"
    " tài nguyên, môi trường, thương binh, xã hội, lao động, tư pháp, tài chính, giáo dục, đào tạo,"
    " khoa học, công nghệ, thông tin, truyền thông, nông nghiệp, nông thôn, phát triển, quản lý,"
    " đầu tư, xây dựng, công trình, giao thông, vận tải, công thương, y tế, dân tộc, thanh tra,"
    " du lịch, thể thao, văn hóa, quyết định, phê duyệt, ban hành, kế hoạch, thí điểm, thực hiện,"
    " đại biểu, quốc hội, trong kỳ, triển khai, đề xuất, đổi mới, sáng tạo, kết quả,"
    " kết luận, bộ chính, chính trị, thành lập, thẩm định, đề nghị, khen thưởng,"
    " điều chỉnh, tạm dừng, chấm dứt"
)
LETTERS = {"ủy ban nhân dân": "UBND", "hội đồng nhân dân": "HĐND"}
SHORT = re.compile("|".join(LETTERS), re.IGNORECASE)
PAIRS = frozenset(COMPOUNDS.split(", "))


Split = tuple[float, list[int]]  # its cost, and how many words each line gets


class Column(NamedTuple):
    """Where lines stand: its width, the size of its bold letters, whether they are capitals."""

    room_mm: float
    size: float
    is_upper: bool = False

    @property
    def room(self) -> float:
        return self.room_mm * POINTS_PER_MM

    def width(self, text: str) -> float:
        return width(text.upper() if self.is_upper else text, self.size, "Bold")


AGENCY = Column(66, 13, is_upper=True)  # of the left column of 68 mm
ABOUT = Column(64, 12)
POST = Column(92, 14, is_upper=True)  # of the right column of 95 mm
TITLE, UPPER_TITLE = Column(150, 14), Column(150, 14, is_upper=True)


def name_lines(name: str) -> list[str]:
    """The name of an agency in as few lines as its column takes in capitals."""
    return balanced(name, AGENCY) or [""]


def shortened(name: str) -> str:
    """The name with the people's councils and committees by their letters, as everybody does."""
    return SHORT.sub(lambda found: LETTERS[found[0].lower()], name)


def about_lines(about: str) -> list[str]:
    """The "V/v …" of a letter in as few lines as its column takes."""
    return balanced(about, ABOUT)


def post_lines(post: str) -> list[str]:
    """A post above a signature in as few lines as its column takes."""
    return balanced(post, POST)


def title_lines(title: str, *, is_upper: bool = False) -> list[str]:
    """A title in as few lines as it takes in the middle of the page, in bold."""
    return balanced(title, UPPER_TITLE if is_upper else TITLE)


def taken(texts: list[str], room_mm: float, size: float) -> int:
    """How many lines these texts take in a column, about."""
    column = Column(room_mm, size)
    return sum(1 + int(column.width(text) / column.room) for text in texts)


def balanced(text: str, column: Column) -> list[str]:
    """As few lines as there must be, of about the same length, none wider than the column."""
    words = [piece for word in text.split() for piece in _pieces(word, column)]
    widths = [column.width(word) for word in words]
    space = column.width(" ")
    filled = _filled(widths, space, column.room)
    if len(filled) > 1 and len(words) <= LONGEST:
        fewest = len(filled)
        found = [_evenly(words, widths, space, (column.room, n)) for n in (fewest, fewest + 1)]
        filled = min(found)[1]
    ends = [0, *accumulate(filled)]
    return [" ".join(words[start:end]) for start, end in pairwise(ends)]


def _pieces(word: str, column: Column) -> list[str]:
    """The word, in pieces where it is wider than its column."""
    if len(word) < SURELY_NARROW or column.width(word) <= column.room:
        return [word]
    signs = max(1, int(len(word) * column.room / column.width(word) * 0.8))
    return [word[at : at + signs] for at in range(0, len(word), signs)]


def _filled(widths: list[float], space: float, room: float) -> list[int]:
    """How many words each line gets when each is filled up."""
    counts: list[int] = []
    used = 0.0
    for one in widths:
        if counts and used + space + one <= room:
            counts[-1] += 1
            used += space + one
        else:
            counts.append(1)
            used = one
    return counts


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


def _is_one_name(last: str, following: str) -> bool:
    """Two words with capitals in a text of small letters: "Bác Ái", "Sở Nội"."""
    return last.istitle() and following.istitle()


def _torn(words: list[str], end: int, target: float) -> float:
    """What it costs to end a line within what belongs together: "ngày / 22/9/2021"."""
    if end >= len(words):
        return 0.0
    last, following = words[end - 1].lower(), words[end].lower().rstrip(",;")
    is_torn = (
        last in TIED
        or following == "-"
        or f"{last} {following}" in PAIRS
        or _is_one_name(*[one for one in words[max(0, end - 2) : end + 1] if one != "-"][-2:])
        or last.startswith("“")
    )
    return (target * TORN) ** 2 if is_torn else 0.0
