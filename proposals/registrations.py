"""What this app tells the ground floor of itself when the portal starts."""

import uuid

from deadlines.visibility import register_subject_visibility
from journal.subjects import register_subject
from journal.timeline import register_labels
from notifications.rights import register_stream_visibility
from organisation.models import User
from proposals.models import Proposal
from proposals.timeline import LABELS
from proposals.verification import Checker

KIND = "proposal"


def register() -> None:
    register_labels(LABELS)
    register_subject(KIND, Checker())
    register_subject_visibility(KIND, may_see)
    register_stream_visibility(KIND, may_know)


def may_see(user: User, ref: uuid.UUID) -> bool:
    """Whether the person may open the page of the proposal."""
    return Proposal.objects.visible_to(user).filter(ref=ref).exists()


def may_know(user: User, ref: uuid.UUID) -> bool:
    """Whether the person may know that the proposal is there."""
    return Proposal.objects.listed_to(user).filter(ref=ref).exists()
