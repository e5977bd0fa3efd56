"""The page for whoever came second: what happened, and what they had typed (TX-02, TX-04)."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from journal.actions import conflict_on
from journal.conflicts import Busy, Conflict, cover, is_lock_trouble
from journal.once import BUSY, RIGHT_LOST, done_now, first_answer, keys_in
from journal.typed import typed
from organisation.issued import asking, is_issued

SECONDS_TO_RETRY = 5
STREAMS = {  # what a page is of, and where that is written down: by the ref in its address
    "proposal": "proposal",
    "pilot": "proposal",
    "liability": "case",
    "periodic": "periodic_report",
    "urging": "urging",
}
Refusal = Conflict | PermissionDenied | Http404
MAIN = "#noi-dung"  # what base.html calls the page between its frame


class ConflictMiddleware:
    """Turns `Conflict`, and a right lost since the form was shown, into the 409 page; a lock that
    could not be had into 503. What was typed is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked, done = asking.set(request), done_now.set(False)
        try:
            response = self.get_response(request)
            if _is_shown_again(request, response) and (first := _first_answer(request)):
                return HttpResponseRedirect(first)
            return response
        finally:
            asking.reset(asked)
            done_now.reset(done)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and is_lock_trouble(error):
            error = Busy(BUSY)
        if isinstance(error, Refusal) and (first := _first_answer(request)):
            return HttpResponseRedirect(first)
        if isinstance(error, PermissionDenied) and _was_shown(request):
            error = Conflict(RIGHT_LOST)
        if not isinstance(error, Conflict):
            return None
        _tell_of_the_last(request, error)
        if error.stream:
            cover(error, request.user)  # type: ignore[arg-type]
        return _page(request, error)


def _tell_of_the_last(request: HttpRequest, conflict: Conflict) -> None:
    """Where the rule alone refused, say who acted last on the case of the page, and when."""
    match = request.resolver_match
    access = getattr(match.func, "access", None) if match else None
    if conflict.who or isinstance(conflict, Busy) or access is None or match is None:
        return
    if access.subject in STREAMS and (ref := match.kwargs.get("ref")):
        last = conflict_on(f"{STREAMS[access.subject]}:{ref}")
        conflict.who, conflict.at = last.who, last.at
        conflict.stream, conflict.action = last.stream, last.action


def _page(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    is_busy = isinstance(conflict, Busy)
    is_piece = "HX-Request" in request.headers  # htmx shows no answer of the 5xx kind
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_busy and not is_piece else HTTPStatus.CONFLICT
    kept = typed(request.POST, conflict.form)
    response = render(
        request, "errors/409.html", {"conflict": conflict, "kept": kept}, status=status
    )
    if is_busy:
        response["Retry-After"] = str(SECONDS_TO_RETRY)
    if is_piece:
        response["HX-Retarget"] = response["HX-Reselect"] = MAIN
        response["HX-Reswap"] = "outerHTML"
    return response


def _is_shown_again(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a whole page answers a form that was sent: it may ask for something else by now."""
    is_page = response.status_code == HTTPStatus.OK and "HX-Request" not in request.headers
    return is_page and request.method == "POST" and not done_now.get()


def _first_answer(request: HttpRequest) -> str:
    """Sent again, the form is answered as the first time, though its time is over (TX-03)."""
    if not request.user.is_authenticated:
        return ""
    return first_answer(request.user, request.POST, request.FILES)


def _was_shown(request: HttpRequest) -> bool:
    """Whether the form that was sent had been made for this person: then a right was lost since."""
    if not request.user.is_authenticated:
        return False
    return any(is_issued(key, request.user) for key in keys_in(request.POST))
