"""What the page of a liability case shows to one viewer, no more than they may see."""

from collections.abc import Iterable
from typing import Any

from accountability import acts, outcomes, readership, rules, tracker
from accountability.actions import deciding
from accountability.actions.finding import Weighing
from accountability.actions.reading import views_of
from accountability.models import Assessment, Council, LiabilityCase
from accountability.rights import Sight
from accountability.stages import CRITERIA, CaseState, Condition, Outcome
from accountability.tables import running_clock
from accountability.timeline import INNER, NOT_SERVED
from journal.timeline import Item, timeline
from organisation.models import User
from organisation.templatetags.portal import vn_money
from pilots.stages import CauseKind, Result

EVENTS = 50


def workspace(case: LiabilityCase, user: User) -> dict[str, Any]:
    """The context of `accountability/liability/detail.html`."""
    sight = rules.sight(case, user)
    context: dict[str, Any] = {
        "case": case,
        "badge": case.badge,
        "steps": tracker.case_steps(case),
        "conclusions": case.conclusions,
        "clock": None,
        "facts": _facts(case),
    }
    if sight >= Sight.SERVED:
        context |= _served(case, sight)
    if sight >= Sight.FULL:
        context |= _full(case, user)
    if sight < Sight.INNER:
        looked_at = {"looked_at": views_of(case)} if case.person_id == user.pk else {}
        return context | looked_at | _offered(acts.CaseActs(case, user))
    weighing = _weighing(context)
    return context | _inner(case, weighing) | _offered(acts.CaseActs(case, user, weighing))


def _offered(offered: acts.CaseActs) -> dict[str, Any]:
    return {
        "primary": offered.primary,
        "others": offered.others,
        "waits": offered.waits,
        "may_appeal": offered.may_appeal,
    }


def events(case: LiabilityCase, sight: Sight) -> list[Item]:
    """What happened, as far as this viewer may know of it."""
    hidden = () if sight >= Sight.INNER else INNER if sight >= Sight.FULL else NOT_SERVED
    return list(timeline(case.stream, size=EVENTS, hidden=hidden).items)


def _facts(case: LiabilityCase) -> list[dict[str, str]]:
    result = Result(case.evaluation.result).label if case.evaluation.result else ""
    return [
        {"label": "Người liên quan", "value": case.person.full_name},
        {"label": "Kết quả đánh giá", "value": result},
        {"label": "Thiệt hại", "value": _damage(case)},
        {"label": "Cơ quan xem xét", "value": case.competent_unit_name},
    ]


def _damage(case: LiabilityCase) -> str:
    if not case.evaluation.has_damage:
        return "Không có"
    amount = sum(case.evaluation.damages.values_list("amount", flat=True))
    return vn_money(amount) if amount else "Có"


def _served(case: LiabilityCase, sight: Sight) -> dict[str, Any]:
    return _handed_in(case) | {
        "sees_served": True,
        "clock": running_clock("liability", case.ref),
        "events": events(case, sight),
    }


def _handed_in(case: LiabilityCase) -> dict[str, Any]:
    files = list(case.statement_files.select_related("stored").order_by("pk"))
    return {
        "statement_files": [row.stored for row in files if not row.is_of_appeal],
        "appeal_files": [row.stored for row in files if row.is_of_appeal],
    }


def _full(case: LiabilityCase, user: User) -> dict[str, Any]:
    deeds = rules.actions_of(case, user)
    is_open = case.waiting is None and not case.sitting_id
    return weighed(case) | {
        "sees_full": True,
        "may_find": "find_cause" in deeds and is_open,
        "may_assess": "assess" in deeds and is_open,
    }


def _conditions(rows: Iterable[Assessment]) -> list[dict[str, Any]]:
    """The six conditions in their order; the three criteria of the table are marked."""
    by_condition = {row.condition: row for row in rows}
    return [
        {
            "condition": condition,
            "assessment": by_condition.get(condition),
            "is_criterion": condition in CRITERIA,
        }
        for condition in Condition
    ]


def _weighing(seen: dict[str, Any]) -> Weighing:
    """How far the facts are weighed, from what the page shows of them."""
    rows = [row["assessment"] for row in seen["conditions"] if row["assessment"]]
    has_cause = bool(seen["objective"] or seen["subjective"])
    return Weighing(has_cause, {row.condition: row.finding for row in rows})


def _inner(case: LiabilityCase, weighing: Weighing) -> dict[str, Any]:
    total, views = views_of(case)
    is_open = case.state not in (CaseState.DECIDED, CaseState.CLOSED)
    return {
        "sees_inner": True,
        "waiting": case.waiting,
        "not_confirmed": case.not_confirmed,
        "councils": councils_of(case),
        "readers": readership.readers(case),
        "recusals": readership.recusals(case),
        "looked_at": (total, views),
        "choices": in_order(deciding.choices(case, weighing.findings)) if is_open else [],
        "is_abuse": outcomes.is_abuse(weighing.findings),
    }


def in_order(found: Iterable[Outcome]) -> list[Outcome]:
    open_to_it = set(found)
    return [outcome for outcome in Outcome if outcome in open_to_it]


def laid_before(case: LiabilityCase) -> dict[str, Any]:
    """All that whoever decides reads: facts, both voices, causes, conditions, councils."""
    seen = {"case": case, "facts": _facts(case), "councils": councils_of(case)}
    return weighed(case) | _handed_in(case) | seen


def councils_of(case: LiabilityCase) -> list[Council]:
    """What councils were asked and advised, the newest first; nobody's own ballot."""
    if not case.statement_kind:  # none sits before the person was heard
        return []
    found = case.councils.select_related("paper__file", "minutes__file").order_by("-pk")
    return list(found.prefetch_related("members__person"))


def weighed(case: LiabilityCase) -> dict[str, Any]:
    """Conditions with their findings, and causes by kind."""
    causes = list(case.causes.filter(dropped_at=None).select_related("stored").order_by("pk"))
    return {
        "objective": [row for row in causes if row.kind == CauseKind.OBJECTIVE],
        "subjective": [row for row in causes if row.kind == CauseKind.SUBJECTIVE],
        "conditions": _conditions(case.assessments.select_related("stored", "written_by")),
    }
