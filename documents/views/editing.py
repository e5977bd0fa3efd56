"""The text of a draft, and laying it before who signs."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents import rules
from documents.actions import signing
from documents.described import facts_of
from documents.forms.deeds import SendForm
from documents.forms.editing import PaperForm
from documents.models import OfficialDocument
from documents.papers import missing
from documents.reading import paper_for
from documents.signatory import Signing, signers
from documents.stages import SigningAuthority
from documents.views.base import GET_AND_POST, deed_page, done
from organisation.access import SignedInRequest, case


@require_http_methods(GET_AND_POST)
@case("paper")
def edit(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Căn cứ, điều, khoản, điểm, nơi nhận; what the decision rests on is shown, not typed."""
    paper = paper_for(request.user, ref)
    facts = facts_of(paper)
    form = PaperForm(request.POST or None, facts=facts, version=paper.version)

    def do() -> str:
        version = form.cleaned_data["version"]
        signing.edit(paper.pk, form.said(), by=request.user, version=version)
        messages.success(request, "Đã lưu dự thảo văn bản.")
        return paper.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (led := done(request.user, form, do)):
        return led
    if not rules.may_edit(paper, request.user):
        raise PermissionDenied
    context = {"paper": paper, "form": form, "facts": facts}
    context |= {"gaps": [gap for gap in missing(facts) if "signature" not in gap.path]}
    return render(request, "documents/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_AND_POST)
@case("paper")
def send(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Choose among those who may lawfully sign it today."""
    paper = paper_for(request.user, ref)
    lawful = _lawful(paper)
    form = SendForm(
        request.POST or None,
        lawful=lawful,
        authority=paper.signing_authority,
        version=paper.version,
    )

    def do() -> str:
        signing.send(
            paper.pk,
            by=request.user,
            signer=form.chosen_signer,
            authority=form.chosen_authority,
            version=form.cleaned_data["version"],
        )
        messages.success(request, f"Đã trình {form.chosen_signer.full_name} ký.")
        return reverse("documents:paper", args=[paper.ref])

    gaps = [gap for gap in missing(facts_of(paper)) if "signature" not in gap.path]
    return deed_page(
        request,
        paper,
        form,
        do,
        offered=rules.may_send(paper, request.user),
        question="Trình ký văn bản này?",
        consequence="Người ký được báo. Dự thảo không sửa được trong lúc chờ ký.",
        verb="Trình ký",
        gaps=gaps,
        nobody=not any(lawful.values()),
    )


def _lawful(paper: OfficialDocument) -> dict[str, list[Signing]]:
    """Who may sign today, by the right in which the paper is signed."""
    if paper.issuing_unit is None:
        return {SigningAuthority.HEAD: []}
    asked = signing.asked_of(paper)
    head = replace(asked, authority=SigningAuthority.HEAD)
    together = replace(asked, authority=SigningAuthority.COLLECTIVE)
    found = {str(SigningAuthority.HEAD): signers(head)}
    if together.is_collective:
        found[str(SigningAuthority.COLLECTIVE)] = signers(together)
    return found
