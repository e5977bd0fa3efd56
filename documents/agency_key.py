"""The agency's key: a PKCS#12 file outside of code and database, and the top of its chain."""

import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from documents.stamp_trust import roots_in

UNUSABLE = "SIGNING_P12 or SIGNING_P12_PASSWORD cannot be used."
OUT_OF_TIME = "The certificate of SIGNING_P12 is not valid today."

logger = logging.getLogger(__name__)


class KeyUnusable(RuntimeError):
    """The configured key cannot sign; the message names the setting, never the password."""


def is_configured() -> bool:
    return bool(settings.SIGNING_P12)


def signer_at(now: datetime) -> Any:
    """The configured key, where its certificate is valid then. Raises KeyUnusable."""
    signer, _ = _key(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD)
    validity = signer.signing_cert["tbs_certificate"]["validity"]
    if not validity["not_before"].native <= now <= validity["not_after"].native:
        raise KeyUnusable(OUT_OF_TIME)
    return signer


def known_roots() -> list[Any]:
    """The top of the key's chain, and of those that earlier keys had; none that cannot be read."""
    earlier = roots_in(settings.SIGNING_ROOTS)
    if not is_configured():
        return earlier
    try:
        return [*_key(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD)[1], *earlier]
    except KeyUnusable as failure:
        logger.error("%s", failure)
        return earlier


@lru_cache(maxsize=4)
def _key(path: str, password: str) -> tuple[Any, tuple[Any, ...]]:
    """The signer, and the certificates at the top of its chain. Raises KeyUnusable."""
    from pyhanko.sign import signers

    try:
        content = Path(path).read_bytes()
        signer = signers.SimpleSigner.load_pkcs12_data(content, [], password.encode() or None)
    except (OSError, ValueError) as failure:
        raise KeyUnusable(UNUSABLE) from failure
    chain = list(signer.cert_registry) or [signer.signing_cert]
    roots = [one for one in chain if one.self_signed in {"yes", "maybe"}]
    return signer, tuple(roots or [signer.signing_cert])
