"""Draws a paper from its frozen facts. It fetches nothing but our own bundled assets (PD-01).

WeasyPrint's font configuration is made once per process and must not be shared by threads, so one
paper is drawn at a time. `draw_apart` draws in a forked child with limits (PD-02): what kills the
child leaves the worker alive.
"""

import atexit
import os
import re
import select
import signal
import time
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

from django.template.loader import render_to_string

from documents.confinement import confine
from documents.fonts import FACES, drawable, face_path
from documents.papers import sheet_of
from documents.papers.words import legible

CPU_SECONDS = 60
PATIENCE = 90  # seconds by the wall clock
MEMORY = 1024 * 1024 * 1024
MAX_PAGES = 500
DRAFTED, KEPT = "pdf/ua-1", "pdf/a-2a"  # both tagged; neither was checked by a validator
STYLE = "documents/paper.css"
PICTURE = "asset:picture/"
CHUNK = 1024 * 1024
ENDLESS = re.compile(r"[^\s<>&;\"'=]{200,}")  # signs of text only: neither tags nor entities
BREAK = 50

ONE_AT_A_TIME = Lock()
Pictures = Mapping[str, bytes]  # PNG files by their SHA-256: the signature, the seal


class NotDrawn(Exception):
    """The paper could not be drawn; the message says why, without its content."""


def render_pdf(template: str, facts: dict[str, Any], pictures: Pictures | None = None) -> bytes:
    """Draw one paper in this process. Raises NotDrawn."""
    html = render_html(template, facts)
    with ONE_AT_A_TIME:
        return _pdf(html, variant_of(facts), pictures or {})


def draw_apart(template: str, facts: dict[str, Any], pictures: Pictures | None = None) -> bytes:
    """Draw one paper in a child of its own, with limits of time and memory. Raises NotDrawn."""
    with ONE_AT_A_TIME:
        _style()  # loaded before the fork, so that each child starts warm
        drawable()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _draw_and_exit(template, facts, pictures or {}, writing)
    os.close(writing)
    try:
        answer = _read_all(reading)
    finally:
        os.close(reading)
        status = _end(child)
    return _judge(answer, status)


def render_html(template: str, facts: dict[str, Any]) -> str:
    """The page that is drawn; every fact is escaped, and no word is endless."""
    page = {"paper": sheet_of(facts), "facts": legible(facts)}
    html = render_to_string(f"documents/{template}.html", page)
    head, body, rest = html.partition("<body")
    return head + body + ENDLESS.sub(_breakable, rest)


def variant_of(facts: dict[str, Any]) -> str:
    """A draft is tagged for reading; what is kept is an archive's file as well."""
    return DRAFTED if facts.get("is_draft") else KEPT


def assets() -> dict[str, Path]:
    """All that a paper may be made of besides its text and its pictures, by name."""
    return {f"asset:{face}": face_path(face) for face in FACES}


def _breakable(word: re.Match[str]) -> str:
    """A word with places to break it: looking for them costs the square of its length."""
    text = word[0]
    return "<wbr>".join(text[at : at + BREAK] for at in range(0, len(text), BREAK))


@lru_cache(maxsize=1)
def _style() -> tuple[Any, Any, Any]:
    """The style sheet, the font configuration and the fetcher of this process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundledOnly(URLFetcher):
        """Serves the fonts and this paper's pictures; any other address ends the drawing."""

        pictures: Pictures = {}

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            picture = self.pictures.get(url.removeprefix(PICTURE))
            if url.startswith(PICTURE) and picture is not None:
                return URLFetcherResponse(url, picture, {"Content-Type": "image/png"})
            path = bundled.get(url)
            if path is None:
                raise FatalURLFetchingError("a paper asked for something that is not bundled")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    bundled, fonts = assets(), FontConfiguration()
    atexit.register(_style.cache_clear)  # its finaliser fails in a half torn down interpreter
    fetcher = BundledOnly(allowed_protocols=["asset"], allow_redirects=False)
    css = CSS(string=render_to_string(STYLE), font_config=fonts, url_fetcher=fetcher)
    return css, fonts, fetcher


def _pdf(html: str, variant: str, pictures: Pictures) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    css, fonts, fetcher = _style()
    fetcher.pictures = pictures
    page = HTML(string=html, url_fetcher=fetcher, base_url="asset:")
    how = {"pdf_variant": variant, "pdf_tags": True}
    try:
        document = page.render(stylesheets=[css], font_config=fonts, **how)
        if len(document.pages) > MAX_PAGES:
            raise NotDrawn(f"more than {MAX_PAGES} pages")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # of the colour profile it leaves open
            return document.write_pdf(**how)
    except FatalURLFetchingError as failure:
        raise NotDrawn(str(failure)) from failure


def _draw_and_exit(
    template: str, facts: dict[str, Any], pictures: Pictures, writing: int
) -> NoReturn:
    """The child: cut off from everything but the pipe, it answers "+" and the file, or "-"."""
    try:
        confine(kept=writing, cpu_seconds=CPU_SECONDS, memory=MEMORY)
        answer = b"+" + _pdf(render_html(template, facts), variant_of(facts), pictures)
    except NotDrawn as failure:
        answer = b"-" + str(failure).encode()
    except MemoryError:
        answer = b"-memory limit"
    except BaseException as failure:  # noqa: BLE001  a fork must never return into its parent's code
        answer = b"-" + type(failure).__name__.encode()
    view = memoryview(answer)
    while view:
        view = view[os.write(writing, view) :]
    os._exit(0)


def _read_all(reading: int) -> bytes:
    """What the child says until it ends, or until patience does."""
    ends = time.monotonic() + PATIENCE
    pieces: list[bytes] = []
    while (left := ends - time.monotonic()) > 0 and select.select([reading], [], [], left)[0]:
        piece = os.read(reading, CHUNK)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
    return b"-time limit"


def _end(child: int) -> int:
    """Make sure that the child is gone, and say how it went."""
    done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        time.sleep(0.01)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return status


def _judge(answer: bytes, status: int) -> bytes:
    if os.WIFSIGNALED(status) and not answer.startswith(b"+"):
        raise NotDrawn(f"limit passed: {signal.Signals(os.WTERMSIG(status)).name}")
    if not answer.startswith(b"+"):
        raise NotDrawn(answer[1:].decode(errors="replace") or "no answer")
    return answer[1:]
