"""What holds for every request and every response, whoever answers it."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from config import errors, logs

Answer = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger("portal.request")
security = logging.getLogger("portal.security")

PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media"),
        *("fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone", "midi"),
        *("payment", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking"),
    )
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SEARCH_LIMIT = 200
SEARCH_FIELDS = ("q", "tim", "tu_khoa")
REPORT_PATH = "/bao-cao-csp/"
REPORT_LIMIT = 16 * 1024


def request_name(get_response: Answer) -> Answer:
    """Name the request (`request.id`), show the name in the answer, log one line about both."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        token = logs.request_id.set(request.id)  # type: ignore[attr-defined]
        started = time.monotonic()
        try:
            response = get_response(request)
            response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
            _log(request, response, started)
        finally:
            logs.request_id.reset(token)
        return response

    return answer


def _log(request: HttpRequest, response: HttpResponseBase, started: float) -> None:
    user = getattr(request, "_cached_user", None)  # never load one just to log it
    facts = {
        "user": str(getattr(user, "ref", "")),
        "method": request.method if request.method in METHODS else "other",
        "path": request.path_info[:200],
        "status": response.status_code,
        "ms": round(1000 * (time.monotonic() - started)),
    }
    logger.info("request", extra=facts)


def headers(get_response: Answer) -> Answer:
    """Put on each answer what Django's own middleware leaves out (HT-02)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path_info.startswith(settings.STATIC_URL):
            patch_vary_headers(response, ["HX-Request"])
            if settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}:
                response["Cache-Control"] = "no-store"
        return response

    return answer


def limits(get_response: Answer) -> Answer:
    """Turn away what is too large or of no use before anything reads it (LM-04)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if _length(request) > settings.BODY_LIMIT:
            return errors.too_large(request)
        if any(len(request.GET.get(name, "")) > SEARCH_LIMIT for name in SEARCH_FIELDS):
            return errors.bad_request(request)
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            return errors.only_for_forms(request, response["Allow"])
        return response

    return answer


def _length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def policy_reports(get_response: Answer) -> Answer:
    """Take the browsers' reports of pages that broke our content policy (TP-06)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info != REPORT_PATH:
            return get_response(request)
        if request.method != "POST" or _length(request) > REPORT_LIMIT:
            return HttpResponseNotAllowed(["POST"])
        security.warning("policy broken: %s", _broken_directive(request.body))
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    return answer


def _broken_directive(body: bytes) -> str:
    try:
        report = json.loads(body)["csp-report"]
        return str(report["violated-directive"])[:100]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "unreadable report"
