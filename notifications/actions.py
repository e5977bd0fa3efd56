"""Tell a person something, once, in the transaction of its cause."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.kinds import kind_of
from notifications.models import Notice, OutboxMessage, told_of
from notifications.stages import SEND, Channel, Kind
from organisation.doorbell import ring_after_commit
from organisation.models import User
from organisation.text import one_line

SUBJECT_LENGTH = 150


class Cause(Protocol):
    """The journal entry that people are told about.

    Where its reader knows the case by another stream (a paper by its proposal), `case_stream`
    names that one.
    """

    @property
    def stream(self) -> str: ...


@dataclass(frozen=True)
class Message:
    """What some people are told, under the key by which each is told once."""

    recipients: Iterable[User]
    key: str
    subject: str
    text: str
    url: str
    serious: bool = False
    template: str = "notice"
    kind: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)  # what its template shows besides

    @property
    def what(self) -> str:
        """What it is to its people: as said, else as the table of events says."""
        return Kind.ALWAYS if self.serious else self.kind or kind_of(self.key)


def notify(
    recipients: Iterable[User],
    *,
    key: str,
    subject: str,
    text: str,
    url: str,
    by_entry: Cause | None,
    serious: bool = False,
    template: str = "notice",
    kind: str = "",
) -> None:
    """Put a notice before each person and a letter into the outbox; the same key tells once.

    The subject goes into the letter: it names the code and the act, never a title, a third person,
    a reason or an amount (OB-05). The text stays in the portal. Whether the letter goes out at
    once is asked when it is sent: by its kind, and by what the person chose.
    """
    message = Message(recipients, key, subject, text, url, serious, template, kind)
    notify_each([message], by_entry=by_entry)


@transaction.atomic(savepoint=False)
def notify_each(messages: Iterable[Message], *, by_entry: Cause | None) -> None:
    """Put several messages of one cause before their people, as `notify` does, at once."""
    stream = by_entry.stream if by_entry else ""
    case = getattr(by_entry, "case_stream", "") or stream
    told = [(user, one, _told(one, stream)) for one in messages for user in _each(one)]
    Notice.objects.bulk_create(
        [Notice(recipient=user, key=one.key, text=one.text, **facts) for user, one, facts in told],
        ignore_conflicts=True,
    )
    OutboxMessage.objects.bulk_create(
        [_letter(user, one, facts, case) for user, one, facts in told],
        ignore_conflicts=True,
    )
    ring_after_commit(SEND)


@transaction.atomic
def mark_read(user: User, refs: Iterable[uuid.UUID] | None = None) -> int:
    """Mark notices as read, all of them when none are named; answers how many were new."""
    notices = Notice.objects.of(user).unread()
    if refs is not None:
        notices = notices.filter(ref__in=list(refs))
    return notices.update(read_at=timezone.now())


@transaction.atomic
def mark_opened(user: User, stream: str, path: str) -> int:
    """Mark as read what was told of the case or the page that a person has opened."""
    told = Notice.objects.of(user).unread().filter(told_of(stream, path))
    return told.update(read_at=timezone.now())


def _each(message: Message) -> Iterable[User]:
    return {user.pk: user for user in message.recipients}.values()


def _told(message: Message, stream: str) -> dict[str, Any]:
    subject = one_line(message.subject)[:SUBJECT_LENGTH]
    facts = {"subject": subject, "url": message.url, "stream": stream}
    return facts | {"is_serious": message.serious}


def _letter(user: User, one: Message, told: dict, case: str) -> OutboxMessage:
    cause = f"{one.key}|{user.ref}|{Channel.MAIL}|{one.template}"
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return OutboxMessage(
        dedupe_key=hashlib.sha256(cause.encode()).hexdigest(),
        recipient=user,
        template=one.template,
        kind=one.what,
        context={"subject": told["subject"], "about": told["stream"], **one.context},
        url=told["url"],
        stream=case,
        is_serious=told["is_serious"],
        message_id=f"<{uuid.uuid4()}@{host}>",
    )
