"""How every view of a deed ends: done once and led on, or said why not beside what was typed."""

from collections.abc import Callable

from django.http import HttpResponseRedirect

from journal.once import OnceForm, run_once
from organisation.models import User
from proposals.actions.lifecycle import MoveRefused


def done(by: User, form: OnceForm, do: Callable[[], str]) -> HttpResponseRedirect | None:
    """Do it once and go where it leads; None, with the reason on the form, where it was refused.

    Raises Conflict and PermissionDenied, which have pages of their own.
    """
    try:
        return HttpResponseRedirect(run_once(by, form, do))
    except MoveRefused as refused:
        form.add_error(None, refused.needs)
        return None
