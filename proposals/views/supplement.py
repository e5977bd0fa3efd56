"""The supplement page: each request beside the field to change, and sending it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case
from organisation.templatetags.portal import vn_date
from proposals import digest, papers, parts, rules
from proposals.actions import supplement as acts
from proposals.case import url_or_none
from proposals.forms.review import ResubmitForm
from proposals.models import Proposal, SupplementRequest
from proposals.stages import Part, Stage
from proposals.views.case import fetch
from proposals.views.doing import done, offer


@require_http_methods(["GET", "HEAD", "POST"])
@case("proposal")
def supplement(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """What is asked, what was said then, what is said now; and the button that sends it."""
    proposal = fetch(request, ref)
    form = ResubmitForm(request.POST or None, version=proposal.version)
    if request.method == "POST" and form.is_valid():
        url = proposal.get_absolute_url()
        answer = done(request.user, form, lambda: _resubmit(request, proposal, form, url), url=url)
        if answer:
            return answer
    if request.method == "POST":
        offer(request, proposal, "resubmit", form=form)
    asked = _open_request(proposal)
    if request.method != "POST" and (proposal.stage != Stage.RETURNED or asked is None):
        return redirect(proposal)
    gaps = papers.missing(proposal)
    context = {
        "proposal": proposal,
        "asked": asked,
        "rows": _rows(proposal, asked) if asked else [],
        "gaps": gaps,
        "form": form,
        "may_send": rules.may("resubmit")(proposal, request.user),
    }
    return render(request, "proposals/case/supplement.html", context)


def _open_request(proposal: Proposal) -> SupplementRequest | None:
    found = proposal.supplement_requests.filter(answered_at=None)
    return found.select_related("requested_by").first()


def _rows(proposal: Proposal, asked: SupplementRequest) -> list[dict[str, Any]]:
    """Each thing that is asked, with the old and the new answer and the way to change it."""
    old = digest.facts_of(digest.latest_version(proposal))
    new = papers.version_facts(proposal, 0)
    return [
        {
            "part": Part(item.part).label,
            "field": parts.LABELS.get(item.field_name, ""),
            "request": item.request_text,
            "url": _edit_url(proposal, item.part, item.field_name),
            "answers": _answers(item, old, new),
        }
        for item in asked.items.order_by("pk")
    ]


def _answers(item: Any, old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    names = [item.field_name] if item.field_name else parts.names(item.part)
    found = []
    for name in names:
        before, after = digest.in_words(name, old.get(name)), digest.in_words(name, new.get(name))
        if before or after or item.field_name:
            row = {"label": parts.LABELS.get(name, name), "old": before, "new": after}
            found.append(row | {"is_changed": before != after})
    return found


def _edit_url(proposal: Proposal, part: str, field_name: str) -> str:
    url = url_or_none("proposals:edit", proposal.ref, part) or ""
    return f"{url}#id_{field_name}" if field_name and url else url


def _resubmit(request: SignedInRequest, proposal: Proposal, form: ResubmitForm, url: str) -> str:
    version = form.cleaned_data["version"]
    sent = acts.resubmit(proposal.pk, by=request.user, version=version)
    words = "Đã gửi bản bổ sung."
    if sent.due_on:
        words += f" Người đứng đầu xem xét trước ngày {vn_date(sent.due_on)}."
    messages.success(request, words)
    return url
