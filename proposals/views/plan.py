"""The plan of a proposal as a paper: drawn when it is asked for, from what was frozen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.render import NotDrawn, draw_apart
from documents.responses import made_response
from documents.word import render_docx
from organisation.access import SignedInRequest, case
from proposals import digest, papers
from proposals.models import Proposal
from proposals.plan_sheet import proposed_plan
from proposals.views.case import fetch

NOT_DRAWN = "Chưa lập được tệp. Nội dung đã lưu không bị mất."


@require_safe
@case("proposal")
def plan(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The newest version that was sent, or the draft as it stands; `?dang=docx` for Word."""
    proposal = fetch(request, ref)
    facts = _facts(proposal)
    name = f"ke-hoach-{proposal.code or 'du-thao'}"
    if request.GET.get("dang") == "docx":
        return made_response(render_docx(facts), f"{name}.docx")
    try:
        return made_response(draw_apart("phieu", facts), f"{name}.pdf")
    except NotDrawn:
        messages.error(request, NOT_DRAWN)
        return redirect(proposal)


def _facts(proposal: Proposal) -> papers.Facts:
    version = digest.latest_version(proposal)
    if version is None:
        return proposed_plan(proposal, papers.version_facts(proposal, 1), None)
    return proposed_plan(proposal, version.content.facts, timezone.localdate(version.created_at))
