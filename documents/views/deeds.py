"""Deeds on one paper: sign, send back, issue, recall, follow up, keep the signed copy."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from documents import actions, rules
from documents.actions import copying, issuing, recalling, signing, store_upload
from documents.forms.deeds import DeedForm, ReasonForm, ScanForm
from documents.models import OfficialDocument, StoredFile
from documents.reading import paper_for
from documents.stages import CopyForm
from documents.uploads import UploadRefused
from documents.views.base import GET_AND_POST, deed_page
from journal.once import run_once
from organisation.access import SignedInRequest, case
from organisation.stages import Role

Draft = Callable[..., OfficialDocument]


@require_http_methods(GET_AND_POST)
@case("paper")
def sign(request: SignedInRequest, ref: UUID) -> HttpResponse:
    paper = paper_for(request.user, ref)
    form = DeedForm(request.POST or None, version=paper.version)
    offered = rules.may_sign(paper, request.user)
    post_lines, unlawful = signing.foreseen(paper, request.user) if offered else ("", "")

    def do() -> str:
        signing.sign(paper.pk, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, "Đã ký văn bản. Văn thư cấp số và phát hành.")
        return paper.get_absolute_url()

    return deed_page(
        request,
        paper,
        form,
        do,
        offered=offered,
        question="Ký văn bản này?",
        consequence="Sau khi ký, nội dung văn bản không sửa được nữa.",
        verb="Ký văn bản",
        post_lines=post_lines,
        unlawful=unlawful,
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def send_back(request: SignedInRequest, ref: UUID) -> HttpResponse:
    paper = paper_for(request.user, ref)
    form = ReasonForm(request.POST or None, version=paper.version)

    def do() -> str:
        said = form.cleaned_data
        signing.send_back(paper.pk, said["reason"], by=request.user, version=said["version"])
        messages.success(request, "Đã trả lại văn bản để sửa.")
        return reverse("documents:papers")

    return deed_page(
        request,
        paper,
        form,
        do,
        offered=rules.may_send_back(paper, request.user),
        question="Trả lại văn bản để sửa?",
        consequence="Lý do được gửi cho người soạn thảo. Chữ ký đã có không còn giá trị.",
        verb="Trả lại để sửa",
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def issue(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The clerk's desk for one paper posts here."""
    paper = paper_for(request.user, ref)
    form = DeedForm(request.POST or None, version=paper.version)

    def do() -> str:
        issued = issuing.issue(paper.pk, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, f"Đã phát hành văn bản số {issued.full_number}.")
        return paper.get_absolute_url()

    return deed_page(
        request,
        paper,
        form,
        do,
        offered=rules.may_issue(paper, request.user),
        question="Cấp số và phát hành văn bản này?",
        consequence="Văn bản đã phát hành không sửa được; chỉ thu hồi, thay thế hoặc đính chính.",
        verb="Cấp số và phát hành",
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def recall(request: SignedInRequest, ref: UUID) -> HttpResponse:
    paper = paper_for(request.user, ref)
    form = ReasonForm(request.POST or None, version=paper.version)

    def do() -> str:
        said = form.cleaned_data
        recalling.recall(paper.pk, said["reason"], by=request.user, version=said["version"])
        messages.success(request, f"Đã thu hồi văn bản số {paper.full_number}.")
        return paper.get_absolute_url()

    return deed_page(
        request,
        paper,
        form,
        do,
        offered=rules.may_recall(paper, request.user),
        question=f"Thu hồi văn bản số {paper.full_number}?",
        consequence="Nơi nhận được báo để hủy bản đã nhận. Văn bản vẫn được lưu trong sổ.",
        verb="Thu hồi văn bản",
        danger=True,
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def replace(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Draft another of the same form, for where the content was wrong."""
    paper = paper_for(request.user, ref)
    return _follow_up(
        request,
        paper,
        recalling.draft_replacement,
        question=f"Soạn văn bản thay thế số {paper.full_number}?",
        consequence="Dùng khi nội dung cần sửa. Dự thảo cùng hình thức được lập từ văn bản này.",
        verb="Soạn văn bản thay thế",
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def correct(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Draft the công văn that sets its form right."""
    paper = paper_for(request.user, ref)
    return _follow_up(
        request,
        paper,
        recalling.draft_correction,
        question=f"Soạn công văn đính chính số {paper.full_number}?",
        consequence="Dùng khi thể thức, kỹ thuật trình bày hoặc thủ tục cần sửa.",
        verb="Soạn công văn đính chính",
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def copy(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Draft a certified copy, to be signed and numbered as a paper of its own."""
    return _copy(
        request,
        ref,
        CopyForm.WHOLE,
        consequence="Bản sao có số, ngày, người ký và nơi nhận riêng, dưới toàn văn văn bản.",
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def extract(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Draft a copy of parts; they are chosen on its own page."""
    return _copy(
        request,
        ref,
        CopyForm.EXTRACT,
        consequence="Chọn phần được trích ở trang sau. Số điều, khoản giữ như trong văn bản.",
    )


@require_http_methods(GET_AND_POST)
@case("paper")
def copy_again(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Draft a copy of a sao y."""
    return _copy(
        request,
        ref,
        CopyForm.OF_COPY,
        consequence="Bản sao lục gồm toàn văn bản sao y và phần của cơ quan sao, có số riêng.",
    )


def _copy(request: SignedInRequest, ref: UUID, form: CopyForm, consequence: str) -> HttpResponse:
    paper = paper_for(request.user, ref)
    return _follow_up(
        request,
        paper,
        partial(copying.draft_copy, form=form),
        offered=rules.may_copy_as(form, paper, request.user),
        question=f"Lập bản {form.label.lower()} văn bản số {paper.full_number}?",
        consequence=consequence,
        verb=f"Lập bản {form.label.lower()}",
    )


def _follow_up(
    request: SignedInRequest,
    paper: OfficialDocument,
    draft: Draft,
    *,
    offered: bool | None = None,
    **words: str,
) -> HttpResponse:
    form = DeedForm(request.POST or None, version=paper.version)

    def do() -> str:
        made = draft(paper.pk, by=request.user)
        messages.success(request, "Đã lập dự thảo.")
        return reverse("documents:edit", args=[made.ref])

    if offered is None:
        offered = rules.may_follow_up(paper, request.user)
    return deed_page(request, paper, form, do, offered=offered, **words)


@require_http_methods(GET_AND_POST)
@case("paper")
def scan(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Keep the signed copy beside what was issued."""
    paper = paper_for(request.user, ref)
    offered = rules.may_attach_scan(paper, request.user)
    form = ScanForm(request.POST or None, request.FILES or None, version=paper.version)
    kept = _kept(request, paper, form) if offered and request.method == "POST" else None

    def do() -> str:
        version = form.cleaned_data["version"]
        issuing.attach_scan(paper.pk, kept, by=request.user, version=version)
        messages.success(request, "Đã lưu bản đã ký.")
        return paper.get_absolute_url()

    return deed_page(
        request,
        paper,
        form,
        do,
        offered=offered,
        question="Tải bản đã ký lên",
        consequence="Bản đã ký được lưu cùng văn bản, không thay cho tệp đã phát hành.",
        verb="Tải bản đã ký lên",
    )


def _kept(request: SignedInRequest, paper: OfficialDocument, form: ScanForm) -> StoredFile | None:
    """The uploaded file once it is checked and kept; the reason stands on the form else."""
    if not form.is_valid():
        return None
    try:
        return store_upload(form.cleaned_data["scan"], stream=paper.own_stream, by=request.user)
    except UploadRefused as refusal:
        form.add_error("scan", str(refusal))
        return None


@require_POST
@case("paper")
def receive(request: SignedInRequest, ref: UUID, copy: UUID) -> HttpResponse:
    """The clerk of an agency says that it came."""
    paper = paper_for(request.user, ref)
    row = get_object_or_404(paper.sent_copies, ref=copy)
    form = DeedForm(request.POST)
    if not request.user.powers.appointed(Role.CLERK, row.unit_id):
        raise PermissionDenied
    if not form.is_valid():
        return redirect(paper)

    def do() -> str:
        issuing.receive(row.pk, by=request.user)
        messages.success(request, f"Đã xác nhận nhận văn bản số {paper.full_number}.")
        return paper.get_absolute_url()

    return redirect(run_once(request.user, form, do))


@require_POST
@case("paper")
def draw_again(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Ask the worker once more where a file could not be drawn."""
    paper = paper_for(request.user, ref)
    if not (rules.is_drafter(paper, request.user) or rules.is_clerk(paper, request.user)):
        raise PermissionDenied
    actions.draw_again(paper.pk)
    return redirect("documents:preview", ref=paper.ref)
