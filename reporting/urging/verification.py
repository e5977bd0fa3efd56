"""Holds every letter that urges against its stream: nothing moved that was not written."""

from collections.abc import Iterable, Sequence

from journal.findings import Finding, broken
from journal.subjects import Replay, without_stream
from reporting.urging.models import STREAM, UrgingDispatch


class Checker:
    """The state of a letter is the replay of its stream."""

    machines: tuple[str, ...] = (STREAM,)

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        rows = UrgingDispatch.objects.filter(ref__in=[replay.ref for replay in replays])
        states = {str(ref): state for ref, state in rows.values_list("ref", "state")}
        for replay in replays:
            told, state = replay.states.get(STREAM), states.get(replay.ref)
            if told != state:
                yield broken(replay.stream, f"the letter is {state}, its entries say {told}")

    def strays(self) -> Iterable[Finding]:
        rows = without_stream(UrgingDispatch.objects.all(), STREAM)
        for ref in rows.values_list("ref", flat=True).iterator():
            yield broken(f"{STREAM}:{ref}", "the letter has no entries")
