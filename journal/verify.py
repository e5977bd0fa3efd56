"""Is the journal as it was written? Reads everything once, in constant memory, changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from django.db.models import Exists, OuterRef

from journal.anchor_checks import check_anchored, check_anchors, check_copies, check_receipt
from journal.chain_checks import Chain, EntryRow
from journal.content_checks import check_contents, check_files
from journal.findings import Finding, Report, broken, undecided
from journal.models import Anchor, Content, Entry, Stream
from journal.record_checks import Told, check_rows, check_same, prefix_of
from journal.sql import database_now, snapshot
from journal.subjects import subjects

STREAMS_AT_A_TIME = 200
ROWS_AT_A_TIME = 2000


def verify(
    *, stream: str = "", anchors: Iterable[str] = (), receipts: Iterable[str] = ()
) -> Report:
    """Check all streams, or one; against exported anchors and receipts where they are given."""
    report = Report()
    with snapshot():
        rows = Stream.objects.filter(pk=stream) if stream else Stream.objects.all()
        found = rows.order_by("name").iterator(ROWS_AT_A_TIME)
        while some := list(islice(found, STREAMS_AT_A_TIME)):
            report.add(_check_streams(some, report))
        report.add(_check_one(stream, report) if stream else _check_whole(report))
        report.add(check_copies(iter(anchors)))
        for digest in receipts:
            report.add(check_receipt(digest))
    return report


def _check_streams(streams: Sequence[Stream], report: Report) -> Iterator[Finding]:
    told = {prefix: Told(prefix) for prefix in sorted({prefix_of(s.name) for s in streams})}
    chains = {s.name: Chain(s.name, _machines(s.name), told[prefix_of(s.name)]) for s in streams}
    rows = (
        Entry.objects.filter(stream__in=list(chains))
        .order_by("stream", "seq", "pk")
        .values_list(*EntryRow._fields)
    )
    for row in rows.iterator(ROWS_AT_A_TIME):
        report.count("entries")
        yield from chains[row[0]].read(EntryRow(*row))
    for stream in streams:
        report.count("streams")
        yield from chains[stream.name].end(stream)
    yield from check_contents(chains)
    yield from check_files(chains.values())
    yield from _check_subjects(chains)
    yield from _check_records(told, chains)


def _machines(name: str) -> tuple[str, ...]:
    checker = subjects.get(prefix_of(name))
    return checker.machines if checker else ()


def _check_subjects(chains: dict[str, Chain]) -> Iterator[Finding]:
    for prefix, names in groupby(sorted(chains), key=prefix_of):
        if prefix in subjects:
            yield from subjects[prefix].check([chains[name].replay for name in names])


def _check_records(told: dict[str, Told], chains: dict[str, Chain]) -> Iterator[Finding]:
    """Hold the rows that the apps registered against what was read of these streams."""
    for prefix, names in groupby(sorted(chains, key=prefix_of), key=prefix_of):
        found = list(names)
        yield from check_rows(told[prefix], found)
        yield from check_same(prefix, found)


def _check_one(stream: str, report: Report) -> Iterator[Finding]:
    if not report.looked_at:
        yield undecided(stream, "there is no such stream")
    yield from check_anchored(Entry.objects.of(stream), database_now())


def _check_whole(report: Report) -> Iterator[Finding]:
    """What can only be seen over all streams together."""
    now = database_now()
    report.count("contents", Content.objects.count())
    report.count("anchors", Anchor.objects.count())
    for model in (Entry, Content):
        streams = Stream.objects.filter(pk=OuterRef("stream_id"))
        for row in model.objects.filter(~Exists(streams)).order_by("pk")[:ROWS_AT_A_TIME]:
            yield broken(str(row), "its stream is gone")
    yield from check_anchors(now)
    yield from check_anchored(Entry.objects.all(), now)
    for checker in subjects.values():
        yield from checker.strays()
