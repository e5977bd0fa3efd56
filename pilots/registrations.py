"""What this app tells the ground floor of itself when the portal starts."""

import uuid
from collections.abc import Collection

from deadlines.hooks import dates_moved, given_dates
from deadlines.visibility import register_subject_visibility
from journal.records import register_rows
from journal.subjects import register_subject
from journal.timeline import register_labels
from notifications.rights import register_stream_visibility
from organisation.models import User
from pilots.actions import moving
from pilots.actions.holding import follow_dates
from pilots.frame import frame
from pilots.models import Pilot
from pilots.record_rows import ROWS
from pilots.timeline import LABELS
from pilots.verification import Checker
from proposals import registrations as below
from proposals.case import extend_frame

KIND = below.KIND


def register() -> None:
    """A pilot lives in the stream of its proposal: whoever sees the one may hear of the other."""
    register_labels(LABELS, opens=_opens)
    extend_frame(frame)
    dates_moved.append(follow_dates)
    given_dates[moving.RULE] = moving.dates_by
    register_subject(KIND, Checker())
    register_rows(KIND, *ROWS)
    register_subject_visibility(KIND, may_see, among=seen_among)
    register_stream_visibility(KIND, may_know)


def _opens(user: User, stream: str) -> bool:
    return _sees_pilot(user, uuid.UUID(stream.partition(":")[2]))


def may_see(user: User, ref: uuid.UUID) -> bool:
    return below.may_see(user, ref) or _sees_pilot(user, ref)


def seen_among(user: User, refs: Collection[uuid.UUID]) -> set[uuid.UUID]:
    pilots = Pilot.objects.visible_to(user).filter(proposal__ref__in=refs)
    return below.seen_among(user, refs) | set(pilots.values_list("proposal__ref", flat=True))


def may_know(user: User, ref: uuid.UUID) -> bool:
    return below.may_know(user, ref) or _sees_pilot(user, ref)


def _sees_pilot(user: User, ref: uuid.UUID) -> bool:
    return Pilot.objects.visible_to(user).filter(proposal__ref=ref).exists()
