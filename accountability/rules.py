"""Who may do what with a liability case or a commendation. All ask the tables in rights.py."""

from collections.abc import Callable, Iterator
from typing import Protocol

from accountability.rights import Capacity, Part, Sight, cell, part_cell
from organisation.models import User
from organisation.stages import Role
from proposals.stages import Stage

DESK_ROLES = (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE)
AGENCY_ROLES = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD, Role.AGENCY_FOCAL)
HOME_AFFAIRS_ROLES = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
AT_COMPETENT_UNIT = {
    Capacity.HEAD: (Role.AGENCY_HEAD,),
    Capacity.DEPUTY: (Role.DEPUTY_HEAD,),
    Capacity.FOCAL: DESK_ROLES,
}
EVALUATED = (Stage.EVALUATED, Stage.CONCLUDED)


class CaseFacts(Protocol):
    """All that a rule may look at: columns of the case, and sets of ids that it carries."""

    state: str
    person_id: int
    agency_id: int
    competent_unit_id: int
    appeal_unit_id: int

    @property
    def barred_ids(self) -> frozenset[int]: ...
    @property
    def assessor_ids(self) -> frozenset[int]: ...
    @property
    def decider_ids(self) -> frozenset[int]: ...
    @property
    def first_instance_ids(self) -> frozenset[int]: ...


class CommendationFacts(Protocol):
    state: str
    agency_id: int
    deciding_unit_id: int | None
    nominated_by_id: int
    reviewed_by_id: int | None

    @property
    def author_ids(self) -> frozenset[int]: ...
    @property
    def nominee_ids(self) -> frozenset[int]: ...
    @property
    def barred_ids(self) -> frozenset[int]: ...
    @property
    def decider_ids(self) -> frozenset[int]: ...


class SettingFacts(Protocol):
    """A pilot that was evaluated, before anything follows from it."""

    barred_ids: frozenset[int]

    @property
    def stage(self) -> str: ...
    @property
    def agency_id(self) -> int: ...
    @property
    def competent_unit_id(self) -> int: ...
    @property
    def is_completed(self) -> bool: ...
    @property
    def needs_case(self) -> bool: ...


CaseRule = Callable[[CaseFacts, User], bool]
CommendationRule = Callable[[CommendationFacts, User], bool]


def may_open(setting: SettingFacts, user: User) -> bool:
    """The body that allowed it, where the result asks for it; Sở Nội vụ and inspectors besides."""
    if user.pk in setting.barred_ids or setting.stage not in EVALUATED:
        return False
    if user.powers.has(Role.HOME_AFFAIRS_LEAD, Role.INSPECTOR):
        return True
    units = user.powers.own_units(Role.AGENCY_HEAD, *DESK_ROLES)
    is_body = setting.competent_unit_id in units
    return is_body and setting.needs_case and setting.stage == Stage.EVALUATED


def may_conclude(setting: SettingFacts, user: User) -> bool:
    """The head of the body that allowed it, unless it is their own case."""
    if user.pk in setting.barred_ids or setting.stage != Stage.EVALUATED:
        return False
    return setting.competent_unit_id in user.powers.own_units(Role.AGENCY_HEAD)


def may_nominate(setting: SettingFacts, user: User) -> bool:
    """Whoever nominates here, for what was completed."""
    return setting.is_completed and nominates(setting, user)


def nominates(setting: SettingFacts, user: User) -> bool:
    """Head or focal point of the agency or of the deciding body, once it was evaluated."""
    if user.pk in setting.barred_ids or setting.stage not in EVALUATED:
        return False
    units = user.powers.own_units(Role.AGENCY_HEAD, *DESK_ROLES)
    return bool({setting.agency_id, setting.competent_unit_id} & units)


def capacities(case: CaseFacts, user: User) -> frozenset[Capacity]:
    """In which capacities a person meets a case today."""
    if case.person_id == user.pk:
        return frozenset({Capacity.CONCERNED})
    found = set(_beside(case, user))
    if user.pk not in case.barred_ids:  # nobody judges what they had a part in (AZ-07)
        found |= set(_judging(case, user))
    return frozenset(found)


def sight(case: CaseFacts, user: User) -> Sight:
    """How much of the case the person sees."""
    held = capacities(case, user)
    return max((cell(capacity, case.state).sight for capacity in held), default=Sight.NONE)


def actions_of(case: CaseFacts, user: User) -> frozenset[str]:
    """Every deed open to the person in this state, without what separation of duties forbids.

    Who weighed the facts neither votes nor decides; who decided does not confirm; who did either
    does not settle the appeal (AZ-07, AZ-08).
    """
    deeds = _by_table(case, user)
    if user.pk in case.assessor_ids:
        deeds -= {"call_council", "vote", "decide", "confirm", "decide_appeal", "confirm_appeal"}
    if user.pk in case.decider_ids:
        deeds -= {"find_cause", "assess", "confirm", "confirm_appeal"}
    if user.pk in case.first_instance_ids:
        deeds -= {"decide_appeal", "confirm_appeal"}
    return deeds


def kept_apart(case: CaseFacts, user: User) -> frozenset[str]:
    """The deeds that the table gives the person here and separation of duties takes."""
    return _by_table(case, user) - actions_of(case, user)


def may(action: str) -> CaseRule:
    """The rule for one deed of the table, to be named by a transition, a view or a button."""

    def rule(case: CaseFacts, user: User) -> bool:
        return action in actions_of(case, user)

    rule.__name__ = f"may_{action}"
    return rule


def parts(commendation: CommendationFacts, user: User) -> frozenset[Part]:
    """In which capacities a person meets a commendation today."""
    found = set(_around(commendation, user))
    if user.pk not in commendation.barred_ids:  # nobody decides on their own (AZ-07)
        found |= set(_deciding(commendation, user))
    return frozenset(found)


def commendation_sight(commendation: CommendationFacts, user: User) -> Sight:
    held = parts(commendation, user)
    found = max((part_cell(part, commendation.state).sight for part in held), default=Sight.NONE)
    is_own = user.pk in commendation.nominee_ids | commendation.author_ids
    return min(found, Sight.FULL) if is_own else found


def commendation_actions(commendation: CommendationFacts, user: User) -> frozenset[str]:
    """Every deed open to the person: who nominates, reviews, decides, confirms are four people."""
    held = parts(commendation, user)
    deeds = frozenset[str]().union(*(part_cell(part, commendation.state).actions for part in held))
    if user.pk == commendation.nominated_by_id:
        deeds -= {"review", "decline_review", "submit", "decide", "decline", "confirm"}
    if user.pk == commendation.reviewed_by_id:
        deeds -= {"decide", "decline", "confirm"}
    if user.pk in commendation.decider_ids:
        deeds -= {"confirm"}
    return deeds


def may_commend(action: str) -> CommendationRule:
    def rule(commendation: CommendationFacts, user: User) -> bool:
        return action in commendation_actions(commendation, user)

    rule.__name__ = f"may_{action}"
    return rule


def has_statement(case: object) -> bool:
    """The person concerned was heard, declined in writing, or the time is over."""
    return bool(getattr(case, "statement_kind", ""))


def is_provincial(user: User) -> bool:
    """A leader of the province, or an official of its office who follows the work for them."""
    return user.powers.is_provincial_leader or user.powers.has(Role.PROVINCIAL_OFFICE)


def _by_table(case: CaseFacts, user: User) -> frozenset[str]:
    held = capacities(case, user)
    return frozenset[str]().union(*(cell(capacity, case.state).actions for capacity in held))


def _judging(case: CaseFacts, user: User) -> Iterator[Capacity]:
    powers = user.powers
    for capacity, roles in AT_COMPETENT_UNIT.items():
        if case.competent_unit_id in powers.own_units(*roles):
            yield capacity
    if case.appeal_unit_id in powers.own_units(*_appeal_roles(case)):
        yield Capacity.SUPERIOR
    if case.appeal_unit_id in powers.own_units(Role.DEPUTY_HEAD):
        yield Capacity.SUPERIOR_DEPUTY
    if powers.has(Role.HOME_AFFAIRS_LEAD):
        yield Capacity.HOME_AFFAIRS_LEAD
    if is_provincial(user):
        yield Capacity.PROVINCE
    if powers.has(Role.INSPECTOR):
        yield Capacity.INSPECTOR


def _appeal_roles(case: CaseFacts) -> tuple[str, ...]:
    """At the top of the province there is no superior: a deputy who took no part settles it."""
    if case.appeal_unit_id == case.competent_unit_id:
        return (Role.AGENCY_HEAD, Role.DEPUTY_HEAD)
    return (Role.AGENCY_HEAD,)


def _beside(case: CaseFacts, user: User) -> Iterator[Capacity]:
    if case.agency_id in user.powers.own_units(*AGENCY_ROLES):
        yield Capacity.AGENCY
    if user.powers.has(*HOME_AFFAIRS_ROLES) and user.pk not in case.barred_ids:
        yield Capacity.HOME_AFFAIRS


def _around(commendation: CommendationFacts, user: User) -> Iterator[Part]:
    powers = user.powers
    if user.pk in commendation.nominee_ids:
        yield Part.NOMINEE
    if user.pk in commendation.author_ids:
        yield Part.AUTHOR
    if commendation.agency_id in powers.own_units(*AGENCY_ROLES):
        yield Part.AGENCY
    if commendation.agency_id in powers.own_units(*DESK_ROLES):
        yield Part.FOCAL
    if powers.has(*HOME_AFFAIRS_ROLES):
        yield Part.HOME_AFFAIRS
    if is_provincial(user):
        yield Part.PROVINCE
    if powers.has(Role.INSPECTOR):
        yield Part.INSPECTOR


def _deciding(commendation: CommendationFacts, user: User) -> Iterator[Part]:
    powers, unit = user.powers, commendation.deciding_unit_id
    if powers.has(Role.COMMENDATION_OFFICER):
        yield Part.OFFICER
    if unit is None:
        return
    if unit in powers.own_units(Role.AGENCY_HEAD):
        yield Part.DECIDER
    if unit in powers.own_units(Role.DEPUTY_HEAD, *DESK_ROLES):
        yield Part.SECOND
