"""Notices of the person who is signed in, how letters reach them, and the mails of a demo."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications.actions import mark_read
from notifications.choices import ways_of
from notifications.forms import ChoicesForm, NoticeFilterForm
from notifications.kept_mail import newest_letters
from notifications.models import Notice, NoticeQuerySet
from notifications.personal import choose_mail
from organisation.access import SignedInRequest, public, signed_in
from organisation.lists import pages_shown
from organisation.models import User
from organisation.trail import run_once

PAGE = 50
SHOWN_LETTERS = 50


@require_GET
@signed_in
def notice_list(request: SignedInRequest) -> HttpResponse:
    """One's own notices, newest first."""
    form = NoticeFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    only_new = bool(asked.get("chua_doc"))
    size = PAGE * pages_shown(request.GET)
    rows = list(_asked_for(request.user, only_new, asked.get("truoc"))[: size + 1])
    context = {
        "notices": rows[:size],
        "only_new": only_new,
        "tabs": _tabs(only_new),
        "more_url": _more_url(only_new, rows[size - 1]) if len(rows) > size else "",
    }
    return render(request, "notifications/notice_list.html", context)


@require_POST
@signed_in
def notice_read(request: SignedInRequest, ref: uuid.UUID) -> HttpResponse:
    """Mark one notice as read."""
    notice = get_object_or_404(Notice.objects.of(request.user), ref=ref)
    mark_read(request.user, [notice.ref])
    return redirect("notifications:list")


@require_POST
@signed_in
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    """Mark all notices as read."""
    number = mark_read(request.user)
    if number:
        messages.success(request, f"Đã đánh dấu đọc {number} thông báo.")
    return redirect("notifications:list")


@require_http_methods(["GET", "POST"])
@signed_in
def choices(request: SignedInRequest) -> HttpResponseBase:
    """How letters reach this person: at once, in the digest, or not at all."""
    form = ChoicesForm(request.POST or None, initial=ways_of(request.user))

    def change() -> str:
        choose_mail(request.user, form.said())
        return resolve_url("notifications:choices")

    if request.method == "POST" and form.is_valid():
        url = run_once(request.user, form, change)
        messages.success(request, "Đã lưu thay đổi.")
        return redirect(url)
    return render(request, "notifications/choices.html", {"form": form})


@require_GET
@public
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The letters that a demo kept in a folder instead of sending them."""
    if not settings.DEMO:
        raise Http404
    letters = newest_letters(settings.MAIL_DIR, SHOWN_LETTERS)
    return render(request, "notifications/demo_mail.html", {"letters": letters})


def _asked_for(user: User, only_new: bool, before: uuid.UUID | None) -> NoticeQuerySet:
    mine = Notice.objects.of(user)
    shown = mine.unread() if only_new else mine
    if before:
        last = get_object_or_404(mine, ref=before)
        shown = shown.filter(pk__lt=last.pk)
    return shown.newest_first()


def _tabs(only_new: bool) -> list[dict[str, object]]:
    address = reverse("notifications:list")
    return [
        {"label": "Tất cả", "url": address, "current": not only_new},
        {"label": "Chưa đọc", "url": f"{address}?chua_doc=on", "current": only_new},
    ]


def _more_url(only_new: bool, last: Notice) -> str:
    asked = {"truoc": str(last.ref)} | ({"chua_doc": "on"} if only_new else {})
    return f"{reverse('notifications:list')}?{urlencode(asked)}"
