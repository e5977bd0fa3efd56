"""The facts of the papers that a decision issues: dates and names already in words.

Each is a draft that the clerk's road signs and numbers; the same facts are shown before the head
confirms (`preview`), so what is confirmed is what is drawn.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from documents.papers import name_lines
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date, vn_document_date
from proposals.models import Decision, Proposal
from proposals.stages import DecisionKind, Track

Facts = dict[str, Any]

POLICY_BASIS = "Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị"
ND73_BASIS = "Nghị định số 73/2023/NĐ-CP ngày 29 tháng 9 năm 2023 của Chính phủ"
MAY_ANSWER = "Người đề xuất có thể phản hồi một lần trong 05 ngày làm việc kể từ ngày nhận kết quả."
KEEP = "Lưu: VT"
DECIDES = "Quyết định"


@dataclass(frozen=True)
class Form:
    """What a kind of paper is called, and how its notation begins."""

    type_name: str
    notation: str


FORMS = {
    DecisionKind.IMPLEMENT: Form(DECIDES, "QĐ-"),
    DecisionKind.PILOT: Form(DECIDES, "QĐ-"),
    DecisionKind.ESCALATE: Form("Tờ trình", "TTr-"),
    DecisionKind.REFUSE: Form("Thông báo", "TB-"),
    DecisionKind.RETURN: Form("", ""),
    DecisionKind.REDIRECT: Form("", ""),
}


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


def facts_of(what: Said, unit: OrgUnit, signer: User) -> Facts:
    """The facts of the paper of a decision, shaped as `documents.papers.Letter`."""
    form = FORMS[DecisionKind(what.kind)]
    is_decision = form.type_name == DECIDES
    return {
        **_head(unit),
        "code": what.code,
        "type_name": form.type_name,
        "title": title(what),
        "notation": f"{form.notation}{_abbrev(unit)}",
        "addressees": _addressees(what, unit),
        "authority": f"Người đứng đầu {what.unit}" if is_decision else "",
        "grounds": _grounds(what) if is_decision else [],
        "decides": DECIDES if is_decision else "",
        "parts": _articles(what) if is_decision else [{"paragraphs": _paragraphs(what)}],
        "distribution": _distribution(what),
        "signature": _signature(signer, unit),
    }


def review_slip(proposal: Proposal, rows: list[tuple[str, str]]) -> Facts:
    """The facts of the slip that goes with the case to the head (phieu_trinh)."""
    unit = proposal.deciding_unit
    deadline = f"Xem xét trước ngày {vn_date(proposal.due_on)}" if proposal.due_on else ""
    return {
        **_head(unit),
        "about": "Xem xét đề xuất đổi mới, sáng tạo",
        "addressees": [proposal.holder],
        "code": proposal.code,
        "title": proposal.title,
        "proposer": proposal.proposer.full_name,
        "proposer_post": proposal.proposer_position,
        "rows": [{"label": label, "text": text} for label, text in rows],
        "deadline": deadline,
        "distribution": [KEEP],
        "signature": {"lines": [], "name": ""},
    }


def _head(unit: OrgUnit) -> Facts:
    version = unit.at(today())
    above = version.parent
    return {
        "parent_lines": name_lines(above.at(today()).name) if above else [],
        "agency_lines": name_lines(version.name),
        "dated": f"{version.place_name}, {vn_document_date(today())}",
        "is_draft": True,
    }


def _abbrev(unit: OrgUnit) -> str:
    return unit.at(today()).abbrev


def _signature(signer: User, unit: OrgUnit) -> Facts:
    """The lines above the signature: the post, and whose power is used where it is lent."""
    own = next((post for post in signer.powers.posts if post.unit_id == unit.pk), None)
    lines = [own.position] if own else []
    if mandate := signer.powers.mandate_for(Role.AGENCY_HEAD, unit.pk):
        lines.insert(0, f"{mandate.kind}. {mandate.giver_position}")
    return {"lines": lines, "name": signer.full_name}


def _grounds(what: Said) -> list[str]:
    basis = ND73_BASIS if what.track == Track.ND73 else POLICY_BASIS
    return [
        f"Căn cứ {basis}",
        f"Xét đề xuất số {what.code} của {what.proposer}, {what.proposer_position}",
    ]


def _articles(what: Said) -> list[Facts]:
    texts = [*ARTICLES[DecisionKind(what.kind)](what), *_override_articles(what)]
    texts += [what.guidance] if what.guidance else []
    texts.append(f"{what.proposer} và các đơn vị có liên quan thi hành Quyết định này.")
    return [
        {"heading": f"Điều {number}.", "paragraphs": [text]}
        for number, text in enumerate(texts, start=1)
    ]


def _pilot_articles(what: Said) -> list[str]:
    scope = f" Phạm vi: {what.scope}." if what.scope else ""
    return [
        f'Cho thực hiện thí điểm đề xuất "{what.proposal_title}" {what.period}.{scope}',
        f"Giao {what.proposer} tổ chức thực hiện; giao {what.monitor} theo dõi. "
        f"Báo cáo tiến độ {what.report_every_months} tháng một lần.",
    ]


def _implement_articles(what: Said) -> list[str]:
    return [
        f'Cho thực hiện đề xuất "{what.proposal_title}" {what.period}'.rstrip() + ".",
        f"Giao {what.implementer or what.proposer} tổ chức thực hiện.",
    ]


ARTICLES = {
    DecisionKind.PILOT: _pilot_articles,
    DecisionKind.IMPLEMENT: _implement_articles,
}


def _override_articles(what: Said) -> list[str]:
    """The head answers for deciding against the vote (Nghị định 73/2023/NĐ-CP, Điều 8.1)."""
    if not what.why_necessary:
        return []
    return [
        f"Người đứng đầu quyết định và chịu trách nhiệm. Sự cần thiết: {what.why_necessary} "
        f"Tính khả thi: {what.why_feasible}"
    ]


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


def _addressees(what: Said, unit: OrgUnit) -> list[str]:
    if what.kind == DecisionKind.ESCALATE:
        above = unit.at(today()).parent
        return [above.at(today()).name] if above else []
    if what.kind in (DecisionKind.REFUSE, DecisionKind.REDIRECT, DecisionKind.RETURN):
        return [f"{what.proposer}, {what.proposer_position}"]
    return []


def _distribution(what: Said) -> list[str]:
    named = [name for name in (what.implementer, what.monitor) if name]
    return [*dict.fromkeys([what.proposer, *named, what.agency]), KEEP]


def _named(person: Facts) -> str:
    if not person:
        return ""
    return ", ".join(part for part in (person["full_name"], person["position"]) if part)
