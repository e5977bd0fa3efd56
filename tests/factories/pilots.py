"""Pilots for tests, in any state at once, and one that was really started."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from deadlines.seeds import seed_rules
from journal.actions import keep
from organisation.models import OrgUnit, User
from organisation.stages import Role
from pilots.actions.planning import IndicatorLine, MemberLine, MilestoneLine, Plan, save_plan
from pilots.actions.starting import prepare, start
from pilots.models import (
    Indicator,
    Milestone,
    Pilot,
    PilotMember,
    PlanVersion,
    ProgressReport,
)
from pilots.stages import OVER, Direction, PilotKind, PilotState, Result
from proposals.actions.participants import name_team
from proposals.models import Proposal
from proposals.stages import Stage
from tests.factories.organisation import make_unit, make_user
from tests.factories.proposals import make_proposal

STAGES = {
    PilotState.PLANNED: Stage.APPROVED_PILOT,
    PilotState.EVALUATED: Stage.EVALUATED,
    PilotState.CLOSED: Stage.CONCLUDED,
}
ENDED = {PilotState.COMPLETED, PilotState.TERMINATED} | OVER


@dataclass(frozen=True)
class Team:
    """Everybody around a pilot of one agency; each post is held by one person."""

    agency: OrgUnit
    leader: User
    member: User
    monitor: User
    head: User
    deputy: User
    focal: User
    clerk: User
    liaison: User

    @property
    def all(self) -> dict[str, User]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "agency"}


def make_team(agency: OrgUnit | None = None) -> Team:
    agency = agency or make_unit()
    posts = {
        "leader": Role.PROPOSER,
        "member": Role.PROPOSER,
        "monitor": Role.PROPOSER,
        "head": Role.AGENCY_HEAD,
        "deputy": Role.DEPUTY_HEAD,
        "focal": Role.AGENCY_FOCAL,
        "clerk": Role.CLERK,
        "liaison": Role.PARTY_LIAISON,
    }
    return Team(
        agency=agency, **{name: make_user(role=role, unit=agency) for name, role in posts.items()}
    )


@transaction.atomic
def make_pilot(state: str = PilotState.RUNNING, *, team: Team | None = None, **over: Any) -> Pilot:
    """A pilot in that state as if it had come there: its rows, no clocks, no entries of its own.

    Half of its time is gone: it began 90 days ago and ends in 90 days.
    """
    seed_rules()
    team = team or make_team()
    today = timezone.localdate()
    proposal = over.pop("proposal", None) or make_proposal(
        STAGES.get(PilotState(state), Stage.MONITORED), proposer=team.leader, agency=team.agency
    )
    facts: dict[str, Any] = {
        "proposal": proposal,
        "decision": proposal.decisions.get(),
        "kind": PilotKind.PILOT,
        "state": state,
        "agency": team.agency,
        "agency_name": proposal.agency_name,
        "deciding_unit": team.agency,
        "deciding_unit_name": proposal.deciding_unit_name,
        "leader": team.leader,
        "monitor": team.monitor,
        "starts_on": today - timedelta(days=90),
        "ends_on": today + timedelta(days=90),
        "scope": "Hai xã của huyện Ninh Sơn",
        "budget": 120_000_000,
        "stop_conditions": "Dừng khi có trên 2% hồ sơ thất lạc.",
    }
    if state != PilotState.PLANNED:
        facts["started_at"] = timezone.now() - timedelta(days=90)
    if state in ENDED:
        facts["ended_on"] = today
    if state in OVER:
        facts |= {"result": Result.COMPLETED, "evaluated_at": timezone.now()}
    pilot = Pilot.objects.create(**(facts | over))
    PilotMember.objects.create(pilot=pilot, person=team.member, duty="Nhập số liệu")
    name_team(proposal, {pilot.leader_id, team.member.pk})
    return pilot


def make_indicator(pilot: Pilot, **over: Any) -> Indicator:
    """A share that should rise from 71,5 to 95."""
    facts: dict[str, Any] = {
        "name": "Kết quả trả tại nhà đúng hẹn",
        "unit": "% số hồ sơ",
        "direction": Direction.UP,
        "baseline": Decimal("71.5"),
        "target": Decimal("95"),
    } | over
    return Indicator.objects.create(pilot=pilot, **facts)


def make_milestone(pilot: Pilot, **over: Any) -> Milestone:
    facts: dict[str, Any] = {
        "name": "Ký thỏa thuận với đơn vị bưu chính",
        "due_on": timezone.localdate() + timedelta(days=14),
    } | over
    return Milestone.objects.create(pilot=pilot, **facts)


def make_report(pilot: Pilot, number: int = 1, **over: Any) -> ProgressReport:
    """The report of a month that ended yesterday."""
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "period_from": today - timedelta(days=30),
        "period_to": today - timedelta(days=1),
        "due_on": today + timedelta(days=5),
    } | over
    return ProgressReport.objects.create(pilot=pilot, number=number, **facts)


@transaction.atomic
def make_version(pilot: Pilot, number: int = 1) -> PlanVersion:
    content = keep("pilot_plan", pilot.stream, {"number": number})
    return PlanVersion.objects.create(
        pilot=pilot, number=number, content=content, created_by=pilot.leader
    )


def a_plan(team: Team, **over: Any) -> Plan:
    """A plan with all that a start needs: six months, one indicator, one milestone."""
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "leader": team.leader,
        "starts_on": today,
        "ends_on": today + timedelta(days=182),
        "scope": "Hai xã của huyện Ninh Sơn",
        "report_every_months": 1,
        "budget": 120_000_000,
        "stop_conditions": "Dừng khi có trên 2% hồ sơ thất lạc.",
        "indicators": [
            IndicatorLine(
                "Kết quả trả tại nhà đúng hẹn",
                "% số hồ sơ",
                Direction.UP,
                Decimal("71.5"),
                Decimal("95"),
            )
        ],
        "milestones": [MilestoneLine("Ký thỏa thuận bưu chính", today + timedelta(days=14))],
        "members": [MemberLine(team.member, "Nhập số liệu")],
    } | over
    return Plan(**facts)


def make_approved(team: Team) -> Proposal:
    """A proposal that was just allowed as a pilot, with the team's monitor."""
    seed_rules()
    proposal = make_proposal(Stage.APPROVED_PILOT, proposer=team.leader, agency=team.agency)
    proposal.decisions.update(monitor=team.monitor)
    return proposal


def make_started(team: Team, **plan: Any) -> Pilot:
    """A pilot that went the whole way by its actions: prepared, planned, started."""
    pilot = prepare(make_approved(team).pk, by=team.leader)
    save_plan(pilot.pk, a_plan(team, **plan), by=team.leader)
    return fresh(start(pilot.pk, by=team.leader))


def fresh(pilot: Pilot) -> Pilot:
    """The pilot as it stands in the database, without what was cached."""
    return Pilot.objects.select_related("proposal").get(pk=pilot.pk)


def clock_rules(pilot: Pilot) -> list[str]:
    """The codes of the open clocks of a case, in order."""
    return sorted(clock.rule.code for clock in open_clocks(pilot))


def open_clocks(pilot: Pilot) -> list[Any]:
    from_stream = pilot.proposal.stream
    return list(
        Pilot.clock.field.related_model.objects.open()
        .filter(stream=from_stream)
        .select_related("rule", "holder_user", "holder_unit")
        .order_by("pk")
    )


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
