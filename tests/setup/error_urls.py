"""The portal's own routes, and one for each way in which a page can go wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "bad": SuspiciousOperation("canary"),
        "denied": PermissionDenied("Sở Nội vụ"),
        "broken": ZeroDivisionError("canary"),
        "away": OperationalError("canary"),
    }[how]


def echo(request: HttpRequest) -> HttpResponse:
    """What the portal takes for the client's address, and what is left of a proxy's headers."""
    left = sorted(name for name in request.META if "FORWARDED" in name or "ORIGINAL" in name)
    facts = [request.META["REMOTE_ADDR"], request.is_secure(), *left, len(request.POST)]
    return HttpResponse(" ".join(map(str, facts)))


urlpatterns = [
    path("loi/<slug:how>/", fail),
    path("echo/", echo),
    path("", include("config.urls")),
]
