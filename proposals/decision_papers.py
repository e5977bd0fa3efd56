"""The facts of the papers that a decision issues: dates and names already in words.

Each is a draft that the clerk's road signs and numbers; the same facts are shown before the head
confirms (`preview`), so what is confirmed is what is drawn.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from organisation.templatetags.portal import vn_date
from proposals.models import Decision
from proposals.stages import DecisionKind, Track

Facts = dict[str, Any]

POLICY_BASIS = "Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị"
ND73_BASIS = "Nghị định số 73/2023/NĐ-CP ngày 29 tháng 9 năm 2023 của Chính phủ"
MAY_ANSWER = "Người đề xuất có thể phản hồi một lần trong 05 ngày làm việc kể từ ngày nhận kết quả."


@dataclass(frozen=True)
class Said:
    """What a decision says, before or after it is written down."""

    kind: str
    code: str
    proposal_title: str
    track: str
    unit: str
    agency: str
    proposer: str
    proposer_position: str
    guidance: str = ""
    reason: str = ""
    hint: str = ""
    ground: str = ""
    scope: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    report_every_months: int = 1
    implementer: str = ""
    monitor: str = ""
    why_necessary: str = ""
    why_feasible: str = ""
    items: list[str] = field(default_factory=list)

    @property
    def period(self) -> str:
        if self.starts_on and self.ends_on:
            return f"từ ngày {vn_date(self.starts_on)} đến ngày {vn_date(self.ends_on)}"
        return f"từ ngày {vn_date(self.starts_on)}" if self.starts_on else ""


def said(decision: Decision) -> Said:
    """What a decision that is written down says, from its frozen content."""
    facts, proposal = decision.content.facts, decision.proposal
    texts = ("guidance", "reason", "hint", "ground", "scope", "why_necessary", "why_feasible")
    return Said(
        kind=decision.kind,
        code=proposal.code or "",
        proposal_title=proposal.title,
        track=proposal.track,
        unit=facts["unit"],
        agency=proposal.agency_name,
        proposer=proposal.proposer.full_name,
        proposer_position=proposal.proposer_position,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        report_every_months=decision.report_every_months,
        implementer=_named(facts["implementer"]),
        monitor=_named(facts["monitor"]),
        **{name: facts[name] for name in texts},
    )


def title(what: Said) -> str:
    """The subject line (trích yếu) of the paper."""
    lead = {
        DecisionKind.IMPLEMENT: "Cho thực hiện đề xuất",
        DecisionKind.PILOT: "Cho thực hiện thí điểm đề xuất",
        DecisionKind.ESCALATE: "Trình cấp có thẩm quyền xem xét đề xuất",
        DecisionKind.RETURN: "Đề nghị bổ sung đề xuất",
        DecisionKind.REFUSE: "Kết quả xem xét đề xuất",
        DecisionKind.REDIRECT: "Chuyển đề xuất sang quy trình xây dựng văn bản",
    }[DecisionKind(what.kind)]
    return f'{lead} "{what.proposal_title}"'


def facts_of(what: Said) -> Facts:
    """The facts of the paper of a decision."""
    return {
        "code": what.code,
        "title": title(what),
        "unit": what.unit,
        "legal_bases": _bases(what),
        "addressees": _addressees(what),
        "paragraphs": _paragraphs(what),
        "articles": _articles(what),
        "distribution": _distribution(what),
    }


def _bases(what: Said) -> list[str]:
    basis = ND73_BASIS if what.track == Track.ND73 else POLICY_BASIS
    return [
        f"Căn cứ {basis}",
        f"Xét đề xuất số {what.code} của {what.proposer}, {what.proposer_position}",
    ]


def _articles(what: Said) -> list[str]:
    """The articles of a decision; other papers have none."""
    if what.kind == DecisionKind.PILOT:
        return [
            f'Cho thực hiện thí điểm đề xuất "{what.proposal_title}" {what.period}.'
            + (f" Phạm vi: {what.scope}." if what.scope else ""),
            f"Giao {what.proposer} tổ chức thực hiện; giao {what.monitor} theo dõi. "
            f"Báo cáo tiến độ {what.report_every_months} tháng một lần.",
            *_override_articles(what),
            *_guidance(what),
            _last_article(what),
        ]
    if what.kind == DecisionKind.IMPLEMENT:
        period = f" {what.period}" if what.period else ""
        return [
            f'Cho thực hiện đề xuất "{what.proposal_title}"{period}.',
            f"Giao {what.implementer or what.proposer} tổ chức thực hiện.",
            *_override_articles(what),
            *_guidance(what),
            _last_article(what),
        ]
    return []


def _override_articles(what: Said) -> list[str]:
    """The head answers for deciding against the vote (Nghị định 73/2023/NĐ-CP, Điều 8.1)."""
    if not what.why_necessary:
        return []
    return [
        f"Người đứng đầu quyết định và chịu trách nhiệm. Sự cần thiết: {what.why_necessary} "
        f"Tính khả thi: {what.why_feasible}"
    ]


def _guidance(what: Said) -> list[str]:
    return [what.guidance] if what.guidance else []


def _last_article(what: Said) -> str:
    return f"{what.proposer} và các đơn vị có liên quan thi hành Quyết định này."


def _paragraphs(what: Said) -> list[str]:
    if what.kind == DecisionKind.REFUSE:
        return [
            f'{what.unit} đã xem xét đề xuất "{what.proposal_title}" và chưa đồng ý.',
            f"Loại lý do: {what.ground}. Lý do: {what.reason}",
            *([f"Gợi ý: {what.hint}"] if what.hint else []),
            MAY_ANSWER,
        ]
    if what.kind == DecisionKind.ESCALATE:
        return [
            f'{what.unit} trình đề xuất "{what.proposal_title}" của {what.proposer}.',
            f"Lý do vượt thẩm quyền: {what.reason}",
            *([f"Ý kiến của cơ quan: {what.guidance}"] if what.guidance else []),
        ]
    if what.kind == DecisionKind.REDIRECT:
        return [
            f'Đề xuất "{what.proposal_title}" thuộc quy trình xây dựng văn bản quy phạm pháp luật.',
            f"Lý do: {what.reason}",
        ]
    return what.items


def _addressees(what: Said) -> list[str]:
    if what.kind in (DecisionKind.REFUSE, DecisionKind.REDIRECT, DecisionKind.RETURN):
        return [f"{what.proposer}, {what.proposer_position}"]
    return []


def _distribution(what: Said) -> list[str]:
    named = [name for name in (what.implementer, what.monitor) if name]
    return [what.proposer, *named, what.agency, "Lưu: VT."]


def _named(person: Facts) -> str:
    if not person:
        return ""
    return ", ".join(part for part in (person["full_name"], person["position"]) if part)
