"""Whoever asks about papers too often waits: codes are not to be guessed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from documents.models import CheckCount

LIMIT, WINDOW = 20, timedelta(minutes=5)


class TooMany(Exception):
    """This address has asked too often."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@transaction.atomic
def count_try(address: str) -> None:
    """Count one question of an address, which is kept only as a digest. Raises TooMany."""
    now = timezone.now()
    key = salted_hmac("documents.check", address, algorithm="sha256").hexdigest()
    CheckCount.objects.filter(since__lt=now - WINDOW).delete()
    CheckCount.objects.bulk_create([CheckCount(address=key, since=now)], ignore_conflicts=True)
    CheckCount.objects.filter(address=key).update(tries=F("tries") + 1)
    row = CheckCount.objects.get(address=key)
    if row.tries > LIMIT:
        raise TooMany(max(1, round((row.since + WINDOW - now).total_seconds())))
