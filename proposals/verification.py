"""Holds every proposal against its stream of the journal: nothing moved that was not written."""

from collections.abc import Iterable, Iterator, Sequence

from journal.findings import Finding, broken
from journal.subjects import Replay, without_stream
from proposals.models import Proposal
from proposals.stages import Stage

COLUMNS = ("ref", "stage", "journal_length", "journal_head")
AT_A_TIME = 2000


class Checker:
    """The stage is the replay of the stream; its length and head stand on the row."""

    machines: tuple[str, ...] = ("proposal",)

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        """What is wrong with the proposals of these streams."""
        rows = Proposal.objects.filter(ref__in=[replay.ref for replay in replays])
        found = {str(row["ref"]): row for row in rows.values(*COLUMNS)}
        for replay in replays:
            row = found.get(replay.ref)
            if row is None:
                yield from _orphan(replay)
            else:
                yield from _compared(replay, row)

    def strays(self) -> Iterable[Finding]:
        """Proposals that say they have entries and have no stream."""
        sent = without_stream(Proposal.objects.exclude(stage=Stage.DRAFT), "proposal")
        for ref in sent.values_list("ref", flat=True).iterator(AT_A_TIME):
            yield broken(f"proposal:{ref}", "the proposal was sent and has no entries")


def _orphan(replay: Replay) -> Iterator[Finding]:
    """A discarded draft leaves entries; a proposal that was sent never goes."""
    if replay.states.get("proposal", Stage.DRAFT) != Stage.DRAFT:
        yield broken(replay.stream, "its proposal is gone")


def _compared(replay: Replay, row: dict) -> Iterator[Finding]:
    told = replay.states.get("proposal", Stage.DRAFT)
    if row["stage"] != told:
        yield broken(replay.stream, f"the proposal is {row['stage']}, its entries say {told}")
    if row["journal_length"] != replay.length:
        yield broken(
            replay.stream, f"the proposal counts {row['journal_length']} of {replay.length} entries"
        )
    elif row["journal_head"] != replay.head_hash:
        yield broken(replay.stream, "the proposal names another last entry")
