"""A stored file as an answer, in headers that let it do nothing (UP-05)."""

import logging
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse

from documents.models import StoredFile
from documents.stages import FileState
from organisation.text import fold

POLICY = "sandbox; default-src 'none'"
SHOWN = {"pdf", "jpg", "png"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MADE = {"pdf": "application/pdf", "docx": DOCX}

logger = logging.getLogger(__name__)


def file_response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The bytes as stored, to be saved; PDF and pictures may be shown where the view asks for it.

    The view has checked who may see the case, and fetched through `readable_by`. Raises Http404
    for what is infected or gone.
    """
    if stored.state == FileState.INFECTED:
        raise Http404
    try:
        content = stored.path.open("rb")
    except FileNotFoundError:
        logger.error("stored file %s is missing", stored.sha256)
        raise Http404 from None
    response = FileResponse(content, content_type=stored.content_type)
    shown = "inline" if inline and stored.extension in SHOWN else "attachment"
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = f"{shown}; {_name(stored.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response


def made_response(content: bytes, name: str) -> HttpResponse:
    """The bytes of a paper that was made for this request: a PDF is shown, the others saved."""
    extension = name.rpartition(".")[2]
    response = HttpResponse(content, content_type=MADE[extension])
    shown = "inline" if extension in SHOWN else "attachment"
    response["Content-Disposition"] = f"{shown}; {_name(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response


def _name(name: str) -> str:
    """The name twice: plain ASCII for old browsers, and as it is (RFC 6266)."""
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in fold(name))
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    return f"filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
