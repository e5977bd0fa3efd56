"""Holds every periodic report against its stream: nothing moved that was not written."""

from collections.abc import Iterable, Sequence

from journal.findings import Finding, broken
from journal.subjects import Replay, without_stream
from reporting.periods.models import STREAM, PeriodicReport


class Checker:
    """The state of a report is the replay of its stream."""

    machines: tuple[str, ...] = (STREAM,)

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        rows = PeriodicReport.objects.filter(ref__in=[replay.ref for replay in replays])
        states = {str(ref): state for ref, state in rows.values_list("ref", "state")}
        for replay in replays:
            told, state = replay.states.get(STREAM), states.get(replay.ref)
            if told != state:
                yield broken(replay.stream, f"the report is {state}, its entries say {told}")

    def strays(self) -> Iterable[Finding]:
        rows = without_stream(PeriodicReport.objects.all(), STREAM)
        for ref in rows.values_list("ref", flat=True).iterator():
            yield broken(f"{STREAM}:{ref}", "the report has no entries")
