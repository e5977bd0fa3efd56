"""Server-side sessions in the database, each with its owner (SESSION_ENGINE; AU-09, AU-10)."""

import time
import uuid
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import salted_hmac

from organisation.models import Session

ONE_MINUTE = 60


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session; all that describes it comes out of the session itself."""
        row = Session(
            session_key=self.session_key or "",
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )
        row.ref = name_of(row.session_key)
        if SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
        if "started" in data:
            row.started_at = datetime.fromtimestamp(data["started"], UTC)
            row.agent, row.address = data["agent"], data["address"]
        return row


def name_of(session_key: str) -> uuid.UUID:
    """A name for pages and forms. The key itself opens the session, so it is never shown."""
    return uuid.UUID(salted_hmac("organisation.session", session_key).hexdigest()[:32])


def keep_alive(session: SessionBase, *, agent: str, address: str) -> None:
    """Move the idle limit on, at most once a minute, and never beyond the absolute limit."""
    now = time.time()
    if "started" not in session:
        session.update({"started": now, "agent": agent[:200], "address": address})
    if now - session.get("seen", 0) < ONE_MINUTE:
        return
    left = int(session["started"] + settings.SESSION_COOKIE_AGE - now)
    if left < 1:
        session.flush()
        return
    session["seen"] = now
    session.set_expiry(min(left, settings.SESSION_IDLE_SECONDS))
