"""What a person may know of: the query sets that every view starts from."""

from collections.abc import Collection

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from organisation.models import User
from organisation.prepared import prepared
from organisation.stages import Role
from proposals.rights import Capacity, Sight, Stages, stages_seen
from proposals.rules import AGENCY_ROLES, AT_DECIDING_UNIT, HOME_AFFAIRS_ROLES, is_provincial
from proposals.search import found
from proposals.stages import OPEN, REVIEWED, DecisionState, Stage

ALL: Stages = frozenset(Stage)
ONCE_ANSWERED = frozenset({Stage.REFUSED})  # seen by the province when another look was asked for
LINE = (  # what a list shows of a proposal, and what says who may open it
    "ref",
    "code",
    "stage",
    "title",
    "agency_name",
    "holder",
    "holder_since",
    "due_on",
    "is_clock_paused",
    "shown_state",
    "shown_tone",
    "touched_at",
)


class ProposalQuerySet(models.QuerySet):
    is_walked = False  # met one after the other: the first are found soon, a count takes long

    def _clone(self) -> "ProposalQuerySet":
        copy = super()._clone()  # type: ignore[misc]
        copy.is_walked = self.is_walked
        return copy

    def to_walk(self) -> "ProposalQuerySet":
        """The same rows, to be counted no further than they are shown."""
        rows = self.all()
        rows.is_walked = True
        return rows

    def visible_to(self, user: User) -> "ProposalQuerySet":
        """Proposals whose page the person may open (AZ-01, AZ-02)."""
        return self.filter(seen_by(user, Sight.FULL))

    def within_reach(self, user: User) -> "ProposalQuerySet":
        """What `visible_to` gives, found by index for those who do not see the whole province."""
        if sees_the_province(user):
            return self.visible_to(user)
        return self.filter(pk__in=_near(user)).visible_to(user)

    def listed_to(self, user: User, *, among: Stages = ALL) -> "ProposalQuerySet":
        """Proposals that may stand as a line in a list of the person, at the stages asked for."""
        return self.filter(seen_by(user, Sight.LINE, among=among))

    def with_openness(self, user: User) -> "ProposalQuerySet":
        """Each with `is_openable`: whether the person sees its page, not only its line."""
        seen = ExpressionWrapper(seen_by(user, Sight.FULL), models.BooleanField())
        return self.annotate(is_openable=seen)

    def of_author(self, user: User) -> "ProposalQuerySet":
        """What the person writes. Two indexed lookups: the same cost at any number."""
        shared = apps.get_model("proposals", "CoAuthor").objects.filter(
            person=user, declined_at=None
        )
        own = apps.get_model("proposals", "Proposal").objects.filter(proposer=user)
        ids = own.order_by().values("pk")
        return self.filter(pk__in=ids.union(shared.order_by().values("proposal_id")))

    def written_by(self, user: User) -> "ProposalQuerySet":
        """The same for a list: what is shared is looked up first, so that an index gives the newest
        of those who share nothing."""
        shared = [pk for (pk,) in _shared_with(user.pk)]
        return self.filter(Q(proposer=user) | Q(pk__in=shared) if shared else Q(proposer=user))

    def of_agencies(self, user: User) -> "ProposalQuerySet":
        """Proposals of the agencies where the person is head, deputy, focal point or clerk."""
        units = user.powers.units(*AGENCY_ROLES)
        return self.filter(agency__in=units).exclude(stage=Stage.DRAFT)

    def open(self) -> "ProposalQuerySet":
        return self.filter(stage__in=OPEN)

    def for_list(self, *more: str) -> "ProposalQuerySet":
        """Newest first, with the columns of a line and those named: the others are not read."""
        return self.only(*LINE, *more).order_by("-touched_at", "-pk")

    def for_detail(self) -> "ProposalQuerySet":
        """With how many asked to take part, and how many of them wait for an answer."""
        found = self.select_related("proposer", "agency", "deciding_unit", "field", "plan")
        return found.annotate(asked_to_join=_joining(), waiting_to_join=_joining(answered_at=None))

    def of_deciders(self, user: User) -> "ProposalQuerySet":
        """What waits for the person's decision: never a proposal of their own."""
        return self.decided_at(user.powers.units(Role.AGENCY_HEAD), user.pk)

    def decided_at(self, units: Collection[int], person: int) -> "ProposalQuerySet":
        """What waits for a decision at these units, apart from what the person wrote."""
        waiting = self.filter(stage__in=REVIEWED, deciding_unit__in=units)
        return waiting.exclude(
            Q(proposer=person) | _exists("CoAuthor", person=person, declined_at=None)
        )

    def to_receive(self, user: User) -> "ProposalQuerySet":
        """What waits at the desk of the focal points of the person's agencies."""
        roles = AT_DECIDING_UNIT[Capacity.FOCAL] + AT_DECIDING_UNIT[Capacity.HEAD]
        units = user.powers.units(*roles)
        waiting = self.filter(stage=Stage.SUBMITTED, deciding_unit__in=units)
        return waiting.exclude(
            Q(proposer=user) | _exists("CoAuthor", person=user, declined_at=None)
        )

    def awaiting_second(self, user: User) -> "ProposalQuerySet":
        """Where the head decided against the vote and this person may confirm it (AZ-08)."""
        roles = AT_DECIDING_UNIT[Capacity.FOCAL] + AT_DECIDING_UNIT[Capacity.DEPUTY]
        waiting = _exists("Decision", state=DecisionState.AWAITING_SECOND)
        own = Q(proposer=user) | _exists("CoAuthor", person=user, declined_at=None)
        decided = _exists("Decision", state=DecisionState.AWAITING_SECOND, decided_by=user)
        found = self.filter(waiting, deciding_unit__in=user.powers.units(*roles))
        return found.exclude(own | decided)

    def matching(self, text: str) -> "ProposalQuerySet":
        """Those whose code or title holds every word, blind to tone marks and case."""
        return found(self, text)

    def by_deadline(self) -> "ProposalQuerySet":
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


@prepared
def _shared_with(person: int) -> models.QuerySet:
    shared = apps.get_model("proposals", "CoAuthor").objects
    return shared.filter(person=person, declined_at=None).values_list("proposal_id")


def seen_by(user: User, at_least: Sight, *, among: Stages = ALL) -> Q:
    """The condition under which a person sees that much of a proposal at one of these stages.

    What a duty shows of the whole province is not asked for again by post or by name.
    """
    duty = _by_duty(user, at_least) & among
    shown = Q(stage__in=sorted(duty))
    if duty == among:  # a condition that an index answers alone
        return shown
    known = duty | (ALL - among)
    authored = Q(proposer=user) | _exists("CoAuthor", person=user, declined_at=None)
    rest = _by_post(user, at_least, known) | authored | _by_name(user, at_least, known)
    if is_provincial(user) and at_least <= Sight.FULL and Stage.REFUSED in among - known:
        rest |= Q(stage=Stage.REFUSED, answered_at__isnull=False)
    rest = rest if among == ALL else rest & Q(stage__in=sorted(among))
    return shown | rest if duty else rest  # what costs least to ask first


def sees_the_province(user: User) -> bool:
    """Whether the person follows proposals of every agency."""
    roles = (*HOME_AFFAIRS_ROLES, Role.INSPECTOR)
    return user.powers.has(*roles) or is_provincial(user)


def _near(user: User) -> models.QuerySet:
    """Keys of all that a person without such a duty could see, each part by an index of its own."""
    units = user.powers.units(*AGENCY_ROLES, Role.PARTY_LIAISON)
    asked = user.powers.units(Role.AGENCY_FOCAL, Role.AGENCY_HEAD)
    near = [
        _keys("Proposal", "pk", agency__in=units),
        _keys("Proposal", "pk", deciding_unit__in=units),
        _keys("CoAuthor", "proposal_id", person=user),
        _keys("Participant", "proposal_id", person=user, until=None),
        _keys("StepMember", "step__proposal_id", person=user),
        _keys("Decision", "proposal_id", monitor=user),
        _keys("Decision", "proposal_id", implementer=user),
        _keys("OpinionRequest", "proposal_id", unit__in=asked),
    ]
    return _keys("Proposal", "pk", proposer=user).union(*near)


def _keys(model: str, column: str, **where: object) -> models.QuerySet:
    rows = apps.get_model("proposals", model).objects.filter(**where)
    return rows.order_by().values(column)


def _by_post(user: User, at_least: Sight, known: Stages) -> Q:
    """Through a post at the agency of the proposal, or at the unit that decides it."""
    powers = user.powers
    units = powers.units(*AGENCY_ROLES)
    agency = stages_seen(Capacity.AGENCY, at_least) - known
    found = _at(agency, agency__in=units) | _at(agency, deciding_unit__in=units)
    for capacity, roles in AT_DECIDING_UNIT.items():
        stages = stages_seen(capacity, at_least) - known
        found |= _at(stages, deciding_unit__in=powers.units(*roles))
    liaison = powers.units(Role.PARTY_LIAISON)
    assigned = stages_seen(Capacity.ASSIGNED, at_least) - known
    return found | _at(assigned, deciding_unit__in=liaison)


def _by_name(user: User, at_least: Sight, known: Stages) -> Q:
    """In a step, as monitor, in the team, or for an agency that was asked for its opinion."""
    found = Q()
    if stages := stages_seen(Capacity.ASSIGNED, at_least) - known:
        named = _exists("StepMember", path="step__proposal", person=user)
        named |= _exists("Decision", monitor=user, state=DecisionState.IN_FORCE)
        found |= named & Q(stage__in=sorted(stages))
    if stages := stages_seen(Capacity.TEAM, at_least) - known:
        team = _exists("Participant", person=user, until=None)
        team |= _exists("Decision", implementer=user, state=DecisionState.IN_FORCE)
        found |= team & Q(stage__in=sorted(stages))
    asked = user.powers.units(Role.AGENCY_FOCAL, Role.AGENCY_HEAD)
    if asked and (stages := stages_seen(Capacity.CONSULTED, at_least) - known):
        found |= _exists("OpinionRequest", unit__in=asked) & Q(stage__in=sorted(stages))
    return found


def _by_duty(user: User, at_least: Sight) -> Stages:
    """Sở Nội vụ, inspectors and leaders: stages at which they see the whole province."""
    powers = user.powers
    found: Stages = frozenset()
    if powers.has(*HOME_AFFAIRS_ROLES):
        found |= stages_seen(Capacity.HOME_AFFAIRS, at_least)
    if is_provincial(user):
        found |= stages_seen(Capacity.PROVINCE, at_least) - ONCE_ANSWERED
    if powers.has(Role.INSPECTOR):
        found |= stages_seen(Capacity.INSPECTOR, at_least)
    return found


def _at(stages: Stages, **where: object) -> Q:
    """Nothing where there is no stage or no unit: an empty condition would hold for all."""
    return Q(stage__in=sorted(stages), **where) if stages and all(where.values()) else Q()


def _joining(**where: object) -> Coalesce:
    rows = apps.get_model("proposals", "JoinRequest").objects.filter(
        proposal=OuterRef("pk"), **where
    )
    counted = rows.order_by().values("proposal").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _exists(model: str, *, path: str = "proposal", **where: object) -> Q:
    found = apps.get_model("proposals", model).objects.filter(**{path: OuterRef("pk")}, **where)
    return Q(Exists(found))
