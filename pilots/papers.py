"""The facts of each official paper of a pilot, as `documents.papers.description` says.

Each is a draft that the clerk's road signs and numbers; what was reported or decided is locked.
"""

from datetime import date
from typing import Any

from django.utils import timezone

from documents import laws
from documents.letterheads import Issuer, addressed, issuer_of, letterhead, opening
from documents.papers.blocks import (
    article,
    clause,
    heading,
    paragraph,
    paragraphs,
    sentence,
    table,
)
from documents.papers.description import Block
from documents.stages import PaperKind
from organisation.templatetags.portal import vn_date, vn_document_date, vn_money, vn_number
from pilots import progress
from pilots.changes import changes_in_words
from pilots.models import Adjustment, Evaluation, Halt, Pilot, ProgressReport
from pilots.stages import CauseKind, DamageKind, HaltKind, Recommendation, Result
from proposals.stages import Track

Facts = dict[str, Any]
COLUMNS = [
    ("TT", 1, "center"),
    ("Chỉ tiêu", 5, "left"),
    ("Đơn vị tính", 2, "center"),
    ("Ban đầu", 2, "right"),
    ("Hiện tại", 2, "right"),
    ("Mục tiêu", 2, "right"),
    ("Mức đạt", 2, "right"),
]
NO_FIGURE = "chưa có"


def progress_report(report: ProgressReport) -> Facts:
    """Báo cáo tiến độ of one period, with the numbers as they were when it was sent."""
    pilot = report.pilot
    period = f"{vn_date(report.period_from)} – {vn_date(report.period_to)}"
    first, last = vn_document_date(report.period_from), vn_document_date(report.period_to)
    return _report(
        pilot,
        f"Tiến độ kỳ {report.number} ({period}) của",
        f"tiến độ kỳ {report.number} (từ {first} đến {last})",
        [
            heading("Việc đã làm", *paragraphs(report.done), key="done"),
            *_figures(report.content.facts["figures"]),
            *_section("Việc chưa làm được", report.not_done),
            *_section("Khó khăn, vướng mắc", report.difficulties),
            *_section("Kiến nghị", report.requests),
            heading("Việc tiếp theo", *paragraphs(report.next_steps)),
            heading("Kinh phí đã dùng", paragraph(_money(report.spent or 0, pilot.budget))),
        ],
        "#done",
    )


def result_report(evaluation: Evaluation) -> Facts:
    """Báo cáo kết quả of those who carried the pilot out (Nghị định 73/2023, Điều 18)."""
    pilot = evaluation.pilot
    return _report(
        pilot,
        "Kết quả thực hiện",
        "kết quả thực hiện",
        [
            *_figures(figures(pilot)),
            heading("Kết quả thực hiện", *paragraphs(evaluation.report), key="result"),
        ],
        "#result",
    )


def adjustment_decision(adjustment: Adjustment) -> Facts:
    """Quyết định điều chỉnh: what changes, what stays, and why."""
    pilot = adjustment.pilot
    changes = [clause(text) for text in changes_in_words(adjustment)]
    first = article(
        pilot.worded(f"Điều chỉnh Kế hoạch thí điểm {_named(pilot)} như sau:"),
        *changes,
        key="decided",
    )
    asked = (
        f"Theo đề nghị của {addressed(adjustment.requested_by)} "
        f"{vn_document_date(timezone.localdate(adjustment.requested_at))} về việc điều chỉnh, thực "
        f"hiện đề xuất số {pilot.proposal.code}"
    )
    return _decision(
        pilot,
        "điều chỉnh Kế hoạch thí điểm",
        asked,
        [
            first,
            article(f"Lý do điều chỉnh: {sentence(adjustment.reason)}", key="reason"),
            article(
                "Các nội dung khác của Kế hoạch tiếp tục thực hiện theo quyết định đã ban hành."
            ),
        ],
    )


def halt_decision(halt: Halt) -> Facts:
    """Quyết định tạm dừng, or dừng trước thời hạn with how things are put back."""
    pilot, label = halt.pilot, HaltKind(halt.kind).label
    stopped = pilot.worded(label) + (" trước thời hạn" if halt.hand_back else "")
    first = article(
        f"{stopped} {_named(pilot)} từ {vn_document_date(halt.from_on)}.", key="decided"
    )
    back = (
        [article(f"Phương án trả lại như cũ: {sentence(halt.hand_back)}")] if halt.hand_back else []
    )
    reason = article(f"Lý do: {sentence(halt.reason)}", key="reason")
    return _decision(pilot, label[:1].lower() + label[1:], _case(pilot), [first, reason, *back])


def resumption_decision(pilot: Pilot, reason: str, on: date) -> Facts:
    """Quyết định tiếp tục, after a suspension."""
    words = pilot.worded(f"Tiếp tục thí điểm {_named(pilot)}")
    first = article(f"{words} từ {vn_document_date(on)}.", key="decided")
    reasons = article(f"Lý do: {sentence(reason)}", key="reason")
    return _decision(pilot, "tiếp tục thí điểm", _case(pilot), [first, reasons])


def evaluation_notice(evaluation: Evaluation) -> Facts:
    """Thông báo kết quả đánh giá: the conclusion, never the opinion of a single member."""
    pilot = evaluation.pilot
    issuer = issuer_of(PaperKind.NOTICE, pilot.deciding_unit)
    head = letterhead(issuer, title=_title("Kết quả đánh giá", pilot), code=pilot.proposal.code)
    return head | {
        "body": [
            paragraph(
                f"{issuer.name} đã đánh giá kết quả thực hiện {_case_words(pilot)} và thông báo "
                "như sau:"
            ),
            *conclusion(evaluation),
        ],
        "recipients": [
            *_above(issuer),
            *({"text": name} for name in _concerned(pilot, issuer)),
        ],
        "locked": ["title", "#result"],
    }


def conclusion(evaluation: Evaluation) -> list[Block]:
    """What an evaluation found, section by section."""
    result = Result(evaluation.result).label
    found = [
        heading(
            "Kết quả", paragraph(f"{result}."), *paragraphs(evaluation.assessment), key="result"
        )
    ]
    if rows := _final_values(evaluation):
        found.append(heading("Chỉ tiêu", table(COLUMNS, rows)))
    for kind in CauseKind:
        causes = evaluation.causes.filter(kind=kind).order_by("pk")
        found += _section(kind.label, "\n".join(row.text for row in causes))
    found += _section("Thiệt hại", "\n".join(_damages(evaluation)))
    found += _section("Bài học", evaluation.lessons)
    advice = Recommendation(evaluation.recommendation).label
    return [*found, heading("Kiến nghị", paragraph(f"{advice}."))]


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


def _final_values(evaluation: Evaluation) -> list[list[str]]:
    rows = evaluation.final_values.select_related("indicator").order_by("indicator__place", "pk")
    return [
        [
            str(place),
            row.indicator.name,
            row.indicator.unit,
            vn_number(row.indicator.baseline),
            vn_number(row.value),
            vn_number(row.target),
            f"{row.percent}%",
        ]
        for place, row in enumerate(rows, start=1)
    ]


def _damages(evaluation: Evaluation) -> list[str]:
    rows = evaluation.damages.order_by("pk")
    return [
        f"{DamageKind(row.kind).label}: {vn_money(row.amount)}, {row.bearer} chịu." for row in rows
    ]


def _report(pilot: Pilot, title: str, what: str, body: list[Block], *locked: str) -> Facts:
    """A report goes up to the agency that decided; inside one agency it is addressed to nobody."""
    issuer = issuer_of(PaperKind.REPORT, pilot.agency)
    is_inside = pilot.agency_id == pilot.deciding_unit_id
    monitor = [opening(addressed(pilot.monitor))] if pilot.monitor else []
    head = letterhead(issuer, title=_title(title, pilot), code=pilot.proposal.code)
    up = "" if is_inside else f"; {issuer.name} kính báo cáo {pilot.deciding_unit_name}"
    return head | {
        "addressees": [] if is_inside else [pilot.deciding_unit_name],
        "body": [
            paragraph(
                f"Thực hiện đề xuất số {pilot.proposal.code}, “{pilot.proposal.title}”, "
                f"{issuer.name} báo cáo {what} như sau:"
            ),
            *body,
            paragraph(f"Trên đây là báo cáo {what}{up}."),
        ],
        "recipients": [{"text": name} for name in monitor],
        "locked": ["title", *locked],
    }


def _decision(pilot: Pilot, words: str, asked: str, articles: list[Block]) -> Facts:
    issuer = issuer_of(PaperKind.DECISION, pilot.deciding_unit)
    grounds = [*_grounds(pilot, issuer), asked]
    bound = ", ".join(addressed(person) for person in (pilot.leader, pilot.monitor) if person)
    closing = article(
        "Quyết định này có hiệu lực kể từ ngày ký.\n"
        f"Thủ trưởng các đơn vị có liên quan và {bound} chịu trách nhiệm thi hành Quyết định này."
    )
    head = letterhead(issuer, title=_title(pilot.worded(words), pilot), code=pilot.proposal.code)
    return head | {
        "grounds": grounds,
        "body": [*articles, closing],
        "recipients": [*_above(issuer), *_agency(pilot, issuer)],
        "locked": ["title", f"grounds.{len(grounds) - 1}", "#decided", "#reason"],
    }


def _grounds(pilot: Pilot, issuer: Issuer) -> list[str]:
    """The laws of the day, then the decision that allowed the pilot, once it was issued."""
    by_track = "decree" if pilot.proposal.track == Track.ND73 else "policy"
    found = laws.grounds(issuer.day, "authority", by_track)
    paper = pilot.decision.document
    if paper and paper.number and paper.issued_on:
        found.append(
            f"Căn cứ Quyết định số {paper.full_number} {vn_document_date(paper.issued_on)} của "
            f"{issuer.authority} về việc {paper.title[:1].lower()}{paper.title[1:]}"
        )
    return found


def _figures(rows: list[list[str]]) -> list[Block]:
    told = [
        [str(place), name, unit, baseline, current or NO_FIGURE, target, share]
        for place, (name, unit, baseline, current, target, share) in enumerate(rows, start=1)
    ]
    return [heading("Chỉ tiêu", table(COLUMNS, told))] if told else []


def _section(title: str, text: str) -> list[Block]:
    found = paragraphs(text)
    return [heading(title, *found)] if found else []


def _named(pilot: Pilot) -> str:
    return f"đề xuất “{pilot.proposal.title}”"


def _case_words(pilot: Pilot) -> str:
    own = pilot.agency_id == pilot.deciding_unit_id
    of = "" if own else f" của {pilot.agency_name},"
    return f"đề xuất số {pilot.proposal.code}, “{pilot.proposal.title}”,{of}"


def _case(pilot: Pilot) -> str:
    return f"Xét tình hình thực hiện đề xuất số {pilot.proposal.code}"


def _title(words: str, pilot: Pilot) -> str:
    return f"{words} đề xuất “{pilot.proposal.title}”"


def _above(issuer: Issuer) -> list[Facts]:
    return [{"text": issuer.above, "note": "b/c"}] if issuer.above else []


def _agency(pilot: Pilot, issuer: Issuer) -> list[Facts]:
    return [{"text": pilot.agency_name}] if pilot.agency_name != issuer.name else []


def _concerned(pilot: Pilot, issuer: Issuer) -> list[str]:
    people = [person for person in (pilot.leader, pilot.monitor) if person]
    agency = [one["text"] for one in _agency(pilot, issuer)]
    return [*(opening(addressed(person)) for person in people), *agency]


def _money(spent: int, budget: int) -> str:
    return f"{vn_money(spent)} trên {vn_money(budget)}." if budget else f"{vn_money(spent)}."
