"""What was being sent when the database went: kept on the page, to be sent again (CR-03).

Nothing here asks the database or the session.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string

OF_PAGE = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Unsent:
    """A form of ours that may not have arrived."""

    fields: list[tuple[str, str]]  # as they came; none where the form cannot be sent from there
    words: list[str]  # what a person wrote, to be read and copied
    has_files: bool
    token: str  # of the page that sent it


class _Check(CsrfViewMiddleware):
    """Answers whether a page of ours sent it, without drawing the page of a refusal."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden()


def unsent(request: HttpRequest) -> Unsent | None:
    """What this person had sent, if it came from a page of ours and holds no password."""
    if request.method != "POST" or not _is_ours(request):
        return None
    is_said, keys_in = import_string("journal.once.is_said"), import_string("journal.once.keys_in")
    posted = [(name, one) for name, values in request.POST.lists() for one in values]
    said = [pair for pair in posted if pair[0] != OF_PAGE]
    if any("password" in name for name, _ in posted):
        return None
    has_files = bool(request.FILES)
    return Unsent(
        fields=said if keys_in(request.POST) and not has_files else [],
        words=[one for name, one in posted if is_said(name) and len(one.split()) > 1],
        has_files=has_files,
        token=request.POST.get(OF_PAGE, ""),
    )


def _is_ours(request: HttpRequest) -> bool:
    check = _Check(_answer)
    check.process_request(request)
    return check.process_view(request, _answer, (), {}) is None


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
