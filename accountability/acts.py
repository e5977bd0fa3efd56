"""What a viewer may do with a case now: one primary act, and the others (pages.md §1)."""

from collections.abc import Iterator

from accountability import rules
from accountability.models import Commendation, LiabilityCase
from accountability.stages import CaseState, CommendationState
from organisation.models import User
from proposals.acts import Act, link

ALWAYS, HEARD, UNHEARD = "always", "heard", "unheard"

# Deed of the table, when, words, route (with its argument), icon; what comes next stands first.
CASE_ACTS = (
    ("start_facts", ALWAYS, "Bắt đầu xác định nguyên nhân", "liability_deed bat-dau", "search"),
    ("open_hearing", ALWAYS, "Gửi người liên quan cho ý kiến", "liability_deed xin-y-kien", "send"),
    ("state", UNHEARD, "Nêu ý kiến", "statement", "chat-left-text"),
    ("decide", HEARD, "Ghi kết luận", "decide", "clipboard2-check"),
    ("decide_appeal", ALWAYS, "Ghi kết luận", "decide", "clipboard2-check"),
    ("record_lapse", UNHEARD, "Ghi hết thời hạn nêu ý kiến", "liability_deed het-han", "clock"),
    ("find_cause", ALWAYS, "Thêm nguyên nhân", "cause", "plus-lg"),
    ("accept", ALWAYS, "Đồng ý với kết luận", "liability_deed dong-y", "check-lg"),
    ("appeal", ALWAYS, "Khiếu nại kết luận", "appeal", "reply"),
    ("close", ALWAYS, "Kết thúc hồ sơ", "liability_deed ket-thuc", "check-lg"),
)


def case_acts(case: LiabilityCase, user: User) -> list[Act]:
    """The acts open to this viewer, the one that comes next first."""
    return [act for act in _case_acts(case, rules.actions_of(case, user)) if act]


def commendation_acts(row: Commendation, user: User) -> list[Act]:
    return [act for act in _commendation_acts(row, rules.commendation_actions(row, user)) if act]


def _case_acts(case: LiabilityCase, deeds: frozenset[str]) -> Iterator[Act | None]:
    if case.waiting is not None:
        if deeds & {"confirm", "confirm_appeal"}:
            yield _to("Xác nhận kết luận", "confirm", case, "check-lg")
        return
    holds = {ALWAYS: True, HEARD: bool(case.statement_kind), UNHEARD: not case.statement_kind}
    for deed, when, label, route, icon in CASE_ACTS:
        if deed in deeds and holds[when]:
            yield _to(label, route, case, icon)


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


# The way of a case in words, and the states in which each step is over.
STEPS = (
    ("Lập hồ sơ", CaseState.OPENED),
    ("Xác định nguyên nhân", CaseState.FACT_FINDING),
    ("Ý kiến người liên quan", CaseState.HEARING),
    ("Kết luận", CaseState.DECIDED),
    ("Kết thúc", CaseState.CLOSED),
)
COMMENDATION_STEPS = (
    ("Đề nghị", CommendationState.NOMINATED),
    ("Thẩm định", CommendationState.REVIEWED),
    ("Trình", CommendationState.SUBMITTED),
    ("Quyết định", CommendationState.DECIDED),
    ("Trao", CommendationState.AWARDED),
)


def case_steps(case: LiabilityCase) -> list[dict[str, str]]:
    """Entries for `components/_tracker.html`: the hearing is over once the person was heard."""
    place = {
        CaseState.OPENED: 0,
        CaseState.FACT_FINDING: 1,
        CaseState.HEARING: 3 if case.statement_kind else 2,
        CaseState.DECIDED: 4,
        CaseState.APPEALED: 3,
        CaseState.CLOSED: 5,
    }[CaseState(case.state)]
    return _steps(STEPS, place)


def commendation_steps(row: Commendation) -> list[dict[str, str]]:
    place = {
        CommendationState.NOMINATED: 1,
        CommendationState.REVIEWED: 2,
        CommendationState.SUBMITTED: 3,
        CommendationState.DECIDED: 4,
        CommendationState.AWARDED: 5,
        CommendationState.DECLINED: 0,
    }[CommendationState(row.state)]
    return _steps(COMMENDATION_STEPS, place) if place else []


def _steps(names: tuple[tuple[str, str], ...], place: int) -> list[dict[str, str]]:
    states = ["done" if n < place else "now" if n == place else "todo" for n in range(len(names))]
    return [
        {"label": label, "state": state} for (label, _), state in zip(names, states, strict=True)
    ]
