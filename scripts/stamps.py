"""Do a slow step again only when what it was made from has changed."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


def digest_of(files: Iterable[Path], *words: str) -> str:
    """One digest of the files' contents and of whatever else the step depends on."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        total.update(str(file).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_fresh(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text() == digest


def once_for(stamp: Path, digest: str, make: Callable[[], None]) -> bool:
    """Call `make` unless the stamp says it was done for this digest; tell whether it was called."""
    if is_fresh(stamp, digest):
        return False
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return True
