"""What this app tells the ground floor of itself when the portal starts."""

import uuid

from accountability.models import Commendation, LiabilityCase
from accountability.timeline import LABELS
from accountability.verification import Checker
from deadlines.visibility import register_subject_visibility
from journal.subjects import register_subject
from journal.timeline import register_labels
from notifications.rights import register_stream_visibility
from organisation.models import User

STREAM = "case"


def register() -> None:
    register_labels(LABELS)
    register_subject(STREAM, Checker())
    register_subject_visibility("liability", may_see_case)
    register_subject_visibility("commendation", may_see_commendation)
    register_stream_visibility(STREAM, may_know)


def may_see_case(user: User, ref: uuid.UUID) -> bool:
    return LiabilityCase.objects.visible_to(user).filter(ref=ref).exists()


def may_see_commendation(user: User, ref: uuid.UUID) -> bool:
    return Commendation.objects.visible_to(user).filter(ref=ref).exists()


def may_know(user: User, ref: uuid.UUID) -> bool:
    """Whether a person may be told of a stream: asked again when the letter is sent."""
    return may_see_case(user, ref) or may_see_commendation(user, ref)
