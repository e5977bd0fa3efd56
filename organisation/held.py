"""Files chosen in a form that came back with something to mend: held, so that nobody chooses twice.

The bytes lie under the person who sent them, and the page carries a seal that this person alone
can break. What is never sent again is swept within a day.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

from organisation.models import User

FOLDER = "held"
LONGEST = 12 * 3600  # seconds for which the page may be sent again
KEPT = 24 * 3600
MOST_FILES, MOST_BYTES = 20, 200 * 2**20  # of one person; the oldest make room
MODE = 0o750


@dataclass(frozen=True)
class Held:
    """What a page shows of a file that is held: the seal it carries along, its name and weight."""

    seal: str
    name: str
    size: int


class HeldUpload(InMemoryUploadedFile):
    """A file that was held, as if it had been chosen just now."""

    def __init__(self, held: Held, content: bytes, content_type: str) -> None:
        super().__init__(BytesIO(content), None, held.name, content_type, held.size, None)
        self.held = held


def hold(upload: UploadedFile, user: User) -> Held | None:
    """Keep what was chosen for the next try; None where there is no room for it."""
    if isinstance(upload, HeldUpload):
        return upload.held
    if not upload.size:
        return None
    name, folder = uuid4(), _folder(user)
    try:
        _write(upload, folder / str(name))
    except OSError:  # the disk is full: the form says what else it has to say
        return None
    _make_room(folder)
    facts = [str(name), upload.name or "", upload.content_type or "", upload.size]
    return Held(signing.dumps(facts, salt=_salt(user)), upload.name or "", upload.size)


def find(seal: str, user: User) -> HeldUpload | None:
    """What was held under this seal for this person; None for another's, or when it is gone."""
    try:
        name, shown, kind, size = signing.loads(seal, salt=_salt(user), max_age=LONGEST)
        content = (_folder(user) / name).read_bytes()
    except (signing.BadSignature, FileNotFoundError):
        return None
    return HeldUpload(Held(seal, shown, size), content, kind)


def sweep() -> int:
    """Remove what nobody sent again in a day; answers how many files."""
    oldest = time.time() - KEPT
    gone = [path for path in _root().glob("*/*") if path.stat().st_mtime < oldest]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _write(upload: UploadedFile, path: Path) -> None:
    path.parent.mkdir(mode=MODE, parents=True, exist_ok=True)
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def _make_room(folder: Path) -> None:
    for path in _too_many(folder):
        path.unlink(missing_ok=True)


def _too_many(folder: Path) -> Iterator[Path]:
    """The oldest files beyond what one person may have lying here."""
    found = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another request of this person made room too
            found.append((path.stat().st_mtime_ns, path.stat().st_size, path))
    weight = 0
    for count, (_, size, path) in enumerate(sorted(found, reverse=True), start=1):
        weight += size
        if count > MOST_FILES or weight > MOST_BYTES:
            yield path


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _folder(user: User) -> Path:
    return _root() / str(user.ref)


def _salt(user: User) -> str:
    return f"organisation.held:{user.ref}"
