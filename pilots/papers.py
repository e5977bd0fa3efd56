"""The facts of each official paper of a pilot, in words, ready to be frozen.

Shapes as `documents.papers.Letter`. Each is a draft that the clerk's road signs and numbers.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from documents.papers import name_lines
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.templatetags.portal import (
    vn_date,
    vn_document_date,
    vn_money,
    vn_number,
    vn_quantity,
)
from pilots import progress
from pilots.models import Adjustment, Evaluation, Halt, Pilot, ProgressReport
from pilots.stages import CauseKind, DamageKind, HaltKind, Recommendation, Result

Section = tuple[str, list[str]]
POLICY_BASIS = "Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị"
KEEP = "Lưu: VT"


def progress_report(report: ProgressReport) -> dict[str, Any]:
    """Báo cáo tiến độ of one period, with the numbers as they were when it was sent."""
    pilot = report.pilot
    period = f"{vn_date(report.period_from)} – {vn_date(report.period_to)}"
    return _report(
        pilot,
        f"Tiến độ kỳ {report.number} ({period})",
        report.sent_by,
        [
            ("Việc đã làm", _lines(report.done)),
            ("Chỉ tiêu", figures_in_words(pilot)),
            ("Việc chưa làm được", _lines(report.not_done)),
            ("Khó khăn, vướng mắc", _lines(report.difficulties)),
            ("Kiến nghị", _lines(report.requests)),
            ("Việc tiếp theo", _lines(report.next_steps)),
            ("Kinh phí đã dùng", [_money(report.spent or 0, pilot.budget)]),
        ],
    )


def result_report(evaluation: Evaluation) -> dict[str, Any]:
    """Báo cáo kết quả of those who carried the pilot out (Nghị định 73/2023, Điều 18)."""
    pilot = evaluation.pilot
    return _report(
        pilot,
        "Kết quả thực hiện",
        evaluation.reported_by,
        [
            ("Kết quả thực hiện", _lines(evaluation.report)),
            ("Chỉ tiêu", figures_in_words(pilot)),
        ],
    )


def adjustment_decision(adjustment: Adjustment) -> dict[str, Any]:
    return _decision(
        adjustment.pilot,
        "Điều chỉnh thí điểm",
        adjustment.decided_by,
        [
            changes_in_words(adjustment),
            [f"Lý do: {line}" for line in _lines(adjustment.reason)],
        ],
    )


def halt_decision(halt: Halt) -> dict[str, Any]:
    label = HaltKind(halt.kind).label
    return _decision(
        halt.pilot,
        label,
        halt.decided_by,
        [
            [f"{label} từ {vn_document_date(halt.from_on)}.", *_lines(halt.reason)],
            _lines(halt.hand_back),
        ],
    )


def evaluation_notice(evaluation: Evaluation) -> dict[str, Any]:
    """Thông báo kết quả đánh giá: the conclusion, never the opinion of a single member."""
    pilot = evaluation.pilot
    sections: list[Section] = [
        ("Kết quả", [Result(evaluation.result).label, *_lines(evaluation.assessment)]),
        ("Chỉ tiêu", _final_values(evaluation)),
        *(
            (kind.label, [row.text for row in evaluation.causes.filter(kind=kind).order_by("pk")])
            for kind in CauseKind
        ),
        ("Thiệt hại", _damages(evaluation)),
        ("Bài học", _lines(evaluation.lessons)),
        ("Kiến nghị", [Recommendation(evaluation.recommendation).label]),
    ]
    return {
        **_head(pilot.deciding_unit),
        "type_name": "Thông báo",
        "title": f"{_title('Kết quả đánh giá', pilot)}",
        "notation": f"TB-{_abbrev(pilot.deciding_unit)}",
        "code": pilot.proposal.code,
        "addressees": [],
        "parts": _numbered(sections),
        "distribution": [*_concerned(pilot), KEEP],
        "signature": _signature(evaluation.concluded_by),
    }


def changes_in_words(adjustment: Adjustment) -> list[str]:
    """What an adjustment changes: before and after, line by line."""
    before = adjustment.before.content.facts
    found = []
    if adjustment.new_ends_on:
        old = vn_date(date.fromisoformat(before["ends_on"]))
        found.append(f"Thời hạn: từ {old} thành {vn_date(adjustment.new_ends_on)}.")
    if adjustment.new_scope:
        found.append(f"Phạm vi: từ “{before['scope']}” thành “{adjustment.new_scope}”.")
    if adjustment.new_budget is not None:
        old_money, new_money = vn_money(before["budget"]), vn_money(adjustment.new_budget)
        found.append(f"Kinh phí: từ {old_money} thành {new_money}.")
    return found + _indicators_in_words(adjustment) + _milestones_in_words(adjustment)


def _indicators_in_words(adjustment: Adjustment) -> list[str]:
    """Targets before and after, what is dropped, what is added."""
    before = {row["ref"]: row["target"] for row in adjustment.before.content.facts["indicators"]}
    found = []
    for row in adjustment.targets.select_related("indicator").order_by("indicator__place", "pk"):
        name, unit = row.indicator.name, row.indicator.unit
        if row.target is None:
            found.append(f"Bỏ chỉ tiêu “{name}”.")
        else:
            old = vn_number(Decimal(before[str(row.indicator.ref)]))
            found.append(f"Mục tiêu “{name}”: từ {old} thành {vn_quantity(row.target, unit)}.")
    for added in adjustment.added_indicators.order_by("pk"):
        baseline, target = vn_number(added.baseline), vn_quantity(added.target, added.unit)
        found.append(f"Thêm chỉ tiêu “{added.name}”: từ {baseline} đến {target}.")
    return found


def _milestones_in_words(adjustment: Adjustment) -> list[str]:
    before = {row["ref"]: row["due_on"] for row in adjustment.before.content.facts["milestones"]}
    found = []
    for row in adjustment.days.select_related("milestone").order_by("milestone__due_on", "pk"):
        name = row.milestone.name
        if row.due_on is None:
            found.append(f"Bỏ mốc “{name}”.")
        else:
            old = vn_date(date.fromisoformat(before[str(row.milestone.ref)]))
            found.append(f"Mốc “{name}”: từ {old} thành {vn_date(row.due_on)}.")
    rows = adjustment.added_milestones.order_by("due_on", "pk")
    return found + [f"Thêm mốc “{row.name}”: hạn {vn_date(row.due_on)}." for row in rows]


def figures(pilot: Pilot) -> list[list[str]]:
    """The rows of indicators as they stand: name, unit, baseline, now, target, share."""
    rows = pilot.indicators.in_plan().order_by("place", "pk")
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


def figures_in_words(pilot: Pilot) -> list[str]:
    """A sentence for each indicator as it stands."""
    return [
        f"{name} ({unit}): ban đầu {baseline}, hiện tại {current or 'chưa có số liệu'}, "
        f"mục tiêu {target}{f', đạt {share}' if share else ''}."
        for name, unit, baseline, current, target, share in figures(pilot)
    ]


def _final_values(evaluation: Evaluation) -> list[str]:
    rows = evaluation.final_values.select_related("indicator").order_by("indicator__place", "pk")
    return [
        f"{row.indicator.name} ({row.indicator.unit}): "
        f"ban đầu {vn_number(row.indicator.baseline)}, cuối cùng {vn_number(row.value)}, "
        f"mục tiêu {vn_number(row.target)}, đạt {row.percent}%."
        for row in rows
    ]


def _damages(evaluation: Evaluation) -> list[str]:
    rows = evaluation.damages.order_by("pk")
    return [
        f"{DamageKind(row.kind).label}: {vn_money(row.amount)}, {row.bearer} chịu." for row in rows
    ]


def _report(
    pilot: Pilot, title: str, signer: User | None, sections: list[Section]
) -> dict[str, Any]:
    return {
        **_head(pilot.agency),
        "type_name": "Báo cáo",
        "title": _title(title, pilot),
        "notation": f"BC-{_abbrev(pilot.agency)}",
        "code": pilot.proposal.code,
        "addressees": [pilot.deciding_unit_name],
        "parts": _numbered(sections),
        "distribution": ["Như trên", KEEP],
        "signature": _signature(signer),
    }


def _decision(
    pilot: Pilot, title: str, signer: User | None, articles: list[list[str]]
) -> dict[str, Any]:
    title = pilot.worded(title)
    closing = [f"{pilot.leader.full_name} và các đơn vị có liên quan thi hành Quyết định này."]
    found = [lines for lines in [*articles, closing] if lines]
    return {
        **_head(pilot.deciding_unit),
        "type_name": "Quyết định",
        "title": _title(title, pilot),
        "notation": f"QĐ-{_abbrev(pilot.deciding_unit)}",
        "code": pilot.proposal.code,
        "addressees": [],
        "authority": f"Người đứng đầu {pilot.deciding_unit_name}",
        "grounds": [
            f"Căn cứ {POLICY_BASIS}",
            f"Xét tình hình thực hiện đề xuất số {pilot.proposal.code}",
        ],
        "decides": "Quyết định",
        "parts": [
            {"heading": f"Điều {number}.", "paragraphs": lines}
            for number, lines in enumerate(found, start=1)
        ],
        "distribution": [*_concerned(pilot), KEEP],
        "signature": _signature(signer),
    }


def _head(unit: OrgUnit) -> dict[str, Any]:
    version = unit.at(today())
    above = version.parent
    return {
        "parent_lines": name_lines(above.at(today()).name) if above else [],
        "agency_lines": name_lines(version.name),
        "dated": f"{version.place_name}, {vn_document_date(today())}",
        "is_draft": True,
    }


def _numbered(sections: list[Section]) -> list[dict[str, Any]]:
    told = [(heading, lines) for heading, lines in sections if any(lines)]
    return [
        {"heading": f"{number}. {heading}", "paragraphs": lines}
        for number, (heading, lines) in enumerate(told, start=1)
    ]


def _title(words: str, pilot: Pilot) -> str:
    return f"{words} đề xuất “{pilot.proposal.title}”"


def _abbrev(unit: OrgUnit) -> str:
    return unit.at(today()).abbrev


def _concerned(pilot: Pilot) -> list[str]:
    monitor = [pilot.monitor.full_name] if pilot.monitor else []
    return [pilot.leader.full_name, *monitor, pilot.agency_name]


def _signature(signer: User | None) -> dict[str, Any]:
    if signer is None:
        return {"lines": [], "name": ""}
    post = signer.powers.main
    return {"lines": [post.position] if post else [], "name": signer.full_name}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _money(spent: int, budget: int) -> str:
    return f"{vn_money(spent)} trên {vn_money(budget)}" if budget else vn_money(spent)
