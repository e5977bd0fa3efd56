"""Deeds on one letter: change, give up, remind, close, answer."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case
from organisation.days import today
from organisation.templatetags.portal import vn_date
from reporting.urging import rules
from reporting.urging.actions import answering, drafting
from reporting.urging.forms import AnswerForm, PlainForm, WordsForm
from reporting.urging.late import items_of
from reporting.urging.models import UrgingDispatch
from reporting.urging.views.base import done, fetch, form_page, kept
from reporting.urging.views.letters import own_row

GET_AND_POST = ["GET", "HEAD", "POST"]
FILES = ("first_file", "second_file")


@case("urging")
@require_http_methods(GET_AND_POST)
def change(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Step 2 again, for a draft."""
    found = fetch(request, ref)
    form = WordsForm(
        request.POST or None,
        is_report=found.is_report,
        version=found.version,
        initial={
            "with_unverified": found.with_unverified,
            "note": found.note,
            **({"answer_by": vn_date(found.answer_by)} if found.answer_by else {}),
        },
    )

    def do() -> str:
        said = form.cleaned_data
        drafting.change(
            found.pk,
            by=request.user,
            answer_by=said.get("answer_by"),
            with_unverified=said["with_unverified"],
            note=said["note"],
            version=said["version"],
        )
        messages.success(request, "Đã lưu nội dung. Phụ lục được lập lại.")
        return found.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (led := done(request, form, do)):
        return led
    if not rules.may_write(found, request.user):
        raise PermissionDenied
    rows = list(found.urged.live().order_by("pk"))
    items = items_of([row.agency_id for row in rows], today(), with_unverified=True)
    addressees = [{"name": row.agency_name, "items": items.get(row.agency_id, [])} for row in rows]
    return form_page(
        request, "reporting/urging_words.html", form, addressees=addressees, dispatch=found
    )


@case("urging")
@require_http_methods(GET_AND_POST)
def cancel(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)
    return _deed(
        request,
        found,
        lambda version: drafting.cancel(found.pk, by=request.user, version=version),
        offered=rules.may_cancel(found, request.user),
        question="Hủy dự thảo này?",
        consequence="Các cơ quan trong dự thảo được chọn lại ở công văn khác.",
        verb="Hủy dự thảo",
        said="Đã hủy dự thảo.",
        danger=True,
    )


@case("urging")
@require_http_methods(GET_AND_POST)
def remind(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)
    return _deed(
        request,
        found,
        lambda version: answering.remind(found.pk, by=request.user, version=version),
        offered=rules.may_remind(found, request.user),
        question=f"Nhắc lại công văn số {found.number}?",
        consequence="Các cơ quan chưa trả lời được nhắc. Mỗi tuần nhắc nhiều nhất một lần.",
        verb="Nhắc lại",
        said="Đã nhắc các cơ quan chưa trả lời.",
    )


@case("urging")
@require_http_methods(GET_AND_POST)
def close(request: SignedInRequest, ref: UUID) -> HttpResponse:
    found = fetch(request, ref)
    return _deed(
        request,
        found,
        lambda version: answering.close(found.pk, by=request.user, version=version),
        offered=rules.may_close(found, request.user),
        question="Kết thúc đôn đốc?",
        consequence="Cơ quan không phải trả lời nữa. Lần đôn đốc sau tính lại từ đầu.",
        verb="Kết thúc đôn đốc",
        said="Đã kết thúc đôn đốc.",
    )


@case("urging")
@require_http_methods(GET_AND_POST)
def answer(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The agency's answer, with files."""
    found = fetch(request, ref)
    row = own_row(found, request.user)
    row.dispatch = found
    form = AnswerForm(request.POST or None, request.FILES or None)

    def do() -> str:
        said = form.cleaned_data
        answer = answering.Answer(said["answer"], said["number"], files)
        answering.answer(row.pk, answer, by=request.user)
        messages.success(request, f"Đã trả lời công văn số {found.number}.")
        return found.get_absolute_url()

    if request.method == "POST" and form.is_valid():
        names = FILES if rules.may_answer(row, request.user) else ()
        files = kept(request, form, found.stream, *names)
        if not form.errors and (led := done(request, form, do)):
            return led
    if not rules.may_answer(row, request.user):
        raise PermissionDenied
    items = row.items.select_related("clock__rule").order_by("place")
    context = {"dispatch": found, "row": row, "items": items}
    return form_page(request, "reporting/urging_answer.html", form, **context)


def _deed(
    request: SignedInRequest,
    found: UrgingDispatch,
    act: Callable[[int | None], object],
    *,
    offered: bool,
    said: str,
    **context: object,
) -> HttpResponse:
    """One question before one deed."""
    form = PlainForm(request.POST or None, version=found.version)

    def do() -> str:
        act(form.cleaned_data["version"])
        messages.success(request, said)
        return found.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (led := done(request, form, do)):
        return led
    if not offered:
        raise PermissionDenied
    context |= {"dispatch": found, "back_url": found.get_absolute_url()}
    return form_page(request, "reporting/urging_deed.html", form, **context)
