"""The page of one's own long work, and what can be asked of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs import actions
from jobs.imports import opened_by
from jobs.models import LongJob
from jobs.shown import MARKS, shown
from organisation.access import SignedInRequest, signed_in
from organisation.actions.people import Opened, give_first_passwords
from organisation.forms.imports import ConfirmForm
from organisation.stages import Role
from organisation.views.deeds import done

HEARD = {str(mark) for mark in MARKS}


@require_safe
@signed_in
@never_cache
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """How far it is; asked by the page itself, the piece that changes."""
    job = get_object_or_404(LongJob.objects.visible_to(request.user).with_clock(), ref=ref)
    heard = request.GET.get("da-doc", "")
    is_piece = request.htmx and heard in HEARD
    context = {"shown": shown(job, heard=int(heard) if is_piece else MARKS[-1])}
    return render(request, "jobs/_progress.html" if is_piece else "jobs/progress.html", context)


@require_POST
@signed_in
def stop(request: SignedInRequest, ref: UUID) -> HttpResponse:
    return redirect(actions.stop(_own(request, ref).pk))


@require_POST
@signed_in
def again(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Go on with what was interrupted, stopped or failed; asked twice, it goes on once."""
    return redirect(actions.again(_own(request, ref).pk))


@require_POST
@signed_in
def background(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Back to where it was begun; a notice comes when it ends."""
    job = actions.send_to_background(_own(request, ref).pk)
    if not job.is_in_background:
        return redirect(job)
    messages.info(request, "Sẽ báo khi xong. Có thể đóng trang này.")
    return redirect(job.back_url)


@require_http_methods(["GET", "POST"])
@signed_in
@never_cache
def first_passwords(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """For the accounts that an imported list opened: given when asked for, shown once."""
    job = _own(request, ref)
    refs = opened_by(job)
    if not refs or not request.user.powers.has(Role.ADMIN):
        raise Http404
    form = ConfirmForm(request.POST or None)
    opened: list[Opened] = []

    def give() -> str:
        opened.extend(give_first_passwords(refs, by=request.user))
        return job.get_absolute_url()

    answer = done(request, form, give, said="Đã cấp mật khẩu lần đầu.")
    if opened:
        return render(request, "organisation/import_passwords.html", {"opened": opened})
    context = {"job": job, "number": len(refs), "form": form}
    return answer or render(request, "jobs/first_passwords.html", context)


def _own(request: SignedInRequest, ref: UUID) -> LongJob:
    return get_object_or_404(LongJob.objects.visible_to(request.user), ref=ref)
