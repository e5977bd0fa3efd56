"""The calendar of one's own deadlines: its private address, and what stands at it."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deadlines.feed import calendar_of
from notifications.models import CalendarKey
from notifications.personal import drop_calendar, make_calendar, owner_of
from organisation.access import SignedInRequest, public, signed_in


@require_GET
@public
def feed(request: HttpRequest) -> HttpResponseBase:
    """The calendar of whoever the key belongs to; the key stays out of the path and of all logs."""
    owner = owner_of(request.GET.get("ma", ""))
    if owner is None:
        raise Http404
    calendar = calendar_of(owner)
    etag = f'"{hashlib.sha256(calendar).hexdigest()[:32]}"'
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="thoi-han.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response


@require_http_methods(["GET", "POST"])
@signed_in
def calendar(request: SignedInRequest) -> HttpResponse:
    """Whether there is an address; by POST, a new one, which is shown this once."""
    address = ""
    if request.method == "POST":
        key = make_calendar(request.user)
        address = f"{settings.SITE_URL.rstrip('/')}{reverse('deadlines:feed')}?ma={key}"
    made = CalendarKey.objects.filter(person=request.user).first()
    return render(request, "deadlines/calendar.html", {"made": made, "address": address})


@require_POST
@signed_in
def drop(request: SignedInRequest) -> HttpResponseBase:
    """Nobody reads the calendar by the address any more."""
    drop_calendar(request.user)
    messages.success(request, "Đã thu hồi đường dẫn lịch thời hạn.")
    return redirect("deadlines:calendar")
