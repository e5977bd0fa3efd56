"""Holds every paper against its stream: its state is what its entries say (JR-05)."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from documents.actions.papers import frozen
from documents.models import OfficialDocument
from documents.seal_worth import state_of
from documents.stages import PaperState, Sealing, Worth
from journal.findings import Finding, broken
from journal.models import Stream
from journal.subjects import Replay

AT_A_TIME = 2000
ROWS_AT_A_TIME = 50
SEALED = (Sealing.SIGNED, Sealing.STAMPED)


class Checker:
    """Of streams `paper:<uuid>`: a draft may have none."""

    machines: tuple[str, ...] = ("paper",)

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        papers = OfficialDocument.objects.filter(ref__in=[replay.ref for replay in replays])
        yield from _seals_of(papers)
        states: dict[str, str] = {}
        found = papers.values_list("ref", "state", "facts", "facts_sha256").order_by("pk")
        for ref, at, facts, digest in found.iterator(ROWS_AT_A_TIME):
            states[str(ref)] = at
            if at != PaperState.DRAFT and frozen(facts)[1] != digest:
                yield broken(f"paper:{ref}", "nội dung văn bản khác mã băm của nó")
        for replay in replays:
            told = replay.states.get("paper", PaperState.DRAFT)
            state = states.get(replay.ref)
            if state is None:
                yield broken(replay.stream, "its paper is gone")
            elif state != told:
                yield broken(replay.stream, f"the paper is {state}, its entries say {told}")

    def strays(self) -> Iterable[Finding]:
        """Papers that say they were sent, signed or issued and have no entries."""
        known = Stream.objects.filter(name__startswith="paper:").values_list("name", flat=True)
        names = {name.partition(":")[2] for name in known.iterator(AT_A_TIME)}
        moved = OfficialDocument.objects.exclude(state=PaperState.DRAFT)
        for ref in moved.values_list("ref", flat=True).iterator(AT_A_TIME):
            if str(ref) not in names:
                yield broken(f"paper:{ref}", "the paper was moved and has no entries")


def _seals_of(papers: QuerySet[OfficialDocument]) -> Iterator[Finding]:
    """A finding for each file that should bear the agency's signature and bears none that holds.

    Whether a certificate ran out since, or is not known here, is for the check page to say.
    """
    sealed = papers.filter(sealing__in=SEALED).select_related("file").order_by("pk")
    for paper in sealed.iterator(ROWS_AT_A_TIME):
        if paper.file is None or not paper.file.path.exists():
            continue  # a missing file is found by its digest
        if state_of(paper.file.path.read_bytes()).worth in {Worth.NONE, Worth.BROKEN}:
            yield broken(paper.own_stream, "chữ ký số trong tệp không còn nguyên vẹn")
