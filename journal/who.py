"""Who did a thing last, out of the journal, for the page that tells whoever came second."""

from datetime import datetime

from django.utils import timezone

from journal.actions import entries_of
from journal.canonical import canonical
from journal.models import Content


def who_did(action: str, *, stream: str, said: dict[str, str]) -> tuple[str, datetime | None]:
    """The name of who did it last on the stream, and the local time; empty where nobody did.

    `said` is what the entry says of the thing it was done to.
    """
    rows = entries_of(stream).filter(action=action)
    for key, value in said.items():
        rows = rows.filter(body__contains=canonical({key: value})[1:-1])
    last = rows.order_by("-seq").first()
    if last is None:
        return "", None
    signed = Content.objects.filter(sha256=last.data.get("actor_sha256")).first()
    name = str(signed.facts["full_name"]) if signed else ""
    return name, timezone.localtime(last.at)
