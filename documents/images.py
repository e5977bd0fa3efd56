"""Pictures, looked at without decoding them: format, whole structure, number of pixels (UP-03)."""

import re
from typing import IO

MAX_PIXELS = 50_000_000
PNG_START = b"\x89PNG\r\n\x1a\n"
# Frames that carry the size; C4, C8 and CC in the same range are tables.
JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
JPEG_BARE = {0x01, *range(0xD0, 0xD8)}
FOREIGN = re.compile(rb"PK\x03\x04|Rar!\x1a|7z\xbc\xaf|<\s*(html|script|svg|\?php)|MZ\x90", re.I)


class BadImage(ValueError):
    """Not a picture of this format, too many pixels, or something hidden behind it."""


def inspect(file: IO[bytes], extension: str) -> None:
    """Raise BadImage for a picture that must not be kept."""
    file.seek(0)
    content = file.read()
    width, height = _png_size(content) if extension == "png" else _jpeg_size(content)
    if not 0 < width * height <= MAX_PIXELS:
        raise BadImage("number of pixels")


def has_transparency(content: bytes) -> bool:
    """Whether a PNG has a ground to see through: an alpha channel, or a transparent colour."""
    is_png = content.startswith(PNG_START) and content[12:16] == b"IHDR"
    return is_png and (content[25:26] in {b"\x04", b"\x06"} or b"tRNS" in content)


def _png_size(content: bytes) -> tuple[int, int]:
    if not content.startswith(PNG_START) or content[12:16] != b"IHDR":
        raise BadImage("not a PNG")
    place, kind = len(PNG_START), b""
    while kind != b"IEND":
        length = int.from_bytes(content[place : place + 4], "big")
        kind = content[place + 4 : place + 8]
        place += 12 + length
        if len(kind) < 4 or place > len(content):
            raise BadImage("cut off")
    if place != len(content):
        raise BadImage("something after the end")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Phones write their own trailer after the end mark, so only foreign formats there are bad."""
    if not content.startswith(b"\xff\xd8\xff"):
        raise BadImage("not a JPEG")
    end = content.rfind(b"\xff\xd9")
    if end < 0 or FOREIGN.search(content, end):
        raise BadImage("cut off, or something after the end")
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark in JPEG_FRAMES:
            height = int.from_bytes(content[place + 5 : place + 7], "big")
            return int.from_bytes(content[place + 7 : place + 9], "big"), height
        bare = mark in JPEG_BARE or mark == 0xFF
        place += (1 if mark == 0xFF else 2) + (0 if bare else _length(content, place))
    raise BadImage("no frame")


def _length(content: bytes, place: int) -> int:
    return int.from_bytes(content[place + 2 : place + 4], "big")
