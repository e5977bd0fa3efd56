"""The head's queue: what waits for a decision, by deadline."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.access import SignedInRequest, signed_in
from organisation.lists import pages_shown
from proposals import digest, paging
from proposals.listing import next_due, with_days_left, with_facts
from proposals.models import Proposal


@require_safe
@signed_in
def queue(request: SignedInRequest) -> HttpResponse:
    """Rows by deadline: what it is about, how far, how much, and what to look out for."""
    waiting = Proposal.objects.of_deciders(request.user).select_related("proposer")
    after = request.GET.get("sau", "")
    page = paging.by_deadline(waiting, after, pages=pages_shown(request.GET))
    rows = with_facts(with_days_left(page.rows))
    for row in rows:
        row.gist = digest.gist(row.facts)
        row.money = digest.money_words(row.facts.get("budget"))
        row.warnings = _warnings(row)
    context = {
        "rows": rows,
        "after": page.after,
        "total": waiting.count(),
        "next_due": None if rows else next_due(request.user),
        "seconds": Proposal.objects.awaiting_second(request.user),
    }
    return render(request, "proposals/review/queue.html", context)


def _warnings(row: Any) -> list[str]:
    """Points that stand on the row and in its version; the screen itself checks more."""
    found = []
    if row.required_steps_left:
        found.append(f"Còn {row.required_steps_left} bước bắt buộc")
    if row.vote_passed is False:
        found.append("Tập thể không thông qua")
    if row.facts.get("has_conflict"):
        found.append("Có khai quan hệ lợi ích")
    return found
