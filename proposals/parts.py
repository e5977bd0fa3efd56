"""What each of the six parts asks, and which answers are missing before a proposal can be sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from proposals.stages import BottleneckKind, Part

NO_INDICATOR = "Nhập ít nhất một chỉ tiêu có số ban đầu và mục tiêu."
NO_STATEMENT = 'Khai rõ quan hệ lợi ích, hoặc chọn "Không có".'
NOT_COMMITTED = "Đánh dấu cam kết trước khi gửi."
COMMITMENT = (
    "Tôi cam kết đề xuất xuất phát từ động cơ trong sáng, vì lợi ích chung; không trái với "
    "Hiến pháp, Điều lệ Đảng và pháp luật của Nhà nước."
)
HALF_INDICATOR = "Nhập đủ tên, đơn vị, số ban đầu và mục tiêu của từng chỉ tiêu."
INDICATORS = "indicators"
INDICATOR = ("name", "unit", "baseline", "target")
ON_PROPOSAL = ("title", "field", "requested_form")


@dataclass(frozen=True)
class Question:
    """One question of the form. `missing` is what to say when it must be answered and is not."""

    name: str
    label: str
    missing: str = ""


@dataclass(frozen=True)
class Missing:
    """An answer that is not there yet: in which part, at which field, and what to do."""

    part: Part
    name: str
    message: str


Q = Question
BRIEF = "Nói ngắn gọn"
QUESTIONS: dict[Part, tuple[Question, ...]] = {
    Part.BASICS: (
        Q("title", "Tên đề xuất", "Nhập tên đề xuất."),
        Q("field", "Lĩnh vực", "Chọn lĩnh vực."),
        Q("requested_form", "Hình thức đề nghị", "Chọn hình thức đề nghị."),
        Q("starts_on", "Dự kiến bắt đầu", "Nhập ngày dự kiến bắt đầu."),
    ),
    Part.PROBLEM: (
        Q("problem_brief", BRIEF),
        Q("problem", "Vấn đề cần giải quyết", "Nhập vấn đề cần giải quyết."),
        Q("figures", "Số liệu"),
        Q("bottleneck_kind", "Loại điểm nghẽn", "Chọn loại điểm nghẽn."),
        Q("bottleneck_brief", BRIEF),
        Q("bottleneck", "Vướng ở quy định nào", "Nhập quy định đang vướng."),
    ),
    Part.SOLUTION: (
        Q("solution_brief", BRIEF),
        Q("solution", "Giải pháp", "Nhập giải pháp."),
        Q("difference", "Khác gì cách làm hiện nay", "Nhập điểm khác cách làm hiện nay."),
        Q("scope", "Phạm vi", "Nhập phạm vi."),
        Q(
            "duration_months",
            "Thời gian thực hiện (tháng)",
            "Nhập thời gian thực hiện.",
        ),
    ),
    Part.BENEFIT: (
        Q("benefit_brief", BRIEF),
        Q("common_good", "Lợi ích chung", "Nhập lợi ích chung."),
        Q("beneficiaries", "Ai được lợi", "Nhập ai được lợi."),
        Q(INDICATORS, "Chỉ tiêu", NO_INDICATOR),
    ),
    Part.RESOURCES: (
        Q("budget", "Kinh phí (đồng)"),
        Q("staffing", "Nhân lực, thiết bị"),
        Q("partner_units", "Cơ quan phối hợp"),
        Q("risk_brief", BRIEF),
        Q("risks", "Rủi ro", "Nhập rủi ro."),
        Q("stop_plan", "Phương án dừng", "Nhập phương án dừng."),
    ),
    Part.COMMITMENT: (
        Q("has_conflict", "Xung đột lợi ích", NO_STATEMENT),
        Q("conflict_statement", "Quan hệ lợi ích"),
        Q("is_committed", "Cam kết", NOT_COMMITTED),
    ),
}
LABELS = {question.name: question.label for part in Part for question in QUESTIONS[part]}

# The long answer whose first words stand in for a short one that was left empty.
BRIEFS = {
    "problem_brief": "problem",
    "bottleneck_brief": "bottleneck",
    "solution_brief": "solution",
    "benefit_brief": "common_good",
    "risk_brief": "risks",
}
BRIEF_WORDS = 60


def names(part: str) -> list[str]:
    return [question.name for question in QUESTIONS[Part(part)]]


def is_needed(name: str) -> bool:
    """Whether the form asks for an answer before sending, whatever else is answered."""
    return any(q.name == name and q.missing for part in Part for q in QUESTIONS[part])


def missing(part: str, answers: Mapping[str, Any]) -> list[Missing]:
    """What the part still needs, in the order of its questions."""
    return list(_missing(Part(part), answers))


def first_words(text: str) -> str:
    """What a short answer says when it was left empty."""
    said = text.split()
    return " ".join(said[:BRIEF_WORDS]) + ("…" if len(said) > BRIEF_WORDS else "")


def next_part(part: str) -> Part | None:
    """The part that follows; None after the last."""
    order = list(Part)
    place = order.index(Part(part)) + 1
    return order[place] if place < len(order) else None


def is_whole(row: Mapping[str, Any]) -> bool:
    """Whether an indicator has its name, unit, baseline and target."""
    return all(row[name] not in (None, "") for name in INDICATOR)


def _missing(part: Part, answers: Mapping[str, Any]) -> Iterator[Missing]:
    for question in QUESTIONS[part]:
        is_empty = answers.get(question.name) in (None, "", 0, [])
        if question.missing and is_empty and not _is_excused(question, answers):
            yield Missing(part, question.name, question.missing)
    if not all(is_whole(row) for row in answers.get(INDICATORS) or [] if part == Part.BENEFIT):
        yield Missing(part, INDICATORS, HALF_INDICATOR)
    is_unsaid = answers.get("has_conflict") and not answers.get("conflict_statement")
    if part == Part.COMMITMENT and is_unsaid:
        yield Missing(part, "conflict_statement", NO_STATEMENT)


def _is_excused(question: Question, answers: Mapping[str, Any]) -> bool:
    """No conflict is an answer; and who does not know the regulation asks the legal officers."""
    if question.name == "has_conflict":
        return answers.get("has_conflict") is False
    asks_for_help = answers.get("bottleneck_kind") == BottleneckKind.UNKNOWN
    return question.name == "bottleneck" and asks_for_help
