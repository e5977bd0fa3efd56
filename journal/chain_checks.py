"""One stream, read from its first entry to its last."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from journal.canonical import NOTHING_BEFORE, entry_hash, moment, parsed
from journal.findings import Finding, broken, warning
from journal.models import Stream
from journal.record_checks import Told, cited_by, prefix_of
from journal.subjects import Replay

CONTENT_KEYS = {"content_sha256", "actor_sha256"}


class EntryRow(NamedTuple):
    """The columns of an entry, in the order `Chain.read` takes them."""

    stream_id: str
    seq: int
    body: str
    prev_hash: str
    entry_hash: str
    at: datetime
    action: str
    actor: Any
    role: str
    before: str | None
    after: str | None


class Chain:
    """What has been read of a stream so far: where it ends, what it cites, what it says."""

    def __init__(self, name: str, machines: tuple[str, ...] = (), told: Told | None = None) -> None:
        self.name = name
        self.machines = machines
        self.told = told or Told(prefix_of(name))
        self.length = 0
        self.head = NOTHING_BEFORE
        self.last_at: datetime | None = None
        self.states: dict[str, str] = {}
        self.contents: dict[str, dict[str, Any]] = {}
        self.files: set[str] = set()

    @property
    def replay(self) -> Replay:
        return Replay(self.name, self.length, self.head, self.states)

    def read(self, row: EntryRow) -> Iterator[Finding]:
        """Take the next entry and say what is wrong with it."""
        where = f"{self.name} #{row.seq}"
        if row.seq != self.length + 1:
            yield broken(where, f"follows #{self.length}: entries are missing or doubled")
        if row.prev_hash != self.head:
            yield broken(where, "does not link to the entry before it")
        if entry_hash(row.body) != row.entry_hash:
            yield broken(where, "its hash is not that of its body")
        yield from self._read_body(row, where)
        if self.last_at and row.at < self.last_at:
            yield warning(where, "its time lies before that of the entry before it")
        self.length, self.head, self.last_at = row.seq, row.entry_hash, row.at

    def end(self, stream: Stream) -> Iterator[Finding]:
        """Hold the end of the chain against what the stream's own row says."""
        if stream.length != self.length:
            yield broken(self.name, f"has {self.length} entries, its row says {stream.length}")
        if stream.head_hash != self.head:
            yield broken(self.name, "does not end in the entry its row names")

    def _read_body(self, row: EntryRow, where: str) -> Iterator[Finding]:
        body = parsed(row.body)
        if body is None:
            yield broken(where, "its body is not canonical JSON")
            return
        for name, value in _copies(row).items():
            if name not in body or body[name] != value:
                yield broken(where, f"its column for '{name}' differs from its body")
        self._cite(body.get("data"), cited_by(body))
        self.told.entry(self.name, body)
        yield from self._move(row, where)

    def _move(self, row: EntryRow, where: str) -> Iterator[Finding]:
        kind = row.action.partition(".")[0]
        is_move = kind in self.machines and (row.before, row.after) != (None, None)
        if is_move and row.before != self.states.get(kind, row.before):
            yield broken(where, f"moves {kind} from {row.before}, it was {self.states[kind]}")
        if row.after is not None:
            self.states[kind] = row.after

    def _cite(self, value: Any, by: dict[str, Any], key: str = "") -> None:
        if isinstance(value, dict):
            for name, item in value.items():
                self._cite(item, by, name)
        elif isinstance(value, list):
            for item in value:
                self._cite(item, by, key)
        elif key in CONTENT_KEYS:
            self.contents.setdefault(str(value), by)
        elif value and (key == "sha256" or key.endswith("_sha256")):
            self.files.add(str(value))


def _copies(row: EntryRow) -> dict[str, Any]:
    return {
        "v": 1,
        "stream": row.stream_id,
        "seq": row.seq,
        "prev": row.prev_hash,
        "at": moment(row.at),
        "action": row.action,
        "actor": str(row.actor) if row.actor else None,
        "role": row.role,
        "from": row.before,
        "to": row.after,
    }
