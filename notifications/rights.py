"""Whether a letter may still go to its recipient, asked when it is sent (AZ-10, OB-05).

The apps above register, each for its kind of stream ("proposal", "case"), who may know of it, in
`AppConfig.ready`. A kind that nobody registered is not written about.
"""

import uuid
from collections.abc import Callable

from notifications.models import OutboxMessage
from organisation import resets
from organisation.models import User

MayKnow = Callable[[User, uuid.UUID], bool]
STREAMS: dict[str, MayKnow] = {}


def register_stream_visibility(kind: str, may_know: MayKnow) -> None:
    STREAMS[kind] = may_know


def why_not(message: OutboxMessage) -> str:
    """The reason not to write to a person, for the record; empty where one may."""
    user = message.recipient
    if not user.is_active:
        return "recipient is deactivated"
    if not user.email:
        return "recipient has no address"
    if message.template == "reset" and resets.is_over(message.created_at):
        return "its link is over"
    return "" if _may_know(user, message.about) else "recipient may no longer see the case"


def _may_know(user: User, stream: str) -> bool:
    if not stream:
        return True
    kind, _, ref = stream.partition(":")
    if kind == "user":
        return ref == str(user.ref)
    may_know = STREAMS.get(kind)
    return bool(may_know and may_know(user, uuid.UUID(ref)))
