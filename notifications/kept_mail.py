"""Reads the letters that the embedded portal keeps as files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.utils import timezone

SEPARATOR = b"-" * 79 + b"\n"  # of Django's file backend


@dataclass(frozen=True)
class KeptLetter:
    to: str
    subject: str
    text: str
    at: datetime | None


def newest_letters(folder: Path, at_most: int) -> list[KeptLetter]:
    """The letters in a folder, newest first; none where there is no folder yet."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.name, reverse=True)
    letters = (letter for path in files[:at_most] for letter in _letters(path))
    return sorted(letters, key=lambda letter: str(letter.at), reverse=True)[:at_most]


def _letters(path: Path) -> Iterator[KeptLetter]:
    for part in path.read_bytes().split(SEPARATOR):
        if part.strip():
            yield _read(message_from_bytes(part.lstrip(), policy=default))


def _read(message: EmailMessage) -> KeptLetter:
    body = message.get_body(("plain",))
    sent = message["Date"]
    return KeptLetter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content().strip() if body else "",
        at=_local(parsedate_to_datetime(str(sent))) if sent else None,
    )


def _local(moment: datetime) -> datetime:
    """The time here; a Date header with "-0000" says UTC without a zone."""
    return timezone.localtime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
