"""What this app tells the ground floor of itself when the portal starts."""

import uuid

from deadlines.visibility import register_subject_visibility
from journal.conflicts import register_covers
from journal.subjects import register_subject
from journal.timeline import register_labels
from notifications.rights import register_stream_visibility
from organisation.models import User
from proposals import rules
from proposals.models import Proposal
from proposals.timeline import INNER, LABELS
from proposals.verification import Checker

KIND = "proposal"


def register() -> None:
    register_labels(LABELS)
    register_subject(KIND, Checker())
    register_subject_visibility(KIND, may_see)
    register_stream_visibility(KIND, may_know)
    register_covers(KIND, covers)


def may_see(user: User, ref: uuid.UUID) -> bool:
    """Whether the person may open the page of the proposal."""
    return Proposal.objects.visible_to(user).filter(ref=ref).exists()


def may_know(user: User, ref: uuid.UUID) -> bool:
    """Whether the person may know that the proposal is there."""
    return Proposal.objects.listed_to(user).filter(ref=ref).exists()


def covers(user: User, ref: uuid.UUID, action: str) -> bool:
    """Whether a deed of the review is kept from the person: the authors never learn of it."""
    return action in INNER and not rules.sees_inner(Proposal.objects.get(ref=ref), user)
