"""What every page of the organisation does with a form that was sent to it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from organisation.access import SignedInRequest
from organisation.actions.refusals import Refused
from organisation.fields import OnceForm
from organisation.trail import run_once


def done(
    request: SignedInRequest, form: OnceForm, do: Callable[[], str], *, said: str
) -> HttpResponseBase | None:
    """Do once what a form in order asks for, and lead on with a banner.

    None when there is nothing to do yet: the form was only asked for, is not in order, or was
    refused, which it then says.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        url = run_once(request.user, form, do)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return redirect(url)
