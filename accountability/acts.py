"""What a viewer may do with a case now: one primary act, and the others (pages.md §1)."""

from collections.abc import Iterator
from functools import cached_property

from accountability import people, rules
from accountability.actions import council
from accountability.actions.finding import Weighing
from accountability.actions.terms import TERMS, held_back
from accountability.models import Commendation, LiabilityCase
from accountability.stages import CONCLUDED, CaseState, Condition, Finding
from organisation.models import User
from proposals.acts import Act, link

# Deed of the table, words, route (with its argument), icon; what comes next stands first.
CASE_ACTS = (
    ("start_facts", "Bắt đầu xác định nguyên nhân", "liability_deed bat-dau", "search"),
    ("open_hearing", "Gửi người liên quan cho ý kiến", "liability_deed xin-y-kien", "send"),
    ("state", "Nêu ý kiến", "statement", "chat-left-text"),
    ("decide", "Ghi kết luận", "decide", "clipboard2-check"),
    ("decide_appeal", "Ghi kết luận", "decide", "clipboard2-check"),
    ("call_council", "Trình Hội đồng", "council_call", "people"),
    ("vote", "Biểu quyết", "council", "people"),
    ("close_council", "Kết thúc biểu quyết", "council_close", "clipboard2-check"),
    ("record_lapse", "Ghi hết thời hạn nêu ý kiến", "liability_deed het-han", "clock"),
    ("accept", "Đồng ý với kết luận", "liability_deed dong-y", "check-lg"),
    ("appeal", "Khiếu nại kết luận", "appeal", "reply"),
    ("close", "Kết thúc hồ sơ", "liability_deed ket-thuc", "check-lg"),
)
BEFORE_HEARING = frozenset({"state", "record_lapse"})
DECIDING = frozenset({"decide", "decide_appeal"})
BEFORE_COUNCIL = frozenset({"decide", "call_council", "find_cause", "assess"})
IN_COUNCIL = frozenset({"vote", "close_council"})
CONFIRMING = frozenset({"confirm", "confirm_appeal"})
WEIGHED = Weighing(has_cause=True, findings=dict.fromkeys(Condition, Finding.MET))
NOT_HEARD = "Ghi kết luận sau khi người liên quan nêu ý kiến hoặc hết thời hạn nêu ý kiến."
OWN_CASE = "Không thể tự xem xét hồ sơ của mình. {unit} xem xét."
COUNCIL_SITS = "Hội đồng đang biểu quyết. Ghi kết luận sau khi kết thúc biểu quyết."
UNCLEAR = "Chưa kết luận được: còn tiêu chí cần làm rõ ({names})."
WEIGHED_IT = (
    "Người đã ghi nguyên nhân, đánh giá điều kiện không kết luận, không xác nhận kết luận. Người "
    "khác thực hiện."
)


class CaseActs:
    """The acts of one viewer on one case: what comes next, the others, and what must wait and why.

    Who does not see how far the facts are weighed hands in no `weighing`.
    """

    def __init__(self, case: LiabilityCase, user: User, weighing: Weighing = WEIGHED) -> None:
        self.case, self.user, self.weighing = case, user, weighing
        self.deeds = rules.actions_of(case, user) - self._not_now()
        self._held = {deed: held_back(case, deed) for deed in self._standing() if deed in TERMS}

    @cached_property
    def primary(self) -> Act | None:
        return next((act for act in self._next() if act), None)

    @property
    def others(self) -> list[Act]:
        found = [act for act in (*self._next(), *self._also()) if act and act != self.primary]
        return list(dict.fromkeys(found))

    @property
    def may_appeal(self) -> bool:
        return "appeal" in self._open()

    @property
    def waits(self) -> list[str]:
        """Why a deed that this viewer would expect is not offered."""
        return [text for text in (*self._held.values(), *self._why_not()) if text]

    def _next(self) -> Iterator[Act | None]:
        if self.case.waiting is not None:
            if self.deeds & CONFIRMING:
                yield _to("Xác nhận kết luận", "confirm", self.case, "check-lg")
            return
        yield from self._to_weigh()
        for deed, label, route, icon in CASE_ACTS:
            if deed in self._open():
                yield _to(label, route, self.case, icon)

    def _to_weigh(self) -> Iterator[Act | None]:
        """What is still to be weighed, one after the other: a cause, then each condition."""
        if "find_cause" in self.deeds and not self.weighing.has_cause:
            yield self._find_cause()
        if "assess" in self.deeds and self.weighing.unweighed:
            yield self._assess("Đánh giá", self.weighing.unweighed[0])
        elif "assess" in self.deeds and self.weighing.unclear and self.case.statement_kind:
            yield self._assess("Làm rõ", self.weighing.unclear[0])

    def _also(self) -> Iterator[Act | None]:
        if "find_cause" in self.deeds and self.case.waiting is None:
            yield self._find_cause()

    def _assess(self, verb: str, condition: Condition) -> Act | None:
        label = f"{verb} điều kiện: {condition.label}"
        return _to(label, f"assess {condition}", self.case, "clipboard-check")

    def _find_cause(self) -> Act | None:
        return _to("Thêm nguyên nhân", "cause", self.case, "plus-lg")

    def _not_now(self) -> frozenset[str]:
        """What has no place while a council sits, or while none does."""
        council = self.case.sitting
        if council is None:
            return IN_COUNCIL
        is_seated = council.members.filter(person=self.user, ballot="").exists()
        return BEFORE_COUNCIL if is_seated else BEFORE_COUNCIL | {"vote"}

    def _standing(self) -> frozenset[str]:
        """The deeds that make sense where the case stands, whatever the day."""
        unheard = {"decide", "call_council"}
        found = self.deeds - (BEFORE_HEARING if self.case.statement_kind else unheard)
        if self.weighing.lacking:
            found -= {"open_hearing"}
        if "call_council" in found and not self._has_councillors():
            found -= {"call_council"}
        return found - DECIDING - {"call_council"} if self.weighing.unclear else found

    def _has_councillors(self) -> bool:
        return people.councillors(self.case, self.user).count() + 1 >= council.FEWEST

    def _open(self) -> frozenset[str]:
        return self._standing() - {deed for deed, reason in self._held.items() if reason}

    def _why_not(self) -> Iterator[str]:
        waiting, unclear = self.case.waiting is not None, self.weighing.unclear
        if self.case.person_id == self.user.pk and not self.primary:
            yield from self._whose_turn()
        if "open_hearing" in self.deeds:
            yield from self.weighing.lacking
        if self.case.sitting_id and "close_council" in self.deeds:
            yield COUNCIL_SITS
        if "decide" in self.deeds and not waiting and not self.case.statement_kind:
            yield NOT_HEARD
        elif self.deeds & DECIDING and not waiting and unclear:
            yield UNCLEAR.format(names=", ".join(row.label.lower() for row in unclear))
        if self.user.pk in self.case.assessor_ids:
            kept_apart = rules.kept_apart(self.case, self.user)
            if kept_apart & (CONFIRMING if waiting else DECIDING):
                yield WEIGHED_IT

    def _whose_turn(self) -> Iterator[str]:
        """Who weighs it in place of the person concerned, while it is weighed."""
        if self.case.state == CaseState.APPEALED:
            yield OWN_CASE.format(unit=self.case.appeal_unit_name)
        elif self.case.state not in CONCLUDED:
            yield OWN_CASE.format(unit=self.case.competent_unit_name)


def commendation_acts(row: Commendation, user: User) -> list[Act]:
    return [act for act in _commendation_acts(row, rules.commendation_actions(row, user)) if act]


def _commendation_acts(row: Commendation, deeds: frozenset[str]) -> Iterator[Act | None]:
    waits = row.waiting is not None
    if "review" in deeds:
        yield link("Thẩm định", "accountability:commendation_review", row.ref, icon="check-lg")
    if "submit" in deeds:
        yield link("Trình quyết định", "accountability:commendation_submit", row.ref, icon="send")
    if "decide" in deeds and not waits:
        yield link(
            "Ra quyết định", "accountability:commendation_decide", row.ref, icon="clipboard2-check"
        )
    if "confirm" in deeds and waits:
        yield link(
            "Xác nhận quyết định", "accountability:commendation_confirm", row.ref, icon="check-lg"
        )
    if "award" in deeds:
        yield link("Ghi nhận đã trao", "accountability:commendation_award", row.ref, icon="award")


def _to(label: str, route: str, case: LiabilityCase, icon: str) -> Act | None:
    name, _, argument = route.partition(" ")
    arguments = [case.ref, argument] if argument else [case.ref]
    return link(label, f"accountability:{name}", *arguments, icon=icon)
