"""Holds every pilot against the stream of its proposal: nothing moved that was not written."""

from collections.abc import Iterable, Sequence

from journal.findings import Finding, broken
from journal.subjects import Replay
from pilots.models import Pilot
from proposals import verification as below


class Checker:
    """All that the proposals' checker sees, and that a pilot's state is the replay too."""

    machines: tuple[str, ...] = (*below.Checker.machines, "pilot")

    def __init__(self) -> None:
        self.below = below.Checker()

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        yield from self.below.check(replays)
        pilots = Pilot.objects.filter(proposal__ref__in=[replay.ref for replay in replays])
        states = {str(ref): state for ref, state in pilots.values_list("proposal__ref", "state")}
        for replay in replays:
            told, state = replay.states.get("pilot"), states.get(replay.ref)
            if told != state:
                yield broken(replay.stream, f"the pilot is {state}, its entries say {told}")

    def strays(self) -> Iterable[Finding]:
        return self.below.strays()
