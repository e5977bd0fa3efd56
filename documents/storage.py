"""Bytes on disk: streamed to a temporary file, hashed, flushed, and renamed to their digest.

Never a row without its file (CR-04): callers write the row after this returns. A file without a row
is swept after a day.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

MODE = 0o640
TEMPORARY = "incoming-"


class StorageFull(OSError):
    """The disk took no more; nothing was kept."""


class TooLarge(ValueError):
    """The stream went on after the limit; nothing was kept."""


@dataclass(frozen=True)
class Kept:
    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


@contextmanager
def incoming(chunks: Iterable[bytes], *, limit: int) -> Iterator[tuple[IO[bytes], Kept]]:
    """Stream to a temporary file beside the store and yield it with its digest; it is gone after.

    Raises TooLarge as soon as the limit is passed, and StorageFull.
    """
    root = Path(settings.MEDIA_ROOT)
    temporary = None
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=TEMPORARY, delete=False) as temporary:
            kept = _write(temporary, chunks, limit)
            yield temporary, kept
    except OSError as failure:
        raise StorageFull(str(failure)) from failure
    finally:
        if temporary:
            Path(temporary.name).unlink(missing_ok=True)


def keep(temporary: IO[bytes], kept: Kept) -> None:
    """Give a temporary file its lasting name; the same bytes twice are one file."""
    final = path_of(kept.sha256)
    final.parent.mkdir(mode=0o750, exist_ok=True)
    os.fchmod(temporary.fileno(), MODE)
    Path(temporary.name).replace(final)
    _flush(final.parent)


def keep_bytes(content: bytes) -> Kept:
    """Store bytes that the portal made itself."""
    with incoming([content], limit=len(content)) as (temporary, kept):
        keep(temporary, kept)
    return kept


def _write(temporary: IO[bytes], chunks: Iterable[bytes], limit: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(size)
        digest.update(chunk)
        temporary.write(chunk)
    temporary.flush()
    os.fsync(temporary.fileno())
    return Kept(digest.hexdigest(), size)


def _flush(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def orphans(*, older_than: float) -> Iterator[Path]:
    """Files that have lain untouched since before a time (seconds), temporary ones included."""
    root = Path(settings.MEDIA_ROOT)
    for path in (*root.glob(f"{TEMPORARY}*"), *root.glob("??/*")):
        if path.is_file() and path.stat().st_mtime < older_than:
            yield path
