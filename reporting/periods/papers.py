"""The facts of periodic reports as official papers: the words as written, the figures as frozen."""

from collections.abc import Sequence
from typing import Any

from documents.letterheads import issuer_of, letterhead
from documents.papers.blocks import Shared, heading, paragraph, paragraphs, table
from documents.papers.description import Annex, Block
from documents.stages import PaperKind
from organisation.templatetags.portal import vn_date, vn_document_date, vn_number
from reporting.periods.models import PeriodicReport
from reporting.periods.numbers import (
    BUDGET,
    BUDGET_LABEL,
    COUNTED,
    LABELS,
    STATES,
    came,
    total_of_states,
)

Facts = dict[str, Any]
ORDER = (
    "Thực hiện Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị về chủ trương "
    "khuyến khích và bảo vệ cán bộ năng động, sáng tạo vì lợi ích chung,"
)
PURPOSE = "thực hiện Kết luận số 14-KL/TW"
RESULTS = 2  # the heading below which the figures stand
FORM_1: list[Shared] = [("TT", 8, "center"), ("Chỉ tiêu", 72, "left"), ("Số lượng", 20, "right")]
FORM_2: list[Shared] = [
    ("TT", 5, "center"),
    ("Mã", 18, "left"),
    ("Tên đề xuất", 28, "left"),
    ("Người đề xuất, chức vụ", 20, "left"),
    ("Lĩnh vực", 16, "left"),
    ("Ngày nhận", 15, "center"),
    ("Quyết định", 16, "left"),
    ("Thời gian thực hiện", 16, "left"),
    ("Tình trạng", 16, "left"),
]
BY_AGENCY: list[Shared] = [
    ("TT", 5, "center"),
    ("Cơ quan, đơn vị", 35, "left"),
    ("Tồn đầu kỳ", 10, "right"),
    ("Nhận trong kỳ", 10, "right"),
    ("Cho thực hiện", 10, "right"),
    ("Cho thí điểm", 10, "right"),
    ("Không chấp thuận", 10, "right"),
    ("Quá hạn xem xét", 10, "right"),
    ("Đang thực hiện", 10, "right"),
]
OF_AGENCY = (
    *("opening", "received", "approved_implement", "approved_pilot", "refused", "overdue"),
    "running",
)


def report_paper(report: PeriodicReport, texts: Sequence[tuple[str, str]]) -> Facts:
    """The whole báo cáo of an agency, or of Sở Nội vụ to the province."""
    issuer = issuer_of(PaperKind.REPORT, report.agency)
    receiver = issuer.above if report.is_summary else _receiver(report)
    summary = report.is_summary
    annexes = _of_province(report) if summary else _of_agency(report)
    return letterhead(issuer, title=_title(report), code="") | {
        "addressees": [receiver] if receiver else [],
        "body": _body(report, texts, issuer.name),
        "annexes": annexes,
        "recipients": [],
        "locked": ["annexes", "#figures"],
    }


def sentence(numbers: Facts) -> str:
    """The figures in one sentence, as they stand beside what is written."""
    return (
        f"Tồn đầu kỳ {numbers['opening']:02d} đề xuất, nhận trong kỳ {numbers['received']:02d} đề "
        f"xuất; cho thực hiện {numbers['approved_implement']:02d}, cho thí điểm "
        f"{numbers['approved_pilot']:02d}, không chấp thuận {numbers['refused']:02d}, chuyển cấp "
        f"trên {numbers['escalated']:02d}; quá hạn xem xét {numbers['overdue']:02d}; đang thực "
        f"hiện {numbers['running']:02d}, hoàn thành {numbers['completed']:02d}."
    )


def _title(report: PeriodicReport) -> str:
    period = report.period.label
    if report.is_summary:
        return f"Tổng hợp kết quả {PURPOSE} của các cơ quan, đơn vị ({period})"
    return f"Kết quả {PURPOSE} ({period})"


def _receiver(report: PeriodicReport) -> str:
    found = report.period.receiver
    return found.at(report.period.cutoff_on).name if found else ""


def _body(report: PeriodicReport, texts: Sequence[tuple[str, str]], name: str) -> list[Block]:
    period = report.period
    opening = (
        f"{ORDER} {name} báo cáo kết quả từ {vn_document_date(period.from_on)} đến "
        f"{vn_document_date(period.cutoff_on)} như sau:"
    )
    body = [paragraph(opening)]
    for place, (title, text) in enumerate(texts, start=1):
        figures = [_figures(report)] if place == min(RESULTS, len(texts)) else []
        written = paragraphs(text) or ([] if figures else [paragraph("Không có.")])
        body.append(heading(title, *figures, *written))
    return body


def _figures(report: PeriodicReport) -> Block:
    numbers, day = report.facts["numbers"], vn_date(report.period.cutoff_on)
    said = f"Số liệu chốt hết ngày {day}: {sentence(numbers)}"
    if report.is_summary:
        agencies = report.facts["agencies"]
        said = f"{len(agencies)} cơ quan, đơn vị đã gửi báo cáo. {said}"
    elif report.meetings is not None:
        said = f"Tổ chức {report.meetings:02d} hội nghị quán triệt, {_people(report)}. {said}"
    return paragraph(said, key="figures")


def _people(report: PeriodicReport) -> str:
    return f"{vn_number(report.attendees or 0)} lượt người dự"


def _of_agency(report: PeriodicReport) -> list[Annex]:
    facts = report.facts
    day = vn_date(report.period.cutoff_on)
    typed = [
        ("Số hội nghị quán triệt", report.meetings),
        ("Lượt người dự hội nghị quán triệt", report.attendees),
    ]
    rows = [[str(at), *_line(row)] for at, row in enumerate(facts["rows"], start=1)]
    found = [_form_1(f"Biểu 01. Số liệu chốt hết ngày {day}", typed, facts["numbers"])]
    if rows:
        title = f"Biểu 02. Danh mục đề xuất trong kỳ, chốt hết ngày {day}"
        found.append(Annex(title=title, orientation="landscape", body=[table(FORM_2, rows)]))
    return found


def _line(row: Facts) -> list[str]:
    who = ", ".join(filter(None, (row["proposer"], row["position"])))
    what = [row["code"], row["title"], who, row["field"], _day(row["received_on"])]
    return [*what, row["decision"], row["runs"], LABELS[row["state"]]]


def _of_province(report: PeriodicReport) -> list[Annex]:
    facts, day = report.facts, vn_date(report.period.cutoff_on)
    typed = [
        ("Số hội nghị quán triệt", facts["meetings"]),
        ("Lượt người dự hội nghị quán triệt", facts["attendees"]),
    ]
    rows = [
        [str(at), one["name"], *(vn_number(one["numbers"][key]) for key in OF_AGENCY)]
        for at, one in enumerate(facts["agencies"], start=1)
    ]
    found = [
        _form_1(f"Biểu 01 tổng hợp toàn tỉnh, chốt hết ngày {day}", typed, facts["numbers"]),
        Annex(
            title=f"Biểu 01 theo cơ quan, đơn vị, chốt hết ngày {day}",
            orientation="landscape",
            body=[table(BY_AGENCY, rows)],
        ),
    ]
    if facts["silent"]:
        lines = [[str(at), name] for at, name in enumerate(facts["silent"], start=1)]
        columns: list[Shared] = [("TT", 10, "center"), ("Cơ quan, đơn vị", 90, "left")]
        title = "Cơ quan, đơn vị chưa gửi báo cáo lúc tổng hợp"
        found.append(Annex(title=title, orientation="portrait", body=[table(columns, lines)]))
    return found


def _form_1(title: str, typed: Sequence[tuple[str, int | None]], numbers: Facts) -> Annex:
    rows = [[label, "chưa có số liệu" if one is None else vn_number(one)] for label, one in typed]
    for figure in COUNTED:
        label = f"– {figure.label}" if figure.is_part else figure.label
        rows.append([label, vn_number(numbers[figure.key])])
        if figure == STATES[-1]:
            rows.append(["Cộng các trạng thái", vn_number(total_of_states(numbers))])
            rows.append(["Tồn đầu kỳ và nhận trong kỳ", vn_number(came(numbers))])
    rows.append([BUDGET_LABEL, vn_number(numbers[BUDGET])])
    lines = [[str(at), *row] for at, row in enumerate(rows, start=1)]
    return Annex(title=title, orientation="portrait", body=[table(FORM_1, lines)])


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
