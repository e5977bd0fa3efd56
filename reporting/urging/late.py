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

from deadlines.models import Clock, ClockQuerySet
from deadlines.showing import with_days_left, with_keepers
from organisation.days import WorkingDays
from organisation.models import OrgUnitVersion

TOLD_OF = ("proposal", "paper", "commendation")  # kinds of cases that a letter may name
PERSONAL = (
    *("SUPPLEMENT", "REFUSAL_ANSWER", "CONFIRM_COAUTHOR", "JOIN_ANSWER"),
    *("LIABILITY_OPEN", "LIABILITY_STATEMENT", "LIABILITY_APPEAL"),
)


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

    @property
    def days_left(self) -> int:
        """Below zero, as chips of deadlines count."""
        return -self.days_late


def late_at(
    on: date, agencies: Collection[int] | None = None, *, with_unverified: bool = False
) -> ClockQuerySet:
    """The tasks that are late on a day, at these agencies or at all of them."""
    rows = Clock.objects.late(on).filter(subject_kind__in=TOLD_OF, agency_id__isnull=False)
    rows = rows.exclude(rule__code__in=PERSONAL)
    rows = rows if with_unverified else rows.filter(urges=True)
    return rows if agencies is None else rows.filter(agency_id__in=agencies)


def tallies(on: date) -> list[Tally]:
    """Every agency where something is late, what is late longest first: three queries."""
    rows = late_at(on, with_unverified=True).order_by().values("agency_id")
    counted = list(
        rows.annotate(
            count=Count("pk"), verified=Count("pk", filter=Q(urges=True)), oldest_on=Min("due_on")
        )
    )
    named = OrgUnitVersion.objects.valid_on(on).filter(
        unit__in=[row["agency_id"] for row in counted]
    )
    units = {one.unit_id: one for one in named.select_related("unit")}
    working = WorkingDays(min([on, *(row["oldest_on"] for row in counted)]), on)
    found = [
        Tally(
            name=unit.name,
            ref=str(unit.unit.ref),
            kind=unit.kind,
            days_late=-working.between(on, row["oldest_on"]),
            **row,
        )
        for row in counted
        if (unit := units.get(row["agency_id"]))
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


def _by_agency(clocks: Iterable[Clock]) -> dict[int, list[Clock]]:
    found: dict[int, list[Clock]] = defaultdict(list)
    for clock in clocks:
        found[clock.agency_id or 0].append(clock)
    return dict(found)
