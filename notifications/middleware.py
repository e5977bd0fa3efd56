"""Opening a case marks what it told a person as read (ux §14)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from notifications.actions import mark_opened

Answer = Callable[[HttpRequest], HttpResponseBase]
STREAMS = {  # of the subjects that routes declare; a pilot is written down with its proposal
    "proposal": "proposal",
    "pilot": "proposal",
    "paper": "paper",
    "liability": "case",
    "commendation": "case",
    "urging": "urging",
}
NO_STREAM = "-"


def opened_cases(get_response: Answer) -> Answer:
    """After a page was shown: its notices are read. The bell on it has left them out already.

    `reporting.navigation` counts them with the others, so a page without any costs nothing here.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        has_some = getattr(request, "opened_notices", 0)
        if has_some and request.method == "GET" and response.status_code == 200:
            mark_opened(request.user, stream_of(request), request.path)  # type: ignore[arg-type]
        return response

    return answer


def stream_of(request: HttpRequest) -> str:
    """The stream of the case that the page belongs to; one that nothing has where it is none."""
    match = request.resolver_match
    access = getattr(match.func, "access", None) if match else None
    kind = STREAMS.get(access.subject) if access else None
    ref = match.kwargs.get("ref") if match else None
    return f"{kind}:{ref}" if kind and ref else NO_STREAM
