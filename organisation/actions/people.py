"""Accounts: made and closed by administrators, kept by their owners."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from organisation.actions.refusals import LastAdministrator, OwnAccount
from organisation.days import today
from organisation.models import Appointment, ImportDraft, Session, SignInDelay, User
from organisation.models.changes import CHANGE
from organisation.passwords import FIRST_HASHER, new_first_password
from organisation.stages import Role
from organisation.trail import SETTINGS, expect_unchanged, keep, record, stream_of


@dataclass(frozen=True)
class Opened:
    """An account with the password to hand over: shown once, kept nowhere."""

    user: User
    first_password: str


@transaction.atomic
def create_user(*, by: User | None, **facts: str) -> Opened:
    """A new account. Its random first password works once, within 72 hours (AU-02)."""
    user = User(**facts)
    first_password = _give_first_password(user)
    user.save()
    _record("user.create", user, by=by, content=keep("account", stream_of(user), facts))
    return Opened(user, first_password)


@transaction.atomic
def reset_password(user: User, *, by: User | None, seen: int | None = None) -> Opened:
    """A new first password in place of the old one; every session of the person ends.

    Raises Conflict for a form older than the account, as all below that take the version `seen`.
    """
    user = locked(user, seen)
    first_password = _give_first_password(user)
    user.count_change(by)
    user.save()
    end_sessions(user)
    _record("user.reset_password", user, by=by)
    return Opened(user, first_password)


@transaction.atomic
def give_first_passwords(refs: Iterable[str], *, by: User) -> list[Opened]:
    """New first passwords for those of these accounts that nobody has signed in to yet."""
    named = User.objects.filter(ref__in=list(refs), is_active=True)
    unused = named.filter(must_change_password=True, last_login=None)
    opened = [
        Opened(user, _give_first_password(user))
        for user in unused.select_for_update().order_by("username")
    ]
    columns = ["password", "must_change_password", "first_password_expires_at"]
    User.objects.bulk_update([one.user for one in opened], columns)
    record("user.first_passwords", stream=SETTINGS, by=by, accounts=len(opened))
    return opened


@transaction.atomic
def change_password(user: User, password: str, *, session: str = "") -> User:
    """The person's own password. All their sessions end, except the one named."""
    user = locked(user)
    user.set_password(password)
    user.must_change_password, user.first_password_expires_at = False, None
    user.password_changed_at = timezone.now()
    user.save()
    end_sessions(user, keep_open=session)
    _record("user.change_password", user, by=user)
    return user


@transaction.atomic
def change_contact(user: User, *, email: str, phone: str, seen: int | None = None) -> None:
    """The person's own mail address and telephone number."""
    user = locked(user, seen)
    user.email, user.phone = email, phone
    user.count_change(user)
    user.save(update_fields=["email", "phone", *CHANGE])
    content = keep("contact", stream_of(user), {"email": email, "phone": phone})
    _record("user.change_contact", user, by=user, content=content)


@transaction.atomic
def change_display(
    user: User, *, text_size: str, has_shortcuts: bool, has_dense_tables: bool
) -> None:
    """How the portal looks and answers to keys for this person, on whichever computer."""
    user = locked(user)
    user.text_size, user.has_shortcuts = text_size, has_shortcuts
    user.has_dense_tables = has_dense_tables
    user.save(update_fields=["text_size", "has_shortcuts", "has_dense_tables"])
    _record("user.change_display", user, by=user, text_size=text_size)


@transaction.atomic
def change_account(user: User, *, by: User, seen: int | None = None, **facts: str) -> None:
    """What an administrator may set right: name, form of address, kind of official, contact."""
    user = locked(user, seen)
    for name, value in facts.items():
        setattr(user, name, value)
    user.count_change(by)
    user.save()
    _record("user.change", user, by=by, content=keep("account", stream_of(user), facts))


@transaction.atomic
def deactivate(user: User, *, by: User, seen: int | None = None) -> None:
    """Close an account at once. Raises OwnAccount, LastAdministrator."""
    if user.pk == by.pk:
        raise OwnAccount
    user = locked(user, seen)
    require_another_administrator(user)
    user.is_active = False
    user.count_change(by)
    user.save(update_fields=["is_active", *CHANGE])
    end_sessions(user)
    _record("user.deactivate", user, by=by)


@transaction.atomic
def activate(user: User, *, by: User, seen: int | None = None) -> Opened:
    """Open a closed account again, with a new first password."""
    user = locked(user, seen)
    user.is_active = True
    first_password = _give_first_password(user)
    user.count_change(by)
    user.save()
    _record("user.activate", user, by=by)
    return Opened(user, first_password)


@transaction.atomic
def end_session(user: User, ref: str, *, by: User) -> None:
    """End one session of a person: their own, or anybody's by an administrator."""
    if Session.objects.filter(user=user, ref=ref).delete()[0]:
        _record("user.end_session", user, by=by)


@transaction.atomic
def end_all_sessions(user: User, *, by: User, session: str = "") -> None:
    """End all sessions of a person but the one named; an administrator may end anybody's."""
    end_sessions(user, keep_open=session)
    _record("user.end_sessions", user, by=by)


def end_sessions(user: User, *, keep_open: str = "") -> None:
    """Sign a person out everywhere at once (AU-10)."""
    Session.objects.filter(user=user).exclude(session_key=keep_open).delete()


@transaction.atomic
def forget_expired(*, before: datetime) -> None:
    """Delete sessions, waiting times and unconfirmed lists that ended before that moment."""
    Session.objects.filter(expire_date__lt=before).delete()
    SignInDelay.objects.filter(waits_until__lt=before).delete()
    ImportDraft.objects.filter(at__lt=before).delete()


def require_another_administrator(user: User) -> None:
    """Raises LastAdministrator when nobody else may administer the portal today (AZ-11)."""
    held = Appointment.objects.valid_on(today()).filter(position__role=Role.ADMIN)
    list(held.select_for_update(of=("self",)).order_by("pk"))  # two leaving at once: one waits …
    holders = set(held.filter(person__is_active=True).values_list("person", flat=True))
    if holders == {user.pk}:  # … and sees that the other is gone
        raise LastAdministrator


def locked(user: User, seen: int | None = None) -> User:
    """The account, locked until the transaction ends. Raises Conflict for a stale form."""
    found = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    expect_unchanged(found, seen)
    return found


def _give_first_password(user: User) -> str:
    password = new_first_password()
    user.password = make_password(password, hasher=FIRST_HASHER)
    user.must_change_password = True
    user.first_password_expires_at = timezone.now() + timedelta(hours=settings.FIRST_PASSWORD_HOURS)
    return password


def _record(action: str, user: User, *, by: User | None, **facts: object) -> None:
    record(action, stream=stream_of(user), by=by, **facts)
