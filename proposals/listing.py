"""What a list of proposals shows besides its columns, in a constant number of queries."""

from collections.abc import Iterable, Sized
from datetime import date
from typing import Any

from django.db.models import Min

from organisation.days import WorkingDays, today
from organisation.models import User
from organisation.stages import Role
from organisation.templatetags.portal import vn_number
from proposals.models import PlanVersion, Proposal
from proposals.queries import ProposalQuerySet
from proposals.search import FEW, capped_count
from proposals.stages import Stage

COMING = (Stage.SUBMITTED, Stage.RETURNED)


def with_days_left(rows: Iterable[Any]) -> list[Any]:
    """The proposals with `days_left` and `due_state` set; one query for all."""
    found, now = list(rows), today()
    dates = [row.due_on for row in found if row.due_on] + [now]
    working = WorkingDays(min(dates), max(dates))
    for row in found:
        row.days_left = working.between(now, row.due_on) if row.due_on else None
        row.due_state = _state(row)
    return found


def with_facts(rows: Iterable[Any]) -> list[Any]:
    """The proposals with `facts` set: what their newest frozen version says; one query for all."""
    found = list(rows)
    versions = PlanVersion.objects.filter(proposal__in=found).select_related("content")
    newest = {version.proposal_id: version for version in versions.order_by("number")}
    for row in found:
        version = newest.get(row.pk)
        row.facts = version.content.facts if version else {}
    return found


def next_due(user: User) -> date | None:
    """The nearest day in the cases that are still on their way to the desk of this head."""
    units = user.powers.units(Role.AGENCY_HEAD)
    coming = Proposal.objects.filter(deciding_unit__in=units, stage__in=COMING, due_on__gte=today())
    return coming.exclude(proposer=user).aggregate(day=Min("due_on"))["day"]


def counted(rows: ProposalQuerySet, shown: Sized, *, has_more: bool) -> str:
    """How many cases a list has, in words; where counting would cost with their number, "hơn"."""
    if rows.is_walked:
        return f"hơn {len(shown)} hồ sơ" if has_more else f"{len(shown)} hồ sơ"
    number = capped_count(rows)
    return f"hơn {vn_number(FEW)} hồ sơ" if number > FEW else f"{number} hồ sơ"


def _state(row: Any) -> str:
    if row.is_clock_paused:
        return "paused"
    return "running" if row.due_on else "none"
