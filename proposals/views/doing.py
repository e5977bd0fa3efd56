"""Who gets the page of a deed, and how a view of a deed ends: done, or said why not."""

from collections.abc import Callable
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, Form
from django.http import HttpResponseRedirect

from journal.conflicts import Conflict
from journal.once import OnceForm, deny, run_once
from organisation.access import SignedInRequest
from organisation.models import User
from proposals import rules
from proposals.actions.lifecycle import MoveRefused, raise_conflict
from proposals.models import Proposal


def offer(request: SignedInRequest, proposal: Proposal, *deeds: str, form: Form) -> None:
    """The page of a deed, asked for or shown again, is for whoever may do one of the deeds now.

    A sent form in order comes to its action first, so that a second click has the first answer.
    Raises Conflict where the form was sent at another stage than it is for, else PermissionDenied.
    """
    if rules.actions_of(proposal, request.user) & set(deeds):
        return
    if request.method != "POST":
        raise PermissionDenied
    if not rules.deeds_ever(proposal, request.user) & set(deeds):
        deny(request.user, form)
    too_late(proposal, form)


def too_late(proposal: Proposal, form: Form) -> NoReturn:
    """Raise the Conflict that says who moved the proposal, with what the form says kept."""
    try:
        raise_conflict(proposal)
    except Conflict as conflict:
        conflict.form = form
        raise


def done(
    by: User, form: OnceForm, do: Callable[[], str], *, url: str = ""
) -> HttpResponseRedirect | None:
    """Do it once and go where it leads; None, with the reason on the form, where it was refused.

    `url` is where it will lead, where that is known beforehand. Raises Conflict and
    PermissionDenied, which have pages of their own.
    """
    try:
        return HttpResponseRedirect(run_once(by, form, do, url=url))
    except MoveRefused as refused:
        complain(form, refused)
        return None


def done_at_once(
    by: User, form: OnceForm, do: Callable[[], str], *, url: str, see: Callable[[], Proposal]
) -> HttpResponseRedirect | None:
    """The same for a case that was not read beforehand: the deed locks it and asks who may.

    Whoever is refused has it looked up with `see`, so that it is a page that is not there for those
    from whom it is kept.
    """
    try:
        return done(by, form, do, url=url)
    except (Proposal.DoesNotExist, Conflict, PermissionDenied):
        see()
        raise


def complain(form: BaseForm, refused: MoveRefused) -> None:
    """Show what is missing: beside the field that asks for it in the same words, else on top."""
    asked = {field.error_messages.get("required"): name for name, field in form.fields.items()}
    for item in refused.items:
        form.add_error(asked.get(item), item)
