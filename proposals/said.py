"""What a decision says, in words, before or after it is written down."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from documents import titles
from documents.letterheads import addressed
from organisation.templatetags.portal import vn_document_date
from proposals.models import Decision, Proposal
from proposals.stages import DecisionKind

Facts = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What a decision says, before or after it is written down; persons as papers name them."""

    kind: str
    code: str
    proposal_title: str
    track: str
    unit: str
    agency: str
    proposer: str
    proposer_position: str
    sent_on: date | None = None
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
    due_on: date | None = None
    plan: Facts = field(default_factory=dict)

    @property
    def period(self) -> str:
        if self.starts_on and self.ends_on:
            first, last = vn_document_date(self.starts_on), vn_document_date(self.ends_on)
            return f"từ {first} đến {last}"
        return f"từ {vn_document_date(self.starts_on)}" if self.starts_on else ""

    @property
    def case(self) -> str:
        """The proposal as the first words about it name it."""
        return f"{self.number} của {self.author}"

    @property
    def number(self) -> str:
        """The proposal by its code and the day it was sent."""
        sent = f" {vn_document_date(self.sent_on)}" if self.sent_on else ""
        return f"đề xuất số {self.code}{sent}"

    @property
    def author(self) -> str:
        post = titles.held(self.proposer_position, self.agency)
        return ", ".join(part for part in (self.proposer, post) if part)

    @property
    def allowed(self) -> str:
        return "cho thực hiện thí điểm" if self.kind == DecisionKind.PILOT else "cho thực hiện"

    @property
    def doer(self) -> str:
        return self.implementer or ", ".join(filter(None, (self.proposer, self.proposer_position)))


def about(proposal: Proposal) -> Facts:
    """What every paper says of its proposal."""
    sent = proposal.submitted_at
    return {
        "code": proposal.code or "",
        "proposal_title": proposal.title,
        "track": proposal.track,
        "unit": proposal.deciding_unit_name,
        "agency": proposal.agency_name,
        "proposer": addressed(proposal.proposer),
        "proposer_position": proposal.proposer_position,
        "sent_on": timezone.localdate(sent) if sent else None,
    }


def said_by(decision: Decision) -> Said:
    """What a decision that is written down says, from its frozen content."""
    facts = decision.content.facts
    texts = ("guidance", "reason", "hint", "ground", "scope", "why_necessary", "why_feasible")
    named = {
        name: addressed(person, facts[name]["position"]) if person else ""
        for name, person in (("implementer", decision.implementer), ("monitor", decision.monitor))
    }
    return Said(
        kind=decision.kind,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        report_every_months=decision.report_every_months,
        plan=decision.plan_version.content.facts if decision.kind == DecisionKind.PILOT else {},
        **(about(decision.proposal) | {"unit": facts["unit"]} | named),
        **{name: facts[name] for name in texts},
    )


def title(what: Said) -> str:
    """What the decision is, for people."""
    lead = {
        DecisionKind.IMPLEMENT: "Cho thực hiện đề xuất",
        DecisionKind.PILOT: "Cho thực hiện thí điểm đề xuất",
        DecisionKind.ESCALATE: "Trình cấp có thẩm quyền xem xét đề xuất",
        DecisionKind.RETURN: "Đề nghị bổ sung đề xuất",
        DecisionKind.REFUSE: "Kết quả xem xét đề xuất",
        DecisionKind.REDIRECT: "Chuyển đề xuất sang quy trình xây dựng văn bản",
    }[DecisionKind(what.kind)]
    return f'{lead} "{what.proposal_title}"'
