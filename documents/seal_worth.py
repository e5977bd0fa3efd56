"""What the signature inside a file is worth: whole, by whom, and whether it still holds (JR-10)."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from documents.agency_key import known_roots
from documents.stages import Trust, Worth
from documents.stamp_trust import context_of, has_run_out, stamp_trust, worth_of


@dataclass(frozen=True)
class SealState:
    """What the signature inside a file is worth."""

    is_signed: bool = False
    worth: Worth = Worth.NONE
    signer: str = ""
    is_stamped: bool = False
    trust: Trust = Trust.UNKNOWN  # of the authority whose stamp is inside

    @property
    def is_sound(self) -> bool:
        return self.worth == Worth.SOUND


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
        return SealState(is_signed=is_signed(pdf), worth=Worth.BROKEN)


def is_copy_of(stored: bytes, uploaded: bytes) -> bool:
    """Whether a file signed elsewhere begins with ours, byte for byte (JR-09)."""
    return len(uploaded) > len(stored) and uploaded.startswith(stored)


def is_signed(pdf: bytes) -> bool:
    return b"/ByteRange" in pdf


def _judged(signature: Any) -> SealState:
    status = _validated(signature)
    stamp = status.timestamp_validity
    return SealState(
        is_signed=True,
        worth=_worth(signature, status),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        is_stamped=stamp is not None,
        trust=worth_of(stamp) if stamp else Trust.UNKNOWN,
    )


def _worth(signature: Any, status: Any) -> Worth:
    """A certificate that ended since leaves the signature sound where a trusted stamp says that it
    was made before."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and status.docmdp_ok and whole):
        return Worth.BROKEN
    if status.trusted:
        return Worth.SOUND
    if not has_run_out(status):
        return Worth.UNTRUSTED
    stamp = status.timestamp_validity
    if stamp is None or worth_of(stamp) != Trust.TRUSTED:
        return Worth.EXPIRED
    then = _validated(signature, moment=stamp.timestamp)
    return Worth.SOUND if then.trusted else Worth.EXPIRED


def _validated(signature: Any, **how: Any) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature

    trust = context_of(known_roots(), **how)
    return validate_pdf_signature(signature, trust, ts_validation_context=stamp_trust())
