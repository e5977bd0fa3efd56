"""The agency's digital signature on what is issued: PAdES, no later change allowed (JR-10).

Without a key a paper says that it is not signed; a time stamp is had where its authority answers,
and never waited for long (JR-12).
"""

import logging
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.conf import settings

from documents.agency_key import KeyUnusable, is_configured, signer_at
from documents.seal_worth import state_of
from documents.stages import Sealing, Trust

FIELD = "ChuKySoCoQuan"
TSA_SECONDS = 5
TSA_TRIES = 2

logger = logging.getLogger(__name__)


def seal(pdf: bytes, *, reason: str, timestamper: Any = None) -> tuple[bytes, Sealing]:
    """The file with the agency's signature, where there is a key; else the file as it is. Raises
    KeyUnusable."""
    if not is_configured():
        return pdf, Sealing.UNSIGNED
    authority = timestamper or stamper()
    for _ in range(TSA_TRIES if authority else 0):
        try:
            stamped = _signed(pdf, reason, authority)
        except stamp_failures() as failure:
            logger.warning("no time stamp: %s", type(failure).__name__)
            continue
        if state_of(stamped).trust != Trust.BROKEN:
            return stamped, Sealing.STAMPED
        logger.warning("no time stamp: the answer does not fit")
    return _signed(pdf, reason, None), Sealing.SIGNED


def stamp_failures() -> tuple[type[Exception], ...]:
    """What may go wrong with the time stamp and must not stop the paper."""
    from aiohttp import ClientError
    from pyhanko.sign.timestamps import TimestampRequestError

    return (TimestampRequestError, ClientError, OSError, TimeoutError)


def _signed(pdf: bytes, reason: str, stamper: Any) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    signer = signer_at(datetime.now(UTC))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
    )
    out = signers.PdfSigner(metadata, signer=signer, timestamper=stamper).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf))
    )
    return bytes(out.getvalue())


def stamper() -> Any:
    """The stamping authority that is configured; None where none is."""
    if not settings.SIGNING_TSA_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.SIGNING_TSA_URL, timeout=TSA_SECONDS)


__all__ = ["KeyUnusable", "seal", "stamp_failures", "stamper"]
