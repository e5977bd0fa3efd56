"""Causes, conditions, the voice of the person concerned, and the appeal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accountability import rules
from accountability.actions import appealing, finding, hearing
from accountability.actions.terms import held_back
from accountability.forms.liability import (
    AppealForm,
    AssessForm,
    CauseForm,
    PlainForm,
    StatementForm,
)
from accountability.models import LiabilityCase
from accountability.stages import Condition
from accountability.views.base import (
    GET_AND_POST,
    fetch_case,
    form_page,
    kept_file,
    kept_files,
    require,
)
from organisation.access import SignedInRequest, case


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def cause(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """One cause with its evidence."""
    found = fetch_case(request, ref, "cause")
    offered = require(request, rules.may("find_cause")(found, request.user))
    initial = {"kind": request.GET.get("loai", "")}
    form = CauseForm(
        request.POST or None, request.FILES or None, version=found.version, initial=initial
    )

    def do() -> str:
        said = form.cleaned_data
        stored = kept_file(said["attached"], found.stream, request.user)
        what = finding.CauseSaid(
            said["kind"], said["text"], said["weight"], said["evidence"], stored
        )
        finding.add_cause(found.pk, what, by=request.user, version=said["version"])
        messages.success(request, "Đã ghi nguyên nhân.")
        return found.get_absolute_url()

    context = _words(found, "Thêm nguyên nhân", "Lưu thay đổi")
    return form_page(request, "accountability/form.html", form, do, offered=offered, **context)


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def drop_cause(request: SignedInRequest, ref: UUID, cause_ref: UUID) -> HttpResponse:
    """Take a cause out, behind its question."""
    found = fetch_case(request, ref, "cause")
    offered = require(request, rules.may("find_cause")(found, request.user))
    row = get_object_or_404(found.causes, ref=cause_ref)
    form = PlainForm(request.POST or None, version=found.version)

    def do() -> str:
        finding.drop_cause(row.pk, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, "Đã bỏ nguyên nhân.")
        return found.get_absolute_url()

    context = {
        "question": "Bỏ nguyên nhân này?",
        "consequence": f"{row.text} Nội dung vẫn được lưu trong nhật ký hồ sơ.",
        "verb": "Bỏ nguyên nhân",
        "back_url": found.get_absolute_url(),
        "back_label": found.code,
        "danger": True,
    }
    return form_page(request, "accountability/confirm.html", form, do, offered=offered, **context)


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def assess(request: SignedInRequest, ref: UUID, name: str) -> HttpResponse:
    """How one condition stands, with reason and evidence."""
    found = fetch_case(request, ref, "assess")
    if name not in Condition.values:
        raise Http404
    offered = require(request, rules.may("assess")(found, request.user))
    condition = Condition(name)
    old = found.assessments.filter(condition=condition).values("finding", "reason", "evidence")
    form = AssessForm(
        request.POST or None,
        request.FILES or None,
        version=found.version,
        initial=old.first() or {},
    )

    def do() -> str:
        said = form.cleaned_data
        stored = kept_file(said["attached"], found.stream, request.user)
        what = finding.FindingSaid(said["finding"], said["reason"], said["evidence"], stored)
        finding.assess(found.pk, condition, what, by=request.user, version=said["version"])
        messages.success(request, f"Đã đánh giá: {condition.label}.")
        return f"{found.get_absolute_url()}#dieu-kien"

    context = _words(found, f"Điều kiện: {condition.label}", "Lưu thay đổi")
    context["evidence_url"] = reverse("accountability:evidence", args=[found.proposal.ref])
    return form_page(request, "accountability/form.html", form, do, offered=offered, **context)


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def statement(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The own words and files of the person concerned, or that nothing is said."""
    found = fetch_case(request, ref, "statement")
    if request.method != "POST" and found.statement_kind:
        return redirect(found)
    offered = require(request, rules.may("state")(found, request.user))
    form = StatementForm(request.POST or None, request.FILES or None, version=found.version)

    def do() -> str:
        said = form.cleaned_data
        hearing.give_statement(
            found.pk,
            by=request.user,
            text=said["text"],
            files=kept_files(said["attached"], found.stream, request.user),
            declines=said["declines"],
            version=said["version"],
        )
        messages.success(request, "Đã gửi ý kiến. Ý kiến được xem xét trước khi có kết luận.")
        return found.get_absolute_url()

    context = {"case": found, "back_url": found.get_absolute_url()}
    return form_page(
        request, "accountability/liability/statement.html", form, do, offered=offered, **context
    )


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def appeal(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The one appeal of the person concerned."""
    found = fetch_case(request, ref, "appeal")
    offered = require(request, rules.may("appeal")(found, request.user))
    if request.method != "POST" and held_back(found, "appeal"):
        return redirect(found)  # which says since when it is too late
    form = AppealForm(request.POST or None, request.FILES or None, version=found.version)

    def do() -> str:
        said = form.cleaned_data
        appealing.appeal(
            found.pk,
            by=request.user,
            text=said["text"],
            files=kept_files(said["attached"], found.stream, request.user),
            version=said["version"],
        )
        messages.success(request, f"Đã gửi khiếu nại tới {found.appeal_unit_name}.")
        return found.get_absolute_url()

    context = _words(found, "Khiếu nại kết luận", "Gửi khiếu nại")
    return form_page(request, "accountability/form.html", form, do, offered=offered, **context)


def _words(found: LiabilityCase, heading: str, verb: str) -> dict[str, str]:
    return {
        "heading": heading,
        "lead": f"{found.code} · {found.proposal.title}",
        "verb": verb,
        "back_url": found.get_absolute_url(),
        "back_label": found.code,
    }
