"""Laying drafts before who signs them."""

import uuid

from django.core.exceptions import PermissionDenied

from documents.actions import signing
from journal.deeds import deed
from organisation.models import User
from reporting.urging import rules
from reporting.urging.actions.base import UrgingRefused, locked
from reporting.urging.models import UrgingDispatch
from reporting.urging.stages import UrgingState

NONE_LEFT = "Không còn dự thảo nào trong đợt này để trình ký."


@deed()
def lay(batch: uuid.UUID, *, by: User, signer: User) -> int:
    """Lay every draft of a batch before one person; answers how many, all or none.

    The state follows from the paper (`paperwork`). Raises PermissionDenied, UrgingRefused, and
    what `documents.actions.signing.send` raises.
    """
    drafts = UrgingDispatch.objects.filter(batch=batch, state=UrgingState.DRAFT).order_by("pk")
    found = [locked(key) for key in drafts.values_list("pk", flat=True)]
    if not found:
        raise UrgingRefused(NONE_LEFT)
    for dispatch in found:
        if not rules.may_write(dispatch, by) or dispatch.paper_id is None:
            raise PermissionDenied
        signing.send(dispatch.paper_id, by=by, signer=signer)
    return len(found)
