"""What a person may know of: the query sets that every view starts from."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accountability.rights import Capacity, states_seen
from accountability.rules import (
    AGENCY_ROLES,
    AT_COMPETENT_UNIT,
    DESK_ROLES,
    HOME_AFFAIRS_ROLES,
    is_provincial,
)
from accountability.stages import CaseState
from organisation.models import User
from organisation.stages import Role

NOBODY = Q(pk__in=[])


class LiabilityQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "LiabilityQuerySet":
        """Cases that the person may know of; all others are not there (AZ-01, AZ-02)."""
        beside = Q(person=user) | _concluded_in_own_agency(user)
        return self.filter(beside | _by_duty(user) & ~_had_a_part(user))

    def open(self) -> "LiabilityQuerySet":
        return self.exclude(state=CaseState.CLOSED)

    def for_list(self) -> "LiabilityQuerySet":
        return self.select_related("proposal", "person").order_by("-touched_at", "-pk")

    def for_detail(self) -> "LiabilityQuerySet":
        return self.select_related(
            "proposal",
            "pilot",
            "evaluation",
            "person",
            "competent_unit",
            "appeal_unit",
            "agency",
            "opened_by",
            "notice__file",
        )


class CommendationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CommendationQuerySet":
        powers = user.powers
        everywhere = (Role.COMMENDATION_OFFICER, Role.INSPECTOR, *HOME_AFFAIRS_ROLES)
        if powers.has(*everywhere) or is_provincial(user):
            return self
        units = powers.own_units(*AGENCY_ROLES, *DESK_ROLES)
        own = Q(agency__in=units) | Q(deciding_unit__in=units) if units else NOBODY
        return self.filter(own | Q(person=user) | _member(user) | _author(user))

    def for_list(self) -> "CommendationQuerySet":
        return self.select_related("proposal", "person", "incentive").order_by("-touched_at", "-pk")

    def for_detail(self) -> "CommendationQuerySet":
        return self.select_related(
            "proposal",
            "pilot",
            "evaluation",
            "person",
            "incentive",
            "agency",
            "deciding_unit",
            "nominated_by",
            "submission__file",
        )


def _concluded_in_own_agency(user: User) -> Q:
    units = user.powers.own_units(*AGENCY_ROLES)
    if not units:
        return NOBODY
    return Q(agency__in=units, state__in=states_seen(Capacity.AGENCY))


def _by_duty(user: User) -> Q:
    """Through the body that is competent, or a duty in the whole province."""
    powers = user.powers
    found = NOBODY
    for capacity, roles in AT_COMPETENT_UNIT.items():
        found |= _at(capacity, competent_unit__in=powers.own_units(*roles))
    found |= _at(Capacity.SUPERIOR, appeal_unit__in=powers.own_units(Role.AGENCY_HEAD))
    found |= _at(Capacity.SUPERIOR_DEPUTY, appeal_unit__in=powers.own_units(Role.DEPUTY_HEAD))
    everywhere = (
        (Capacity.HOME_AFFAIRS_LEAD, powers.has(Role.HOME_AFFAIRS_LEAD)),
        (Capacity.HOME_AFFAIRS, powers.has(*HOME_AFFAIRS_ROLES)),
        (Capacity.PROVINCE, is_provincial(user)),
        (Capacity.INSPECTOR, powers.has(Role.INSPECTOR)),
    )
    for capacity, holds in everywhere:
        if holds:
            found |= Q(state__in=states_seen(capacity))
    return found


def _at(capacity: Capacity, **where: object) -> Q:
    if not all(where.values()):
        return NOBODY
    return Q(state__in=states_seen(capacity), **where)


def _had_a_part(user: User) -> Q:
    """Who proposed it, carries it out, or is concerned by another case of the same proposal."""
    others = apps.get_model("accountability", "LiabilityCase").objects.filter(
        proposal=OuterRef("proposal"), person=user
    )
    members = apps.get_model("pilots", "PilotMember").objects.filter(
        pilot=OuterRef("pilot"), person=user
    )
    return (
        Q(proposal__proposer=user)
        | Q(pilot__leader=user)
        | _author(user)
        | Q(Exists(members))
        | Q(Exists(others))
    )


def _author(user: User) -> Q:
    shared = apps.get_model("proposals", "CoAuthor").objects.filter(
        proposal=OuterRef("proposal"), person=user, declined_at=None
    )
    return Q(proposal__proposer=user) | Q(Exists(shared))


def _member(user: User) -> Q:
    members = apps.get_model("accountability", "CommendationMember").objects.filter(
        commendation=OuterRef("pk"), person=user
    )
    return Q(Exists(members))
