"""The texts and files that entries cite: all there, all as they were, none besides."""

from collections.abc import Iterable, Iterator, Sequence

from journal.canonical import content_hash, parsed
from journal.chain_checks import Chain
from journal.findings import Finding, broken, undecided
from journal.models import Content
from journal.subjects import file_checkers


def check_contents(chains: dict[str, Chain]) -> Iterator[Finding]:
    """Hold the contents of these streams against what their entries cite."""
    rows = Content.objects.filter(stream__in=list(chains)).order_by("pk")
    found = set()
    for row in rows.iterator(500):
        found.add(row.sha256)
        where = f"{row.stream_id} content {row.sha256[:12]}"
        yield from _check_body(row, where, chains[row.stream_id])
        if row.sha256 not in chains[row.stream_id].contents:
            yield broken(where, "no entry cites it")
    yield from _missing(chains.values(), found)


def check_files(chains: Iterable[Chain]) -> Iterator[Finding]:
    """Ask the app that keeps files for those that entries name."""
    named = set().union(*(chain.files for chain in chains))
    if not named:
        return
    if not file_checkers:
        yield undecided("files", f"{len(named)} are named, and no app here keeps files")
    for checker in file_checkers:
        yield from checker(named)


def _check_body(row: Content, where: str, chain: Chain) -> Iterator[Finding]:
    if content_hash(row.body) != row.sha256:
        yield broken(where, "its digest is not that of its body")
        return
    body = parsed(row.body)
    if body is None:
        yield broken(where, "its body is not canonical JSON")
    elif body.get("kind") != row.kind:
        yield broken(where, "its column for 'kind' differs from its body")
    elif row.sha256 in chain.contents:
        chain.told.content(row, body, chain.contents[row.sha256])


def _missing(chains: Iterable[Chain], found: set[str]) -> Iterator[Finding]:
    """Contents cited by none of these streams' own rows may still stand in another stream."""
    absent = {digest: chain for chain in chains for digest in chain.contents.keys() - found}
    elsewhere = _existing(list(absent))
    for digest, chain in absent.items():
        if digest not in elsewhere:
            yield broken(f"{chain.name} content {digest[:12]}", "is cited and is missing")


def _existing(digests: Sequence[str]) -> set[str]:
    if not digests:
        return set()
    return set(Content.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
