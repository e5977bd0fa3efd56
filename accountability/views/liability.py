"""Liability cases: the list, opening one, the workspace, the acts that ask for nothing, files."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accountability import people, rules
from accountability.actions import appealing, finding, hearing, opening
from accountability.actions.terms import held_back
from accountability.forms.liability import OpenForm, PlainForm
from accountability.models import LiabilityCase
from accountability.rights import Sight
from accountability.tables import with_due
from accountability.views.base import (
    GET_AND_POST,
    fetch_case,
    fetch_pilot,
    form_page,
    require,
)
from accountability.workspace import councils_of, workspace
from documents.models import OfficialDocument, StoredFile
from documents.responses import file_response
from organisation.access import SignedInRequest, case, signed_in
from organisation.lists import pages_shown
from proposals.paging import newest_first


class Deed(NamedTuple):
    """An act that asks for nothing but to be meant."""

    action: str
    do: Callable[..., LiabilityCase]
    question: str
    consequence: str
    verb: str
    said: str


DEEDS = {
    "bat-dau": Deed(
        "start_facts",
        opening.start_facts,
        "Bắt đầu xác định nguyên nhân trong hồ sơ {code}?",
        "Thời hạn xác định nguyên nhân tính từ ngày lập hồ sơ.",
        "Bắt đầu xác định nguyên nhân",
        "Đã bắt đầu xác định nguyên nhân.",
    ),
    "xin-y-kien": Deed(
        "open_hearing",
        finding.open_hearing,
        "Gửi người liên quan cho ý kiến về hồ sơ {code}?",
        "Người liên quan nêu ý kiến và gửi tài liệu trước khi có kết luận.",
        "Gửi người liên quan cho ý kiến",
        "Đã gửi người liên quan cho ý kiến.",
    ),
    "het-han": Deed(
        "record_lapse",
        hearing.record_lapse,
        "Ghi hết thời hạn nêu ý kiến trong hồ sơ {code}?",
        "Hồ sơ chuyển người đứng đầu kết luận.",
        "Ghi hết thời hạn nêu ý kiến",
        "Đã ghi hết thời hạn nêu ý kiến.",
    ),
    "dong-y": Deed(
        "accept",
        appealing.accept,
        "Đồng ý với kết luận của hồ sơ {code}?",
        "Hồ sơ kết thúc. Sau khi đồng ý không khiếu nại kết luận này nữa.",
        "Đồng ý với kết luận",
        "Đã ghi nhận đồng ý với kết luận. Hồ sơ đã kết thúc.",
    ),
    "ket-thuc": Deed(
        "close",
        appealing.close,
        "Kết thúc hồ sơ {code}?",
        "Đã hết thời hạn khiếu nại, kết luận được giữ nguyên.",
        "Kết thúc hồ sơ",
        "Đã kết thúc hồ sơ.",
    ),
}


@never_cache
@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """The cases that this person may know of; for most people there are none."""
    rows = LiabilityCase.objects.visible_to(request.user).for_list()
    page = newest_first(rows, request.GET.get("sau", ""), pages=pages_shown(request.GET))
    context = {"rows": with_due(page.rows, "liability"), "after": page.after}
    return render(request, "accountability/liability/list.html", context)


@never_cache
@require_http_methods(GET_AND_POST)
@case("pilot")
def open_case(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Open a case for one person of an evaluated pilot."""
    pilot = fetch_pilot(request, ref)
    setting = people.setting_of(pilot)
    if not rules.may_open(setting, request.user):
        raise Http404  # who may not open one learns nothing of the page
    found = people.candidates(setting).exclude(pk=request.user.pk)
    form = OpenForm(request.POST or None, people=found)

    def do() -> str:
        said = form.cleaned_data
        made = opening.open_case(
            pilot.pk, person=said["person"], charges=said["charges"], by=request.user
        )
        messages.success(request, f"Đã lập hồ sơ {made.code}. Người liên quan được thông báo.")
        return made.get_absolute_url()

    context = {
        "heading": "Lập hồ sơ xem xét trách nhiệm",
        "lead": f"{pilot.proposal.code} · {pilot.proposal.title}",
        "verb": "Lập hồ sơ xem xét",
        "back_url": reverse("accountability:conclude", args=[ref]),
        "back_label": pilot.proposal.code,
    }
    return form_page(request, "accountability/form.html", form, do, offered=True, **context)


@never_cache
@require_safe
@case("liability")
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The workspace of a case, as far as this viewer may see it."""
    found = fetch_case(request, ref, "detail")
    return render(request, "accountability/liability/detail.html", workspace(found, request.user))


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def deed(request: SignedInRequest, ref: UUID, name: str) -> HttpResponse:
    """One of the acts that ask for nothing, behind its question."""
    found = fetch_case(request, ref, name)
    if name not in DEEDS:
        raise Http404
    what = DEEDS[name]
    offered = require(request, rules.may(what.action)(found, request.user))
    if request.method != "POST" and held_back(found, what.action):
        return redirect(found)  # which says until which day it must wait
    form = PlainForm(request.POST or None, version=found.version)

    def do() -> str:
        what.do(found.pk, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, what.said)
        return found.get_absolute_url()

    context = {
        "question": what.question.format(code=found.code),
        "consequence": what.consequence,
        "verb": what.verb,
        "back_url": found.get_absolute_url(),
        "back_label": found.code,
    }
    return form_page(request, "accountability/confirm.html", form, do, offered=offered, **context)


@never_cache
@require_safe
@case("liability")
def stored_file(request: SignedInRequest, ref: UUID, file_ref: UUID) -> FileResponse:
    """Evidence or what the person handed in, for whoever may see it (AZ-05)."""
    found = fetch_case(request, ref, "file")
    sight = rules.sight(found, request.user)
    files = StoredFile.objects.readable_by(request.user)
    for stored in files.filter(ref=file_ref):
        is_own = found.statement_files.filter(stored=stored).exists()
        if sight >= Sight.FULL and (is_own or _is_evidence(found, stored)):
            return file_response(stored)
        if sight >= Sight.SERVED and is_own:
            return file_response(stored)
    raise Http404


@never_cache
@require_safe
@case("liability")
def paper(request: SignedInRequest, ref: UUID, paper_ref: UUID) -> FileResponse:
    """A paper that was served, the notice or a conclusion in force; of a council to its readers."""
    found = fetch_case(request, ref, "paper")
    sight = rules.sight(found, request.user)
    served = {row.document_id for row in found.conclusions if row.document_id}
    if sight >= Sight.SERVED:
        served |= {found.notice_id} if found.notice_id else set()
    if sight >= Sight.INNER:
        served |= {pk for council in councils_of(found) for pk in council.paper_ids}
    papers = OfficialDocument.objects.filter(pk__in=served, ref=paper_ref)
    for document in papers.select_related("file"):
        if document.file:
            return file_response(document.file, inline=True)
    raise Http404


def _is_evidence(found: LiabilityCase, stored: StoredFile) -> bool:
    causes = found.causes.filter(stored=stored)
    return causes.exists() or found.assessments.filter(stored=stored).exists()
