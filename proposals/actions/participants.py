"""Who carries out what was allowed, as the room above names them."""

from collections.abc import Collection

from journal.deeds import deed
from organisation.days import today
from proposals.models import Participant, Proposal


@deed()
def name_team(proposal: Proposal, people: Collection[int]) -> None:
    """Let these people, by id, open the case from now on, and no other member of the team.

    The proposal is locked by the caller, whose own entry tells who is in the team.
    """
    held = set(proposal.participants.filter(until=None).values_list("person_id", flat=True))
    gone, new = held - set(people), set(people) - held
    proposal.participants.filter(until=None, person__in=gone).update(until=today())
    Participant.objects.bulk_create(
        Participant(proposal=proposal, person_id=person, since=today()) for person in sorted(new)
    )
    proposal.__dict__.pop("_circle", None)
