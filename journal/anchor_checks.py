"""The anchors: each one right, none missing, and as the copies outside the system have them."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from journal.anchors import ONE_DAY, local_date
from journal.canonical import (
    NOTHING_BEFORE,
    anchor_hash,
    canonical,
    moment,
)
from journal.findings import Finding, broken, undecided
from journal.merkle import merkle_root
from journal.models import Anchor, AnchorLeaf, Entry, EntryQuerySet

GRACE = timedelta(hours=48)
NAMED = 20  # of many entries with the same fault


def check_anchors(now: datetime) -> Iterator[Finding]:
    """Read all anchors in order of their days, with their leaves."""
    last, prev = None, NOTHING_BEFORE
    for anchor in Anchor.objects.order_by("date").iterator(500):
        where = f"anchor {anchor.date}"
        if last and anchor.date != last + ONE_DAY:
            yield broken(where, f"follows {last}: days are missing")
        if anchor.prev_hash != prev:
            yield broken(where, "does not link to the anchor before it")
        yield from _check_body(anchor, where)
        yield from _check_leaves(anchor, where)
        last, prev = anchor.date, anchor.anchor_hash
    yield from _check_tail(last, local_date(now - GRACE))


def check_anchored(entries: EntryQuerySet, now: datetime) -> Iterator[Finding]:
    """Each entry older than 48 hours stands in an anchor, unless that day's is still to come."""
    last = Anchor.objects.order_by("-date").values_list("date", flat=True).first()
    late = entries.not_anchored().filter(at__lt=now - GRACE).order_by("pk")
    for entry in late[:NAMED]:
        is_due = last is not None and local_date(entry.at) <= last
        say = broken if is_due else undecided
        yield say(str(entry), "is older than 48 hours and in no anchor")


def check_copies(lines: Iterator[str]) -> Iterator[Finding]:
    """Hold the anchors here against an export kept elsewhere (JSON lines)."""
    for number, line in enumerate(lines, start=1):
        copy = _read_copy(line)
        if copy is None:
            yield undecided(f"line {number}", "is not an exported anchor")
            continue
        day, digest = copy
        here = Anchor.objects.filter(date=day).values_list("anchor_hash", flat=True).first()
        if here is None:
            yield broken(f"anchor {day}", "is missing here, the copy outside has it")
        elif here != digest:
            yield broken(f"anchor {day}", "differs from the copy outside")


def _check_tail(last: date | None, due: date) -> Iterator[Finding]:
    if last and last < due:
        yield undecided(f"anchor {due}", f"the last anchor is of {last}")
    if last is None and AnchorLeaf.objects.exists():
        yield broken("anchors", "are gone, their leaves are still there")


def _check_body(anchor: Anchor, where: str) -> Iterator[Finding]:
    if anchor_hash(anchor.body) != anchor.anchor_hash:
        yield broken(where, "its hash is not that of its body")
    columns = {
        "v": 1,
        "date": anchor.date.isoformat(),
        "at": moment(anchor.at),
        "prev": anchor.prev_hash,
        "root": anchor.root,
        "size": anchor.size,
    }
    if canonical(columns) != anchor.body:
        yield broken(where, "its columns differ from its body")


def _check_leaves(anchor: Anchor, where: str) -> Iterator[Finding]:
    rows = anchor.leaves.order_by("place").values_list("place", "entry_id", "entry__entry_hash")
    walk = _Walk()
    root = merkle_root(walk.through(rows.iterator(2000)))
    if walk.size != anchor.size or not walk.in_order:
        yield broken(where, f"has {walk.size} leaves in place, it says {anchor.size}")
    if root != anchor.root:
        yield broken(where, "its root is not that of its leaves")


class _Walk:
    """Hands out the hashes of leaves and sees whether they stand in their order, none left out."""

    def __init__(self) -> None:
        self.size = 0
        self.last_id = 0
        self.in_order = True

    def through(self, rows: Iterator[Any]) -> Iterator[str]:
        for place, entry_id, digest in rows:
            self.in_order &= place == self.size and entry_id > self.last_id
            self.size, self.last_id = self.size + 1, entry_id
            yield digest


def _read_copy(line: str) -> tuple[date, str] | None:
    try:
        copy = json.loads(line)
        day = date.fromisoformat(json.loads(copy["body"])["date"])
    except (ValueError, KeyError, TypeError):
        return None
    return (day, copy["anchor_hash"]) if anchor_hash(copy["body"]) == copy["anchor_hash"] else None


def check_receipt(digest: str) -> Iterator[Finding]:
    """The entry whose hash somebody holds on paper is still here."""
    if not Entry.objects.filter(entry_hash=digest).exists():
        yield broken(f"receipt {digest[:12]}", "no entry has this hash")
