"""Writing down what happened. Callers are inside the transaction of the deed itself."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet, Subquery

from journal.canonical import NOTHING_BEFORE, canonical, content_hash, entry_hash, moment, plain
from journal.conflicts import SYSTEM, Conflict
from journal.deeds import found_once, write_at_end
from journal.models import Content, Entry, EntryQuerySet, Stream
from journal.signatures import ACTOR, signature_of
from journal.sql import LAST_ENTRY, Clock, insert_and_ask, now, seconds_behind
from organisation.models import User
from organisation.prepared import prepared

ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
STREAM = re.compile(r"[a-z_]+(:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
COLUMNS = ("name", "length", "head_hash")
SIGNATURE = ("id", "body", "sha256")
LONGEST_TEXT = 120  # a document number fits, a sentence does not
VERSION = 1


class OutsideTransaction(RuntimeError):
    """The journal was asked to write without the deed it tells of."""


class NotForTheJournal(ValueError):
    """A name is malformed, or free text was put where only ids and numbers belong."""


def record(
    action: str,
    *,
    stream: str,
    by: User | None,
    role: str = "",
    before: str | None = None,
    after: str | None = None,
    content: Content | Iterable[Content] | None = None,
    **data: Any,
) -> Entry:
    """Append one entry: `by` (None is the system) did `action`, from `before` to `after`.

    `data` holds ids, digests and numbers of documents; texts go in `content` (see `keep`), those
    that are `written` only are kept along. A key `sha256` or `…_sha256` names a file by its digest.
    All that an action records is written when it ends. Where the database's clock lies before the
    last entry, the entry says by how many seconds (`clock_behind`, SJ-04).
    """
    chain = lock(stream)
    texts = [content] if isinstance(content, Content) else list(content or ())
    facts = plain(data) | _cited(content, texts)
    if by is not None:
        signature = _signature(chain, by, role)
        texts.append(signature)
        facts |= {"actor_sha256": signature.sha256}
    if behind := seconds_behind(chain.now, chain.last_at):
        facts |= {"clock_behind": behind}
    Content.objects.bulk_create(text for text in texts if text.pk is None)
    entry = compose(
        chain,
        action=action,
        at=now(chain.now),
        actor=by.ref if by else None,
        role=role or ("system" if by is None else ""),
        before=before,
        after=after,
        data=facts,
    )
    chain.unwritten.append(entry)
    write_at_end(("entries", stream), chain.write)
    return entry


def keep(kind: str, stream: str, facts: dict[str, Any]) -> Content:
    """Store a text for good. The entry that cites it follows in the same transaction."""
    content = written(kind, lock(stream).name, facts)
    content.save()
    return content


def entries_of(stream: str) -> EntryQuerySet:
    return Entry.objects.of(stream)


def conflict_on(stream: str, *, url: str = "") -> Conflict:
    """The conflict to raise when a form came too late: who acted last on the stream, and when.

    What the portal did by itself is told as the system's.
    """
    last = entries_of(stream).for_timeline().first()
    if last is None:
        return Conflict(url=url)
    signed = Content.objects.filter(sha256=last.data.get("actor_sha256")).first()
    who = signed.facts["full_name"] if signed else SYSTEM
    return Conflict(who=who, at=last.at, url=url, stream=stream, action=last.action)


def lock(stream: str) -> Stream:
    """The stream, created when new, locked until the transaction ends: once for a whole deed.

    Its `now` is the database's time once the lock was had: a row that another changed while this
    waited is read anew, with the clock.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(stream)
    if not STREAM.fullmatch(stream):
        raise NotForTheJournal(stream)
    return found_once(("stream", stream), lambda: _locked(stream))


def _locked(stream: str) -> Stream:
    rows = _rows(stream) or _begun(stream) or _rows(stream)
    name, length, head_hash, at, last_at, *_ = rows[0]
    chain = Stream.from_db(connection.alias, COLUMNS, (name, length, head_hash))
    chain.now, chain.last_at = at, last_at
    signatures = [row[len(COLUMNS) + 2 :] for row in rows]
    chain.signatures = [
        Content.from_db(connection.alias, SIGNATURE, row) for row in signatures if row[0]
    ]
    return chain


@prepared
def _rows(stream: str) -> QuerySet:
    """The stream with the database's time, once for each signature on it, oldest first."""
    signature = FilteredRelation("contents", condition=Q(contents__kind=ACTOR))
    rows = Stream.objects.select_for_update(of=("self",)).filter(pk=stream)
    last = Subquery(Entry.objects.order_by("-pk").values("at")[:1])
    rows = rows.annotate(at=Clock(), last_entry_at=last, signature=signature).order_by(
        "signature__pk"
    )
    signed = [f"signature__{name}" for name in SIGNATURE]
    return rows.values_list(*COLUMNS, "at", "last_entry_at", *signed)


def _begun(stream: str) -> list[tuple]:
    """The row of a new stream, which nobody else sees yet; nothing where somebody was faster."""
    times = insert_and_ask(Stream(name=stream), LAST_ENTRY)
    return [(stream, 0, NOTHING_BEFORE, *times, None, None, None)] if times else []


def compose(
    chain: Stream,
    *,
    action: str,
    at: datetime,
    actor: UUID | None,
    role: str,
    before: str | None,
    after: str | None,
    data: dict[str, Any],
) -> Entry:
    """The next entry of the stream, unsaved; the stream in hand is moved on by it.

    Saving it moves the stream's row on: the database sees to that (0002_guards).
    """
    if not ACTION.fullmatch(action):
        raise NotForTheJournal(action)
    _refuse_prose(data)
    written_at, seq = moment(at), chain.length + 1
    body = canonical(
        {
            "v": VERSION,
            "stream": chain.name,
            "seq": seq,
            "prev": chain.head_hash,
            "at": written_at,
            "action": action,
            "actor": str(actor) if actor else None,
            "role": role,
            "from": before,
            "to": after,
            "data": data,
        }
    )
    entry = Entry(
        stream=chain,
        seq=seq,
        body=body,
        prev_hash=chain.head_hash,
        entry_hash=entry_hash(body),
        at=at,
        action=action,
        actor=actor,
        role=role,
        before=before,
        after=after,
    )
    chain.length, chain.head_hash = seq, entry.entry_hash
    return entry


def written(kind: str, stream: str, facts: dict[str, Any]) -> Content:
    """The content, unsaved. The salt keeps a short text from being guessed by its digest."""
    body = canonical(
        {"v": VERSION, "kind": kind, "salt": secrets.token_hex(16), "facts": plain(facts)}
    )
    return Content(kind=kind, stream_id=stream, body=body, sha256=content_hash(body))


def _cited(content: Content | Iterable[Content] | None, texts: list[Content]) -> dict[str, Any]:
    if content is None:
        return {}
    digests = [text.sha256 for text in texts]
    return {"content_sha256": digests[0] if isinstance(content, Content) else digests}


def _signature(chain: Stream, by: User, role: str) -> Content:
    """The actor's name and post as they are now: kept once a stream for as long as they stay."""
    facts = signature_of(by, role)
    known = (one for one in chain.signatures if one.facts == facts)
    found = next(known, None) or written(ACTOR, chain.name, facts)
    if found.pk is None:
        chain.signatures.append(found)
    return found


def _refuse_prose(value: Any) -> None:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _refuse_prose(item)
    elif isinstance(value, str) and (len(value) > LONGEST_TEXT or "\n" in value):
        raise NotForTheJournal(f"Free text belongs in a content: {value[:40]}")
