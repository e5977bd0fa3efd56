"""One view for every deed that asks for little: it shows the question, then does it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisation.access import SignedInRequest, case
from pilots import rules
from pilots.actions import evaluating
from pilots.deeds import DEEDS, Deed
from pilots.models import HelpRequest, Pilot
from pilots.views.base import allow, done, fetch, url_of

UNSAID = ("key", "version")


@require_http_methods(["GET", "POST"])
@case("pilot")
def deed(request: SignedInRequest, ref: UUID, name: str, key: object = None) -> HttpResponse:
    """Ask for what a deed on the pilot, or on one of its records, needs; then do it."""
    pilot, todo = fetch(request, ref), DEEDS[name]
    row, back = _subject(pilot, todo, key)
    allow(request, pilot, todo.right)
    return _ask_and_do(request, _worded(pilot, todo), row, back, proposal=pilot.proposal)


@require_http_methods(["GET", "POST"])
@case("help")
def help_deed(request: SignedInRequest, help_ref: UUID, name: str) -> HttpResponse:
    """The same for the agency that was asked for help."""
    visible = HelpRequest.objects.visible_to(request.user).select_related("pilot__proposal")
    row = get_object_or_404(visible, ref=help_ref)
    if not rules.may_answer_help(row.unit_id, request.user):
        raise PermissionDenied
    return _ask_and_do(request, DEEDS[name], row, reverse("pilots:help_answer", args=[row.ref]))


def _worded(pilot: Pilot, todo: Deed) -> Deed:
    """The same deed in the words of plain implementation, where it is no pilot."""
    return replace(
        todo,
        question=pilot.worded(todo.question),
        consequence=pilot.worded(todo.consequence),
        verb=pilot.worded(todo.verb),
        said=pilot.worded(todo.said),
    )


def _ask_and_do(
    request: SignedInRequest, todo: Deed, row: Any, back: str, **shown: Any
) -> HttpResponse:
    version = getattr(row, "version", None) or row.pilot.version
    form = todo.form(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name not in UNSAID}
        answer = done(
            request,
            form,
            lambda: todo.do(row.pk, by=request.user, version=form.cleaned_data["version"], **said),
            todo.page_of or back,
            said=todo.said,
        )
        if answer:
            return answer
    return render(
        request,
        "confirm.html",
        {
            "question": todo.question,
            "consequence": todo.follows,
            "verb": todo.verb,
            "danger": todo.danger,
            "back_url": back,
            "form": form,
        }
        | shown,
    )


def _subject(pilot: Pilot, todo: Deed, key: object) -> tuple[Any, str]:
    """The record that a deed is about, and the page to go back to."""
    row: Any
    rows: Any
    if todo.subject == "report":
        row = get_object_or_404(pilot.reports, number=key)
        return row, url_of("report", pilot, row.number)
    if todo.subject == "adjustment":
        row = get_object_or_404(pilot.adjustments.select_related("pilot"), number=key)
        return row, url_of("adjustment", pilot, row.number)
    if todo.subject == "evaluation":
        row = get_object_or_404(pilot.evaluations, ref=key)
        row.pilot = pilot
        return row, evaluating.url_of(row)
    if todo.subject in ("incident", "finding"):
        rows = pilot.incidents if todo.subject == "incident" else pilot.findings
        row = get_object_or_404(rows, ref=key)
        return row, url_of(todo.subject, pilot, row.ref)
    return pilot, url_of("detail", pilot)
