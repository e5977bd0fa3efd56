"""Whether nothing but signatures was added to a file of ours (JR-09); runs in a locked-in child.

pyHanko compares a file with what an earlier signature covered; ours has none yet, so the objects
are compared here: none of ours may be another one, but for lists that a signature is entered in.
"""

import asyncio
from io import BytesIO
from typing import Any

from documents.stamp_trust import context_of

LARGEST = 0.25  # of a page that a signature may show itself on
NO_ROOTS: list[Any] = []


def only_signed(content: bytes, ours: int) -> bool:
    """Whether the first `ours` bytes are a file, and the rest signs it and does nothing else."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import SuspiciousModification
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError

    unreadable = (PdfError, SigningError, SignatureValidationError, ValidationInfoReadingError)
    parse = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
    try:
        before = PdfFileReader(BytesIO(content[:ours])).xrefs.total_revisions
        reader = PdfFileReader(BytesIO(content))
        return _holds(reader, before) and _is_unchanged(reader, before)
    except (SuspiciousModification, *unreadable, *parse):
        return False


def _holds(reader: Any, before: int) -> bool:
    """The last signature was made after us, and covers everything."""
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signatures = reader.embedded_regular_signatures
    if not signatures or signatures[-1].signed_revision < before:
        return False
    judging = async_validate_pdf_signature(signatures[-1], context_of(NO_ROOTS), skip_diff=True)
    status = asyncio.run(judging)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(status.intact and status.valid and whole)


def _is_unchanged(reader: Any, before: int) -> bool:
    from pyhanko.sign.diff_analysis.commons import compare_dicts
    from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON

    old = reader.get_historical_resolver(before - 1)
    later = [reader.get_historical_resolver(n) for n in range(before, reader.xrefs.total_revisions)]
    compare_dicts(old.root, reader.root, ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"})
    pages = [reader.find_page_for_modification(n)[0] for n in range(_count(reader.root))]
    allowed = {reader.root_ref, *(page.reference for page in pages)}
    told = ((old.root, "/Metadata"), (old.trailer_view, "/Info"))  # who wrote the file, and when
    allowed |= {one.raw_get(name).reference for one, name in told if name in one}
    for one in later:
        changed = {ref for ref in one.explicit_refs_in_revision() if _was_there(reader, ref, old)}
        if one.refs_freed_in_revision() or changed - allowed:
            return False
    same = all(_is_page_unchanged(old(page.reference), page.get_object()) for page in pages)
    return same and _count(old.root) == len(pages) and _is_plain_form(reader.root)


def _was_there(reader: Any, ref: Any, old: Any) -> bool:
    return reader.xrefs.get_historical_ref(ref, old.revision) is not None


def _count(root: Any) -> int:
    return int(root["/Pages"]["/Count"])


def _is_page_unchanged(old: Any, new: Any) -> bool:
    from pyhanko.sign.diff_analysis.commons import compare_dicts

    compare_dicts(old, new, frozenset({"/Annots"}))
    had, has = list(old.get("/Annots", ())), list(new.get("/Annots", ()))
    added = has[len(had) :]
    return has[: len(had)] == had and all(
        _is_signature(one.get_object(), new["/MediaBox"]) for one in added
    )


def _is_signature(annotation: Any, page: Any) -> bool:
    """A field that is signed, and small enough to hide no text."""
    left, bottom, right, top = (float(one) for one in annotation["/Rect"])
    _, _, width, height = (float(one) for one in page)
    is_small = abs(right - left) * abs(top - bottom) <= LARGEST * width * height
    return annotation["/Subtype"] == "/Widget" and annotation["/FT"] == "/Sig" and is_small


def _is_plain_form(root: Any) -> bool:
    form = root["/AcroForm"]
    return "/XFA" not in form and all(one.get_object()["/FT"] == "/Sig" for one in form["/Fields"])
