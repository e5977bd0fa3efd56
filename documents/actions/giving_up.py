"""A draft is given up together with the deed that it was written for."""

from django.db import transaction

from documents.actions.base import locked, move, permit
from documents.models import OfficialDocument
from organisation.models import User


@transaction.atomic
def give_up(paper_id: int, *, by: User) -> OfficialDocument:
    """Take a draft out of all lists of drafts; it stays as evidence and goes nowhere any more.

    The deed that calls this has asked whether the person may. Raises Conflict where the paper was
    laid before its signer meanwhile.
    """
    paper = locked(paper_id)
    permit(paper, "cancel", may=True)
    move(paper, "cancel", by=by)
    return paper
