"""The link by which a forgotten password is replaced: for an hour, and once.

The key is computed from the account, so it stands in no table and no outbox: in the letter alone.
"""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone

from organisation.models import User


class ResetKeys(PasswordResetTokenGenerator):
    """Django's keys as of a moment: dead with the password, the address or an hour's end (AU-07).

    Made for the moment of asking, so that a letter sent twice is the same letter.
    """

    key_salt = "organisation.resets"

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def _now(self) -> datetime:
        return timezone.make_naive(self.at)


def path_for(user: User, at: datetime) -> str:
    """The page of a link that was asked for at that moment; the key stays out of the path, and so
    out of every log."""
    key = f"{user.ref.hex}-{ResetKeys(at).make_token(user)}"
    return f"{reverse('organisation:reset')}?{urlencode({'ma': key})}"


def is_over(at: datetime) -> bool:
    """Whether a link that was asked for at that moment opens nothing any more."""
    return timezone.now() - at > timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def opened_by(key: str) -> User | None:
    """The person whose password the key replaces now; None where it opens nothing."""
    ref = key.partition("-")[0]
    found = User.objects.active().filter(ref=ref).first() if _is_ref(ref) else None
    return found if found and fits(key, found) else None


def fits(key: str, user: User) -> bool:
    """Whether the key is this account's, as it is now."""
    ref, _, token = key.partition("-")
    is_theirs = ref == user.ref.hex and user.is_active
    return is_theirs and ResetKeys(timezone.now()).check_token(user, token)


def _is_ref(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")
