"""Holds the stored bytes against the digests that the journal names (JR-05)."""

import hashlib
from collections.abc import Iterator

from documents.storage import path_of
from journal.findings import Finding, broken

CHUNK = 1024 * 1024


def check_files(digests: set[str]) -> Iterator[Finding]:
    """A finding for each file that is missing or no longer what it was."""
    for sha256 in sorted(digests):
        path = path_of(sha256)
        if not path.exists():
            yield broken(f"file {sha256}", "the file is missing")
        elif _digest(sha256) != sha256:
            yield broken(f"file {sha256}", "the bytes have been changed")


def _digest(sha256: str) -> str:
    with path_of(sha256).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
