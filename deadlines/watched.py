"""What is late with others and told beyond its holder: to heads, to those above, to Sở Nội vụ.

Whoever is told of a date may also read how it was counted (ux §1), though not the case itself.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from deadlines.agencies import may_lie_at
from deadlines.ladder import Ladder
from deadlines.models import Clock, ClockQuerySet
from deadlines.stages import CONFIDENTIAL, Audience
from organisation.days import today
from organisation.models import OrgUnitVersion, User
from organisation.stages import Role, UnitKind

FOLLOWING = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)


def not_secret() -> Q:
    """What may be told beyond its holder: no case of conscience."""
    secret = Q()
    for start in CONFIDENTIAL:
        secret |= Q(rule__code__startswith=start)
    return ~secret


def told_of(day: date) -> ClockQuerySet:
    """What is late and is told to others by itself: of rules that were read only."""
    return Clock.objects.late(day).filter(not_secret(), urges=True)


def of_agencies(day: date, heads: Sequence[int]) -> ClockQuerySet:
    """What is late at agencies that somebody heads."""
    rows = told_of(day)
    return rows.filter(may_lie_at(heads, day), agency_id__in=heads) if heads else rows.none()


def below(day: date, heads: Sequence[int]) -> ClockQuerySet:
    """What is late at the agencies right below, for so long that the ladder reaches up."""
    ladder = Ladder.on(day)
    rungs = ladder.rungs.get("", {}).items()
    offsets = [offset for offset, who in rungs if Audience.SUPERIOR in who]
    rows = told_of(day)
    if not heads or not offsets:
        return rows.none()
    versions = OrgUnitVersion.objects.valid_on(day).exclude(kind=UnitKind.SUB_UNIT)
    children = list(versions.filter(parent__in=heads).values_list("unit_id", flat=True))
    since = ladder.until[min(offsets)]
    return rows.filter(may_lie_at(children, day), agency_id__in=children, due_on__lte=since)


def headed_by(user: User) -> list[int]:
    return [post.unit_id for post in user.powers.posts if post.role == Role.AGENCY_HEAD]


def watches(user: User, clock: Clock) -> bool:
    """Whether a clock that somebody else holds is late and this person is told of it."""
    day = today()
    late = Clock.objects.overdue(day).filter(not_secret(), pk=clock.pk)
    if user.powers.has(*FOLLOWING):
        return late.exists()
    heads = headed_by(user)
    if not heads:
        return False
    return any(
        rows.filter(pk=clock.pk).exists() for rows in (of_agencies(day, heads), below(day, heads))
    )
