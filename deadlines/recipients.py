"""Who is told of a clock on a day: everybody's posts read once, for however many clocks."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from deadlines.agencies import agency_of_units
from deadlines.models import Clock, ClockBar
from deadlines.stages import REVIEW_RULES, REVIEWED, Audience, is_confidential
from organisation.models import Appointment, Delegation, OrgUnitVersion
from organisation.stages import DelegationSubject, Role, UnitKind

SPREAD = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
HIGHEST = 6  # levels of units, one under the other
Post = tuple[int | None, str]


class Recipients:
    """Of each clock who holds it, who heads the agency, who stands above it; six queries.

    `clocks` limits whose bars are read. People are named by their keys, active ones only.
    """

    def __init__(self, day: date, clocks: Q) -> None:
        self.by_post: dict[Post, list[int]] = defaultdict(list)
        for unit, role, person in _posts(day):
            self.by_post[unit, role].append(person)
        self.lent: dict[Post, list[int]] = defaultdict(list)
        for unit, role, person in _lent(day):
            self.lent[unit, role].append(person)
        self.above = {unit: (parent, kind) for unit, parent, kind in _units(day)}
        standing = {unit for unit, (_, kind) in self.above.items() if kind != UnitKind.SUB_UNIT}
        self.agencies = agency_of_units(standing)
        self.barred = set(_bars(clocks, self.everybody))
        self.home_affairs = sorted(
            {
                person
                for (_, role), found in self.by_post.items()
                if role in SPREAD
                for person in found
            }
        )

    @property
    def everybody(self) -> set[int]:
        """All who hold a post, and all whom one lends its power."""
        found = (*self.by_post.values(), *self.lent.values())
        return {person for people in found for person in people}

    def of(self, clock: Clock, audience: str) -> set[int]:
        """The people whom a rung reaches, without those whose own case it is."""
        agency = self.agencies.get(clock.unit_held_id or 0)
        if audience == Audience.HOLDER:
            found = self.holders(clock)
        elif audience == Audience.HEAD:
            found = set(self._heads(agency)) - self.holders(clock)
        elif audience == Audience.SUPERIOR:
            found = set(self._heads(self._superior(agency))) - self.holders(clock)
        else:
            found = set(self.home_affairs)
        return {person for person in found if (clock.pk, person) not in self.barred}

    def holders(self, clock: Clock) -> set[int]:
        if clock.holder_user:
            return {clock.holder_user.pk} if clock.holder_user.is_active else set()
        post = (clock.holder_unit_id, clock.holder_role)
        is_review = clock.subject_kind in REVIEWED and clock.rule.code in REVIEW_RULES
        return {*self.by_post[post], *(self.lent[post] if is_review else ())}

    def stand_ins(self, clock: Clock) -> set[int]:
        """Who is told in the place of a holder who is nobody: the head of the agency, else the head
        above, else Sở Nội vụ. Of what is confidential nobody is.
        """
        if self.holders(clock) or is_confidential(clock.rule.code):
            return set()
        for audience in (Audience.HEAD, Audience.SUPERIOR, Audience.HOME_AFFAIRS):
            if found := self.of(clock, audience):
                return found
        return set()

    def _heads(self, agency: int | None) -> list[int]:
        return self.by_post.get((agency, Role.AGENCY_HEAD), []) if agency else []

    def _superior(self, agency: int | None) -> int | None:
        """The agency above: sub-units on the way are no agencies."""
        unit, _ = self.above.get(agency, (None, ""))
        for _ in range(HIGHEST):
            parent, kind = self.above.get(unit, (None, ""))
            if kind != UnitKind.SUB_UNIT:
                break
            unit = parent
        return unit


def _posts(day: date) -> QuerySet:
    rows = Appointment.objects.valid_on(day).filter(person__is_active=True)
    rows = rows.exclude(position__role=Role.PROPOSER)
    return rows.values_list("unit_id", "position__role", "person_id").order_by("person_id")


def _lent(day: date) -> QuerySet:
    """Posts whose holder, still active and in office, lends the review to somebody."""
    giver = Q(from_appointment__valid_to=None) | Q(from_appointment__valid_to__gt=day)
    rows = Delegation.objects.filter(
        giver,
        subject=DelegationSubject.REVIEW,
        valid_from__lte=day,
        valid_to__gte=day,
        revoked_at=None,
        from_appointment__valid_from__lte=day,
        from_appointment__person__is_active=True,
        to_person__is_active=True,
    )
    post = ("from_appointment__unit_id", "from_appointment__position__role")
    return rows.values_list(*post, "to_person_id").order_by("to_person_id")


def _units(day: date) -> QuerySet:
    return OrgUnitVersion.objects.valid_on(day).values_list("unit_id", "parent_id", "kind")


def _bars(clocks: Q, people: set[int]) -> QuerySet:
    """Those of the bars that keep a clock from whoever would be told of it."""
    of_them = ClockBar.objects.filter(person__in=people, clock__in=Clock.objects.filter(clocks))
    return of_them.values_list("clock_id", "person_id")
