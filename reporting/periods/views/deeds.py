"""Deeds on one report: write, lay, hand back, send, give back, collect."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case
from reporting.periods import rules
from reporting.periods.actions import collecting, sending, writing
from reporting.periods.forms import GiveBackForm, PlainForm, WordsForm
from reporting.periods.models import PeriodicReport
from reporting.periods.papers import sentence
from reporting.periods.shown import form_1
from reporting.periods.views.base import GET_AND_POST, done, fetch, form_page

Act = Callable[[int | None], str]


@case("periodic")
@require_http_methods(GET_AND_POST)
def write(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The headings of the outline, with the figures beside them."""
    found = fetch(request, ref)
    form = WordsForm(request.POST or None, report=found, version=found.version)

    def do() -> str:
        said = form.cleaned_data
        words = writing.Words(form.texts, said.get("meetings"), said.get("attendees"))
        writing.keep_words(found.pk, words, by=request.user, version=said["version"])
        messages.success(request, "Đã lưu báo cáo.")
        return found.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (led := done(request, form, do)):
        return led
    if not rules.may("write", found, request.user):
        raise PermissionDenied
    context = {"report": found, "form_1": form_1(found), "said": sentence(found.facts["numbers"])}
    return form_page(request, "reporting/periods/write.html", form, **context)


@case("periodic")
@require_http_methods(GET_AND_POST)
def lay(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)

    def act(version: int | None) -> str:
        writing.lay(found.pk, by=request.user, version=version)
        messages.success(request, "Đã trình người đứng đầu.")
        return found.get_absolute_url()

    return _deed(
        request,
        found,
        act,
        offered=rules.may("lay", found, request.user),
        question="Trình báo cáo này cho người đứng đầu?",
        consequence="Người đứng đầu xem và gửi. Nội dung không sửa được cho đến khi trả lại.",
        verb="Trình người đứng đầu",
    )


@case("periodic")
@require_http_methods(GET_AND_POST)
def hand_back(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)

    def act(version: int | None) -> str:
        writing.hand_back(found.pk, by=request.user, version=version)
        messages.success(request, "Đã trả lại báo cáo để sửa.")
        return found.get_absolute_url()

    return _deed(
        request,
        found,
        act,
        offered=rules.may("hand_back", found, request.user),
        question="Trả lại báo cáo để sửa?",
        consequence="Người lập báo cáo sửa và trình lại. Thời hạn giữ nguyên.",
        verb="Trả lại để sửa",
    )


@case("periodic")
@require_http_methods(GET_AND_POST)
def send(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)

    def act(version: int | None) -> str:
        sending.send(found.pk, by=request.user, version=version)
        messages.success(request, f"Đã gửi {found.said}.")
        return found.get_absolute_url()

    return _deed(
        request,
        found,
        act,
        offered=rules.may("send", found, request.user),
        question="Gửi báo cáo này?",
        consequence="Nội dung, số liệu thành văn bản để ký, cấp số. Nơi nhận được thông báo.",
        verb="Gửi báo cáo",
    )


@case("periodic")
@require_http_methods(GET_AND_POST)
def collect(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The summary is made by a worker; the answer is the page of its progress."""
    found = fetch(request, ref)
    form = PlainForm(request.POST or None, version=found.version)

    def act(version: int | None) -> str:
        key = str(form.cleaned_data["key"])
        job = collecting.collect(found.pk, key=key, by=request.user, version=version)
        return job.get_absolute_url()

    offered = found.is_summary and rules.is_officer(request.user)
    return _deed(
        request,
        found,
        act,
        form=form,
        offered=offered and found.state in collecting.MADE_OF,
        question="Lập báo cáo tổng hợp?",
        consequence="Số liệu của các báo cáo đã nhận được cộng lại. Mục chưa viết có nội dung của "
        "các cơ quan để sửa.",
        verb="Lập báo cáo tổng hợp",
    )


@case("periodic")
@require_http_methods(GET_AND_POST)
def give_back(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)
    form = GiveBackForm(request.POST or None, version=found.version)

    def act(version: int | None) -> str:
        said = form.cleaned_data
        asked = {"by": request.user, "due_on": said["due_on"], "version": version}
        sending.give_back(found.pk, said["reason"], **asked)
        messages.success(request, f"Đã trả lại báo cáo của {found.agency_name}.")
        return found.get_absolute_url()

    return _deed(
        request,
        found,
        act,
        form=form,
        offered=rules.may("give_back", found, request.user),
        question=f"Trả lại báo cáo của {found.agency_name}?",
        consequence="Cơ quan sửa và gửi lại trước hạn dưới đây. Lý do được lưu trong hồ sơ.",
        verb="Trả lại để sửa",
    )


def _deed(
    request: SignedInRequest,
    found: PeriodicReport,
    act: Act,
    *,
    offered: bool,
    form: PlainForm | GiveBackForm | None = None,
    **context: object,
) -> HttpResponse:
    """One question before one deed."""
    asked = form or PlainForm(request.POST or None, version=found.version)

    def do() -> str:
        return act(asked.cleaned_data["version"])

    if request.method == "POST" and asked.is_valid() and (led := done(request, asked, do)):
        return led
    if not offered:
        raise PermissionDenied
    context |= {"report": found, "back_url": found.get_absolute_url()}
    return form_page(request, "reporting/periods/deed.html", asked, **context)
