"""The sender's side of the outbox: lease, send, mark; never mark before sending (OB-02)."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from notifications.models import OutboxMessage, OutboxQuerySet
from notifications.stages import MessageState

LEASE_SECONDS = 60
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=48)
MOST_ATTEMPTS = 100  # 48 hours take 55: more mean that senders die of this letter


@transaction.atomic
def lease_next(*, seconds: int | None = None) -> OutboxMessage | None:
    """Take the next letter for a minute, whoever else is taking; None when nothing is due.

    Letters about one case reach one person in their order: the next waits for the one before. A
    time further ahead than any delay was written by a clock that had run ahead, and keeps no
    letter waiting (SJ-04).
    """
    now = timezone.now()
    due = Q(state=MessageState.WAITING) & ~_ahead("next_attempt_at", now)
    due |= Q(state=MessageState.LEASED) & ~_ahead("lease_until", now)
    earlier = OutboxMessage.objects.pending().filter(
        recipient=OuterRef("recipient"), stream=OuterRef("stream"), pk__lt=OuterRef("pk")
    )
    waiting = OutboxMessage.objects.pending().filter(due).exclude(Exists(earlier) & ~Q(stream=""))
    skip = connection.features.has_select_for_update_skip_locked
    rows = waiting.select_for_update(of=("self",) if skip else (), skip_locked=skip)
    message = rows.select_related("recipient").order_by("next_attempt_at", "pk").first()
    if message is not None:
        message.state = MessageState.LEASED
        message.lease_until = now + timedelta(seconds=seconds or LEASE_SECONDS)
        message.attempts += 1
        message.save(update_fields=["state", "lease_until", "attempts"])
    return message


def give_up() -> int:
    """Fail the letters that sender after sender has died of; how many they were."""
    now = timezone.now()
    dying = OutboxMessage.objects.filter(state=MessageState.LEASED, lease_until__lt=now)
    return dying.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=MessageState.FAILED,
        lease_until=None,
        error="senders die of it",
        next_attempt_at=now,
    )


def mark_sent(message: OutboxMessage) -> None:
    """Note that a letter has gone out, even when its lease ran out meanwhile."""
    OutboxMessage.objects.filter(pk=message.pk).exclude(state=MessageState.SENT).update(
        state=MessageState.SENT, sent_at=timezone.now(), lease_until=None, error=""
    )


def mark_skipped(message: OutboxMessage, reason: str) -> None:
    """Note that a letter is not to go out any more, and why."""
    _finish(message, MessageState.SKIPPED, reason)


def mark_failed(message: OutboxMessage, error: str, *, permanent: bool) -> None:
    """Try again later, each time twice as late up to an hour; give up after two days (OB-04)."""
    now = timezone.now()
    if permanent or now - message.created_at >= GIVE_UP_AFTER:
        _finish(message, MessageState.FAILED, error)
        return
    delay = min(FIRST_DELAY * 2 ** min(message.attempts - 1, 10), LONGEST_DELAY)
    _held(message).update(
        state=MessageState.WAITING,
        next_attempt_at=now + delay,
        lease_until=None,
        error=error[:200],
    )


def _ahead(field: str, now: datetime) -> Q:
    return Q((f"{field}__gt", now), (f"{field}__lte", now + LONGEST_DELAY))


def _finish(message: OutboxMessage, state: str, reason: str) -> None:
    """The last attempt was now: `next_attempt_at` keeps when it was given up."""
    _held(message).update(
        state=state, lease_until=None, error=reason[:200], next_attempt_at=timezone.now()
    )


def _held(message: OutboxMessage) -> OutboxQuerySet:
    """The row, as long as this sender still holds it."""
    return OutboxMessage.objects.filter(
        pk=message.pk, state=MessageState.LEASED, attempts=message.attempts
    )
