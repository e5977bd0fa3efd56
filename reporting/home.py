"""*Việc của tôi*: what waits for a person, what waits elsewhere, and what they began to write."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Window
from django.urls import reverse

from notifications.models import Notice
from organisation.days import WorkingDays, today
from organisation.models import User
from proposals.models import Proposal
from proposals.queries import ProposalQuerySet
from proposals.stages import Part, Stage
from reporting.beside import beside_of
from reporting.province import province_for
from reporting.tasks_at_hand import (
    MOST_SHOWN,
    AtHand,
    Group,
    Task,
    at_hand,
    days_left,
    grouped,
    tasks_of,
    together,
)

WAITING_SHOWN = 20
DRAFTS_SHOWN = 2
NOTICES_SHOWN = 3


@dataclass(frozen=True)
class Waiting:
    """One of my proposals that somebody else holds now."""

    proposal: Proposal
    held_for: int
    days_left: int | None
    state: str


@dataclass(frozen=True)
class Draft:
    """A proposal that is being written: how far it is, and where to go on."""

    proposal: Proposal
    done: int
    url: str

    @property
    def sentence(self) -> str:
        return f"Đã xong {self.done} trên {len(Part)} phần"


def home_of(user: User) -> dict[str, Any]:
    """All that the page shows: in seven queries, one more for what stands beside by role."""
    now = today()
    found = at_hand(user, now)
    clocks, has_more = found[:MOST_SHOWN], len(found) > MOST_SHOWN
    own = _own(user)
    elsewhere = own.open().exclude(code__in={clock.code for clock in clocks})
    waiting, drafts = list(elsewhere[:WAITING_SHOWN]), list(_drafts(own)[:DRAFTS_SHOWN])
    counted = WorkingDays(*span_of(now, *clocks, *waiting))
    tasks = tasks_of(clocks, now, counted)
    return {
        "today": now,
        "groups": grouped(together(tasks, has_more=has_more)),
        "task_count": f"hơn {MOST_SHOWN}" if has_more else len(tasks),
        "tally": _due(tasks, has_more=has_more)
        | {"waiting": _number_of(waiting), "drafts": _number_of(drafts)},
        "waiting": _waiting(waiting, now, counted),
        "drafts": [_draft(proposal) for proposal in drafts],
        "province": province_for(user),
        "beside": beside_of(user),
        "notices": Notice.objects.of(user).newest_first()[:NOTICES_SHOWN],
    }


def first_task(groups: list[Group]) -> Task | None:
    """The one task whose button is filled: the first of those overdue."""
    return groups[0].tasks[0] if groups and groups[0].key == "late" else None


def _drafts(own: ProposalQuerySet) -> ProposalQuerySet:
    return own.filter(stage=Stage.DRAFT).prefetch_related("part_versions")


def _own(user: User) -> ProposalQuerySet:
    """Newest first; each row also says how many there are: one person's, so counted by the way."""
    return Proposal.objects.written_by(user).for_list().annotate(number=Window(Count("pk")))


def _number_of(rows: list[Any]) -> int:
    return rows[0].number if rows else 0


def _draft(proposal: Proposal) -> Draft:
    done = {version.part for version in proposal.part_versions.all() if version.is_done}
    ahead = next((part for part in Part if part not in done), None)
    page = (
        ("proposals:edit", [proposal.ref, ahead]) if ahead else ("proposals:check", [proposal.ref])
    )
    return Draft(proposal, len(done), reverse(page[0], args=page[1]))


def _due(tasks: list[Task], *, has_more: bool) -> dict[str, int | str | None]:
    """How many are late, and how many are due soon. Where there are more tasks than these, the
    number that the last of them belongs to is the least it can be, and one behind is not known."""
    late, soon = sum(task.is_late for task in tasks), sum(task.is_soon for task in tasks)
    if has_more and tasks[-1].is_late:
        return {"late": f"{late}+", "soon": None}
    if has_more and tasks[-1].is_soon:
        return {"late": late, "soon": f"{soon}+"}
    return {"late": late, "soon": soon}


def span_of(now: date, *rows: AtHand | Proposal) -> tuple[date, date]:
    """The first and the last day that is counted from or to."""
    dates = [now, *(row.due_on for row in rows if row.due_on)]
    dates += [row.holder_since for row in rows if isinstance(row, Proposal)]
    return min(dates), max(dates)


def _waiting(proposals: list[Proposal], now: date, counted: WorkingDays) -> list[Waiting]:
    return [
        Waiting(
            proposal=proposal,
            held_for=max(counted.between(proposal.holder_since, now), 0),
            days_left=days_left(proposal.due_on, now, counted),
            state=state_of(proposal),
        )
        for proposal in proposals
    ]


def state_of(proposal: Proposal) -> str:
    """The state of the clock that the row of a proposal repeats, for `components/_due.html`."""
    if proposal.is_clock_paused:
        return "paused"
    return "running" if proposal.due_on else "none"
