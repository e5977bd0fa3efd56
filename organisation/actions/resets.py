"""Forgotten passwords: a link for the owner, and the new password that it allows (AU-06, AU-07)."""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisation import hooks, resets
from organisation.actions.people import end_sessions, locked
from organisation.actions.sign_in import TooSoon, digest_of
from organisation.models import SignInDelay, User
from organisation.text import nfc
from organisation.trail import record, stream_of

PER_ACCOUNT, PER_ADDRESS = 3, 30
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
ANSWER_AFTER = 0.3  # seconds, whether there is such an account or not

security = logging.getLogger("portal.security")


class LinkIsOver(Exception):
    """The link is older than an hour, was used, or the password has changed since."""


def ask_for_link(username: str, *, address: str) -> None:
    """Have a link sent to the owner of the account, three times an hour at most.

    Nothing shows whether there is such an account. Raises TooSoon for a busy address.
    """
    began = time.monotonic()
    name = nfc(username).casefold().strip()
    if not _counted(digest_of("reset address", address), PER_ADDRESS, QUARTER):
        raise TooSoon(int(QUARTER.total_seconds()))
    if _counted(digest_of("reset", name), PER_ACCOUNT, HOUR):
        _send_link(name)
    time.sleep(max(0.0, ANSWER_AFTER - (time.monotonic() - began)))


@transaction.atomic
def replace_password(user: User, password: str, *, key: str) -> None:
    """A new password by the link; all sessions of the person end. Raises LinkIsOver."""
    user = locked(user)
    if not resets.fits(key, user):
        raise LinkIsOver
    user.set_password(password)
    user.must_change_password, user.first_password_expires_at = False, None
    user.password_changed_at = timezone.now()
    user.save()
    end_sessions(user)
    record("user.replace_password", stream=stream_of(user), by=user)
    security.info("password replaced by link", extra={"user": str(user.ref)})
    for tell in hooks.password_replaced:
        tell(user)


@transaction.atomic
def _send_link(name: str) -> None:
    user = User.objects.active().filter(username=name).exclude(email="").first()
    security.info("link to a new password asked", extra={"user": str(user.ref) if user else ""})
    if user is None:
        return
    record("user.ask_reset", stream=stream_of(user), by=None)
    for tell in hooks.reset_asked:
        tell(user)


@transaction.atomic
def _counted(key: str, limit: int, window: timedelta) -> bool:
    """Whether one more fits into the window that ends now; after the last a whole one must pass."""
    now = timezone.now()
    fresh = SignInDelay(key=key, counted_from=now, waits_until=now)
    SignInDelay.objects.bulk_create([fresh], ignore_conflicts=True)
    row = SignInDelay.objects.select_for_update().get(key=key)
    now = timezone.now()
    if row.waits_until > now:
        return False
    row.failures = row.failures + 1 if now - row.counted_from < window else 1
    row.counted_from = now
    if row.failures >= limit:
        row.waits_until = now + window
    row.save()
    return True
