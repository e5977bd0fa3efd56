"""What holds for every request of somebody who is signed in."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from organisation.models import User
from organisation.sessions import keep_alive

Answer = Callable[[HttpRequest], HttpResponseBase]
OPEN_BEFORE_CHANGE = ("organisation:password", "organisation:sign_out")


def session_limits(get_response: Answer) -> Answer:
    """End sessions after 30 minutes of silence and after 8 hours (AU-09)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if SESSION_KEY in request.session:
            keep_alive(
                request.session,
                agent=request.headers.get("User-Agent", ""),
                address=request.META.get("REMOTE_ADDR", ""),
            )
        return response

    return answer


def own_password_first(get_response: Answer) -> Answer:
    """Lead whoever holds a first or an expired password to the page where it is changed (AU-02)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session and request.user.is_authenticated:
            allowed = {resolve_url(name) for name in OPEN_BEFORE_CHANGE}
            if needs_own_password(request.user) and request.path not in allowed:
                return redirect("organisation:password")
        return get_response(request)

    return answer


def needs_own_password(user: User) -> bool:
    """Whether the password came from an administrator, or is older than the rule allows."""
    if user.must_change_password:
        return True
    longest = settings.PASSWORD_MAX_DAYS
    if not longest or user.password_changed_at is None:
        return False
    return timezone.now() - user.password_changed_at > timedelta(days=longest)
