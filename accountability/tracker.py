"""The way of a case and of a commendation in a few steps, for `components/_tracker.html`."""

from accountability.models import Commendation, LiabilityCase
from accountability.stages import CaseState, CommendationState

STEPS = ("Lập hồ sơ", "Xác định nguyên nhân", "Ý kiến người liên quan", "Kết luận", "Kết thúc")
COMMENDATION_STEPS = ("Đề nghị", "Thẩm định", "Trình", "Quyết định", "Trao")


def case_steps(case: LiabilityCase) -> list[dict[str, str]]:
    """The hearing is over once the person was heard."""
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


def _steps(labels: tuple[str, ...], place: int) -> list[dict[str, str]]:
    """Each step: done before the place, now at it, still to come after it."""
    return [
        {"label": label, "state": "done" if n < place else "now" if n == place else "todo"}
        for n, label in enumerate(labels)
    ]
