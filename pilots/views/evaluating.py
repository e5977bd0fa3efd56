"""Evaluations: one page that shows each viewer what they may see and what they are asked for."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case
from organisation.days import today
from pilots import board, rules
from pilots.actions import concluding, evaluating
from pilots.asking import asked_of, report_in_full
from pilots.board import Badge
from pilots.forms.evaluating import (
    ConclusionForms,
    OpinionForm,
    PartyOpinionForm,
    ResultReportForm,
)
from pilots.models import Cause, Evaluation, Evaluator, Pilot
from pilots.stages import RESULT_TONES, CauseKind, EvaluationKind, EvaluationState
from pilots.views.base import (
    allow,
    done,
    download,
    fetch,
    filled,
    form_page,
    is_sent,
    page,
    stored,
)
from proposals.case import url_or_none

E = EvaluationState
BESIDE = "pilots/evaluation_form.html"


@require_safe
@case("pilot")
def final(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The final evaluation; before the pilot ends there is nothing to evaluate yet."""
    pilot = fetch(request, ref)
    found = pilot.evaluations.filter(kind=EvaluationKind.FINAL)
    return _shown(request, pilot, _with_people(found).first())


@require_safe
@case("pilot")
def interim(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The newest interim review."""
    pilot = fetch(request, ref)
    found = pilot.evaluations.filter(kind=EvaluationKind.INTERIM).order_by("-pk")
    newest = _with_people(found).first()
    if newest is None:
        raise Http404
    return _shown(request, pilot, newest)


@require_http_methods(["GET", "POST"])
@case("pilot")
def result_report(request: SignedInRequest, ref: UUID, evaluation_ref: UUID) -> HttpResponse:
    """The team reports what came out."""
    pilot, row = _fetch(request, ref, evaluation_ref)
    allow(request, pilot, "submit_result")
    form = ResultReportForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = done(
            request,
            form,
            lambda: evaluating.report_result(
                row.pk, by=request.user, report=said["report"], version=said["version"]
            ),
            evaluating.url_of(row),
            said="Đã gửi báo cáo kết quả.",
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title="Báo cáo kết quả",
        text=report_in_full(),
        verb="Gửi báo cáo kết quả",
        back=evaluating.url_of(row),
        template=BESIDE,
        **_figures(pilot),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def party_opinion(request: SignedInRequest, ref: UUID, evaluation_ref: UUID) -> HttpResponse:
    """Write down what the party committee said before the meeting."""
    pilot, row = _fetch(request, ref, evaluation_ref)
    allow(request, pilot, "record_party_opinion")
    form = PartyOpinionForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = done(
            request,
            form,
            lambda: evaluating.record_party_opinion(
                row.pk,
                by=request.user,
                opinion=said["opinion"],
                document=said["document"],
                version=said["version"],
            ),
            evaluating.url_of(row),
            said="Đã ghi ý kiến của cấp ủy.",
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title="Ghi ý kiến của cấp ủy",
        text="Cấp ủy cùng cấp cho ý kiến trước khi đánh giá kết quả.",
        verb="Ghi ý kiến của cấp ủy",
        back=evaluating.url_of(row),
        template=BESIDE,
        **_heard(row),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def opinion(request: SignedInRequest, ref: UUID, evaluation_ref: UUID) -> HttpResponse:
    """A member's own opinion."""
    pilot, row = _fetch(request, ref, evaluation_ref)
    allow(request, pilot, "evaluate")
    get_object_or_404(row.evaluators, person=request.user)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = done(
            request,
            form,
            lambda: evaluating.give_opinion(
                row.pk, by=request.user, opinion=said["opinion"], text=said["text"]
            ),
            evaluating.url_of(row),
            said="Đã gửi ý kiến đánh giá.",
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title="Cho ý kiến đánh giá",
        text="Ý kiến của từng thành viên được giữ riêng. Người chủ trì kết luận.",
        verb="Gửi ý kiến",
        back=evaluating.url_of(row),
        template=BESIDE,
        **_heard(row),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def conclude(request: SignedInRequest, ref: UUID, evaluation_ref: UUID) -> HttpResponse:
    """The chair concludes: figures, result, causes, damage, lessons, recommendation."""
    pilot, row = _fetch(request, ref, evaluation_ref)
    allow(request, pilot, "conclude")
    forms: Any = filled(request, lambda data: ConclusionForms(row, data, request.FILES or None))
    if is_sent(request) and forms.is_valid():
        files = {
            str(form.prefix): file
            for form in forms.cause_forms
            if (file := stored(request, pilot, form))
        }
        answer = forms.is_valid() and done(
            request,
            forms.main,
            lambda: concluding.conclude(
                row.pk,
                forms.conclusion(files),
                by=request.user,
                version=forms.main.cleaned_data["version"],
            ),
            evaluating.url_of(row),
            said="Đã gửi kết quả đánh giá. Dự thảo thông báo đã chuyển văn thư.",
            place=forms.place,
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        forms,
        title="Kết luận sơ kết" if not row.is_final else "Kết luận đánh giá kết quả",
        verb="Gửi kết quả đánh giá",
        back=evaluating.url_of(row),
        template="pilots/conclude.html",
        forms=forms,
        seats=_seats(row),
        **_heard(row),
    )


@require_safe
@case("pilot")
def cause_evidence(request: SignedInRequest, ref: UUID, cause_ref: UUID) -> FileResponse:
    """The proof of a cause: seen with the conclusion it belongs to."""
    pilot = fetch(request, ref)
    causes = Cause.objects.filter(evaluation__pilot=pilot, evaluation__state=E.CONCLUDED)
    return download(request, get_object_or_404(causes, ref=cause_ref).evidence)


def _fetch(request: SignedInRequest, ref: UUID, evaluation_ref: UUID) -> tuple[Pilot, Evaluation]:
    pilot = fetch(request, ref)
    row = get_object_or_404(pilot.evaluations, ref=evaluation_ref)
    row.pilot = pilot
    return pilot, row


def _shown(request: SignedInRequest, pilot: Pilot, row: Evaluation | None) -> HttpResponse:
    if row is not None:
        row.pilot = pilot
    return page(
        request,
        pilot,
        "pilot",
        "pilots/evaluation.html",
        evaluation=row,
        **_figures(pilot),
        **(_parts(request, pilot, row) if row else {}),
    )


def _figures(pilot: Pilot) -> dict[str, Any]:
    """What stands beside an evaluation while it is written and read."""
    return {
        "figures": board.figures_of(pilot, today()),
        "money_words": board.money_words(pilot),
    }


def _heard(row: Evaluation) -> dict[str, Any]:
    """What those who judge read while they write: what was reported and said, and the figures."""
    return {"evaluation": row, "hears": True, "inner": True} | _figures(row.pilot)


def _parts(request: SignedInRequest, pilot: Pilot, row: Evaluation) -> dict[str, Any]:
    """What of the evaluation this viewer may see, and may do next."""
    inner = rules.sees_inner(pilot, request.user)
    seats = _seats(row)
    causes = list(row.causes.select_related("evidence").order_by("pk"))
    asked = asked_of(request.user, rules.actions_of(pilot, request.user), row, seats)
    return {
        "inner": inner,
        "hears": row.is_concluded or rules.hears(pilot, request.user),
        "seats": seats if inner else [],
        "result_badge": _result_badge(row),
        "values": row.final_values.select_related("indicator").order_by("indicator__place", "pk"),
        "objective": [cause for cause in causes if cause.kind == CauseKind.OBJECTIVE],
        "subjective": [cause for cause in causes if cause.kind == CauseKind.SUBJECTIVE],
        "damages": row.damages.order_by("pk"),
        "asked": asked,
        "paper_url": url_or_none("documents:detail", row.document.ref)
        if row.document and (inner or row.notified_on)
        else None,
    } | ({"primary": asked.act} if asked else {})


def _seats(row: Evaluation) -> list[Evaluator]:
    return list(row.evaluators.select_related("person").order_by("pk"))


def _result_badge(row: Evaluation) -> Badge | None:
    if not row.result:
        return None
    return Badge(row.get_result_display(), *RESULT_TONES[row.result])


def _with_people(found):
    return found.select_related("reported_by", "party_recorded_by", "concluded_by", "document")
