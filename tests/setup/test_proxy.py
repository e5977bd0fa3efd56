"""HT-04: only the trusted proxy may say who is asking."""

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.setup.error_urls")

PROXY, OUTSIDER, CLIENT = "172.30.14.2", "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def _one_proxy(settings):
    settings.TRUSTED_PROXIES = ["172.30.14.0/28"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize(
    ("peer", "forwarded", "taken"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"10.0.0.1, {CLIENT}", CLIENT),  # the client's own claim stands further left
        (PROXY, f"{CLIENT}, {PROXY}", CLIENT),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, "2001:db8::9", "2001:db8::9"),
        (OUTSIDER, CLIENT, OUTSIDER),
        ("", CLIENT, ""),
    ],
)
def test_forwarded_for_spoof(peer, forwarded, taken):
    response = Client(REMOTE_ADDR=peer).get("/echo/", headers={"x-forwarded-for": forwarded})

    assert response.content.decode().split(" ")[0] == taken


@pytest.mark.parametrize(("peer", "is_secure"), [(PROXY, "True"), (OUTSIDER, "False")])
def test_only_the_proxy_may_say_that_it_was_https(peer, is_secure):
    response = Client(REMOTE_ADDR=peer).get("/echo/", headers={"x-forwarded-proto": "https"})

    assert response.content.decode().split(" ")[1] == is_secure


def test_headers_that_rewrite_a_request_never_reach_a_view():
    claims = {"x-forwarded-host": "evil.example", "x-original-url": "/", "forwarded": "for=1.2.3.4"}

    response = Client(REMOTE_ADDR=PROXY).get("/echo/", headers=claims)

    assert response.content.decode() == f"{PROXY} False 0"
