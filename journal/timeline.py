"""Entries as people read them: who did what, when, in whose words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from journal.models import Content, Entry

NEWEST = 5
PAGE = 50
SYSTEM = "Hệ thống"


class Label(NamedTuple):
    """The words for an action: "Trần Thị Ví Dụ (Giám đốc Sở) **phê duyệt cho thí điểm**".

    `kind` is what the page filters by: decision, paper, opinion, figure, incident, reminder or
    system.
    """

    verb: str
    icon: str = "clock-history"
    tone: str = ""
    kind: str = "system"


UNNAMED = Label("cập nhật hồ sơ")
labels: dict[str, Label] = {}


@dataclass(frozen=True)
class Item:
    seq: int
    at: datetime
    action: str
    label: Label
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


def register_labels(words: Mapping[str, Label | tuple[str, ...]]) -> None:
    """Name the actions an app records, from its `AppConfig.ready`: verb, icon, tone, kind."""
    labels.update({action: Label(*label) for action, label in words.items()})


def timeline(
    stream: str,
    *,
    before: int | None = None,
    size: int = NEWEST,
    hidden: Collection[str] = (),
    unquoted: Collection[str] = (),
    kind: str = "",
) -> Page:
    """The newest entries of a stream, or those older than `before`, in three queries.

    `hidden` are actions this reader may not know of, `unquoted` those whose words they may not
    read (opinions before the decision is signed); `kind` keeps only actions with such a label.
    """
    visible = Entry.objects.of(stream).exclude(action__in=list(hidden))
    if kind:
        visible = visible.filter(
            action__in=[a for a, label in labels.items() if label.kind == kind]
        )
    rows = list(visible.for_timeline(before=before)[: size + 1])
    cited = _cited(rows[:size])
    items = [_item(row, cited, row.action not in unquoted) for row in rows[:size]]
    older = items[-1].seq if len(rows) > size else None
    return Page(items, visible.count(), older)


def _cited(rows: Sequence[Entry]) -> dict[str, Content]:
    digests = {digest for row in rows for digest in [_signature(row), *_contents(row)] if digest}
    found: QuerySet[Content] = Content.objects.filter(sha256__in=digests)
    return {content.sha256: content for content in found}


def _signature(row: Entry) -> str:
    return row.data.get("actor_sha256", "")


def _contents(row: Entry) -> list[str]:
    digests = row.data.get("content_sha256", [])
    return digests if isinstance(digests, list) else [digests]


def _item(row: Entry, cited: Mapping[str, Content], may_quote: bool) -> Item:
    signature = cited.get(_signature(row))
    who = signature.facts if signature else {"full_name": SYSTEM, "position": ""}
    texts = [cited[digest].facts for digest in _contents(row) if digest in cited]
    quotes = [facts["quote"] for facts in texts if facts.get("quote")] if may_quote else []
    return Item(
        seq=row.seq,
        at=row.at,
        action=row.action,
        label=labels.get(row.action, UNNAMED),
        actor=who["full_name"],
        post=who["position"],
        role=row.role,
        before=row.before,
        after=row.after,
        quote=quotes[0] if quotes else "",
        entry_hash=row.entry_hash,
    )
