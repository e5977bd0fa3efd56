"""The plan of a pilot as it goes with the decision that approves it (NĐ 30/2020, mẫu 1.3)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from documents.letterheads import opening
from documents.papers.blocks import clause, heading, paragraph, sentence, table
from documents.papers.description import Block
from organisation.templatetags.portal import vn_money, vn_number

Answers = Mapping[str, Any]
NECESSITY = (
    ("Vấn đề cần giải quyết", ("problem", "figures")),
    ("Quy định còn vướng", ("bottleneck",)),
    ("Mục đích, lợi ích chung", ("common_good",)),
)
CONTENT = (
    ("Giải pháp", ("solution",)),
    ("Điểm khác cách làm hiện nay", ("difference",)),
)
EFFECT = (
    ("Đối tượng hưởng lợi", ("beneficiaries",)),
    ("Rủi ro và cách xử lý", ("risks",)),
    ("Phương án dừng", ("stop_plan",)),
)
FIGURES = ("baseline", "target")
COLUMNS = [
    ("TT", 1, "center"),
    ("Chỉ tiêu", 6, "left"),
    ("Đơn vị tính", 2, "center"),
    ("Ban đầu", 2, "right"),
    ("Mục tiêu", 2, "right"),
]


def plan_of(answers: Answers, title: str, tasks: list[Block], *, period: str, scope: str) -> Any:
    """The three parts that the decree asks of a plan, out of the frozen version, and the tasks."""
    settled = [
        clause(text, title="Phạm vi, thời gian") for text in (_settled(period, scope),) if text
    ]
    return {
        "type_name": "Kế hoạch",
        "title": f"Thực hiện thí điểm đề xuất “{title}”",
        "body": [
            heading("Sự cần thiết, mục đích, yêu cầu", *told(NECESSITY, answers)),
            heading(
                "Nội dung, nhiệm vụ, giải pháp",
                *told(CONTENT, answers),
                *settled,
                *resources(answers),
            ),
            heading("Đánh giá tác động, hiệu quả dự kiến", *told(EFFECT, answers)),
            *targets(answers),
            heading("Tổ chức thực hiện", *tasks),
        ],
    }


def _settled(period: str, scope: str) -> str:
    lines = [
        f"Phạm vi: {scope.rstrip('.')}." if scope else "",
        f"Thời gian: {period}." if period else "",
    ]
    return "\n".join(filter(None, lines))


def told(questions: tuple[tuple[str, tuple[str, ...]], ...], answers: Answers) -> list[Block]:
    said = [(title, "\n".join(_texts(names, answers))) for title, names in questions]
    return [
        {
            "type": "clause",
            "title": title,
            "text": "",
            "children": [paragraph(sentence(one)) for one in text.splitlines()],
        }
        for title, text in said
        if text
    ]


def _texts(names: tuple[str, ...], answers: Answers) -> list[str]:
    return [text for name in names if (text := str(answers.get(name) or "").strip())]


def resources(answers: Answers) -> list[Block]:
    lines = []
    if answers.get("budget") is not None:
        money = int(answers["budget"])
        lines.append(f"Kinh phí: {vn_money(money) if money else 'không tăng'}.")
    if staffing := answers.get("staffing"):
        lines.append(f"Nhân lực, thiết bị: {sentence(staffing)}")
    if units := [unit["name"] for unit in answers.get("partner_units", ())]:
        lines.append(f"Cơ quan phối hợp: {', '.join(units)}.")
    return [clause("\n".join(lines), title="Nguồn lực")] if lines else []


def targets(answers: Answers) -> list[Block]:
    rows = [
        [str(place), opening(row["name"]), row["unit"], *(_number(row[one]) for one in FIGURES)]
        for place, row in enumerate(answers.get("indicators", ()), start=1)
    ]
    return [heading("Chỉ tiêu"), table(COLUMNS, rows)] if rows else []


def _number(value: Any) -> str:
    return vn_number(Decimal(str(value)))
