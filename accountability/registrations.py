"""What this app tells the ground floor of itself when the portal starts."""

import uuid

from accountability import rules
from accountability.models import Commendation, LiabilityCase
from accountability.rights import Sight
from accountability.timeline import INNER, LABELS, NOT_SERVED
from accountability.verification import Checker
from deadlines.visibility import register_subject_visibility
from journal.conflicts import register_covers
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
    register_covers(STREAM, covers)


def may_see_case(user: User, ref: uuid.UUID) -> bool:
    return LiabilityCase.objects.visible_to(user).filter(ref=ref).exists()


def may_see_commendation(user: User, ref: uuid.UUID) -> bool:
    return Commendation.objects.visible_to(user).filter(ref=ref).exists()


def may_know(user: User, ref: uuid.UUID) -> bool:
    """Whether a person may be told of a stream: asked again when the letter is sent."""
    return may_see_case(user, ref) or may_see_commendation(user, ref)


def covers(user: User, ref: uuid.UUID, action: str) -> bool:
    """Whether a deed is kept from the person: drafts, and what weighs one's own case."""
    case = LiabilityCase.objects.filter(ref=ref).first()
    if case is None:
        row = Commendation.objects.get(ref=ref)
        return action in INNER and rules.commendation_sight(row, user) < Sight.INNER
    sight = rules.sight(case, user)
    return action in (INNER if sight >= Sight.FULL else NOT_SERVED) and sight < Sight.INNER
