"""What a head noted on the decision screen for later: private, never part of the record."""

from typing import Any

from django.utils import timezone

from journal.deeds import deed
from organisation.models import User
from proposals.models import DecisionDraft

NOT_KEPT = ("csrfmiddlewaretoken", "key", "version", "sua", "tiep")


@deed()
def put_off(proposal_id: int, typed: dict[str, Any], *, by: User) -> None:
    """Keep what was typed for this person alone; a later note replaces the earlier one."""
    kept = {name: value for name, value in typed.items() if value and name not in NOT_KEPT}
    DecisionDraft.objects.update_or_create(
        proposal_id=proposal_id,
        person=by,
        defaults={"typed": kept, "saved_at": timezone.now()},
    )


@deed()
def forget(proposal_id: int, *, by: User) -> None:
    DecisionDraft.objects.filter(proposal_id=proposal_id, person=by).delete()
