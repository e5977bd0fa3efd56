"""Who may see a clock: its holder, and whoever may see what it is about.

The apps above register what they know, each for its kind of subject, in `AppConfig.ready`; a kind
that nobody registered is seen by its holder alone.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from deadlines.models import Clock
from deadlines.watched import watches
from organisation.models import User

MaySee = Callable[[User, uuid.UUID], bool]
SeenAmong = Callable[[User, Collection[uuid.UUID]], set[uuid.UUID]]
SUBJECTS: dict[str, MaySee] = {}
AMONG: dict[str, SeenAmong] = {}
Watches = Callable[[User, Clock], bool]
WATCHERS: list[Watches] = [watches]


def register_subject_visibility(
    kind: str, may_see: MaySee, *, among: SeenAmong | None = None
) -> None:
    """`among` answers for many subjects at once which of them are seen: for lists."""
    SUBJECTS[kind] = may_see
    AMONG.pop(kind, None)
    if among:
        AMONG[kind] = among


def may_see_clock(user: User, clock: Clock) -> bool:
    """Whether a person may read how its date was counted: whoever may open the case, and those
    who are told that it is late.
    """
    return may_open(user, clock) or any(watch(user, clock) for watch in WATCHERS)


def register_watchers(watch: Watches) -> None:
    """Who else may read how a date was counted, though the case is not theirs to open."""
    WATCHERS.append(watch)


def may_open(user: User, clock: Clock) -> bool:
    """Whether a person may open what it is about: whoever holds it, and whoever sees the case."""
    if Clock.objects.held_by(user).filter(pk=clock.pk).exists():
        return True
    may_see = SUBJECTS.get(clock.subject_kind)
    return bool(may_see and may_see(user, clock.subject_ref))


def opened(user: User, clocks: Iterable[Clock]) -> set[int]:
    """The keys of those clocks whose case the person may see: one query for each kind of case."""
    by_kind: dict[str, dict[uuid.UUID, list[int]]] = defaultdict(lambda: defaultdict(list))
    for clock in clocks:
        by_kind[clock.subject_kind][clock.subject_ref].append(clock.pk)
    return {
        pk
        for kind, by_ref in by_kind.items()
        for ref in _seen(user, kind, list(by_ref))
        for pk in by_ref[ref]
    }


def _seen(user: User, kind: str, refs: list[uuid.UUID]) -> set[uuid.UUID]:
    if kind in AMONG:
        return AMONG[kind](user, refs)
    may_see = SUBJECTS.get(kind)
    return {ref for ref in refs if may_see and may_see(user, ref)}
