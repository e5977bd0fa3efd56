"""Who is really asking: the only place that reads what a proxy says of its client (HT-04)."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from config.middleware import Answer

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
NEVER_TRUSTED = (
    *("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_ORIGINAL_URL"),
    *("HTTP_X_REWRITE_URL", "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_FORWARDED"),
)


def client_address(get_response: Answer) -> Answer:
    """Make REMOTE_ADDR the client's, from what a trusted proxy says and nobody else (HT-04)."""
    proxies = [ipaddress.ip_network(network) for network in settings.TRUSTED_PROXIES]

    def is_trusted(address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in proxies)

    def answer(request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        for name in NEVER_TRUSTED:
            meta.pop(name, None)
        if is_trusted(meta.get("REMOTE_ADDR", "")):
            hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            strangers = [hop for hop in hops if _is_address(hop) and not is_trusted(hop)]
            meta["REMOTE_ADDR"] = strangers[-1] if strangers else meta["REMOTE_ADDR"]
        else:
            for name in FORWARDED:
                meta.pop(name, None)
        return get_response(request)

    return answer


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
