"""Biểu 01 and Biểu 02 of one agency and period, as things stood when the cut-off day ended.

Every figure is counted from the rows of Biểu 02: the list behind a figure cannot differ from it.
Counted again later, the same comes out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from deadlines.agencies import agency_of
from deadlines.counting import Pause, Period, due_date
from deadlines.models import Clock
from deadlines.stages import REVIEW_RULES
from organisation.models import OrgUnit, UnitScope
from organisation.templatetags.portal import vn_date
from pilots.models import Evaluation
from pilots.stages import EvaluationKind
from proposals.models import Decision, Proposal
from proposals.stages import DecisionKind, Stage
from reporting.periods.histories import History, histories
from reporting.periods.models import ReportingPeriod
from reporting.periods.numbers import BUDGET, COUNTED

Facts = dict[str, Any]
ALLOWING = (DecisionKind.IMPLEMENT, DecisionKind.PILOT)
WITHDRAWN = "Đề xuất đã rút"
EVENTS = {Stage.APPROVED_IMPLEMENT: "approved_implement", Stage.APPROVED_PILOT: "approved_pilot"}
OVERRIDES = ("proposal.override_implement", "proposal.override_pilot")


@dataclass(frozen=True)
class Bounds:
    """From the first minute of a period to the minute after its last."""

    start: datetime
    end: datetime
    cutoff_on: date

    @classmethod
    def of(cls, period: ReportingPeriod) -> "Bounds":
        after = period.cutoff_on + timedelta(days=1)
        return cls(_midnight(period.from_on), _midnight(after), period.cutoff_on)


def figures_of(agency: OrgUnit, period: ReportingPeriod) -> Facts:
    """All figures of an agency in a period, in plain values: what is frozen and printed."""
    bounds = Bounds.of(period)
    rows = list(_rows(agency, bounds))
    counted = Counter(key for row in rows for key in row["in"])
    numbers = {one.key: counted[one.key] for one in COUNTED}
    numbers[BUDGET] = sum(row[BUDGET] or 0 for row in rows)
    return {
        "agency": str(agency.ref),
        "period": period.label,
        "from_on": str(period.from_on),
        "cutoff_on": str(period.cutoff_on),
        "numbers": numbers,
        "rows": rows,
    }


def rows_behind(facts: Facts, key: str) -> list[Facts]:
    """The rows of Biểu 02 that make a figure."""
    return [row for row in facts.get("rows", []) if key in row["in"]]


def _rows(agency: OrgUnit, bounds: Bounds) -> Iterator[Facts]:
    found = list(_proposals(agency, bounds))
    told = histories([one.stream for one in found], bounds.end)
    came = [(one, told[one.stream]) for one in found if one.stream in told]
    inside = [
        (one, history, how)
        for one, history in came
        if (how := _how(history, bounds)) in ("opening", "received", "reopened")
    ]
    keys = [one.pk for one, _, _ in inside]
    results, decisions = _results(keys, bounds), _decisions(keys, bounds)
    late = _overdue([one.ref for one, _, _ in inside], bounds)
    for one, history, how in inside:
        state = history.state(bounds.end, results.get(one.pk, ""))
        within = [*_came(one, how), state, *_decided(history, bounds)]
        within += ["overdue"] if one.ref in late else []
        yield _row(one, state, within, decisions.get(one.pk), bounds)


def _proposals(agency: OrgUnit, bounds: Bounds) -> Iterable[Proposal]:
    """What was sent at the agency, at its sub-units and at those it succeeded."""
    covered = UnitScope.objects.filter(unit=agency).values("covered")
    rows = Proposal.objects.filter(Q(agency=agency) | Q(agency__in=covered))
    rows = rows.filter(submitted_at__lt=bounds.end)
    rows = rows.annotate(answers=agency_of("agency_id", bounds.cutoff_on))
    rows = rows.filter(Q(answers=agency.pk) | Q(answers=None, agency=agency))
    return rows.select_related("field", "proposer").order_by("pk")


def _how(history: History, bounds: Bounds) -> str:
    if history.was_open(bounds.start):
        return "opening"
    return history.came_in(bounds.start, bounds.end)


def _came(proposal: Proposal, how: str) -> list[str]:
    if how == "opening":
        return [how]
    if how == "reopened":
        return ["received", how]
    return ["received", f"received_{proposal.track}"]


def _decided(history: History, bounds: Bounds) -> list[str]:
    approval = history.approval(bounds.start, bounds.end)
    if approval is None:
        return []
    found = [EVENTS[Stage(approval.after)]]
    return [*found, "overridden"] if approval.action in OVERRIDES else found


def _results(keys: list[int], bounds: Bounds) -> dict[int, str]:
    """What final evaluations concluded until the cut-off."""
    rows = Evaluation.objects.filter(
        pilot__proposal__in=keys, kind=EvaluationKind.FINAL, concluded_at__lt=bounds.end
    )
    return dict(rows.values_list("pilot__proposal", "result"))


def _decisions(keys: list[int], bounds: Bounds) -> dict[int, Decision]:
    """The decision that allowed each of them and stood at the cut-off."""
    rows = Decision.objects.filter(
        Q(revoked_at=None) | Q(revoked_at__gte=bounds.end),
        Q(is_override=False) | Q(seconded_at__lt=bounds.end),
        proposal__in=keys,
        kind__in=ALLOWING,
        decided_at__lt=bounds.end,
    )
    rows = rows.select_related("document", "plan_version__content").order_by("decided_at", "pk")
    return {row.proposal_id: row for row in rows}


def _overdue(refs: list[Any], bounds: Bounds) -> set[Any]:
    """Whose review was late on the cut-off day: the dates as they were counted on that day."""
    clocks = Clock.objects.filter(
        Q(stopped_on=None) | Q(stopped_on__gt=bounds.cutoff_on),
        subject_kind="proposal",
        subject_ref__in=refs,
        rule__code__in=REVIEW_RULES,
        started_on__lte=bounds.cutoff_on,
    )
    clocks = clocks.select_related("rule").prefetch_related("pauses")
    return {clock.subject_ref for clock in clocks if _was_late(clock, bounds.cutoff_on)}


def _was_late(clock: Clock, on: date) -> bool:
    pauses = [one for one in clock.pauses.all() if one.from_on <= on]
    if any(one.to_on is None or one.to_on > on for one in pauses):
        return False
    if len(pauses) == len(clock.pauses.all()):
        return bool(clock.due_on and clock.due_on < on)
    told = [Pause(one.from_on, one.to_on, one.reason) for one in pauses if one.to_on]
    rule = clock.rule
    due = due_date(Period(clock.started_on, rule.amount, rule.unit, clock.given_due_on, told))
    return bool(due and due < on)


def _row(
    proposal: Proposal,
    state: str,
    within: list[str],
    decision: Decision | None,
    bounds: Bounds,
) -> Facts:
    """A line of Biểu 02: what stands in it may be read by whoever reads the report.

    What was withdrawn is counted, not told of: others know no more of it than that.
    """
    is_told = state != "withdrawn"
    approved = any(key in within for key in EVENTS.values())
    return {
        "ref": str(proposal.ref),
        "code": proposal.code or "",
        "title": proposal.title if is_told else WITHDRAWN,
        "proposer": proposal.proposer.full_name if is_told else "",
        "position": proposal.proposer_position if is_told else "",
        "agency": proposal.agency_name,
        "field": str(proposal.field or "") if is_told else "",
        "received_on": str(proposal.received_on or ""),
        "decision": _cited(decision, bounds),
        "runs": _runs(decision),
        "state": state,
        BUDGET: _budget(decision) if approved else None,
        "in": within,
    }


def _cited(decision: Decision | None, bounds: Bounds) -> str:
    """The decision by its number and day, as far as it was issued by the cut-off."""
    if decision is None:
        return ""
    paper = decision.document
    if paper and paper.issued_on and paper.issued_on <= bounds.cutoff_on:
        return f"{paper.full_number}, {vn_date(paper.issued_on)}"
    return vn_date(timezone.localtime(decision.decided_at).date())


def _runs(decision: Decision | None) -> str:
    if decision is None or not (decision.starts_on and decision.ends_on):
        return ""
    return f"{vn_date(decision.starts_on)} – {vn_date(decision.ends_on)}"


def _budget(decision: Decision | None) -> int | None:
    return decision.plan_version.content.facts.get(BUDGET) if decision else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
