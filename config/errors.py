"""The pages of what went wrong: in Vietnamese, with the request's name, without any echo (HT-03).

Pages of the 4xx kind stand in the usual frame. 500 and 503 are plain: they need no database,
no session and no user. Only a form that our own page sent is shown again, on 503 (CR-03).
"""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from config.unsent import unsent

DATABASE_GONE = (OperationalError, InterfaceError)
RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`PermissionDenied("…")` may name the agency or role that the page is for."""
    return render(request, "errors/403.html", {"scope": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403.html", {"scope": "", "is_stale_form": True}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    request.resolver_match = None  # the menu must not tell a page that is hidden from none (AZ-02)
    return render(request, "errors/404.html", status=404)


def only_for_forms(request: HttpRequest, allow: str) -> HttpResponse:
    """For whoever opens the address of a form's answer, as the bar of a browser keeps it."""
    response = render(request, "errors/405.html", status=405)
    response["Allow"] = allow
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    limit = settings.BODY_LIMIT // (1024 * 1024)
    response = render(request, "errors/413.html", {"limit_mb": limit}, status=413)
    response["Connection"] = "close"  # the rest of the body is never read
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Also the page while the database is away or too busy: then 503, and worth a retry."""
    if isinstance(sys.exc_info()[1], DATABASE_GONE):
        kept = unsent(request)
        response = _plain(request, 503, unsent=kept, csrf_token=kept.token if kept else "")
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _plain(request, 500)


def _plain(request: HttpRequest, status: int, **facts: object) -> HttpResponse:
    facts |= {"request_id": getattr(request, "id", ""), "at": timezone.now()}
    return HttpResponse(render_to_string(f"errors/{status}.html", facts), status=status)
