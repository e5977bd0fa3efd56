"""Signing in and out."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import public
from organisation.actions.sign_in import (
    TELL_OWNER_FROM,
    Admitted,
    NotAdmitted,
    TooSoon,
    account_key,
    admit,
)
from organisation.forms.account import SignInForm

DEVICE_SALT = "organisation.device"
ONE_YEAR = 365 * 24 * 60 * 60


@public
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for name and password, then go on to where the visitor wanted to be."""
    ahead = page_ahead(request)
    if request.user.is_authenticated:
        return redirect(ahead)
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        username, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            address, device = request.META["REMOTE_ADDR"], known_device(request, username)
            admitted = admit(username, password, address=address, device=device)
        except TooSoon as early:
            form.add_error(None, f"Thao tác quá nhanh. Thử lại sau {early.seconds} giây.")
            status = 429
        except NotAdmitted:
            form.add_error(None, "Tên đăng nhập hoặc mật khẩu chưa đúng.")
        else:
            return _welcome(request, admitted, username, device, ahead)
    page = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "organisation/sign_in.html", page, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session on the server and have the browser forget what it kept (AU-09)."""
    logout(request)
    response = redirect("organisation:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def page_ahead(request: HttpRequest) -> str:
    """Where to go next: a path of this host from its root, else home (TP-07)."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def known_device(request: HttpRequest, username: str) -> str:
    """The name of this device, when the person has signed in on it before; else nothing."""
    try:
        kept = signing.loads(
            request.COOKIES.get(_device_cookie(), ""), salt=DEVICE_SALT, max_age=ONE_YEAR
        )
    except signing.BadSignature:
        return ""
    return kept["device"] if kept["account"] == account_key(username) else ""


def _welcome(
    request: HttpRequest, admitted: Admitted, username: str, device: str, ahead: str
) -> HttpResponse:
    login(request, admitted.user)
    if admitted.failures >= TELL_OWNER_FROM:
        messages.warning(
            request,
            f"Có {admitted.failures} lần nhập sai mật khẩu trước lần đăng nhập này. "
            "Nếu không phải do đồng chí, đổi mật khẩu và báo quản trị.",
        )
    response = redirect(ahead)
    kept = {"account": account_key(username), "device": device or uuid.uuid4().hex}
    response.set_cookie(
        _device_cookie(),
        signing.dumps(kept, salt=DEVICE_SALT),
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _device_cookie() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"
