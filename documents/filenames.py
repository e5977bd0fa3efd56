"""The name a person gave a file, made safe to show and to download; bytes never bear it."""

import re
import unicodedata

from organisation.text import BIDI, ZERO_WIDTH, nfc

MAX_CHARACTERS = 150
MAX_BYTES = 200
FORBIDDEN = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
FALLBACK = "tep"


def clean_name(name: str) -> str:
    """One line without folders, control, bidi and zero-width signs; short, with its extension."""
    bare = re.split(r"[/\\]", nfc(name))[-1]
    bare = ZERO_WIDTH.sub("", BIDI.sub("", bare))
    bare = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "C")
    bare = FORBIDDEN.sub("_", " ".join(bare.split())).strip(". ")
    stem, dot, extension = bare.rpartition(".")
    if not dot:
        stem, extension = bare, ""
    stem = stem.strip(". ") or FALLBACK
    if DEVICES.match(stem):
        stem = f"_{stem}"
    tail = f".{extension}" if dot else ""
    return _shortened(stem, tail) + tail


def extensions(name: str) -> list[str]:
    """What stands between and after the dots of a name, lower case; the last one counts."""
    return [part.strip().lower() for part in name.split(".")[1:]]


def _shortened(stem: str, tail: str) -> str:
    stem = stem[: MAX_CHARACTERS - len(tail)]
    room = MAX_BYTES - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip()
