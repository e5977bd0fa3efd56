"""Who is who around a case today: who is barred, who does it instead, who may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accountability.models import Commendation, LiabilityCase
from accountability.rules import DESK_ROLES
from accountability.stages import Authority
from organisation.days import today
from organisation.models import Appointment, OrgUnit, User
from organisation.stages import Role, UnitKind
from pilots.models import Evaluation, Pilot, PilotMember
from pilots.stages import EvaluationKind, EvaluationState, Result
from proposals.models import CoAuthor

HIGHEST = 12  # levels; a circle in the data must not hang a request
LEADERS = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD)
HA_LEAD = (Role.HOME_AFFAIRS_LEAD,)


@dataclass
class Setting:
    """A pilot that was evaluated, and who stands around it."""

    pilot: Pilot
    evaluation: Evaluation | None
    barred_ids: frozenset[int]

    @property
    def stage(self) -> str:
        return self.pilot.proposal.stage

    @property
    def agency_id(self) -> int:
        return self.pilot.agency_id

    @property
    def is_completed(self) -> bool:
        return bool(self.evaluation and self.evaluation.result == Result.COMPLETED)

    @property
    def needs_case(self) -> bool:
        return bool(self.evaluation and self.evaluation.needs_case)

    @cached_property
    def competent_unit(self) -> OrgUnit:
        return competent_unit(self.pilot.deciding_unit, self.barred_ids)

    @property
    def competent_unit_id(self) -> int:
        return self.competent_unit.pk


def setting_of(pilot: Pilot) -> Setting:
    evaluation = pilot.evaluations.filter(
        kind=EvaluationKind.FINAL, state=EvaluationState.CONCLUDED
    ).first()
    concerned = LiabilityCase.objects.filter(proposal=pilot.proposal_id)
    barred = involved_ids(pilot) | set(concerned.values_list("person_id", flat=True))
    return Setting(pilot, evaluation, frozenset(barred))


def involved_ids(pilot: Pilot) -> set[int]:
    """Authors and everybody who carries it out, or did for a time."""
    members = PilotMember.objects.filter(pilot=pilot).values_list("person_id", flat=True)
    shared = CoAuthor.objects.filter(proposal=pilot.proposal_id, declined_at=None)
    authors = shared.values_list("person_id", flat=True)
    return {pilot.proposal.proposer_id, pilot.leader_id, *members, *authors}


def involved(pilot: Pilot) -> QuerySet[User]:
    """Authors and doers by name: those who may be nominated."""
    found = User.objects.filter(pk__in=involved_ids(pilot)).order_by("sort_key", "pk")
    return with_posts(found)


def candidates(setting: Setting) -> QuerySet[User]:
    """Whom a case may concern: authors, doers, who allowed it and who watched it; each once."""
    pilot = setting.pilot
    ids = involved_ids(pilot) | {pilot.decision.decided_by_id, pilot.monitor_id}
    known = LiabilityCase.objects.filter(proposal=pilot.proposal_id).values("person")
    found = User.objects.filter(pk__in=ids - {None}).exclude(pk__in=known)
    return with_posts(found.order_by("sort_key", "pk"))


def with_posts(people: QuerySet[User]) -> QuerySet[User]:
    """The same people, each with `post_title`, so that two of one name are told apart."""
    posts = Appointment.objects.valid_on(today()).filter(person=OuterRef("pk"))
    titles = posts.order_by("position__rank", "pk").values("position__title")
    return people.annotate(post_title=Subquery(titles[:1]))


def competent_unit(unit: OrgUnit, barred: Collection[int]) -> OrgUnit:
    """The unit itself, or the nearest above it with a head who had no part in the case."""
    for _ in range(HIGHEST):
        above = unit.at(today()).parent
        if heads(unit, barred) or above is None:
            break
        unit = above
    return unit


def appeal_unit(unit: OrgUnit) -> OrgUnit:
    """The superior of the unit; at the top of the province the unit itself."""
    return unit.at(today()).parent or unit


def deciding_unit(commendation: Commendation) -> OrgUnit:
    """Where the form is decided, by somebody who neither proposed nor reviewed it."""
    barred = commendation.barred_ids | {
        commendation.nominated_by_id,
        commendation.reviewed_by_id or 0,
    }
    unit = commendation.agency
    if commendation.incentive.authority == Authority.PROVINCE:
        unit = province_above(unit)
    return competent_unit(unit, barred)


def province_above(unit: OrgUnit) -> OrgUnit:
    for _ in range(HIGHEST):
        version = unit.at(today())
        if version.kind == UnitKind.PROVINCE or version.parent is None:
            break
        unit = version.parent
    return unit


def heads(unit: OrgUnit, barred: Collection[int]) -> list[User]:
    return list(User.objects.holding(Role.AGENCY_HEAD, unit=unit).exclude(pk__in=barred))


def post_of(
    roles: Iterable[str], *, barred: Collection[int], unit: OrgUnit | None = None
) -> tuple[str, int] | None:
    """Role and unit of somebody who holds one of the roles today and is not barred.

    At the unit where one is named, else anywhere in the province.
    """
    found = Appointment.objects.valid_on(today()).filter(
        position__role__in=list(roles), person__is_active=True
    )
    if unit is not None:
        found = found.filter(unit=unit)
    row = found.exclude(person__in=barred).order_by("position__rank", "pk")
    return row.values_list("position__role", "unit_id").first()


def fact_finders(case: LiabilityCase) -> tuple[str, int]:
    """Whose task it is to weigh the facts: the desk, else a deputy, else Sở Nội vụ."""
    unit = case.competent_unit
    return (
        post_of(DESK_ROLES, barred=case.barred_ids, unit=unit)
        or post_of((Role.DEPUTY_HEAD,), barred=case.barred_ids, unit=unit)
        or post_of(HA_LEAD, barred=case.barred_ids)
        or (Role.DEPUTY_HEAD, unit.pk)
    )


def confirmers(case: LiabilityCase, unit: OrgUnit, decided_by: User) -> tuple[str, int]:
    """Whose task it is to confirm: a deputy who took no part, else Sở Nội vụ."""
    barred = case.barred_ids | case.assessor_ids | {decided_by.pk}
    return (
        post_of((Role.DEPUTY_HEAD,), barred=barred, unit=unit)
        or post_of(HA_LEAD, barred=barred)
        or (Role.DEPUTY_HEAD, unit.pk)
    )


def councillors(case: LiabilityCase, chair: User) -> QuerySet[User]:
    """Who may sit in a council beside its chair: those who read the whole case anyway, without
    whoever had a part in it or weighed it. A council adds no reader (ADR 0014).
    """
    away = case.barred_ids | case.assessor_ids | {chair.pk}
    at_home = at_unit(case.competent_unit_id, *LEADERS, *DESK_ROLES)
    found = at_home | anywhere(Role.HOME_AFFAIRS_LEAD)
    return with_posts(found.exclude(pk__in=away))


def officers(commendation: Commendation) -> tuple[str, int]:
    """Whose task it is to review a nomination."""
    barred = commendation.barred_ids | {commendation.nominated_by_id}
    roles = (Role.COMMENDATION_OFFICER,)
    return (
        post_of(roles, barred=barred, unit=commendation.agency)
        or post_of(roles, barred=barred)
        or (Role.COMMENDATION_OFFICER, commendation.agency_id)
    )


def seconders(commendation: Commendation, decided_by: User) -> tuple[str, int]:
    barred = commendation.barred_ids | {
        decided_by.pk,
        commendation.nominated_by_id,
        commendation.reviewed_by_id or 0,
    }
    unit = commendation.deciding_unit
    return (
        post_of((Role.DEPUTY_HEAD,), barred=barred, unit=unit)
        or post_of(DESK_ROLES, barred=barred, unit=unit)
        or (Role.DEPUTY_HEAD, unit.pk if unit else commendation.agency_id)
    )


def users(ids: Collection[int]) -> list[User]:
    return list(User.objects.active().filter(pk__in=ids).order_by("sort_key", "pk"))


def holders(role: str, unit_id: int, barred: Collection[int]) -> list[User]:
    """The people behind a post, without those who had a part in the case."""
    return list(User.objects.holding(role, unit=unit_id).exclude(pk__in=barred))


def at_unit(unit_id: int, *roles: str) -> QuerySet[User]:
    """People of a unit, or of one that answers for it, with one of the roles today."""
    posts = Appointment.objects.valid_on(today()).filter(
        Q(unit=unit_id) | Q(unit__covers__covered=unit_id), position__role__in=roles
    )
    return User.objects.active().filter(pk__in=posts.values("person")).order_by("sort_key", "pk")


def anywhere(role: str) -> QuerySet[User]:
    posts = Appointment.objects.valid_on(today()).filter(position__role=role)
    return User.objects.active().filter(pk__in=posts.values("person")).order_by("sort_key", "pk")
