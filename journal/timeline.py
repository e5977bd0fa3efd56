"""Entries as people read them: who did what, when, in whose words."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from journal.conflicts import SYSTEM
from journal.models import Content, Entry
from organisation.models import User

NEWEST = 5
PAGE = 50


Data = Mapping[str, Any]
Gate = Callable[[User, str], bool]


class Label(NamedTuple):
    """The words for an action: "Trần Thị Ví Dụ (Giám đốc Sở) **phê duyệt cho thí điểm**".

    `verb` may be a function of the entry's data, to name codes and numbers: never free text.
    `kind` is what the page filters by: decision, paper, opinion, figure, incident, reminder or
    system. `link` is the route of the object's page and the key of the data that names it there,
    after the ref of the stream. `is_echo` marks what only repeats another entry of the same deed:
    the journal keeps it, the timeline does not tell it twice.
    """

    verb: str | Callable[[Data], str]
    icon: str = "clock-history"
    tone: str = ""
    kind: str = "system"
    link: tuple[str, str] | None = None
    is_echo: bool = False

    def words(self, data: Data) -> str:
        return self.verb if isinstance(self.verb, str) else self.verb(data)

    def address(self, stream: str, data: Data) -> str:
        """The page of what the entry is about; nothing where its data does not name it."""
        if self.link is None or self.link[1] not in data:
            return ""
        route, key = self.link
        return reverse(route, args=[stream.partition(":")[2], data[key]])


UNNAMED = Label("cập nhật hồ sơ")
labels: dict[str, Label] = {}
gates: dict[str, Gate] = {}


@dataclass(frozen=True)
class Item:
    seq: int
    at: datetime
    action: str
    label: Label
    verb: str
    url: str
    actor: str
    post: str
    role: str
    before: str | None
    after: str | None
    quote: str
    entry_hash: str

    @property
    def who(self) -> str:
        return f"{self.actor} ({self.post})" if self.post else self.actor

    @property
    def is_system(self) -> bool:
        return self.actor == SYSTEM


@dataclass(frozen=True)
class Page:
    items: Sequence[Item]
    total: int
    older: int | None
    """The `before` of the next page, None on the last."""


def register_labels(
    words: Mapping[str, Label | tuple[str, ...]], *, opens: Gate | None = None
) -> None:
    """Name the actions an app records, from its `AppConfig.ready`: verb, icon, tone, kind.

    `opens` answers whether a person may open the pages that the app's labels link to in a stream.
    """
    labels.update({action: Label(*label) for action, label in words.items()})
    if opens:
        gates.update(dict.fromkeys(words, opens))


def timeline(
    stream: str,
    *,
    before: int | None = None,
    size: int = NEWEST,
    hidden: Collection[str] = (),
    unquoted: Collection[str] = (),
    kind: str = "",
    actor: UUID | None = None,
    reader: User | None = None,
) -> Page:
    """The newest entries of a stream, or those older than `before`, in three queries, two
    where they are all.

    Entries lead to the pages that `reader` may open: a query more where there are such entries.
    `hidden` are actions this reader may not know of, `unquoted` those whose words they may not
    read (opinions before the decision is signed); `kind` keeps only actions with such a label,
    `actor` those of one person.
    """
    echoes = [action for action, label in labels.items() if label.is_echo]
    visible = Entry.objects.of(stream).exclude(action__in=[*hidden, *echoes])
    if kind:
        visible = visible.filter(
            action__in=[a for a, label in labels.items() if label.kind == kind]
        )
    if actor:
        visible = visible.filter(actor=actor)
    rows = list(visible.for_timeline(before=before)[: size + 1])
    cited = _cited(rows[:size])
    open_to = _open_to(reader, stream, rows[:size])
    items = [
        _item(row, cited, may_quote=row.action not in unquoted, may_open=row.action in open_to)
        for row in rows[:size]
    ]
    older = items[-1].seq if len(rows) > size else None
    is_all = before is None and older is None
    return Page(items, len(rows) if is_all else visible.count(), older)


def people_in(stream: str, *, hidden: Collection[str] = ()) -> list[User]:
    """Whoever did something in a stream that its reader may know of, by given name."""
    told = Entry.objects.of(stream).exclude(action__in=list(hidden)).exclude(actor=None)
    found = User.objects.filter(ref__in=told.values("actor"))
    return list(found.order_by("sort_key", "pk"))


def _open_to(reader: User | None, stream: str, rows: Sequence[Entry]) -> set[str]:
    """The actions of these entries whose pages the person may open; each gate is asked once."""
    if reader is None:
        return set()
    linked = {row.action for row in rows if row.action in gates and labels[row.action].link}
    asked = {gate: gate(reader, stream) for gate in {gates[action] for action in linked}}
    return {action for action in linked if asked[gates[action]]}


def _cited(rows: Sequence[Entry]) -> dict[str, Content]:
    digests = {digest for row in rows for digest in [_signature(row), *_contents(row)] if digest}
    found: QuerySet[Content] = Content.objects.filter(sha256__in=digests)
    return {content.sha256: content for content in found}


def _signature(row: Entry) -> str:
    return row.data.get("actor_sha256", "")


def _contents(row: Entry) -> list[str]:
    digests = row.data.get("content_sha256", [])
    return digests if isinstance(digests, list) else [digests]


def _behind(data: Data) -> str:
    """What is said of an entry that was written while the clock lay before the one before it."""
    seconds = data.get("clock_behind")
    return f" (giờ máy chủ đang lùi {seconds} giây)" if seconds else ""


def _item(row: Entry, cited: Mapping[str, Content], *, may_quote: bool, may_open: bool) -> Item:
    label = labels.get(row.action, UNNAMED)
    signature = cited.get(_signature(row))
    who = signature.facts if signature else {"full_name": SYSTEM, "position": ""}
    texts = [cited[digest].facts for digest in _contents(row) if digest in cited]
    quotes = [facts["quote"] for facts in texts if facts.get("quote")] if may_quote else []
    return Item(
        seq=row.seq,
        at=row.at,
        action=row.action,
        label=label,
        verb=label.words(row.data) + _behind(row.data),
        url=label.address(row.stream_id, row.data) if may_open else "",
        actor=who["full_name"],
        post=who["position"],
        role=row.role,
        before=row.before,
        after=row.after,
        quote=quotes[0] if quotes else "",
        entry_hash=row.entry_hash,
    )
