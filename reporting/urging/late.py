"""What is late at each agency at this minute: the list of Sở Nội vụ and the annex of a letter.

Both are asked of the same rows, so that a letter says what the page says. Tasks of a person for
their own sake (an answer to a refusal, a statement) are no duty of the agency, and what few may
know of (liability, reports of abuse) stands in no letter.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from deadlines.agencies import agency_of_units, may_lie_at, units_of
from deadlines.models import UNVERIFIED, Clock, ClockQuerySet
from deadlines.showing import with_days_left, with_keepers
from organisation.days import WorkingDays
from organisation.models import OrgUnitVersion
from organisation.stages import UnitKind

TOLD_OF = ("proposal", "paper", "commendation", "periodic_report")  # what a letter may name
PERSONAL = (
    *("SUPPLEMENT", "REFUSAL_ANSWER", "CONFIRM_COAUTHOR", "JOIN_ANSWER"),
    *("LIABILITY_OPEN", "LIABILITY_STATEMENT", "LIABILITY_APPEAL"),
)
DUTY = Q(subject_kind__in=TOLD_OF) & ~Q(rule__code__in=PERSONAL)


@dataclass(frozen=True)
class Tally:
    """How much is late at an agency, and for how long; `verified` may urge by itself."""

    agency_id: int
    name: str
    ref: str
    kind: str
    count: int
    verified: int
    oldest_on: date
    days_late: int

    @property
    def unverified(self) -> int:
        return self.count - self.verified

    def lines(self, *, with_unverified: bool) -> int:
        """How many lines its annex would have."""
        return self.count if with_unverified else self.verified

    @property
    def days_left(self) -> int:
        """Below zero, as chips of deadlines count."""
        return -self.days_late


def late_at(
    on: date, agencies: Collection[int] | None = None, *, with_unverified: bool = False
) -> ClockQuerySet:
    """The tasks that are late on a day, at these agencies or at all of them."""
    rows = Clock.objects.late(on).filter(DUTY, agency_id__isnull=False)
    rows = rows if with_unverified else rows.filter(urges=True)
    if agencies is None:
        return rows
    return rows.filter(may_lie_at(agencies, on), agency_id__in=agencies)


def tallies(on: date, agencies: Collection[int] | None = None) -> list[Tally]:
    """Each of these agencies, or of all, where something is late: what is late longest first.

    Counted by who holds it, so that the agency is looked up once a holder and not once a task.
    """
    counted = _counted(on, agencies)
    named = OrgUnitVersion.objects.valid_on(on).filter(unit__in=counted)
    working = WorkingDays(min([on, *(row.oldest_on for row in counted.values())]), on)
    found = [
        Tally(
            agency_id=one.unit_id,
            name=one.name,
            ref=str(one.unit.ref),
            kind=one.kind,
            count=row.count,
            verified=row.verified,
            oldest_on=row.oldest_on,
            days_late=-working.between(on, row.oldest_on),
        )
        for one in named.select_related("unit")
        for row in [counted[one.unit_id]]
    ]
    return sorted(found, key=lambda one: (-one.days_late, -one.count, one.agency_id))


def items_of(
    agencies: Sequence[int], on: date, *, with_unverified: bool = False
) -> dict[int, list[Clock]]:
    """What is late at each of these agencies, the oldest first, with days and holders.

    One query finds the tasks: they are those of one moment.
    """
    rows = late_at(on, agencies, with_unverified=with_unverified)
    found = list(rows.order_by("due_on", "started_on", "pk"))
    return _by_agency(with_keepers(with_days_left(found, on), on))


def days_late(clock: Clock) -> int:
    return -(clock.days_left or 0)


@dataclass
class _Count:
    oldest_on: date
    count: int = 0
    verified: int = 0


def _counted(on: date, chosen: Collection[int] | None) -> dict[int, _Count]:
    """What is late by agency, of those who hold it by a post or by name."""
    rows = Clock.objects.overdue(on).filter(DUTY)
    rows = rows if chosen is None else rows.filter(may_lie_at(chosen, on))
    held = list(
        rows.order_by()
        .values("holder_unit", "holder_user")
        .annotate(
            count=Count("pk"), verified=Count("pk", filter=~UNVERIFIED), oldest_on=Min("due_on")
        )
    )
    units = units_of([row["holder_user"] for row in held if row["holder_user"]], on)
    standing = OrgUnitVersion.objects.valid_on(on).exclude(kind=UnitKind.SUB_UNIT)
    agencies = agency_of_units(set(standing.values_list("unit_id", flat=True)))
    found: dict[int, _Count] = {}
    for row in held:
        unit = row["holder_unit"] or units.get(row["holder_user"], 0)
        agency = agencies.get(unit, 0)
        if agency and (chosen is None or agency in chosen):
            at = found.setdefault(agency, _Count(row["oldest_on"]))
            at.oldest_on = min(at.oldest_on, row["oldest_on"])
            at.count, at.verified = at.count + row["count"], at.verified + row["verified"]
    return found


def _by_agency(clocks: Iterable[Clock]) -> dict[int, list[Clock]]:
    found: dict[int, list[Clock]] = defaultdict(list)
    for clock in clocks:
        found[clock.agency_id or 0].append(clock)
    return dict(found)
