"""The one way facts become text, and text becomes hashes (security/requirements.md §3)."""

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

NOTHING_BEFORE = "0" * 64
LARGEST = 2**53


class NotCanonical(ValueError):
    """A document holds what has no single written form: a float, a non-ASCII key, NFD text."""


def canonical(document: dict[str, Any]) -> str:
    """The document as canonical JSON, a subset of RFC 8785."""
    _check(document)
    return json.dumps(
        document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def parsed(body: str) -> dict[str, Any] | None:
    """The document that the text is the canonical form of; None where it is that of none."""
    try:
        document = json.loads(body)
        is_canonical = isinstance(document, dict) and canonical(document) == body
    except (ValueError, RecursionError):
        return None
    return document if is_canonical else None


def plain(value: Any) -> Any:
    """The value in the types canonical JSON has: dates and ids as text, text in NFC."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    return _scalar(value)


def moment(at: datetime) -> str:
    """A time as the journal writes it: UTC, with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def entry_hash(body: str) -> str:
    """The hash of an entry, which is also its leaf in the Merkle tree (RFC 6962)."""
    return hashlib.sha256(b"\x00" + body.encode()).hexdigest()


def node_hash(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def anchor_hash(body: str) -> str:
    return hashlib.sha256(b"\x02" + body.encode()).hexdigest()


def content_hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _scalar(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def _check(value: Any) -> None:
    if isinstance(value, dict):
        _check_object(value)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        if abs(value) >= LARGEST:
            raise NotCanonical(f"Number too large: {value}")
    elif value is not None:
        raise NotCanonical(f"No canonical form for {type(value).__name__}")


def _check_object(document: dict[Any, Any]) -> None:
    for key, item in document.items():
        if not isinstance(key, str) or not key.isascii():
            raise NotCanonical(f"Key is not ASCII text: {key!r}")
        _check(item)


def _check_text(text: str) -> None:
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("Text is not in NFC")
    try:
        text.encode()
    except UnicodeEncodeError as lone:
        raise NotCanonical("Text holds a lone surrogate") from lone
