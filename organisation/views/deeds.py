"""What every page of the organisation does after its form was found in order."""

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
    """Do it once and lead on, with a banner; None when it was refused, the reason on the form."""
    try:
        url = run_once(request.user, form, do)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return redirect(url)
