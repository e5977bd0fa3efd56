"""Notices and letters for tests."""

import uuid
from itertools import count
from types import SimpleNamespace
from typing import Any

from notifications.actions import notify
from notifications.models import Notice, OutboxMessage
from organisation.models import User
from tests.factories.organisation import make_user

NUMBERS = count(1)


def cause(stream: str = "", **more: str) -> SimpleNamespace:
    """What notify needs of a journal entry: the name of its stream."""
    return SimpleNamespace(stream=stream or f"proposal:{uuid.uuid4()}", **more)


def tell(*people: User, stream: str | None = None, **over: Any) -> None:
    """Tell people of an event; without a stream it is about no case, so nobody may not know."""
    facts: dict[str, Any] = {
        "key": f"event-{next(NUMBERS)}",
        "subject": "[DX-2022-0166] Chờ đồng chí xem xét trước 22/06/2022",
        "text": 'Đồng chí Nguyễn Văn Mẫu gửi đề xuất "Trả kết quả tại nhà".',
        "url": "/de-xuat/mot-de-xuat/",
        "by_entry": None if stream is None else cause(stream),
    } | over
    notify(people, **facts)


def make_notice(user: User | None = None, **over: Any) -> Notice:
    """The notice of one new event."""
    user = user or make_user()
    tell(user, **over)
    return Notice.objects.of(user).newest_first()[0]


def make_letter(user: User | None = None, **over: Any) -> OutboxMessage:
    """A letter that waits in the outbox."""
    tell(user or make_user(), **over)
    return OutboxMessage.objects.select_related("recipient").latest("pk")
