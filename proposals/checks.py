"""What the head should know before deciding: points that were checked, failing ones first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from organisation.models import User
from proposals.models import Proposal, ReviewStep
from proposals.similarity import like
from proposals.stages import CARRIED_OUT, CLOSED, BottleneckKind, StepConclusion, StepKind, Track


@dataclass(frozen=True)
class Check:
    """One point: whether it holds, in words, and where something can be done about it."""

    passed: bool
    text: str
    url: str = ""
    url_label: str = ""

    @property
    def state(self) -> str:
        return "ok" if self.passed else "miss"


def checks(
    proposal: Proposal,
    facts: dict[str, Any],
    steps: list[ReviewStep],
    user: User,
    running: int | None = None,
) -> list[Check]:
    """Every point of the review (pages.md §8), in the order in which they are read.

    `running` is how many other proposals the proposer carries out, where it was read already.
    """
    running = _count_running(proposal) if running is None else running
    return [
        *_said(facts),
        *_law(proposal, facts, steps),
        *_steps(proposal, steps),
        *_others(proposal, facts, running),
        _similar(proposal, user),
    ]


def _said(facts: dict[str, Any]) -> Iterator[Check]:
    committed = bool(facts.get("is_committed"))
    yield Check(
        committed,
        "Đủ 6/6 phần; đã cam kết động cơ trong sáng, vì lợi ích chung."
        if committed
        else "Người đề xuất chưa cam kết động cơ trong sáng, vì lợi ích chung.",
    )
    if facts.get("has_conflict"):
        yield Check(False, f"Có khai quan hệ lợi ích: {facts.get('conflict_statement', '')}")
    else:
        yield Check(True, "Không có xung đột lợi ích được khai báo.")


def _law(proposal: Proposal, facts: dict[str, Any], steps: list[ReviewStep]) -> Iterator[Check]:
    checked = [s for s in steps if s.kind == StepKind.LEGAL_CHECK and s.concluded_at]
    if not checked and facts.get("bottleneck_kind") == BottleneckKind.UNKNOWN:
        url = reverse("proposals:consult", args=[proposal.ref])
        yield Check(False, "Chưa rõ vướng ở quy định nào, cần pháp chế.", url, "Xin ý kiến")
    is_decree = proposal.track == Track.ND73
    if is_decree and facts.get("bottleneck_kind") == BottleneckKind.REGULATED_UNSUITABLE:
        text = "Nghị định 73/2023/NĐ-CP chỉ áp dụng cho nội dung chưa được quy định."
        yield Check(False, text)
    for step in checked:
        good = step.conclusion == StepConclusion.FAVOURABLE
        words = step.get_conclusion_display()
        url = reverse("proposals:opinions", args=[proposal.ref])
        yield Check(good, f"Kiểm tra pháp lý: {words}.", url, "Xem phiếu")


def _steps(proposal: Proposal, steps: list[ReviewStep]) -> Iterator[Check]:
    url = reverse("proposals:opinions", args=[proposal.ref])
    required = [s for s in steps if s.is_required]
    waiting = [s for s in required if s.is_open]
    for step in waiting:
        yield Check(False, f"Chưa xong bước bắt buộc: {step.get_kind_display()}.", url, "Mở")
    if required and not waiting:
        yield Check(True, "Các bước xem xét bắt buộc đã xong.")
    if any(_was_alone(step) for step in steps):
        yield Check(False, "Tập thể chỉ có một người biểu quyết.", url, "Xem kết quả")
    if proposal.vote_passed is False:
        text = "Tập thể lãnh đạo không thông qua; người đứng đầu vẫn có thể quyết định."
        yield Check(False, text, url, "Xem kết quả")


def _was_alone(step: ReviewStep) -> bool:
    """Whether the collective's vote was of one person: lawful, but the head is to know."""
    if step.kind != StepKind.COLLECTIVE_VOTE or step.content is None:
        return False
    counted = step.content.facts
    return counted.get("in_favour", 0) + counted.get("against", 0) == 1


def _others(proposal: Proposal, facts: dict[str, Any], running: int) -> Iterator[Check]:
    requests = proposal.opinion_requests.all() if proposal.consulted_unit_ids else ()
    asked = {row.unit_name for row in requests}
    unasked = [u["name"] for u in facts.get("partner_units") or [] if u["name"] not in asked]
    for name in unasked:
        text = f"Có nội dung liên quan {name} nhưng chưa có ý kiến phối hợp."
        url = reverse("proposals:consult", args=[proposal.ref])
        yield Check(False, text, url, f"Xin ý kiến {name}")
    if running:
        yield Check(False, f"Người đề xuất đang thực hiện {running} đề xuất khác.")
    else:
        yield Check(True, "Người đề xuất không thực hiện đề xuất nào khác.")


def _count_running(proposal: Proposal) -> int:
    own = Proposal.objects.filter(proposer=proposal.proposer_id)
    return own.filter(stage__in=CARRIED_OUT - CLOSED).exclude(pk=proposal.pk).count()


def _similar(proposal: Proposal, user: User) -> Check:
    """Likeness is no fault: it is said, and the nearest ones can be looked at."""
    found = like(proposal.title, user, apart_from=proposal.pk)
    if not found:
        return Check(True, "Không có đề xuất gần giống.")
    near = next((row for row in found if row.url), None)
    text = f"Có {len(found)} đề xuất gần giống."
    return Check(True, text, near.url if near else "", "Xem" if near else "")
