"""The text of a draft, and laying it before who signs."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents import rules
from documents.actions import signing, writing
from documents.actions.base import Refused
from documents.actions.copying import edit_copy
from documents.councils import bodies_of
from documents.described import facts_of
from documents.forms.deeds import SendForm
from documents.forms.editing import PaperForm
from documents.forms.writing import CopyDraftForm, NewPaperForm
from documents.models import OfficialDocument
from documents.notations import drafting_choices
from documents.papers import missing
from documents.papers.extracts import parts_of
from documents.reading import paper_for
from documents.seeds import ISSUING
from documents.signatory import Signing, signers
from documents.stages import CopyForm, PaperKind, SigningAuthority
from documents.typed import recipients_of, recipients_text
from documents.views.base import GET_AND_POST, deed_page, form_page
from organisation.access import SignedInRequest, case, roles
from organisation.days import today
from organisation.models import OrgUnit, User


@require_http_methods(GET_AND_POST)
@case("paper")
def edit(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Căn cứ, điều, khoản, điểm, nơi nhận; what the decision rests on is shown, not typed."""
    paper = paper_for(request.user, ref)
    if paper.kind == PaperKind.COPY:
        return _edit_copy(request, paper)
    facts = facts_of(paper)
    form = PaperForm(
        request.POST or None,
        facts=facts,
        notations=drafting_choices(paper, today()),
        version=paper.version,
    )

    def do() -> str:
        version = form.cleaned_data["version"]
        signing.edit(paper.pk, form.said(), by=request.user, version=version)
        messages.success(request, "Đã lưu dự thảo văn bản.")
        return paper.get_absolute_url()

    gaps = [gap for gap in missing(facts) if "signature" not in gap.path]
    context = {"paper": paper, "facts": facts, "gaps": gaps}
    offered = rules.may_edit(paper, request.user)
    return form_page(request, form, do, "documents/edit.html", context, offered=offered)


def _edit_copy(request: SignedInRequest, paper: OfficialDocument) -> HttpResponse:
    """Where a copy goes and which parts an extract gives; what it copies is not typed."""
    facts = facts_of(paper)
    copy: Any = facts.get("copy") or {}
    is_extract = copy.get("form") == CopyForm.EXTRACT
    form = CopyDraftForm(
        request.POST or None,
        parts=parts_of(facts) if is_extract else [],
        initial={
            "recipients": recipients_text(copy.get("recipients", [])),
            "keeping": copy.get("keeping", ""),
            "parts": [str(place) for place in copy.get("parts", [])],
        },
        version=paper.version,
    )

    def do() -> str:
        said = form.cleaned_data
        edit_copy(
            paper.pk,
            recipients_of(said["recipients"]),
            said["keeping"],
            by=request.user,
            parts=[int(place) for place in said.get("parts", [])],
            version=said["version"],
        )
        messages.success(request, "Đã lưu dự thảo văn bản.")
        return paper.get_absolute_url()

    return deed_page(
        request,
        paper,
        form,
        do,
        offered=rules.may_edit(paper, request.user),
        question="Phần được trích và nơi nhận" if is_extract else "Nơi nhận bản sao",
        consequence="Nội dung văn bản được sao giữ nguyên như đã phát hành.",
        verb="Lưu thay đổi",
        here="Sửa dự thảo",
    )


@require_http_methods(GET_AND_POST)
@roles(*rules.DRAFTING)
def write(request: SignedInRequest) -> HttpResponse:
    """A free paper: its kind, its agency, what it is about; the text is typed on the next page."""
    agencies = writing_units(request.user)
    if not agencies:
        raise Http404
    form = NewPaperForm(request.POST or None, agencies=agencies, bodies=_bodies(agencies))

    def do() -> str:
        said = form.cleaned_data
        agency, body = form.chosen_issuer
        made = writing.write(said["kind"], agency, said["title"], by=request.user, body=body)
        messages.success(request, "Đã lập dự thảo. Soạn nội dung ở trang này.")
        return reverse("documents:edit", args=[made.ref])

    context = {"heading": "Soạn văn bản mới", "verb": "Lập dự thảo"}
    return form_page(request, form, do, "documents/settling.html", context)


def writing_units(user: User) -> list[OrgUnit]:
    """The agencies that issue papers and that this person writes for."""
    held = {
        post.unit_id
        for post in user.powers.posts
        if post.unit_kind in ISSUING and rules.may_write(post.unit_id, user)
    }
    return list(OrgUnit.objects.filter(pk__in=held).order_by("pk"))


def _bodies(agencies: list[OrgUnit]) -> dict[int, list[str]]:
    return {one.pk: [body.name for body in bodies_of(one, today())] for one in agencies}


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
            work_field=form.cleaned_data.get("work_field", ""),
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
    try:
        asked = replace(signing.asked_of(paper), work_field="")
    except Refused:  # its council is no more
        return {SigningAuthority.HEAD: []}
    head = replace(asked, authority=SigningAuthority.HEAD)
    together = replace(asked, authority=SigningAuthority.COLLECTIVE)
    found = {str(SigningAuthority.HEAD): signers(head)}
    if together.is_collective:
        found[str(SigningAuthority.COLLECTIVE)] = signers(together)
    return found
