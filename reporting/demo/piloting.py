"""How a pilot of the demo is set up, measured and reported."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from organisation.models import User
from pilots.actions import figures, reports, starting
from pilots.actions.planning import IndicatorLine, MemberLine, MilestoneLine, Plan, save_plan
from pilots.models import Indicator, Pilot, ProgressReport
from pilots.stages import Direction
from proposals.models import Decision, ExpectedResult, Proposal
from reporting.demo.past import Story
from reporting.demo.reviewing import allow_pilot, checked
from reporting.demo.scene import Office, Scene

USUAL_REPORT = reports.ReportText(
    done="Đã làm các việc của kỳ này theo kế hoạch, số liệu ghi hằng tuần.",
    difficulties="Chưa có khó khăn lớn.",
    next_steps="Tiếp tục theo kế hoạch; kiểm tra lại nguồn số liệu.",
)


def allowed(
    scene: Scene, name: str, office: Office, *, by: User, ago: int, months: int = 6
) -> Story[Pilot]:
    """A pilot in preparation, sent so many working days ago and allowed within five."""
    proposal = yield from checked(scene, name, office, by=by, ago=ago)
    yield scene.past.at(ago - 5, 10)
    allow_pilot(proposal, by=office.head, monitor=office.deputy, months=months)
    return starting.prepare(proposal.pk, by=by)


def started(
    scene: Scene,
    name: str,
    office: Office,
    *,
    by: User,
    ago: int,
    months: int = 6,
    members: Sequence[User] = (),
    steps: Sequence[str] = ("Tập huấn cho người thực hiện", "Sơ kết giữa kỳ"),
) -> Story[Pilot]:
    """A pilot that began seven working days after its proposal was sent."""
    pilot = yield from allowed(scene, name, office, by=by, ago=ago, months=months)
    yield scene.past.at(ago - 7, 8)
    save_plan(pilot.pk, plan_of(pilot, members or [office.second], steps), by=by)
    return starting.start(pilot.pk, by=by)


def plan_of(pilot: Pilot, members: Sequence[User], steps: Sequence[str]) -> Plan:
    """The plan that the decision gives, with its milestones spread over the time."""
    proposal: Proposal = pilot.proposal
    decision: Decision = pilot.decision
    starts_on, ends_on = decision.starts_on, decision.ends_on
    assert starts_on  # noqa: S101 (a pilot has its period)
    assert ends_on  # noqa: S101
    between = (ends_on - starts_on) / (len(steps) + 1)
    return Plan(
        leader=proposal.proposer,
        starts_on=starts_on,
        ends_on=ends_on,
        scope=proposal.plan.scope,
        budget=proposal.plan.budget or 0,
        stop_conditions=proposal.plan.stop_plan,
        indicators=[_line(row) for row in proposal.expected_results.order_by("pk")],
        milestones=[
            MilestoneLine(step, starts_on + between * number)
            for number, step in enumerate(steps, start=1)
        ],
        members=[MemberLine(person, "Nhập số liệu") for person in members],
    )


def measure(pilot: Pilot, *shares: str, by: User, on: date) -> None:
    """Enter a value of each indicator: so much of the way from its baseline to its target."""
    for row, value in values_at(pilot, *shares).items():
        figures.enter_value(row.pk, figures.Value(value, on), by=by)


def values_at(pilot: Pilot, *shares: str) -> dict[Indicator, Decimal]:
    """Where each indicator stands after its share of the way; the last share is for the rest."""
    rows = list(pilot.indicators.order_by("place", "pk"))
    padded = [*shares, *[shares[-1]] * len(rows)]
    return {
        row: round(row.baseline + (row.target - row.baseline) * Decimal(share), 1)
        for row, share in zip(rows, padded, strict=False)
    }


def month_by_month(scene: Scene, pilot: Pilot, office: Office, *, until: int) -> Story[None]:
    """Figures and a report of each period that was over before the end, and the head's answer."""
    last = scene.past.day(0)
    periods = [row for row in pilot.reports.order_by("number") if row.period_to <= last]
    for row in periods:
        over = scene.past.ago_of(row.period_to)
        if over - 5 <= until:
            break
        day = yield scene.past.at(over, 16)
        measure(pilot, str(round(row.number / (len(periods) + 1), 2)), by=pilot.leader, on=day)
        yield scene.past.at(over - 2, 10)
        report(pilot, row.number, USUAL_REPORT, by=pilot.leader)
        yield scene.past.at(over - 4, 9)
        reports.accept_report(row.pk, by=office.head, answer="Đã đọc.")


def report(pilot: Pilot, number: int, text: reports.ReportText, *, by: User) -> ProgressReport:
    """Send a progress report to the head."""
    found = pilot.reports.get(number=number)
    return reports.send_report(found.pk, text, by=by)


def _line(row: ExpectedResult) -> IndicatorLine:
    assert row.baseline is not None  # noqa: S101 (it was sent)
    assert row.target is not None  # noqa: S101
    direction = Direction.UP if row.target > row.baseline else Direction.DOWN
    return IndicatorLine(
        row.name, row.unit, direction, row.baseline, row.target, source="Sổ theo dõi của nhóm"
    )
