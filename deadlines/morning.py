"""The page behind the letter of the morning: as things stand now, not as they stood at 07:30."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from deadlines import watched
from deadlines.models import Clock, ClockQuerySet
from deadlines.showing import with_days_left, with_keepers
from deadlines.vacant import Vacancy, vacancies
from deadlines.visibility import opened
from deadlines.wording import TO_CASE, button_of
from organisation.days import WorkingDays
from organisation.models import OrgUnitVersion, User

SHOWN = 50


@dataclass(frozen=True)
class Task:
    """One row: the clock, its button, and where that leads; no button where one may not look."""

    clock: Clock
    button: str
    url: str


@dataclass(frozen=True)
class Agency:
    """How much is late at one agency, and by how many working days at most."""

    name: str
    number: int
    days: int


@dataclass(frozen=True)
class Morning:
    tasks: list[Task]
    number: int
    late: int
    of_agency: list[Task]
    of_agency_number: int
    below: list[Task]
    below_number: int
    agencies: list[Agency]
    vacant: list[Vacancy]


def morning_of(user: User, day: date) -> Morning:
    """What waits for the person by deadline, then what is late where they are told of it."""
    held = Clock.objects.running().held_by(user).awake(day)
    tally = held.aggregate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
    heads, own = watched.headed_by(user), held.values("pk")
    of_agency = watched.of_agencies(day, heads).exclude(pk__in=own)
    below = watched.below(day, heads).exclude(pk__in=own)
    return Morning(
        tasks=_own(list(held.for_list()[:SHOWN]), day),
        number=tally["number"],
        late=tally["late"],
        of_agency=_others(user, of_agency, day),
        of_agency_number=of_agency.count() if heads else 0,
        below=_others(user, below, day),
        below_number=below.count() if heads else 0,
        agencies=_by_agency(day) if user.powers.has(*watched.FOLLOWING) else [],
        vacant=vacancies(user, day),
    )


def _own(clocks: list[Clock], day: date) -> list[Task]:
    with_days_left(clocks, day)
    return [Task(clock, button_of(clock.rule.code, clock.verb), clock.url) for clock in clocks]


def _others(user: User, rows: ClockQuerySet, day: date) -> list[Task]:
    clocks = list(rows.by_urgency()[:SHOWN])
    if not clocks:
        return []
    with_keepers(with_days_left(clocks, day), day)
    seen = opened(user, clocks)
    return [Task(one, TO_CASE, one.url if one.pk in seen else "") for one in clocks]


def _by_agency(day: date) -> list[Agency]:
    """Late things of each agency, the worst first; of people without a post in no agency."""
    rows = (
        watched.told_of(day)
        .order_by()
        .values("agency_id")
        .annotate(number=Count("pk"), first=Min("due_on"))
    )
    found = [row for row in rows if row["agency_id"]]
    versions = OrgUnitVersion.objects.valid_on(day)
    names = dict(versions.values_list("unit_id", "short_name"))
    counted = WorkingDays(min([day, *(row["first"] for row in found)]), day)
    agencies = [
        Agency(names[row["agency_id"]], row["number"], -counted.between(day, row["first"]))
        for row in found
    ]
    return sorted(agencies, key=lambda agency: (-agency.number, -agency.days, agency.name))
