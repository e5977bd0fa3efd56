"""The facts of each official paper of a pilot, in words, ready to be frozen."""

from typing import Any

from organisation.days import today
from organisation.templatetags.portal import vn_date, vn_document_date, vn_money, vn_number
from pilots import progress
from pilots.models import Adjustment, Evaluation, Halt, Pilot, ProgressReport
from pilots.stages import CauseKind, DamageKind, HaltKind, Recommendation, Result


def progress_report(report: ProgressReport) -> dict[str, Any]:
    """Báo cáo tiến độ of one period, with the numbers as they were when it was sent."""
    pilot = report.pilot
    return _paper(
        pilot,
        f"Báo cáo tiến độ kỳ {report.number}",
        [
            ("Thời gian báo cáo", [f"{vn_date(report.period_from)} – {vn_date(report.period_to)}"]),
            ("Việc đã làm", _lines(report.done)),
            ("Việc chưa làm được", _lines(report.not_done)),
            ("Khó khăn, vướng mắc", _lines(report.difficulties)),
            ("Kiến nghị", _lines(report.requests)),
            ("Việc tiếp theo", _lines(report.next_steps)),
            ("Kinh phí đã dùng", [_money(report.spent or 0, pilot.budget)]),
        ],
        table=figures(pilot),
    )


def result_report(evaluation: Evaluation) -> dict[str, Any]:
    """Báo cáo kết quả of those who carried the pilot out (Nghị định 73/2023, Điều 18)."""
    pilot = evaluation.pilot
    return _paper(
        pilot,
        "Báo cáo kết quả thực hiện",
        [("Kết quả thực hiện", _lines(evaluation.report))],
        table=figures(pilot),
    )


def adjustment_decision(adjustment: Adjustment) -> dict[str, Any]:
    pilot = adjustment.pilot
    return _paper(
        pilot,
        "Quyết định điều chỉnh thí điểm",
        [
            ("Nội dung điều chỉnh", changes_in_words(adjustment)),
            ("Lý do", _lines(adjustment.reason)),
        ],
    )


def halt_decision(halt: Halt) -> dict[str, Any]:
    pilot = halt.pilot
    return _paper(
        pilot,
        f"Quyết định {HaltKind(halt.kind).label.lower()}",
        [
            ("Từ ngày", [vn_document_date(halt.from_on)]),
            ("Lý do", _lines(halt.reason)),
            ("Phương án trả lại như cũ", _lines(halt.hand_back)),
        ],
    )


def evaluation_notice(evaluation: Evaluation) -> dict[str, Any]:
    """Thông báo kết quả đánh giá: the conclusion, never the opinion of a single member."""
    pilot = evaluation.pilot
    table = [
        [
            row.indicator.name,
            row.indicator.unit,
            vn_number(row.indicator.baseline),
            vn_number(row.value),
            vn_number(row.target),
            f"{row.percent}%",
        ]
        for row in evaluation.final_values.select_related("indicator").order_by(
            "indicator__place", "pk"
        )
    ]
    return _paper(
        pilot,
        f"Thông báo kết quả {evaluation.get_kind_display().lower()}",
        [
            ("Kết quả", [Result(evaluation.result).label]),
            ("Nhận định", _lines(evaluation.assessment)),
            *(
                (kind.label, [row.text for row in evaluation.causes.filter(kind=kind)])
                for kind in CauseKind
            ),
            ("Thiệt hại", _damages(evaluation)),
            ("Bài học", _lines(evaluation.lessons)),
            ("Kiến nghị", [Recommendation(evaluation.recommendation).label]),
        ],
        table=table,
    )


def changes_in_words(adjustment: Adjustment) -> list[str]:
    """What an adjustment changes: before and after, line by line."""
    before = adjustment.before.content.facts
    found = []
    if adjustment.new_ends_on:
        old = ".".join(reversed(str(before["ends_on"]).split("-"))).replace(".", "/")
        found.append(f"Thời hạn: từ {old} thành {vn_date(adjustment.new_ends_on)}.")
    if adjustment.new_scope:
        found.append(f"Phạm vi: từ “{before['scope']}” thành “{adjustment.new_scope}”.")
    if adjustment.new_budget is not None:
        old_money, new_money = vn_money(before["budget"]), vn_money(adjustment.new_budget)
        found.append(f"Kinh phí: từ {old_money} thành {new_money}.")
    targets = {str(row["ref"]): row["target"] for row in before["indicators"]}
    for row in adjustment.targets.select_related("indicator").order_by("indicator__place", "pk"):
        old = str(targets.get(str(row.indicator.ref), "")).rstrip("0").rstrip(".").replace(".", ",")
        name, unit = row.indicator.name, row.indicator.unit
        found.append(f"Mục tiêu “{name}”: từ {old} thành {vn_number(row.target)} {unit}.")
    return found


def figures(pilot: Pilot) -> list[list[str]]:
    """The rows of indicators as they stand: name, unit, baseline, now, target, share."""
    rows = pilot.indicators.order_by("place", "pk")
    return [
        [
            row.name,
            row.unit,
            vn_number(row.baseline),
            vn_number(row.current),
            vn_number(row.target),
            "" if row.share is None else f"{progress.percent(row.share)}%",
        ]
        for row in rows
    ]


def _damages(evaluation: Evaluation) -> list[str]:
    rows = evaluation.damages.order_by("pk")
    return [
        f"{DamageKind(row.kind).label}: {vn_money(row.amount)}, {row.bearer} chịu." for row in rows
    ]


def _paper(
    pilot: Pilot,
    title: str,
    sections: list[tuple[str, list[str]]],
    table: list[list[str]] | None = None,
) -> dict[str, Any]:
    proposal = pilot.proposal
    facts: dict[str, Any] = {
        "title": f"{title} “{proposal.title}”",
        "code": proposal.code,
        "agency": pilot.agency_name,
        "deciding_unit": pilot.deciding_unit_name,
        "date": vn_document_date(today()),
        "sections": [
            {"heading": heading, "lines": lines} for heading, lines in sections if any(lines)
        ],
    }
    if table:
        facts["table"] = {
            "columns": ["Chỉ tiêu", "Đơn vị", "Ban đầu", "Hiện tại", "Mục tiêu", "Mức đạt"],
            "rows": table,
        }
    return facts


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _money(spent: int, budget: int) -> str:
    return f"{vn_money(spent)} trên {vn_money(budget)}" if budget else vn_money(spent)
