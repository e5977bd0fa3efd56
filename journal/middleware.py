"""The page for whoever came second: what happened, and what they had typed (TX-02, TX-04)."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.conflicts import Busy, Conflict, cover, is_lock_trouble
from journal.once import BUSY, is_said

SECONDS_TO_RETRY = 5
MAIN = "#noi-dung"  # what base.html calls the page between its frame


class ConflictMiddleware:
    """Turns `Conflict` into the 409 page, and a lock that could not be had into 503, texts kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and is_lock_trouble(error):
            error = Busy(BUSY)
        if not isinstance(error, Conflict):
            return None
        if error.stream:
            cover(error, request.user)  # type: ignore[arg-type]
        return _page(request, error)


def _page(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    is_busy = isinstance(conflict, Busy)
    is_piece = "HX-Request" in request.headers  # htmx shows no answer of the 5xx kind
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_busy and not is_piece else HTTPStatus.CONFLICT
    kept = _kept(request, conflict)
    response = render(
        request, "errors/409.html", {"conflict": conflict, "kept": kept}, status=status
    )
    if is_busy:
        response["Retry-After"] = str(SECONDS_TO_RETRY)
    if is_piece:
        response["HX-Retarget"] = response["HX-Reselect"] = MAIN
        response["HX-Reswap"] = "outerHTML"
    return response


def _kept(request: HttpRequest, conflict: Conflict) -> list[tuple[str, str]]:
    """The texts that were posted, beside the words of their fields."""
    return [
        (conflict.labels.get(name, name), value)
        for name, values in request.POST.lists()
        if is_said(name) and name.rpartition("-")[2] != "version"
        for value in values
        if value.strip()
    ]
