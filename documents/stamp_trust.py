"""What a time stamp is worth: held against the authorities that the settings name.

Stamps inside a file and stamps kept beside one are judged by the same words.
"""

import asyncio
import logging
from pathlib import Path
from typing import Any

from asn1crypto.cms import ContentInfo
from django.conf import settings

from documents.stages import Trust

logger = logging.getLogger(__name__)


def stamp_trust() -> Any:
    """The context that a stamp's certificate is held against; nothing is ever fetched."""
    return context_of(roots_in(settings.SIGNING_TSA_ROOTS))


def context_of(roots: list[Any], **how: Any) -> Any:
    """Trust in these certificates and in those that they vouch for; nothing is ever fetched."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=roots, allow_fetching=False, **how)


def worth_of(stamp: Any) -> Trust:
    """What is said of a stamp that was validated; without a list of authorities only whether it is
    about these bytes."""
    if stamp is None or not (stamp.intact and stamp.valid):
        return Trust.BROKEN
    if not roots_in(settings.SIGNING_TSA_ROOTS):
        return Trust.UNKNOWN
    if stamp.trusted:
        return Trust.TRUSTED
    return Trust.EXPIRED if has_run_out(stamp) else Trust.UNTRUSTED


def has_run_out(status: Any) -> bool:
    """Whether only the day stands against a certificate: it led to one that is trusted."""
    from pyhanko.sign.ades.report import AdESIndeterminate

    over = (AdESIndeterminate.EXPIRED, AdESIndeterminate.OUT_OF_BOUNDS_NO_POE)
    return bool(status.valid and status.trust_problem_indic in over)


def judged(token: bytes, digest: bytes) -> Trust:
    """What a detached token over these bytes is worth."""
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    unfit = (SigningError, SignatureValidationError, ValidationInfoReadingError)
    try:
        signed = ContentInfo.load(token)["content"]
        told = asyncio.run(validate_tst_signed_data(signed, stamp_trust(), lambda _: digest))
    except (*unfit, ValueError, KeyError, TypeError):
        return Trust.BROKEN
    return worth_of(TimestampSignatureStatus(**told))


def roots_in(path: str) -> list[Any]:
    """The certificates of a PEM or DER file; none where none is named, or it cannot be read."""
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        return list(load_certs_from_pemder_data(Path(path).read_bytes())) if path else []
    except (OSError, ValueError) as failure:
        logger.error("certificates cannot be read: %s", type(failure).__name__)
        return []
