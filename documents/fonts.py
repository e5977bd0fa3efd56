"""The four faces papers are set in: which signs they have, and how wide a line of text is."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FONTS = "/usr/share/fonts/truetype/liberation2"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def face_path(face: str) -> Path:
    """The file of a face; `settings.PAPER_FONTS` names another folder."""
    return Path(getattr(settings, "PAPER_FONTS", FONTS)) / f"LiberationSerif-{face}.ttf"


def width(text: str, size: float, face: str = "Regular") -> float:
    """How many points the text is wide, without kerning; within a hundredth of what is drawn."""
    advances, per_em = _metrics(face)
    missing = advances[ord("x")]
    return sum(advances.get(ord(sign), missing) for sign in text) * size / per_em


@cache
def drawable() -> frozenset[int]:
    """The code points that all four faces have a glyph for."""
    return frozenset.intersection(*(frozenset(_metrics(face)[0]) for face in FACES))


@cache
def _metrics(face: str) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  slow to import, as WeasyPrint is

    with TTFont(face_path(face), lazy=True) as opened:
        font: Any = opened
        widths = font["hmtx"].metrics
        advances = {code: widths[name][0] for code, name in font.getBestCmap().items()}
        return advances, font["head"].unitsPerEm
