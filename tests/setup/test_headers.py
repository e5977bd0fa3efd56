"""HT-02, TP-06: what stands on every answer, of every route, of a file and of a failure."""

import pytest
from django.test import Client

from tests.routes import all_routes

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
CLOSED = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


def check_headers(response) -> None:
    response.close()
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["X-Request-Id"]
    assert "Server" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers
    policy = response["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "http" not in policy
    assert all(part in policy for part in CLOSED)


def test_headers_all_routes(subtests):
    visitor = Client(raise_request_exception=False)

    for route in all_routes():
        with subtests.test(route.path):
            check_headers(visitor.get(route.example))


@pytest.mark.parametrize("path", ["/khong-co-trang-nay/", "/static/icons.txt", "/static/no.css"])
def test_headers_of_missing_pages_and_files(path):
    check_headers(Client(raise_request_exception=False).get(path))


def test_a_file_of_ours_may_be_kept_by_a_browser():
    response = Client().get("/static/icons.txt")

    response.close()
    assert response.status_code == 200
    assert "max-age" in response["Cache-Control"]


def test_https_says_to_come_back_by_https(settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

    response = Client().get("/khong-co/", secure=True)

    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_nothing_of_a_session_is_kept_by_a_browser_or_a_cache(settings):
    visitor = Client()
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "0123456789abcdef0123456789abcdef"

    assert visitor.get("/khong-co/")["Cache-Control"] == "no-store"


def test_fragments_and_pages_are_kept_apart_by_caches():
    assert "HX-Request" in Client().get("/khong-co/")["Vary"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"csp-report": {"violated-directive": "script-src", "document-uri": "/a"}}', 204),
        (b"not json", 204),
        (b'["' + b"x" * 20_000 + b'"]', 405),
    ],
)
def test_reports_of_a_broken_policy_are_taken_and_logged(caplog, body, status):
    response = Client(enforce_csrf_checks=True).generic("POST", "/bao-cao-csp/", body)

    assert response.status_code == status
    assert ("policy broken" in caplog.text) == (status == 204)
    check_headers(response)
