"""How a person wants to be written to, and whether a letter waits for the digest (ux §14)."""

from collections.abc import Mapping

from django.utils import timezone

from notifications.models import MailChoice, OutboxMessage
from notifications.stages import USUAL, Kind, MessageState, Way
from organisation.models import User

IN_DIGEST = "goes into the digest"
SWITCHED_OFF = "switched off by the recipient"
ONE_A_DAY = "one letter per case and day"
NOTES = {Way.DIGEST: IN_DIGEST, Way.OFF: SWITCHED_OFF}


def ways_of(user: User) -> dict[str, str]:
    """The way of each kind that may be chosen."""
    usual = {str(kind): str(way) for kind, way in USUAL.items()}
    return usual | dict(MailChoice.objects.filter(person=user).values_list("kind", "way"))


def why_not_now(message: OutboxMessage) -> str:
    """The reason why a letter does not go out by itself; empty where it does.

    Asked when it is sent, one letter of a case after the other, so two never pass side by side.
    """
    if message.kind == Kind.ALWAYS:
        return ""
    chosen = MailChoice.objects.filter(person=message.recipient, kind=message.kind)
    way = chosen.values_list("way", flat=True).first() or USUAL[Kind(message.kind)]
    return NOTES.get(Way(way), "") or (ONE_A_DAY if _had_one_today(message) else "")


def _had_one_today(message: OutboxMessage) -> bool:
    if not message.stream:
        return False
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    of_case = OutboxMessage.objects.filter(recipient=message.recipient, stream=message.stream)
    sent = of_case.filter(state=MessageState.SENT, sent_at__gte=midnight)
    return sent.exclude(kind=Kind.ALWAYS).exists()


def differing(chosen: Mapping[str, str], user: User) -> dict[str, str]:
    """Which of the choices are not as they were."""
    before = ways_of(user)
    return {kind: way for kind, way in chosen.items() if before[kind] != way}
