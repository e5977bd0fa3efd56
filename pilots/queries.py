"""What a person may know of: the query sets that every view starts from."""

from collections.abc import Collection
from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from organisation.text import fold
from pilots.rules import AGENCY_ROLES, HELPER_ROLES, HOME_AFFAIRS_ROLES
from pilots.stages import (
    HELP_OPEN,
    UNDER_WAY,
    EvaluationKind,
    IncidentState,
    PilotState,
    ProofHeading,
    ReportState,
)


class PilotQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "PilotQuerySet":
        """Pilots whose pages the person may open: every capacity sees every state (AZ-01)."""
        powers = user.powers
        if powers.has(*HOME_AFFAIRS_ROLES, Role.PROVINCIAL_OFFICE, Role.INSPECTOR):
            return self
        if powers.is_provincial_leader:
            return self
        return self.filter(_by_name(user) | _by_post(user))

    def of_agencies(self, user: User) -> "PilotQuerySet":
        return self.of_units(user.powers.own_units(*AGENCY_ROLES))

    def of_units(self, units: Collection[int]) -> "PilotQuerySet":
        """What these units carry out, or allowed."""
        return self.filter(Q(agency__in=units) | Q(deciding_unit__in=units))

    def under_way(self) -> "PilotQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def behind(self, today: date) -> "PilotQuerySet":
        """Running pilots of which at least half of the indicators stand behind the time gone."""
        return self.filter(state=PilotState.RUNNING, behind_from__lt=today)

    def with_late_report(self, today: date) -> "PilotQuerySet":
        late = _reports().filter(pilot=OuterRef("pk"), due_on__lt=today, state__in=UNSENT)
        return self.under_way().filter(Exists(late))

    def with_open_incident(self) -> "PilotQuerySet":
        return self.filter(Exists(_incidents().filter(pilot=OuterRef("pk"))))

    def matching(self, words: str) -> "PilotQuerySet":
        return self.filter(proposal__search_key__contains=fold(words))

    def of_agency_named(self, words: str) -> "PilotQuerySet":
        versions = apps.get_model("organisation", "OrgUnitVersion").objects
        found = versions.filter(search_key__contains=fold(words))
        return self.filter(agency__in=found.values("unit"))

    def for_list(self) -> "PilotQuerySet":
        """Newest first, with what a row shows: open incidents and the next report."""
        reports = _reports().filter(
            pilot=OuterRef("pk"), pilot__state__in=sorted(UNDER_WAY), state__in=UNSENT
        )
        return (
            self.select_related("proposal", "leader")
            .prefetch_related(Prefetch("indicators", _indicators().in_plan()))
            .annotate(
                open_incidents=_count(_incidents()),
                next_report=Subquery(reports.order_by("number").values("number")[:1]),
                next_report_due=Subquery(reports.order_by("number").values("due_on")[:1]),
            )
            .order_by(F("touched_at").desc(), "-pk")
        )

    def for_frame(self) -> "PilotQuerySet":
        """What every tab of the case shows: the acts of the viewer, what waits on the tabs."""
        found = self.select_related("proposal", "leader").with_waiting().with_lacking(today())
        return found.prefetch_related("members", "proposal__coauthors")

    def with_waiting(self) -> "PilotQuerySet":
        """How many reports, requests and incidents wait for somebody; whether it was reviewed."""
        sent = _reports().filter(state=ReportState.SENT)
        asked = apps.get_model("pilots", "HelpRequest").objects.open()
        reviews = apps.get_model("pilots", "Evaluation").objects.filter(kind=EvaluationKind.INTERIM)
        return self.annotate(
            has_interim=_any(reviews),
            waiting_reports=_count(sent),
            waiting_help=_count(asked),
            waiting_incidents=_count(_incidents()),
        )

    def with_lacking(self, day: date) -> "PilotQuerySet":
        """Of each heading of the evidence dossier that may lack something, whether it does."""
        rows = {name: apps.get_model("pilots", name).objects for name in PROVING}
        late = _reports().filter(state__in=UNSENT, due_on__lt=day)
        bare = rows["Indicator"].filter(dropped_in=None, current=None)
        asked = apps.get_model("proposals", "OpinionRequest").objects.exclude(answered_at=None)
        heard = rows["AddedProof"].filter(heading=ProofHeading.ASKED)
        concluded = rows["Evaluation"].filter(kind=EvaluationKind.FINAL)
        asked_here = Exists(asked.filter(proposal=OuterRef("proposal")))
        return self.annotate(
            lacks_planned=~_any(rows["PlanVersion"].all()),
            lacks_reported=Q(ended_on=None) & _any(late),
            lacks_measured=_any(bare),
            lacks_incidents=_any(rows["Incident"].filter(measures="")),
            lacks_asked=~asked_here & ~_any(heard),
            lacks_evaluated=~_any(concluded.exclude(concluded_at=None)),
        )

    def for_detail(self) -> "PilotQuerySet":
        return (
            self.with_waiting()
            .with_lacking(today())
            .select_related(
                "proposal",
                "proposal__proposer",
                "proposal__field",
                "leader",
                "monitor",
                "decision",
            )
            .prefetch_related(_members(), "proposal__coauthors")
        )


def _members() -> Prefetch:
    """The team with their names, in one query."""
    members = apps.get_model("pilots", "PilotMember").objects.select_related("person")
    return Prefetch("members", members)


class PlanRowQuerySet(models.QuerySet):
    """Indicators and milestones: those of the plan as it is now, and those that it lost."""

    def in_plan(self) -> "PlanRowQuerySet":
        return self.filter(dropped_in=None)


class HelpQuerySet(models.QuerySet):
    def asked_of(self, user: User) -> "HelpQuerySet":
        """Requests to the agencies that the person answers for."""
        return self.filter(unit__in=user.powers.own_units(*HELPER_ROLES))

    def visible_to(self, user: User) -> "HelpQuerySet":
        pilots = apps.get_model("pilots", "Pilot").objects.visible_to(user)
        return self.filter(Q(pilot__in=pilots) | Q(unit__in=user.powers.own_units(*HELPER_ROLES)))

    def open(self) -> "HelpQuerySet":
        return self.filter(state__in=HELP_OPEN)

    def for_list(self) -> "HelpQuerySet":
        related = ("pilot__proposal", "requested_by", "clock__rule")
        return self.select_related(*related).order_by("-pk")


UNSENT = (ReportState.NOT_STARTED, ReportState.WRITING, ReportState.NEEDS_CHANGES)


PROVING = ("AddedProof", "Evaluation", "Incident", "Indicator", "PlanVersion")


def _by_name(user: User) -> Q:
    """As leader, member, monitor, author of the proposal, or member of an evaluation."""
    member = apps.get_model("pilots", "PilotMember").objects.filter(
        pilot=OuterRef("pk"), person=user, left_on=None
    )
    author = apps.get_model("proposals", "CoAuthor").objects.filter(
        proposal=OuterRef("proposal"), person=user, declined_at=None
    )
    return (
        Q(leader=user)
        | Q(monitor=user)
        | Q(proposal__proposer=user)
        | Q(Exists(member))
        | Q(Exists(author))
    )


def _by_post(user: User) -> Q:
    powers = user.powers
    units = powers.own_units(*AGENCY_ROLES)
    liaison = powers.own_units(Role.PARTY_LIAISON)
    return Q(agency__in=units) | Q(deciding_unit__in=units | liaison)


def _indicators() -> PlanRowQuerySet:
    rows: PlanRowQuerySet = apps.get_model("pilots", "Indicator").objects.all()
    return rows


def _count(rows: models.QuerySet) -> Coalesce:
    """How many of these rows belong to the pilot of the query around."""
    of_pilot = rows.filter(pilot=OuterRef("pk")).order_by().values("pilot")
    return Coalesce(Subquery(of_pilot.annotate(n=Count("pk")).values("n")), 0)


def _any(rows: models.QuerySet) -> Exists:
    """Whether one of these rows belongs to the pilot of the query around."""
    return Exists(rows.filter(pilot=OuterRef("pk")))


def _reports() -> models.QuerySet:
    return apps.get_model("pilots", "ProgressReport").objects.all()


def _incidents() -> models.QuerySet:
    return apps.get_model("pilots", "Incident").objects.exclude(state=IncidentState.FIXED)
