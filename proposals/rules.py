"""Who may do what with a proposal, and what a move needs. All ask the table in rights.py."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from organisation.models import User
from organisation.stages import Role
from proposals.rights import Capacity, Sight, cell
from proposals.stages import Stage, StepKind

AGENCY_ROLES = (
    Role.AGENCY_FOCAL,
    Role.AGENCY_HEAD,
    Role.DEPUTY_HEAD,
    Role.CLERK,
    Role.PROVINCIAL_OFFICE,
)
HOME_AFFAIRS_ROLES = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
CONCLUDING = {  # the deeds that conclude a review step, by its kind
    StepKind.LEGAL_CHECK: {"check_legal"},
    StepKind.PARTY_OPINION: {"give_party_opinion", "minute"},
    StepKind.COLLECTIVE_VOTE: {"close_vote"},
    StepKind.APPRAISAL_COUNCIL: {"conclude_council"},
}
AT_DECIDING_UNIT = {
    Capacity.FOCAL: (Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE),
    Capacity.HEAD: (Role.AGENCY_HEAD,),
    Capacity.DEPUTY: (Role.DEPUTY_HEAD,),
}


class Facts(Protocol):
    """All that a rule may look at: columns of the proposal, and four sets of ids it carries."""

    stage: str
    proposer_id: int
    agency_id: int
    deciding_unit_id: int
    returned_from: str
    required_steps_left: int
    vote_passed: bool | None
    is_complete: bool

    @property
    def answered_at(self) -> object: ...
    @property
    def coauthor_ids(self) -> frozenset[int]: ...
    @property
    def assigned_ids(self) -> frozenset[int]: ...
    @property
    def team_ids(self) -> frozenset[int]: ...
    @property
    def consulted_unit_ids(self) -> frozenset[int]: ...


Rule = Callable[[Facts, User], bool]


def capacities(proposal: Facts, user: User) -> frozenset[Capacity]:
    """In which capacities a person meets a proposal today."""
    return frozenset(_capacities(proposal, user))


def is_author(proposal: Facts, user: User) -> bool:
    return proposal.proposer_id == user.pk or user.pk in proposal.coauthor_ids


def is_own_case(proposal: Facts, user: User) -> bool:
    """Whether the person wrote it or carries it out: such a person judges nothing (AZ-07)."""
    return is_author(proposal, user) or user.pk in proposal.team_ids


def is_provincial(user: User) -> bool:
    """A leader of the province, or an official of its office who follows the work for them."""
    return user.powers.is_provincial_leader or user.powers.has(Role.PROVINCIAL_OFFICE)


def sight(proposal: Facts, user: User) -> Sight:
    """How much of the proposal the person sees."""
    held = capacities(proposal, user)
    return max((cell(capacity, proposal.stage).sight for capacity in held), default=Sight.NONE)


def sees_inner(proposal: Facts, user: User) -> bool:
    """Opinions, votes and drafts are hidden from those whose case it is, whatever else they are."""
    return sight(proposal, user) >= Sight.INNER and not is_own_case(proposal, user)


def actions_of(proposal: Facts, user: User) -> frozenset[str]:
    """Every deed of the table open to the person at this stage."""
    return _deeds(proposal, user, [proposal.stage])


def deeds_ever(proposal: Facts, user: User) -> frozenset[str]:
    """Every deed open to the person at one stage or another: whose form may have come too late."""
    return _deeds(proposal, user, Stage)


def _deeds(proposal: Facts, user: User, stages: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    seat = _of_seat(proposal, user)
    for capacity in capacities(proposal, user):
        open_to = frozenset[str]().union(*(cell(capacity, stage).actions for stage in stages))
        found |= open_to & seat if capacity == Capacity.ASSIGNED else open_to
    return frozenset(found)


def may(action: str) -> Rule:
    """The rule for one deed of the table, to be named by a transition, a view or a button."""

    def rule(proposal: Facts, user: User) -> bool:
        return action in actions_of(proposal, user)

    rule.__name__ = f"may_{action}"
    return rule


def has_steps_done(proposal: Facts) -> bool:
    """Every required review step is concluded."""
    return proposal.required_steps_left == 0


def has_vote_in_favour(proposal: Facts) -> bool:
    """No vote was needed, or it passed (Nghị định 73/2023/NĐ-CP, Điều 8.1)."""
    return proposal.vote_passed is not False


def has_no_vote_in_favour(proposal: Facts) -> bool:
    """What the collective passed is not refused by the head alone (ADR 0015)."""
    return not proposal.vote_passed


def has_vote_against(proposal: Facts) -> bool:
    """Only a proposal that its collective turned down can be decided by the head alone."""
    return proposal.vote_passed is False


def is_complete(proposal: Facts) -> bool:
    return proposal.is_complete


def was_returned_from(*stages: str) -> Callable[[Facts], bool]:
    def rule(proposal: Facts) -> bool:
        return proposal.returned_from in stages

    rule.__name__ = "was_returned_from_" + "_or_".join(stages)
    return rule


def has_answer(proposal: Facts) -> bool:
    return proposal.answered_at is not None


def has_no_answer(proposal: Facts) -> bool:
    """The proposer answers a refusal once."""
    return proposal.answered_at is None


def may_conclude_step(kind: str, proposal: Facts, user: User) -> bool:
    """Whether the person may write down the result of a review step of that kind.

    The party committee answers on paper: its liaison or the focal point copies the answer.
    """
    return bool(CONCLUDING[StepKind(kind)] & actions_of(proposal, user))


def _capacities(proposal: Facts, user: User) -> Iterator[Capacity]:
    if is_author(proposal, user):
        is_proposer = proposal.proposer_id == user.pk
        yield Capacity.PROPOSER if is_proposer else Capacity.COAUTHOR
    else:  # nobody is two of author, appraiser and decider (AZ-07)
        yield from _deciding(proposal, user)
    yield from _beside(proposal, user)


def _is_told_above(proposal: Facts) -> bool:
    """A refusal is the province's to see once its proposer asked for another look."""
    return proposal.stage != Stage.REFUSED or proposal.answered_at is not None


def _of_seat(proposal: Facts, user: User) -> frozenset[str]:
    """What whoever is named may do: members vote or appraise, the liaison tells the committee's."""
    found: set[str] = set()
    if _is_liaison(proposal, user):
        found |= {"give_party_opinion"}
    if user.pk in proposal.assigned_ids:
        found |= {"vote", "give_appraisal"}
    return frozenset(found)


def _is_liaison(proposal: Facts, user: User) -> bool:
    return proposal.deciding_unit_id in user.powers.units(Role.PARTY_LIAISON)


def _deciding(proposal: Facts, user: User) -> Iterator[Capacity]:
    for capacity, roles in AT_DECIDING_UNIT.items():
        if proposal.deciding_unit_id in user.powers.units(*roles):
            yield capacity
    if _is_liaison(proposal, user) or user.pk in proposal.assigned_ids:
        yield Capacity.ASSIGNED


def _beside(proposal: Facts, user: User) -> Iterator[Capacity]:
    powers = user.powers
    if user.pk in proposal.team_ids:
        yield Capacity.TEAM
    if {proposal.agency_id, proposal.deciding_unit_id} & powers.units(*AGENCY_ROLES):
        yield Capacity.AGENCY
    if proposal.consulted_unit_ids & powers.units(Role.AGENCY_FOCAL, Role.AGENCY_HEAD):
        yield Capacity.CONSULTED
    if powers.has(*HOME_AFFAIRS_ROLES):
        yield Capacity.HOME_AFFAIRS
    if is_provincial(user) and _is_told_above(proposal):
        yield Capacity.PROVINCE
    if powers.has(Role.INSPECTOR):
        yield Capacity.INSPECTOR
