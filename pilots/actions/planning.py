"""The plan of a pilot: written before it starts, frozen when it starts and when it is adjusted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from journal.deeds import deed
from organisation.models import User
from pilots import progress, rules
from pilots.actions import holding
from pilots.actions.base import Incomplete, keep_text, locked, note, permit
from pilots.models import Indicator, Milestone, Pilot, PilotMember, PlanVersion
from pilots.stages import Direction, Frequency

LEADER_JUDGES = "Trưởng nhóm không thể đồng thời là người theo dõi."


@dataclass(frozen=True)
class IndicatorLine:
    name: str
    unit: str
    direction: str
    baseline: Decimal
    target: Decimal
    source: str = ""
    frequency: str = Frequency.MONTHLY
    ref: UUID | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """What is measured, without which row it is."""
        said = asdict(self)
        del said["ref"]
        return said


@dataclass(frozen=True)
class MilestoneLine:
    name: str
    due_on: date
    ref: UUID | None = None


@dataclass(frozen=True)
class MemberLine:
    person: User
    duty: str


@dataclass(frozen=True)
class Plan:
    """All that the set-up form says."""

    leader: User
    starts_on: date | None = None
    ends_on: date | None = None
    scope: str = ""
    report_every_months: int = 1
    budget: int = 0
    stop_conditions: str = ""
    indicators: Sequence[IndicatorLine] = field(default_factory=list)
    milestones: Sequence[MilestoneLine] = field(default_factory=list)
    members: Sequence[MemberLine] = field(default_factory=list)


@deed()
def save_plan(pilot_id: int, plan: Plan, *, by: User, version: int | None = None) -> Pilot:
    """Write the plan of a pilot that has not started; rows that are gone are taken out.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id, version=version)
    permit(pilot, "edit_plan", by)
    if plan.leader.pk == pilot.monitor_id:
        raise Incomplete([LEADER_JUDGES])
    old, pilot.leader = pilot.leader, plan.leader
    for name in ("starts_on", "ends_on", "scope", "budget", "stop_conditions"):
        setattr(pilot, name, getattr(plan, name))
    pilot.report_every_months = plan.report_every_months
    _write_indicators(pilot, plan.indicators)
    _write_milestones(pilot, plan.milestones)
    _write_members(pilot, plan.members)
    content = keep_text(pilot, "pilot_plan_draft", **plan_facts(pilot))
    if pilot.leader != old:
        holding.hand_over(pilot, old)
    holding.admit(pilot)
    note(pilot, "plan.save", by=by, content=content)
    if pilot.leader != old:
        holding.show(pilot)
    return pilot


def freeze(pilot: Pilot, *, by: User) -> PlanVersion:
    """Keep the plan as it stands now, as its next version. The entry that cites it follows."""
    newest = pilot.plan_versions.order_by("-number").first()
    content = keep_text(pilot, "pilot_plan", **plan_facts(pilot))
    return PlanVersion.objects.create(
        pilot=pilot,
        number=newest.number + 1 if newest else 1,
        content=content,
        created_by=by,
    )


def plan_facts(pilot: Pilot) -> dict[str, Any]:
    """The plan as plain values: what two versions are compared by."""
    return {
        "leader": pilot.leader.full_name,
        "starts_on": pilot.starts_on,
        "ends_on": pilot.ends_on,
        "scope": pilot.scope,
        "report_every_months": pilot.report_every_months,
        "budget": pilot.budget,
        "stop_conditions": pilot.stop_conditions,
        "members": [
            {"name": row.person.full_name, "duty": row.duty}
            for row in pilot.members.filter(left_on=None).select_related("person").order_by("pk")
        ],
        "indicators": [
            {
                "ref": row.ref,
                "name": row.name,
                "unit": row.unit,
                "direction": row.direction,
                "baseline": row.baseline,
                "target": row.target,
                "source": row.source,
                "frequency": row.frequency,
            }
            for row in pilot.indicators.in_plan().order_by("place", "pk")
        ],
        "milestones": [
            {"ref": row.ref, "name": row.name, "due_on": row.due_on}
            for row in pilot.milestones.in_plan().order_by("due_on", "pk")
        ],
    }


def missing(pilot: Pilot) -> list[str]:
    """What the plan still lacks before the pilot may start, in words for the leader."""
    found = []
    if not (pilot.starts_on and pilot.ends_on):
        found.append("Nhập thời gian thực hiện: từ ngày, đến ngày.")
    elif pilot.ends_on <= pilot.starts_on:
        found.append("Ngày kết thúc phải sau ngày bắt đầu.")
    if not pilot.indicators.exists():
        found.append("Thêm ít nhất một chỉ tiêu có số ban đầu và mục tiêu.")
    if not pilot.milestones.exists():
        found.append("Thêm ít nhất một mốc công việc có thời hạn.")
    if not pilot.stop_conditions.strip():
        found.append("Nhập điều kiện dừng.")
    if pilot.ends_on:
        late = pilot.milestones.filter(due_on__gt=pilot.ends_on)
        found += [f"Mốc “{row.name}” có thời hạn sau ngày kết thúc." for row in late]
    return found


def refresh_progress(pilot: Pilot) -> None:
    """Repeat on rows since when each indicator, and the pilot, stands behind its plan.

    A pilot is behind when at least half of its indicators are.
    """
    days = []
    for indicator in pilot.indicators.in_plan():
        indicator.behind_from = _behind_from(pilot, indicator)
        indicator.save(update_fields=["behind_from"])
        days.append(indicator.behind_from)
    late, half = sorted(day for day in days if day), (len(days) + 1) // 2
    pilot.behind_from = late[half - 1] if half and len(late) >= half else None


def may_set_leader(pilot: Pilot, by: User) -> bool:
    return rules.may("edit_plan")(pilot, by)


def _behind_from(pilot: Pilot, indicator: Indicator) -> date | None:
    if indicator.share is None or not (pilot.starts_on and pilot.ends_on):
        return None
    return progress.behind_from(pilot.starts_on, pilot.ends_on, indicator.share)


def _write_indicators(pilot: Pilot, lines: Sequence[IndicatorLine]) -> None:
    wrong = [
        line.name
        for line in lines
        if not lies_in_direction(line.direction, line.baseline, line.target)
    ]
    if wrong:
        raise Incomplete(
            [f"Mục tiêu của “{name}” chưa đúng chiều so với số ban đầu." for name in wrong]
        )
    held = {row.ref: row for row in pilot.indicators.all()}
    for place, line in enumerate(lines):
        row = held.pop(line.ref, None) if line.ref else _same(held, line)
        row = row or Indicator(pilot=pilot)
        for name, value in line.facts.items():
            setattr(row, name, value)
        row.place = place
        row.save()
    pilot.indicators.filter(pk__in=[row.pk for row in held.values()]).delete()


def _same(held: dict[UUID, Indicator], line: IndicatorLine) -> Indicator | None:
    """The row made from the proposal's expected result, which a first form could not name."""
    found = next((ref for ref, row in held.items() if row.name == line.name), None)
    return held.pop(found) if found else None


def _write_milestones(pilot: Pilot, lines: Sequence[MilestoneLine]) -> None:
    held = {row.ref: row for row in pilot.milestones.all()}
    for line in lines:
        row = held.pop(line.ref, None) if line.ref else None
        row = row or Milestone(pilot=pilot)
        row.name, row.due_on = line.name, line.due_on
        row.save()
    pilot.milestones.filter(pk__in=[row.pk for row in held.values()]).delete()


def _write_members(pilot: Pilot, lines: Sequence[MemberLine]) -> None:
    people = {line.person.pk: line.duty for line in lines if line.person.pk != pilot.leader_id}
    pilot.members.exclude(person__in=people).delete()
    for person, duty in people.items():
        PilotMember.objects.update_or_create(
            pilot=pilot, person_id=person, left_on=None, defaults={"duty": duty}
        )
    pilot.__dict__.pop("member_ids", None)


def lies_in_direction(direction: str, baseline: Decimal, target: Decimal) -> bool:
    """Whether the target lies on the good side of where it starts."""
    return target > baseline if direction == Direction.UP else target < baseline
