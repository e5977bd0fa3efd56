"""The running clocks of many proposals at once."""

from datetime import timedelta

from deadlines.counting import Period, due_date
from deadlines.models import Clock, DeadlineRule, HolderChange
from organisation.days import Calendar
from organisation.stages import Role
from proposals.models import Proposal
from proposals.stages import Stage
from reporting.scale.tales import FIRST_DAY, LAST_DAY

BATCH = 1000
LONGEST = timedelta(days=60)
CLOCKS = {
    Stage.SUBMITTED: ("INTAKE", Role.AGENCY_FOCAL, "Tiếp nhận đề xuất"),
    Stage.UNDER_REVIEW: ("COLLECTIVE_MEETING", Role.AGENCY_HEAD, "Quyết định đề xuất"),
}


def start_clocks(rows: list[Proposal]) -> None:
    """Start the clock of each proposal that waits at the desk or for its head."""
    rules = {rule.code: rule for rule in DeadlineRule.objects.filter(valid_to=None)}
    calendar = Calendar.between(FIRST_DAY.date(), LAST_DAY.date() + LONGEST)
    clocks = Clock.objects.bulk_create(
        _clock(row, rules, calendar) for row in rows if Stage(row.stage) in CLOCKS
    )
    HolderChange.objects.bulk_create(
        HolderChange(
            clock=clock,
            holder_unit_id=clock.holder_unit_id,
            holder_role=clock.holder_role,
            since=clock.held_since,
        )
        for clock in clocks
    )
    due = {clock.subject_ref: clock.due_on for clock in clocks}
    held = [row for row in rows if row.ref in due]
    for row in held:
        row.due_on = due[row.ref]
    Proposal.objects.bulk_update(held, ["due_on"], batch_size=BATCH)


def _clock(row: Proposal, rules: dict[str, DeadlineRule], calendar: Calendar) -> Clock:
    code, role, verb = CLOCKS[Stage(row.stage)]
    rule, since = rules[code], row.holder_since
    return Clock(
        rule=rule,
        subject_kind="proposal",
        subject_ref=row.ref,
        code=row.code or "",
        title=row.title,
        stream=row.stream,
        verb=verb,
        url=row.get_absolute_url(),
        started_on=since,
        due_on=due_date(Period(since, rule.amount, rule.unit), calendar),
        holder_unit_id=row.deciding_unit_id,
        holder_role=role,
        held_since=since,
    )
