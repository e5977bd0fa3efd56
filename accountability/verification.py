"""Holds every liability case and commendation against its stream: nothing moved unwritten."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from accountability.models import Commendation, LiabilityCase
from journal.findings import Finding, broken
from journal.subjects import Replay, without_stream

COLUMNS = ("ref", "state", "journal_length", "journal_head")
AT_A_TIME = 2000
KINDS: tuple[tuple[str, Any], ...] = (("liability", LiabilityCase), ("commendation", Commendation))


class Checker:
    """Of streams `case:<uuid>`: the state is the replay; length and head stand on the row."""

    machines: tuple[str, ...] = ("liability", "commendation")

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        for kind, model in KINDS:
            rows = model.objects.filter(ref__in=[replay.ref for replay in replays])
            found |= {str(row["ref"]): (kind, row) for row in rows.values(*COLUMNS)}
        for replay in replays:
            if replay.ref in found:
                yield from _compared(replay, *found[replay.ref])
            else:
                yield broken(replay.stream, "its case is gone")

    def strays(self) -> Iterable[Finding]:
        """Cases that have no stream: none is ever made without its first entry."""
        for kind, model in KINDS:
            lone = without_stream(model.objects.all(), "case")
            for ref in lone.values_list("ref", flat=True).iterator(AT_A_TIME):
                yield broken(f"case:{ref}", f"the {kind} has no entries")


def _compared(replay: Replay, kind: str, row: dict[str, Any]) -> Iterator[Finding]:
    told = replay.states.get(kind, "")
    if row["state"] != told:
        yield broken(replay.stream, f"the {kind} is {row['state']}, its entries say {told}")
    if row["journal_length"] != replay.length:
        yield broken(
            replay.stream, f"the {kind} counts {row['journal_length']} of {replay.length} entries"
        )
    elif row["journal_head"] != replay.head_hash:
        yield broken(replay.stream, f"the {kind} names another last entry")
