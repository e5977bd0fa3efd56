"""The figures of Biểu 01 (quy-trinh.md §11): keys, words, and what they have to add up to.

Each proposal of a period is in exactly one state at the cut-off, so that all states together are
what was there at the start and what came since.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Figure(NamedTuple):
    key: str
    label: str
    is_part: bool = False  # of the figure above it


STATES = (
    Figure("reviewing", "Đang xem xét"),
    Figure("escalated", "Chuyển cấp trên"),
    Figure("allowed", "Đã thông qua, chưa bắt đầu"),
    Figure("running", "Đang thực hiện"),
    Figure("adjusting", "Điều chỉnh"),
    Figure("suspended", "Tạm dừng"),
    Figure("terminated", "Chấm dứt"),
    Figure("awaiting", "Chờ đánh giá"),
    Figure("completed", "Hoàn thành"),
    Figure("partially_completed", "Hoàn thành một phần"),
    Figure("not_completed", "Không hoàn thành"),
    Figure("refused", "Không chấp thuận"),
    Figure("withdrawn", "Đã rút"),
    Figure("redirected", "Chuyển quy trình xây dựng văn bản"),
)
CAME = (
    Figure("opening", "Tồn đầu kỳ"),
    Figure("received", "Nhận trong kỳ"),
    Figure("received_nd73", "Theo Nghị định 73/2023/NĐ-CP", is_part=True),
    Figure("received_policy", "Theo Kết luận 14-KL/TW", is_part=True),
    Figure("reopened", "Xem xét lại", is_part=True),
)
DECIDED = (
    Figure("approved_implement", "Thông qua trong kỳ: cho thực hiện"),
    Figure("approved_pilot", "Thông qua trong kỳ: cho thí điểm"),
    Figure("overridden", "Người đứng đầu tự quyết trong kỳ"),
    Figure("overdue", "Quá hạn xem xét lúc chốt"),
)
COUNTED = (*CAME, *STATES, *DECIDED)
LABELS = {one.key: one.label for one in COUNTED}
BUDGET = "budget"
BUDGET_LABEL = "Kinh phí của đề xuất được thông qua trong kỳ (đồng)"
Numbers = Mapping[str, int]


def total_of_states(numbers: Numbers) -> int:
    return sum(numbers.get(one.key, 0) for one in STATES)


def came(numbers: Numbers) -> int:
    """What has to be found again in the states."""
    return numbers.get("opening", 0) + numbers.get("received", 0)


def matches(numbers: Numbers) -> bool:
    """The rule of quy-trinh.md §11: all states are what was there and what came."""
    return total_of_states(numbers) == came(numbers)


def added(many: Iterable[Numbers]) -> dict[str, int]:
    """The figures of several reports together."""
    keys = [*LABELS, BUDGET]
    rows = list(many)
    return {key: sum(row.get(key, 0) for row in rows) for key in keys}
