"""The proof of a decision that its proposer holds (security §3.7): code, time, entry's hash."""

from journal.models import Entry
from proposals.models import Decision


def deciding_entry(decision: Decision) -> Entry | None:
    """The entry of the move that the decision made: the last move that cites its frozen text."""
    entries = Entry.objects.of(decision.proposal.stream).filter(before__isnull=False)
    return entries.filter(body__contains=decision.content.sha256).order_by("-seq").first()
