"""The one sentence that tells those who wrote a proposal where it stands (language.md §3.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from deadlines.models import Clock
from organisation.templatetags.portal import vn_date
from proposals.models import Decision, Proposal
from proposals.stages import DecisionKind, Stage
from proposals.tracker import approval_of


@dataclass(frozen=True)
class Standing:
    """What the sentences are made of."""

    proposal: Proposal
    decisions: Sequence[Decision]
    clock: Clock | None


def line_of(proposal: Proposal, decisions: Sequence[Decision], clock: Clock | None) -> str:
    """The sentence of the stage; empty where what is carried out speaks for itself."""
    words = LINES.get(Stage(proposal.stage))
    return words(Standing(proposal, decisions, clock)) if words else ""


def _submitted(case: Standing) -> str:
    sent = f"Đã gửi {vn_date(case.proposal.submitted_at)}."
    rule = case.clock.rule if case.clock else None
    if rule is None or not rule.amount:
        return sent
    return f"{sent} Cơ quan tiếp nhận trong {rule.amount} {rule.get_unit_display()}."


def _under_review(case: Standing) -> str:
    asked: list[str] = []
    if case.proposal.consulted_unit_ids:
        open_requests = case.proposal.opinion_requests.filter(answered_at=None).order_by("pk")
        asked = list(open_requests.values_list("unit_name", flat=True))
    if asked:
        return f"Đang xin ý kiến {', '.join(asked)}."
    due_on = case.proposal.due_on
    return f"Người đứng đầu xem xét{f' trước ngày {vn_date(due_on)}' if due_on else ''}."


def _returned(case: Standing) -> str:
    rows = case.proposal.supplement_requests.filter(answered_at=None)
    asked = rows.annotate(number_of_items=Count("items")).first()
    if asked is None:
        return ""
    return f"Cần bổ sung {asked.number_of_items} nội dung trước ngày {vn_date(asked.due_on)}."


def _escalated(case: Standing) -> str:
    up = [one for one in case.decisions if one.kind == DecisionKind.ESCALATE]
    return f"Đã trình {case.proposal.deciding_unit_name}{_by(up[-1] if up else None)}."


def _to_implement(case: Standing) -> str:
    return f"Được cho thực hiện{_by(approval_of(case.decisions))}."


def _to_pilot(case: Standing) -> str:
    approval = approval_of(case.decisions)
    first = case.proposal.runs_from or (approval and approval.starts_on)
    last = case.proposal.runs_to or (approval and approval.ends_on)
    if not (first and last):
        return "Được cho thí điểm."
    return f"Được cho thí điểm từ {vn_date(first)} đến {vn_date(last)}."


def _carried_out(case: Standing) -> str:
    approval = approval_of(case.decisions)
    plain = approval is not None and approval.kind == DecisionKind.IMPLEMENT
    return _to_implement(case) if plain else _to_pilot(case)


def _refused(case: Standing) -> str:
    said = "Không đồng ý, có nêu lý do."
    clock = case.clock
    if clock is None or clock.rule.code != "REFUSAL_ANSWER" or not clock.due_on:
        return said
    return f"{said} Có thể phản hồi trước ngày {vn_date(clock.due_on)}."


def _withdrawn(case: Standing) -> str:
    closed_at = case.proposal.closed_at
    return f"Đã rút ngày {vn_date(timezone.localdate(closed_at))}." if closed_at else ""


def _by(decision: Decision | None) -> str:
    """The number of the paper, once it has one."""
    paper = decision.document if decision else None
    return f" theo {paper.full_number}" if paper and paper.full_number else ""


LINES: dict[Stage, Callable[[Standing], str]] = {
    Stage.DRAFT: lambda case: "Chưa gửi. Chỉ đồng chí và người cùng đề xuất xem được.",
    Stage.SUBMITTED: _submitted,
    Stage.UNDER_REVIEW: _under_review,
    Stage.RETURNED: _returned,
    Stage.ESCALATED: _escalated,
    Stage.APPROVED_IMPLEMENT: _to_implement,
    Stage.APPROVED_PILOT: _to_pilot,
    Stage.MONITORED: _carried_out,
    Stage.CONCLUDED: lambda case: "Hồ sơ đã kết thúc và lưu.",
    Stage.REFUSED: _refused,
    Stage.WITHDRAWN: _withdrawn,
}
