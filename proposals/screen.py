"""What the head's screen shows of a case, read in one statement."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from deadlines.models import Clock, ClockQuerySet, DeadlineRule
from documents.models import OfficialDocument
from documents.stages import PaperKind
from organisation.days import WorkingDays, today
from organisation.models import OrgUnitVersion, User
from organisation.models.units import dated
from organisation.prepared import prepared
from proposals.case import REVIEW_RULES
from proposals.models import DecisionDraft, PlanVersion, Proposal, ReviewStep
from proposals.stages import CARRIED_OUT, CLOSED

LONGEST = timedelta(days=60)  # that five working days may take
RULE = ("amount", "source_status")
CLOCK = ("ref", "due_on", "started_on", "paused_on", *(f"rule__{name}" for name in RULE))


@dataclass(frozen=True)
class Screen:
    """A case as the head reads it: its text as sent, what was noted for later, its clock."""

    proposal: Proposal
    facts: dict[str, Any]
    typed: dict[str, Any]
    running: int  # other proposals that the proposer carries out
    slip: UUID | None
    superior: str  # whom the case goes to when it goes up; empty at the top of the province
    clock: Clock | None
    working: WorkingDays

    @property
    def days_late(self) -> int:
        return max(0, -(self.clock.days_left or 0)) if self.clock else 0

    def due_after(self, amount: int) -> date:
        """The last of so many working days from tomorrow on."""
        return [day for day in self.working.working if day > today()][amount - 1]


def screen_of(ref: UUID, user: User) -> Screen | None:
    """The screen of a case; nothing where there is no such case, or nothing was sent."""
    found = next(iter(_row(ref, f"proposal:{ref}", user.pk, today())), None)
    if found is None:
        return None
    if found.unit_version:
        found.proposal.deciding_unit.read[today()] = found.unit_version
    clock = _clock(found.clock) if found.clock else None
    working = _working_days(clock)
    if clock and clock.due_on and not clock.paused_on:
        clock.days_left = working.between(today(), clock.due_on)
    return Screen(
        proposal=found.proposal,
        facts=found.content.facts,
        typed=found.typed or {},
        running=found.running,
        slip=found.slip,
        superior=found.superior,
        clock=clock,
        working=working,
    )


@prepared
def steps_of(proposal_id: int) -> QuerySet:
    """The steps of this round of review."""
    steps = ReviewStep.objects.filter(proposal=proposal_id, cancelled_at=None)
    return steps.select_related("content").order_by("pk")


@prepared
def _row(ref: UUID, stream: str, person: int, day: date) -> QuerySet:
    """The newest version with its case, and the rows that the screen needs one of."""
    drafts = DecisionDraft.objects.filter(proposal=OuterRef("proposal"), person=person)
    slips = OfficialDocument.objects.of_stream(stream).filter(kind=PaperKind.REVIEW_SLIP)
    others = Proposal.objects.filter(
        proposer=OuterRef("proposal__proposer"), stage__in=sorted(CARRIED_OUT - CLOSED)
    ).exclude(pk=OuterRef("proposal"))
    counted = others.order_by().values("proposer").annotate(n=Count("pk")).values("n")
    clocks = Clock.objects.of_subject("proposal", ref).open().filter(rule__code__in=REVIEW_RULES)
    same = clocks.filter(paused_on=None, due_on=OuterRef("proposal__due_on"))
    above = OrgUnitVersion.objects.valid_on(day).filter(unit=OuterRef("unit_version__parent"))
    versions: Any = PlanVersion.objects.filter(proposal__ref=ref).annotate(
        unit_version=dated("proposal__deciding_unit__versions", day)
    )
    versions = versions.select_related(
        "unit_version",
        *("content", "proposal__proposer", "proposal__agency", "proposal__deciding_unit"),
        *("proposal__field", "proposal__plan"),
    )
    return versions.annotate(
        typed=Subquery(drafts.values("typed")[:1]),
        running=Coalesce(Subquery(counted), 0),
        slip=Subquery(slips.order_by("pk").values("ref")[:1]),
        clock=Coalesce(_first(same), _first(clocks)),  # as `case.shown_clock`
        superior=Coalesce(Subquery(above.values("name")[:1]), Value("")),
    ).order_by("-number")[:1]


def _first(clocks: ClockQuerySet) -> Subquery:
    said = JSONObject(**{name: name for name in CLOCK})
    rows = clocks.order_by(F("paused_on").asc(nulls_first=True), "due_on", "pk")
    return Subquery(rows.values(said=said)[:1])


def _clock(said: dict[str, Any]) -> Clock:
    rule = DeadlineRule(**{name: said[f"rule__{name}"] for name in RULE})
    days = {name: _day(said[name]) for name in ("due_on", "started_on", "paused_on")}
    return Clock(ref=UUID(said["ref"]), rule=rule, **days)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _working_days(clock: Clock | None) -> WorkingDays:
    """Over the clock's date, and over what a supplement may take."""
    now = today()
    due = clock.due_on if clock and clock.due_on else now
    return WorkingDays(min(now, due), max(now + LONGEST, due))
