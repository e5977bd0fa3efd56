"""Letting people in: who guesses waits longer and longer, and nobody is ever locked out (AU-05).

Each try is charged before the password is looked at and refunded when it was right, so tries side
by side gain nothing. The counters are rows; nothing here needs Redis.
"""

import logging
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from organisation.hooks import sign_in_after_failures
from organisation.models import SignInDelay, User
from organisation.text import nfc

DELAYS = (1, 2, 5, 15, 60)  # seconds after the first failure, the second, …
FORGOTTEN_AFTER = timedelta(hours=1)
ADDRESS_LIMIT, ADDRESS_WINDOW = 30, timedelta(minutes=15)
TELL_OWNER_FROM = 5

security = logging.getLogger("portal.security")


class NotAdmitted(Exception):
    """Name or password are wrong, the account is closed, or the first password is too old."""


class TooSoon(Exception):
    """Too many failures lately. The password was not looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Admitted:
    user: User
    failures: int  # tries that failed before this one


def admit(username: str, password: str, *, address: str, device: str = "") -> Admitted:
    """The person with that name and password.

    `device` names a device on which this person has signed in before: it is counted by itself, so
    that strangers who try the same name never make its owner wait. Raises TooSoon, NotAdmitted.
    """
    keys = [device_key(username, device)] if device else [account_key(username)]
    keys += [] if device else [digest_of("address", address)]
    _charge(keys)
    user = authenticate(username=username, password=nfc(password))
    if not isinstance(user, User) or _is_too_old(user):
        security.info("sign-in refused")
        raise NotAdmitted
    failures = _refund(keys) + (_failures_of_strangers(username) if device else 0)
    _use_up_first_password(user)
    security.info("sign-in", extra={"user": str(user.ref), "count": failures})
    if failures >= TELL_OWNER_FROM:
        for tell in sign_in_after_failures:
            tell(user, failures)
    return Admitted(user, failures)


def confirm_password(user: User, password: str) -> None:
    """Raises NotAdmitted when this is not the person's password, TooSoon after many tries."""
    keys = [digest_of("confirm", user.username)]
    _charge(keys)
    if not user.check_password(password):
        security.info("password not confirmed", extra={"user": str(user.ref)})
        raise NotAdmitted
    _refund(keys)


def account_key(username: str) -> str:
    """The name as a digest: people type passwords into the wrong field."""
    return digest_of("account", nfc(username).casefold().strip())


def device_key(username: str, device: str) -> str:
    return digest_of("device", account_key(username) + device)


def digest_of(kind: str, value: str) -> str:
    return salted_hmac(f"organisation.sign_in.{kind}", value, algorithm="sha256").hexdigest()


@transaction.atomic
def _charge(keys: list[str]) -> None:
    rows = _locked(keys)
    now = timezone.now()
    wait = max(row.waits_until for row in rows.values()) - now
    if wait > timedelta(0):
        security.info("sign-in too soon")
        raise TooSoon(math.ceil(wait.total_seconds()))
    _count_person(rows[keys[0]], now)
    for key in keys[1:]:
        _count_address(rows[key], now)
    for row in rows.values():
        row.save()


@transaction.atomic
def _refund(keys: list[str]) -> int:
    """Forget the failures of the person, give the address its try back; how many had failed."""
    rows = _locked(keys)
    now = timezone.now()
    person = rows[keys[0]]
    failed = person.failures - 1
    person.failures, person.waits_until = 0, now
    for key in keys[1:]:
        rows[key].failures = max(0, rows[key].failures - 1)
        rows[key].waits_until = now
    for row in rows.values():
        row.save()
    return failed


@transaction.atomic
def _failures_of_strangers(username: str) -> int:
    """How often others failed with the name since its owner was told; they go on waiting."""
    row = SignInDelay.objects.select_for_update().filter(key=account_key(username)).first()
    if row is None:
        return 0
    failed, row.failures = row.failures, 0
    row.save()
    return failed


def _locked(keys: list[str]) -> dict[str, SignInDelay]:
    """The counters, new ones included. Waiting for others takes time: read the clock after it."""
    now = timezone.now()
    SignInDelay.objects.bulk_create(
        [SignInDelay(key=key, counted_from=now, waits_until=now) for key in sorted(keys)],
        ignore_conflicts=True,
    )
    rows = SignInDelay.objects.select_for_update().filter(key__in=keys).order_by("key")
    return {row.key: row for row in rows}


def _count_person(row: SignInDelay, now: datetime) -> None:
    """Count a try against a person; each later one waits longer."""
    if now - row.counted_from > FORGOTTEN_AFTER:
        row.failures = 0
    row.failures += 1
    row.counted_from = now
    row.waits_until = now + timedelta(seconds=DELAYS[min(row.failures, len(DELAYS)) - 1])


def _count_address(row: SignInDelay, now: datetime) -> None:
    """Count a try against a network address: 30 failures in 15 minutes."""
    if now - row.counted_from > ADDRESS_WINDOW:
        row.failures, row.counted_from = 0, now
    row.failures += 1
    if row.failures >= ADDRESS_LIMIT:
        row.waits_until = row.counted_from + ADDRESS_WINDOW


def _is_too_old(user: User) -> bool:
    limit = user.first_password_expires_at
    return user.must_change_password and limit is not None and limit <= timezone.now()


def _use_up_first_password(user: User) -> None:
    """A first password opens the door once (AU-02); the session goes on without it."""
    if user.must_change_password and user.first_password_expires_at:
        user.set_unusable_password()
        user.first_password_expires_at = None
        user.save(update_fields=["password", "first_password_expires_at"])
