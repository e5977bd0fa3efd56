"""The page of whoever helps an author with the law."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case
from proposals.actions import legal_help
from proposals.forms.asking import LegalAnswerForm
from proposals.models import LegalQuestion
from proposals.views.doing import done
from proposals.views.writing import PAGE


@require_http_methods(PAGE)
@case("proposal")
def legal_question(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """What an author asks, and the answer of the agency; a page that is not there for others."""
    rows = LegalQuestion.objects.select_related("proposal", "content", "answer", "asked_by")
    asked = get_object_or_404(rows.select_related("answered_by"), ref=ref)
    if not legal_help.may_answer(asked, asked.proposal, request.user):
        raise Http404
    form = LegalAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = done(request.user, form, lambda: _answer(request, asked, form))
        if answer:
            return answer
    clock = legal_help.clock_of(asked)
    context = {"asked": asked, "form": form, "clock": clock}
    return render(request, "proposals/writing/legal_question.html", context)


def _answer(request: SignedInRequest, asked: LegalQuestion, form: LegalAnswerForm) -> str:
    legal_help.answer(asked.pk, form.cleaned_data["answer"], by=request.user)
    messages.success(request, "Đã gửi trả lời.")
    return "/"
