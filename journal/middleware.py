"""The page for whoever came second: what happened, and what they had typed (TX-02, TX-04)."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.conflicts import Busy, Conflict, is_lock_trouble
from journal.once import BUSY, is_said

SECONDS_TO_RETRY = 5


class ConflictMiddleware:
    """Turns `Conflict` into the 409 page, and a lock that could not be had into 503, texts kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and is_lock_trouble(error):
            error = Busy(BUSY)
        return _page(request, error) if isinstance(error, Conflict) else None


def _page(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    is_busy = isinstance(conflict, Busy)
    response = render(
        request,
        "errors/409.html",
        {"conflict": conflict, "kept": _kept(request, conflict), "is_busy": is_busy},
        status=HTTPStatus.SERVICE_UNAVAILABLE if is_busy else HTTPStatus.CONFLICT,
    )
    if is_busy:
        response["Retry-After"] = str(SECONDS_TO_RETRY)
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
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
