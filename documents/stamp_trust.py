"""Whom the province trusts to stamp the time: certificates in a file named by the settings."""

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto.cms import ContentInfo
from django.conf import settings

from documents.stages import Trust


def stamp_trust() -> Any:
    """The context that a stamp's certificate is held against; nothing is ever fetched."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(_roots(settings.SIGNING_TSA_ROOTS)))


def trust_of(is_trusted: bool) -> Trust:
    """What is said of a stamp; without a list of authorities nothing can be said."""
    if not settings.SIGNING_TSA_ROOTS:
        return Trust.UNKNOWN
    return Trust.TRUSTED if is_trusted else Trust.UNTRUSTED


def judged(token: bytes, digest: bytes) -> Trust:
    """Whether a detached token over these bytes was signed by an authority that is trusted."""
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    unfit = (SigningError, SignatureValidationError, ValidationInfoReadingError)
    if not settings.SIGNING_TSA_ROOTS:
        return Trust.UNKNOWN
    try:
        signed = ContentInfo.load(token)["content"]
        told = asyncio.run(validate_tst_signed_data(signed, stamp_trust(), lambda _: digest))
    except (*unfit, ValueError, KeyError, TypeError):
        return Trust.UNTRUSTED
    status = TimestampSignatureStatus(**told)
    return trust_of(bool(status.intact and status.valid and status.trusted))


@lru_cache(maxsize=4)
def _roots(path: str) -> tuple[Any, ...]:
    """The certificates of a PEM file; none where none is named."""
    from pyhanko.keys import load_certs_from_pemder_data

    return tuple(load_certs_from_pemder_data(Path(path).read_bytes())) if path else ()
