"""How proposals stood at a moment that has passed, read from the journal.

A period that is counted late, after the portal was down, has the figures that it would have had on
time (SJ-02): rows say how things are now, entries when they became so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from journal.models import Entry
from pilots.stages import PilotState
from proposals.stages import APPROVED, OPEN, Stage

MOVES = Q(action__startswith="proposal.") | Q(action__startswith="pilot.")
AT_ONCE = 500  # streams asked for in one statement
OF_PILOT = {
    PilotState.ADJUSTING: "adjusting",
    PilotState.SUSPENDED: "suspended",
    PilotState.TERMINATED: "terminated",
    PilotState.COMPLETED: "awaiting",
    PilotState.EVALUATED: "awaiting",
}
OF_STAGE = {
    Stage.SUBMITTED: "reviewing",
    Stage.UNDER_REVIEW: "reviewing",
    Stage.RETURNED: "reviewing",
    Stage.ESCALATED: "escalated",
    Stage.APPROVED_IMPLEMENT: "allowed",
    Stage.APPROVED_PILOT: "allowed",
    Stage.REFUSED: "refused",
    Stage.WITHDRAWN: "withdrawn",
    Stage.REDIRECTED: "redirected",
}


@dataclass(frozen=True)
class Moved:
    at: datetime
    action: str
    after: str

    @property
    def of_pilot(self) -> bool:
        return self.action.startswith("pilot.")


@dataclass
class History:
    """The moves of one proposal and its pilot up to the cut-off, the oldest first."""

    moves: list[Moved] = field(default_factory=list)

    def stage(self, before: datetime) -> str:
        """The stage before a moment; nothing where it was not sent yet."""
        found = [one.after for one in self.moves if one.at < before and not one.of_pilot]
        return "" if not found or found[-1] == Stage.DRAFT else found[-1]

    def state(self, before: datetime, result: str) -> str:
        """Its one state in Biểu 01; `result` is that of an evaluation concluded until then."""
        stage = self.stage(before)
        if stage in OF_STAGE:
            return OF_STAGE[Stage(stage)]
        if stage in (Stage.EVALUATED, Stage.CONCLUDED):
            return result or "awaiting"
        pilots = [one.after for one in self.moves if one.at < before and one.of_pilot]
        return OF_PILOT.get(PilotState(pilots[-1]), "running") if pilots else "running"

    def was_open(self, at: datetime) -> bool:
        """Whether it had been received before that moment and was not over."""
        return self.stage(at) in OPEN

    def came_in(self, start: datetime, end: datetime) -> str:
        """How it came into a period: "received", "reopened", or not at all."""
        if self.was_open(start):
            return ""
        if not self.stage(start):
            return "received" if self.stage(end) else ""
        later = [one for one in self.moves if start <= one.at < end and not one.of_pilot]
        return "reopened" if any(one.after in OPEN for one in later) else ""

    def approval(self, start: datetime, end: datetime) -> Moved | None:
        """The approval of this time that stands at its end."""
        found = None
        for one in self.moves:
            if start <= one.at < end and one.after in APPROVED:
                found = one
            elif one.action == "proposal.revoke_decision" and one.at < end:
                found = None
        return found


def histories(streams: Sequence[str], until: datetime) -> dict[str, History]:
    """What each stream says until a moment: one statement for five hundred of them."""
    found: dict[str, History] = defaultdict(History)
    for first in range(0, len(streams), AT_ONCE):
        for stream, *moved in _entries(streams[first : first + AT_ONCE], until):
            found[stream].moves.append(Moved(*moved))
    return found


def _entries(names: Iterable[str], until: datetime) -> Iterator[tuple]:
    rows = Entry.objects.filter(MOVES, stream__in=list(names), after__isnull=False, at__lt=until)
    columns = ("stream_id", "at", "action", "after")
    return rows.order_by("stream_id", "seq").values_list(*columns).iterator()
