"""Pages of a drawn paper as pictures, and the words on them, for reading on the screen.

PDFium is not made for threads, so one page is drawn at a time.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2

SCALE = 1.6  # about 115 dots an inch: read well, drawn fast
ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Word:
    """A run of text and where it stands, in points from the top left corner."""

    text: str
    x: float
    y: float
    width: float
    height: float

    @property
    def baseline(self) -> float:
        return self.y + 0.8 * self.height


@dataclass(frozen=True)
class PageWords:
    number: int
    width: float
    height: float
    words: list[Word]


def count_pages(path: Path) -> int:
    """How many there are; none in a file that cannot be read."""
    try:
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return 0


def draw_page(path: Path, number: int) -> bytes:
    """One page as PNG. Raises IndexError where there is none."""
    _refuse_beyond(number, count_pages(path))
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(path) as pdf:
        page = pdf[number - 1]
        out = BytesIO()
        page.render(scale=SCALE).to_pil().save(out, "PNG", compress_level=3)
        page.close()
        return out.getvalue()


def words_of(path: Path, *, first: int = 1, at_most: int = 10) -> list[PageWords]:
    """The words of some pages, as a layer to mark and to be read aloud."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(path) as pdf:
        last = min(len(pdf), first + at_most - 1)
        return [_words(pdf[number - 1], number) for number in range(first, last + 1)]


def _words(page: pypdfium2.PdfPage, number: int) -> PageWords:
    width, height = page.get_size()
    text = page.get_textpage()
    found = []
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            found.append(Word(words, left, height - bottom, right - left, top - bottom))
    text.close()
    page.close()
    return PageWords(number, width, height, found)


def _refuse_beyond(number: int, pages: int) -> None:
    if not 1 <= number <= pages:
        raise IndexError(number)
