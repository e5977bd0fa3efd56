"""The agency's digital signature on what is issued: PAdES, no later change allowed (JR-10).

The key is a PKCS#12 file outside of code and database. Without one a paper says that it is not
signed; a time stamp is had where its authority answers, and never waited for long (JR-12).
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from documents.stages import Sealing, Trust
from documents.stamp_trust import stamp_trust, trust_of

FIELD = "ChuKySoCoQuan"
TSA_SECONDS = 5
TSA_TRIES = 2

logger = logging.getLogger(__name__)


class KeyUnusable(RuntimeError):
    """The configured key cannot be read; the message names the setting, never the password."""


@dataclass(frozen=True)
class SealState:
    """What the signature inside a file is worth."""

    is_signed: bool = False
    is_sound: bool = False
    signer: str = ""
    is_stamped: bool = False
    trust: Trust = Trust.UNKNOWN  # of the authority whose stamp is inside


def is_configured() -> bool:
    return bool(settings.SIGNING_P12)


def seal(pdf: bytes, *, reason: str, timestamper: Any = None) -> tuple[bytes, Sealing]:
    """The file with the agency's signature, where there is a key; else the file as it is."""
    if not is_configured():
        return pdf, Sealing.UNSIGNED
    authority = timestamper or stamper()
    for _ in range(TSA_TRIES if authority else 0):
        try:
            return _signed(pdf, reason, authority), Sealing.STAMPED
        except stamp_failures() as failure:
            logger.warning("no time stamp: %s", type(failure).__name__)
    return _signed(pdf, reason, None), Sealing.SIGNED


def state_of(pdf: bytes) -> SealState:
    """Judge the signature of one of our own files. What cannot be read is not sound."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError

    unreadable = (PdfError, SigningError, SignatureValidationError, ValidationInfoReadingError)
    parse = (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError)
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        return _judged(found[0]) if found else SealState()
    except (*unreadable, *parse):
        return SealState(is_signed=b"/ByteRange" in pdf)


def is_copy_of(stored: bytes, uploaded: bytes) -> bool:
    """Whether a file signed elsewhere begins with ours, byte for byte (JR-09)."""
    return len(uploaded) > len(stored) and uploaded.startswith(stored)


def is_signed(pdf: bytes) -> bool:
    return b"/ByteRange" in pdf


def stamp_failures() -> tuple[type[Exception], ...]:
    """What may go wrong with the time stamp and must not stop the paper."""
    from aiohttp import ClientError
    from pyhanko.sign.timestamps import TimestampRequestError

    return (TimestampRequestError, ClientError, OSError, TimeoutError)


def _signed(pdf: bytes, reason: str, stamper: Any) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    signer, _ = _key(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD)
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


def _judged(signature: Any) -> SealState:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    status = validate_pdf_signature(signature, _trust(), ts_validation_context=stamp_trust())
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    stamp = status.timestamp_validity
    ours = status.intact and status.valid and status.trusted and status.docmdp_ok
    return SealState(
        is_signed=True,
        is_sound=bool(ours and whole),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        is_stamped=bool(stamp and stamp.valid),
        trust=trust_of(bool(stamp and stamp.trusted)),
    )


def _trust() -> Any:
    """Our own chain; certificates are never fetched."""
    from pyhanko_certvalidator import ValidationContext

    if not is_configured():
        return ValidationContext(trust_roots=[], allow_fetching=False)
    _, roots = _key(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD)
    return ValidationContext(trust_roots=list(roots), allow_fetching=False)


@lru_cache(maxsize=4)
def _key(path: str, password: str) -> tuple[Any, tuple[Any, ...]]:
    """The signer, and the certificates at the top of its chain. Raises KeyUnusable."""
    from pyhanko.sign import signers

    try:
        content = Path(path).read_bytes()
        signer = signers.SimpleSigner.load_pkcs12_data(content, [], password.encode() or None)
    except (OSError, ValueError) as failure:
        raise KeyUnusable("SIGNING_P12 or SIGNING_P12_PASSWORD cannot be used.") from failure
    chain = list(signer.cert_registry) or [signer.signing_cert]
    roots = [one for one in chain if one.self_signed in {"yes", "maybe"}]
    return signer, tuple(roots or [signer.signing_cert])


def stamper() -> Any:
    """The stamping authority that is configured; None where none is."""
    if not settings.SIGNING_TSA_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.SIGNING_TSA_URL, timeout=TSA_SECONDS)
