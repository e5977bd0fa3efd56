"""A sound journal in bulk, with a past: for the demo province and for benches only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from journal.actions import compose, written
from journal.canonical import plain
from journal.models import Content, Entry, Stream
from journal.signatures import ACTOR

BATCH = 2000


@dataclass
class Deed:
    """What `record` takes, with its own time; `signature` is that of `signature_of`."""

    action: str
    stream: str
    at: datetime
    signature: dict[str, str] | None = None
    role: str = ""
    before: str | None = None
    after: str | None = None
    contents: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def record_many(deeds: Iterable[Deed]) -> list[Entry]:
    """Append an entry for each deed, in their order, with a few statements for thousands.

    Refused unless DEMO is on: whoever calls this says what time it was.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Only the demo may write a past.")
    deeds = list(deeds)
    names = {deed.stream for deed in deeds}
    Stream.objects.bulk_create(
        (Stream(name=name) for name in sorted(names)), batch_size=BATCH, ignore_conflicts=True
    )
    chains = _locked(names)
    contents: list[Content] = []
    signed: dict[tuple[str, str], Content] = {}
    entries = [_entry(chains[deed.stream], deed, contents, signed) for deed in deeds]
    Content.objects.bulk_create(contents, batch_size=BATCH)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    return entries


def _locked(names: set[str]) -> dict[str, Stream]:
    """The streams, locked in the order of their names."""
    rows = Stream.objects.select_for_update().order_by("name")
    wanted = sorted(names)
    some = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
    return {row.name: row for part in some for row in rows.filter(pk__in=part)}


def _entry(
    chain: Stream,
    deed: Deed,
    contents: list[Content],
    signed: dict[tuple[str, str], Content],
) -> Entry:
    data = plain(deed.data)
    cited = [written(kind, deed.stream, facts) for kind, facts in deed.contents]
    contents += cited
    if cited:
        digests = [content.sha256 for content in cited]
        data["content_sha256"] = digests if len(digests) > 1 else digests[0]
    if deed.signature:
        key = (deed.stream, deed.signature["ref"])
        if key not in signed:
            signed[key] = written(ACTOR, deed.stream, deed.signature)
            contents.append(signed[key])
        data["actor_sha256"] = signed[key].sha256
    return compose(
        chain,
        action=deed.action,
        at=deed.at,
        actor=UUID(deed.signature["ref"]) if deed.signature else None,
        role=deed.role or ("" if deed.signature else "system"),
        before=deed.before,
        after=deed.after,
        data=data,
    )
