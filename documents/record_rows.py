"""Which columns of a paper repeat what its stream says (journal.records)."""

from django.db.models import Q

from documents.models import OfficialDocument
from documents.stages import PaperState
from journal.records import AT, BY, Rows, told

SIGNED = ~Q(state__in=[PaperState.DRAFT, PaperState.WAITING_SIGNATURE])

ROWS = (
    Rows(
        OfficialDocument,
        "ref",
        pair={},
        columns={
            "number": "number",
            "notation": "notation",
            "issued_on": "issued_on",
            "facts_sha256": "facts_digest",
            "issued_by__ref": BY,
            "issued_at": AT,
        },
        actions=told("paper.issue"),
        untold=True,
    ),
    Rows(
        OfficialDocument,
        "ref",
        pair={},
        columns={"signer__ref": BY, "signed_at": AT},
        actions=told("paper.sign"),
        where=SIGNED,
        untold=True,
    ),
)
