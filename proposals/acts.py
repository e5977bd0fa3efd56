"""What this person may do with a proposal now: one primary act, and the others (pages.md §1)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from organisation.models import User
from organisation.stages import Role
from proposals import rules
from proposals.models import Decision, Proposal, ReviewStep
from proposals.rights import Capacity
from proposals.stages import APPROVED, REVIEWED, DecisionState, Stage, StepKind
from proposals.tracker import is_plain

OWN_CASE = "Không thể tự xem xét đề xuất của mình. Chuyển cho cấp phó hoặc cấp có thẩm quyền."
ONLY_HEAD = "Chỉ người đứng đầu quyết định."


@dataclass(frozen=True)
class Act:
    """A link to the page of one act."""

    label: str
    url: str
    icon: str = ""
    danger: bool = False


def link(label: str, route: str, *args: object, icon: str = "", danger: bool = False) -> Act | None:
    """An act by the name of its route; None where the room that has the page is not there."""
    try:
        return Act(label, reverse(route, args=args), icon, danger)
    except NoReverseMatch:
        return None


# Deed of the table, words, route: the first that is open to the person is the primary act.
BY_DEED = (
    ("receive", "Tiếp nhận", "proposals:receive", "check-lg"),
    ("approve_pilot", "Ra quyết định", "proposals:decide", "clipboard2-check"),
    ("resubmit", "Bổ sung hồ sơ", "proposals:supplement", "pencil-square"),
    ("submit", "Kiểm tra và gửi", "proposals:check", "send"),
)
ALSO = (
    ("consult", "Xin ý kiến", "proposals:consult", "chat-left-text"),
    ("open_step", "Mở bước xem xét", "proposals:open_step", "list-check"),
    ("open_vote", "Biểu quyết của tập thể", "proposals:vote", "people"),
    ("request_party_opinion", "Xin ý kiến cấp ủy", "proposals:party_question", "chat-left-text"),
    ("send_back", "Trả lại để bổ sung", "proposals:send_back", "reply"),
    ("redirect", "Chuyển quy trình xây dựng văn bản", "proposals:redirect", "box-arrow-up-right"),
    ("copy", "Viết lại từ bản này", "proposals:copy", "file-earmark-plus"),
)
DANGEROUS = (
    ("withdraw", "Rút đề xuất", "proposals:withdraw", "x-circle"),
    ("discard", "Xóa bản nháp", "proposals:discard", "trash"),
)
WHILE_NOTHING_WAITS = frozenset(
    {"open_step", "open_vote", "request_party_opinion", "send_back", "redirect"}
)
BY_STEP = (
    (StepKind.COLLECTIVE_VOTE, "vote", "Biểu quyết", "proposals:vote"),
    (StepKind.APPRAISAL_COUNCIL, "give_appraisal", "Cho ý kiến thẩm định", "proposals:council"),
    (StepKind.PARTY_OPINION, "give_party_opinion", "Ghi ý kiến cấp ủy", "proposals:party_opinion"),
    (StepKind.LEGAL_CHECK, "check_legal", "Kiểm tra pháp lý", "proposals:legal_check"),
)


class Acts:
    """The acts of one viewer on one proposal, from its rights, open steps and decisions."""

    def __init__(
        self,
        proposal: Proposal,
        user: User,
        steps: list[ReviewStep],
        decisions: list[Decision],
    ) -> None:
        self.proposal, self.user = proposal, user
        self.deeds = rules.actions_of(proposal, user)
        self.open_kinds = {step.kind for step in steps if step.is_open}
        self.decisions = decisions
        self.deeds -= self._barred()

    @property
    def primary(self) -> Act | None:
        return next(self._primary(), None)

    @property
    def others(self) -> list[Act]:
        primary = self.primary
        return [act for act in self._others() if act and act != primary]

    @property
    def why_not(self) -> str:
        """Why the act that this viewer would expect is not there."""
        if self.proposal.stage not in REVIEWED or self.primary:
            return ""
        units = self.user.powers.units(Role.AGENCY_HEAD)
        if rules.is_author(self.proposal, self.user):
            return OWN_CASE if self.proposal.deciding_unit_id in units else ""
        return ONLY_HEAD

    def _barred(self) -> frozenset[str]:
        """What rights would give, and the case does not: the collective speaks once of a text, and
        nothing is asked while a decision waits for its second person."""
        if any(d.state == DecisionState.AWAITING_SECOND for d in self.decisions):
            return WHILE_NOTHING_WAITS
        return frozenset() if self.proposal.vote_passed is None else frozenset({"open_vote"})

    def _primary(self) -> Iterator[Act]:
        found = [self._second(), *self._by_deed(), *self._by_step(), *self._after()]
        yield from (act for act in found if act)

    def _by_deed(self) -> Iterator[Act | None]:
        for deed, label, route, icon in BY_DEED:
            if deed in self.deeds:
                yield link(label, route, self.proposal.ref, icon=icon)

    def _by_step(self) -> Iterator[Act | None]:
        for kind, deed, label, route in BY_STEP:
            if kind in self.open_kinds and deed in self.deeds:
                yield link(label, route, self.proposal.ref, icon="list-check")

    def _second(self) -> Act | None:
        waiting = [d for d in self.decisions if d.state == DecisionState.AWAITING_SECOND]
        if not waiting or "confirm_decision" not in self.deeds:
            return None
        if waiting[0].decided_by_id == self.user.pk:
            return None
        return link("Xác nhận quyết định", "proposals:second", self.proposal.ref, icon="check-lg")

    def _after(self) -> Iterator[Act | None]:
        ref, answered = self.proposal.ref, self.proposal.answered_at
        if "answer_refusal" in self.deeds and not answered:
            yield link("Gửi phản hồi", "proposals:answer", ref, icon="reply")
        if "reopen" in self.deeds and answered:
            yield link("Xem phản hồi", "proposals:answer_review", ref, icon="reply")
        if self.proposal.stage in APPROVED and self._carries_out():
            plan = "thực hiện" if is_plain(self.proposal, self.decisions) else "thí điểm"
            yield link(f"Lập kế hoạch {plan}", "pilots:start", ref, icon="play-fill")
        if self.proposal.stage == Stage.EVALUATED and self._decides():
            yield link("Ghi nhận kết quả", "accountability:conclude", ref, icon="clipboard-check")

    def _decides(self) -> bool:
        return Capacity.HEAD in rules.capacities(self.proposal, self.user)

    def _carries_out(self) -> bool:
        doers = {d.implementer_id for d in self.decisions}
        return self.user.pk in doers | {self.proposal.proposer_id}

    def _others(self) -> Iterator[Act | None]:
        ref = self.proposal.ref
        if "give_opinion" in self.deeds:
            yield self._opinion()
        for deed, label, route, icon in ALSO:
            if deed in self.deeds:
                yield link(label, route, ref, icon=icon)
        if "revoke_decision" in self.deeds and not self.proposal.answered_at:
            yield link("Thu hồi quyết định", "proposals:revoke", ref, icon="reply", danger=True)
        if self.proposal.stage == Stage.DRAFT and "edit" in self.deeds:
            yield link("Sửa bản nháp", "proposals:edit", ref, "thong-tin", icon="pencil")
        yield link("So sánh các bản", "proposals:compare", ref, icon="file-earmark-text")
        for deed, label, route, icon in DANGEROUS:
            if deed in self.deeds:
                yield link(label, route, ref, icon=icon, danger=True)

    def _opinion(self) -> Act | None:
        roles = (Role.AGENCY_FOCAL, Role.AGENCY_HEAD, Role.PROVINCIAL_OFFICE)
        units = self.user.powers.units(*roles)
        asked = self.proposal.opinion_requests.filter(unit__in=units, answered_at=None).first()
        if asked is None:
            return None
        return link("Cho ý kiến", "proposals:give_opinion", asked.ref, icon="chat-left-text")
