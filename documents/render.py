"""Draws a paper from its frozen facts. It fetches nothing but our own bundled assets (PD-01).

WeasyPrint's font configuration is made once per process and must not be shared by threads, so one
paper is drawn at a time. `draw_apart` draws in a forked child with limits (PD-02): what kills the
child leaves the worker alive.
"""

import atexit
import gc
import json
import re
import warnings
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from documents import children, tags
from documents.fonts import FACES, drawable, face_path
from documents.papers import sheet_of
from documents.papers.words import legible
from documents.told import tell_pages

CPU_SECONDS = 60
PATIENCE = 90  # seconds by the wall clock
MEMORY = 1024 * 1024 * 1024
MAX_PAGES = 500
MANY_PAGES = 20
DRAFTED, KEPT = "pdf/ua-1", "pdf/a-2a"  # both tagged; what is kept is PDF/UA-1 besides
FINISH = {DRAFTED: tags.finish, KEPT: tags.finish_kept}
STYLE, ELEMENTS = "documents/paper.css", "documents/elements.css"
PICTURE = "asset:picture/"
ENDLESS = re.compile(r"[^\s<>&;\"'=]{200,}")  # signs of text only: neither tags nor entities
BREAK = 50

ONE_AT_A_TIME = children.FORKING  # nor is a child forked while a paper is being drawn
Pictures = Mapping[str, bytes]  # PNG files by their SHA-256: the signature, the seal


class NotDrawn(Exception):
    """The paper could not be drawn; the message says why, without its content."""


def render_pdf(template: str, facts: dict[str, Any], pictures: Pictures | None = None) -> bytes:
    """Draw one paper in this process. Raises NotDrawn."""
    html = render_html(template, facts)
    with ONE_AT_A_TIME:
        return _pdf(html, variant_of(facts), pictures or {})


def draw_apart(
    template: str,
    facts: dict[str, Any],
    pictures: Pictures | None = None,
    hear: children.Hear = children.unheard,
) -> bytes:
    """Draw one paper in a child of its own, with limits of time and memory. Raises NotDrawn.

    `hear` gets how far it is (`documents.told`); what it raises ends the drawing.
    """
    with ONE_AT_A_TIME:
        _style()  # loaded before the fork, so that each child starts warm
        drawable()
    held = {sha256: b64encode(picture).decode() for sha256, picture in (pictures or {}).items()}
    job = json.dumps({"template": template, "facts": facts, "pictures": held}).encode()
    limits = {"cpu_seconds": CPU_SECONDS, "memory": MEMORY, "patience": PATIENCE}
    try:
        answer = children.ask(job, _drawn, **limits, hear=hear)
    except children.Lost as failure:
        raise NotDrawn(str(failure)) from failure
    if not answer.startswith(b"+"):
        raise NotDrawn(answer[1:].decode(errors="replace"))
    return answer[1:]


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
def _style() -> tuple[Any, Any, Any, Any]:
    """The kind of page, the style sheet, the font configuration and the fetcher of this process."""
    from weasyprint import CSS, HTML
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

    class Page(HTML):
        """A page whose elements look as papers need them and no more."""

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [elements]

    tell_pages()
    bundled, fonts = assets(), FontConfiguration()
    atexit.register(_style.cache_clear)  # its finaliser fails in a half torn down interpreter
    fetcher = BundledOnly(allowed_protocols=["asset"], allow_redirects=False)
    css = CSS(string=render_to_string(STYLE), font_config=fonts, url_fetcher=fetcher)
    elements = CSS(string=render_to_string(ELEMENTS), url_fetcher=fetcher)
    return Page, css, fonts, fetcher


def _pdf(html: str, variant: str, pictures: Pictures) -> bytes:
    from weasyprint.urls import FatalURLFetchingError

    page, css, fonts, fetcher = _style()
    fetcher.pictures = pictures
    how = {"pdf_variant": variant, "pdf_tags": True}
    try:
        drawn = page(string=html, url_fetcher=fetcher, base_url="asset:")
        document = drawn.render(stylesheets=[css], font_config=fonts, **how)
        if len(document.pages) > MAX_PAGES:
            raise NotDrawn(f"more than {MAX_PAGES} pages")
        if len(document.pages) > MANY_PAGES:
            gc.collect()  # what laying out left behind goes before the file is written
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # of the colour profile it leaves open
            return document.write_pdf(finisher=FINISH[variant], **how)
    except FatalURLFetchingError as failure:
        raise NotDrawn(str(failure)) from failure


def _drawn(job: bytes) -> bytes:
    """In the child: "+" and the file, or "-" and why there is none."""
    tell_pages()
    try:
        asked = json.loads(job)
        pictures = {sha256: b64decode(held) for sha256, held in asked["pictures"].items()}
        html = render_html(asked["template"], asked["facts"])
        return b"+" + _pdf(html, variant_of(asked["facts"]), pictures)
    except NotDrawn as failure:
        return b"-" + str(failure).encode()
    except MemoryError:
        return b"-memory limit"
    except Exception as failure:  # noqa: BLE001  told to the parent, which dismisses this child
        return b"-" + type(failure).__name__.encode()
