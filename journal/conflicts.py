"""Two people, one record: who came first, when, and what the other may do now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError
from django.forms import Form

from organisation.models import User

DEADLOCK = "40P01"
LOCK_TIMEOUT = "55P03"
STATEMENT_TIMEOUT = "57014"


@dataclass(eq=False)
class Conflict(Exception):
    """The record has moved on since the form was shown; nothing was written (TX-04).

    `who` acted `at` that time, `label` is the state the record is in by now; `message` replaces
    both sentences. `url` is where the record stands, `form` has the words for what was typed;
    `action` is what was done meanwhile on the `stream`.
    """

    message: str = ""
    who: str = ""
    at: datetime | None = None
    label: str = ""
    url: str = ""
    form: Form | None = None
    stream: str = ""
    action: str = ""

    def __str__(self) -> str:
        return self.message or f"{self.who} {self.at} {self.label}".strip()


UNNAMED = "Người có thẩm quyền"
SYSTEM = "Hệ thống"
Covers = Callable[[User, UUID, str], bool]
COVERS: dict[str, Covers] = {}


def register_covers(kind: str, covers: Covers) -> None:
    """An app says which deeds on its kind of stream a person may not know of (AZ-06)."""
    COVERS[kind] = covers


def cover(conflict: Conflict, user: User) -> None:
    """Name no person where this user may not know of the deed; that and when it moved is said."""
    kind, _, ref = conflict.stream.partition(":")
    if kind in COVERS and COVERS[kind](user, UUID(ref), conflict.action):
        conflict.who = UNNAMED


class Busy(Conflict):
    """Others hold what this needs, and waiting did not help (TX-06); nothing was written."""


def is_deadlock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "pgcode", None) == DEADLOCK


def is_lock_trouble(error: OperationalError) -> bool:
    """Whether the database gave up waiting for others, as against being out of order."""
    code = getattr(error.__cause__, "pgcode", None)
    return code in {DEADLOCK, LOCK_TIMEOUT, STATEMENT_TIMEOUT} or "locked" in str(error)


def expect_version(seen: int | None, current: int, conflict: Conflict | None = None) -> None:
    """Refuse a form that was filled in over an older version than the record has by now."""
    if seen != current:
        raise conflict or Conflict()
