"""Who may see a clock: its holder, and whoever may see what it is about.

The apps above register what they know, each for its kind of subject, in `AppConfig.ready`; a kind
that nobody registered is seen by its holder alone.
"""

import uuid
from collections.abc import Callable

from deadlines.models import Clock
from organisation.models import User

MaySee = Callable[[User, uuid.UUID], bool]
SUBJECTS: dict[str, MaySee] = {}


def register_subject_visibility(kind: str, may_see: MaySee) -> None:
    SUBJECTS[kind] = may_see


def may_see_clock(user: User, clock: Clock) -> bool:
    if Clock.objects.held_by(user).filter(pk=clock.pk).exists():
        return True
    may_see = SUBJECTS.get(clock.subject_kind)
    return bool(may_see and may_see(user, clock.subject_ref))
