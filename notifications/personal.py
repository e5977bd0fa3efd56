"""What people settle for themselves: how they are written to, and the address of their calendar."""

import hashlib
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from notifications.choices import differing
from notifications.models import CalendarKey, MailChoice
from organisation.models import User
from organisation.trail import record, stream_of


@transaction.atomic
def choose_mail(user: User, chosen: Mapping[str, str]) -> None:
    """Keep how each kind of letter reaches the person, and write down what that changed."""
    changed = differing(chosen, user)
    rows = [MailChoice(person=user, kind=kind, way=way) for kind, way in changed.items()]
    MailChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["way"]
    )
    if changed:
        record("user.choose_mail", stream=stream_of(user), by=user, **changed)


@transaction.atomic
def make_calendar(user: User) -> str:
    """A new private key for the person's calendar, shown once; the one before is dead."""
    key = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(
        person=user, defaults={"digest": digest_of(key), "made_at": timezone.now()}
    )
    record("user.make_calendar", stream=stream_of(user), by=user)
    return key


@transaction.atomic
def drop_calendar(user: User) -> None:
    """Nobody reads the person's calendar by an address any more."""
    if CalendarKey.objects.filter(person=user).delete()[0]:
        record("user.drop_calendar", stream=stream_of(user), by=user)


def owner_of(key: str) -> User | None:
    """Whose calendar it is, while they have an account."""
    found = CalendarKey.objects.select_related("person").filter(digest=digest_of(key)).first()
    return found.person if found and found.person.is_active else None


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
