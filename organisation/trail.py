"""The way up to the journal, which stands on this app: settings name its deeds.

A change of people, posts, agencies or the calendar is written down in its own transaction (JR-01).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import Form
from django.utils import timezone
from django.utils.module_loading import import_string

from organisation.models import OrgUnit, User
from organisation.models.changes import Changing

SETTINGS = "settings"
NOT_DONE = "Thao tác chưa được thực hiện."


def record(action: str, *, stream: str, by: User | None, **facts: Any) -> Any:
    """Append one entry, as `journal.actions.record` does: ids, digests and numbers only."""
    role = by.powers.main.role if by and by.powers.main else ""
    return import_string(settings.JOURNAL["record"])(
        action, stream=stream, by=by, role=role, **facts
    )


def keep(kind: str, stream: str, facts: dict[str, Any]) -> Any:
    """Store what was written, as `journal.actions.keep` does; pass it to `record` as content."""
    return import_string(settings.JOURNAL["keep"])(kind, stream, facts)


def run_once(by: User, form: Form, do: Callable[[], str]) -> str:
    """One form, one effect, as `journal.once.run_once` does: the URL that `do` answers with."""
    return import_string(settings.JOURNAL["run_once"])(by, form, do)


def expect_unchanged(row: Changing, seen: int | None) -> None:
    """Raises the journal's Conflict, which names who changed the row and when, for a stale form.

    `seen` is the version that the form was made from; None does not come from a form.
    """
    if seen is None or seen == row.version:
        return
    at = timezone.localtime(row.changed_at) if row.changed_at else None
    who = row.changed_by.full_name if row.changed_by else "Hệ thống"
    raise conflict(f"{who} đã sửa nội dung này{moment_of(at)}. {NOT_DONE}", who=who, at=at)


def moment_of(at: datetime | None) -> str:
    """The moment inside a sentence; nothing where it is not known."""
    return f" lúc {at:%H:%M}, ngày {at:%d/%m/%Y}" if at else ""


def who_did(action: str, *, stream: str, said: dict[str, str]) -> tuple[str, datetime | None]:
    """Who did that last on the stream, and when, as `journal.who.who_did` tells."""
    return import_string(settings.JOURNAL["who_did"])(action, stream=stream, said=said)


def conflict(message: str, **facts: Any) -> Exception:
    """The journal's Conflict, to be raised: its page keeps what was typed (409)."""
    return import_string(settings.JOURNAL["conflict"])(message, **facts)


def stream_of(subject: User | OrgUnit) -> str:
    return f"{'user' if isinstance(subject, User) else 'unit'}:{subject.ref}"
