"""A time stamp for what was issued while the stamping authority was away (ADR 0010).

The issued file never changes, so the token is detached: it says that these very bytes were there at
that time, and lies beside the file.
"""

import asyncio
import hashlib
import hmac
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from documents.models import OfficialDocument, PaperStamp
from documents.sealing import stamp_failures
from documents.stages import Sealing, Trust
from documents.stamp_trust import judged
from journal.actions import record

AT_ONCE = 50
DIGEST = "sha256"


class Unfit(RuntimeError):
    """The authority's answer is about other bytes."""


def without_stamp() -> list[OfficialDocument]:
    """Issued files that were signed without a time, the oldest first."""
    papers = OfficialDocument.objects.issued().filter(
        sealing=Sealing.SIGNED, file__isnull=False, stamp=None
    )
    return list(papers.select_related("file").order_by("pk")[:AT_ONCE])


def stamp(paper: OfficialDocument, stamper: Any) -> PaperStamp | None:
    """Ask for a token over the issued bytes and keep it; None where the authority does not answer.

    It is asked outside of any transaction. Raises Unfit where file or answer are not what they
    should be.
    """
    if paper.file is None:
        raise Unfit(str(paper.ref))
    digest = hashlib.sha256(paper.file.path.read_bytes()).digest()
    if not hmac.compare_digest(digest.hex(), paper.file_sha256):
        raise Unfit(str(paper.ref))
    try:
        token = asyncio.run(stamper.async_timestamp(digest, DIGEST))
    except stamp_failures():
        return None
    at, authority = told_by(token, digest)
    if judged(token.dump(), digest) == Trust.BROKEN:
        raise Unfit("signature")
    return _keep(paper.pk, token.dump(), at, authority)


def told_by(token: Any, digest: bytes) -> tuple[datetime, str]:
    """The time in a token, and who gave it. Raises Unfit where it is about other bytes."""
    info = token["content"]["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]["hashed_message"].native
    if not hmac.compare_digest(imprint, digest):
        raise Unfit("imprint")
    certificates = token["content"]["certificates"]
    names = [one.chosen.subject.native.get("common_name", "") for one in certificates or []]
    return cast(datetime, info["gen_time"].native), next(iter(names), "")


@transaction.atomic
def _keep(paper_id: int, token: bytes, at: datetime, authority: str) -> PaperStamp:
    """Kept once: of two that were asked for at once, the first stays."""
    paper = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper_id)
    kept = PaperStamp.objects.filter(paper=paper).first()
    if kept is not None:
        return kept
    made = PaperStamp.objects.create(
        paper=paper,
        file_sha256=paper.file_sha256,
        token=token,
        stamped_at=at,
        authority=authority[:200],
    )
    record(
        "paper.stamp",
        stream=paper.own_stream,
        by=None,
        file_sha256=paper.file_sha256,
        token_sha256=hashlib.sha256(token).hexdigest(),
    )
    return made
