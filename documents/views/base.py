"""How the pages of a paper end a deed: done once and led on, or said why not beside the form."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from documents.actions.base import Refused
from documents.models import OfficialDocument
from documents.signatory import NotLawful
from journal.once import OnceForm, run_once
from organisation.access import SignedInRequest
from organisation.models import User

GET_AND_POST = ["GET", "HEAD", "POST"]


def done(by: User, form: OnceForm, do: Callable[[], str]) -> HttpResponse | None:
    """Do it once and go where it leads; None, with the reason on the form, where it was refused."""
    try:
        return HttpResponseRedirect(run_once(by, form, do))
    except (Refused, NotLawful) as refusal:
        form.add_error(None, str(refusal))
        return None


def form_page(
    request: SignedInRequest,
    form: OnceForm,
    do: Callable[[], str],
    template: str,
    context: dict[str, Any],
    *,
    offered: bool = True,
) -> HttpResponse:
    """What is sent whole is done once and judged by the action; the form is shown only to those it
    is offered to."""
    if request.method == "POST" and form.is_valid() and (led := done(request.user, form, do)):
        return led
    if not offered:
        raise PermissionDenied
    return render(request, template, {"form": form} | context, status=422 if form.errors else 200)


def deed_page(
    request: SignedInRequest,
    paper: OfficialDocument,
    form: OnceForm,
    do: Callable[[], str],
    *,
    offered: bool,
    **context: Any,
) -> HttpResponse:
    """One question before one deed on a paper."""
    context = {"paper": paper, "back_url": paper.get_absolute_url()} | context
    return form_page(request, form, do, "documents/deed.html", context, offered=offered)
