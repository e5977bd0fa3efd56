"""One line for a move that makes a paper: the draft lands on the case and the clerk's road."""

from typing import Any

from documents.actions import compose
from documents.models import OfficialDocument
from organisation.models import User
from proposals.models import Proposal


def draft(
    proposal: Proposal, facts: dict[str, Any], *, by: User | None, body: str = ""
) -> OfficialDocument:
    """Compose a paper of the unit that decides, or of its council `body`; its kind and title are
    among its facts."""
    return compose(
        facts["kind"],
        stream=proposal.stream,
        facts=facts,
        by=by,
        unit=proposal.deciding_unit,
        body=body,
    )
